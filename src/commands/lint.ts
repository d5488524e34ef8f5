import { embeddedMajor } from '../connection/address.ts'
import { locksOfMajor } from '../lint/locks-of-major.ts'
import { rules } from '../lint/rules.ts'
import { notRead } from '../lint/static/not-read.ts'
import { staticObservations } from '../lint/static/observe.ts'
import type { TransactionMode } from '../lint/transactions.ts'
import type { DeclaredSchema } from './declared-schema.ts'
import { configuredAcceptances, rulesOf } from './lint-config.ts'
import { filesLinted } from './lint-files.ts'
import { withKept } from './lint-kept.ts'
import { queriesOf } from './lint-queries.ts'
import { type Judgement, type LintReport, reportOf, type Seen } from './lint-report.ts'
import { type Linted, planSubjects, revisionSubjects, type WhichRevisions } from './lint-revisions.ts'
import { traceOn } from './lint-traced.ts'
import { onTwins, whyNotMade } from './lint-twins.ts'
import { type Config, type Project, resolveProject } from './project.ts'
import { type Stoppable, untilStopped } from './stoppable.ts'

export { type LintedStatement, type LintReport, worstLevel } from './lint-report.ts'

export type LintOptions = Stoppable & {
  /** Revisions, where no SQL is given. Default: what the database lacks. */
  readonly revisions?: WhichRevisions
  /** Whether revisions are looked at as they are undone, the last one first, where all of them are applied. Default: false. */
  readonly downgrade?: boolean
  /** Files of SQL. */
  readonly files?: readonly string[]
  /** SQL that is in no file, and what it is called. */
  readonly texts?: readonly { readonly name: string; readonly text: string }[]
  /** What makes the schema that there is before the files. Default: nothing, an empty database. */
  readonly schema?: DeclaredSchema
  /** How whoever runs the files wraps them. Default: as their comments say, and one transaction for a file that begins none itself. */
  readonly transaction?: TransactionMode
  /** Whether the project's database is asked, read only: for its version and the sizes of its tables, and for its schema where files are given and no schema. What is pending asks it in any case. Default: false. */
  readonly asksDatabase?: boolean
  /** Whether statements of the author's in revisions are rewritten as directives that do the same in a safe form, where there are such. Default: false. */
  readonly fix?: boolean
  /** Runs it, also where the same was run before. Default: false. */
  readonly fresh?: boolean
  /** PostgreSQL's major version that it is for. Default: the one that it is tried on. */
  readonly major?: number
}

/** Runs migrations where nothing is lost by it, and says what they do. */
export async function lint(config: Config = {}, options: LintOptions = {}): Promise<LintReport> {
  return untilStopped(options, async () => {
    const project = resolveProject(config, options)
    const { major, fresh } = options
    const look = async () => judged(project, await whatIsLinted(project, options), { major, fresh })
    const found = await look()
    if (options.fix !== true) return found.report
    const { withFixes } = await import('./lint-fix.ts')
    return withFixes(found, project, async () => (await look()).report)
  })
}

/**
 * The same for revisions that are about to run, without what could be written instead. `apart`: each goes out by itself, so that what one of
 * them makes is in use when the next one comes.
 */
export async function lintPlans(
  project: Project,
  planned: Parameters<typeof planSubjects>[1],
  { apart = false }: { readonly apart?: boolean } = {},
): Promise<LintReport> {
  const way = { apart, recipes: false }
  return (await judged(project, await planSubjects(project, planned), way)).report
}

function whatIsLinted(project: Project, options: LintOptions): Promise<Linted> {
  const { files = [], texts = [], revisions = { pending: true } } = options
  return files.length + texts.length > 0
    ? filesLinted(project, options)
    : revisionSubjects(project, revisions, {
        asks: options.asksDatabase === true,
        direction: options.downgrade === true ? 'downgrade' : 'upgrade',
      })
}

type Way = {
  readonly major?: number | undefined
  readonly apart?: boolean
  /** Whether what could be written instead is tried too. Default: true. */
  readonly recipes?: boolean
  readonly fresh?: boolean | undefined
}

type Judged = { readonly report: LintReport; readonly seen: readonly Seen[] }

/** Where the schema before them cannot be made, what their trees tell for certain. */
async function judged(project: Project, linted: Linted, said: Way): Promise<Judged> {
  const { beginning, target, passedOver = [] } = linted
  const way = { ...said, major: said.major ?? target.major ?? undefined }
  if ('unknown' in beginning) return staticReport(project, linted, { ...way, why: beginning.unknown })
  const { apart = false, recipes = true, fresh = false } = way
  const queries = [...(await queriesOf(project)), ...target.queries]
  let tried = embeddedMajor
  const see = () =>
    onTwins(project, beginning, (twins) => {
      tried = twins.filled.major
      const major = way.major ?? tried
      return traceOn(twins, linted.subjects, { project, major, apart, recipes, queries })
    })
  try {
    const wayOf = (recipes: boolean) => [way.major, apart, recipes, queries]
    // Who has seen what could be written instead has seen all the rest.
    const ways = recipes ? [wayOf(true)] : [wayOf(true), wayOf(false)]
    const known = { beginning, subjects: linted.subjects, ways }
    const seen = await (fresh ? see() : withKept(project, known, see))
    const major = way.major ?? tried
    const judgement = { ...judgedBy(project), major, isRun: true, target, assumed: passedOver }
    return { seen, report: reportOf(seen, judgement) }
  } catch (error) {
    const why = whyNotMade(error)
    if (why === null) throw error
    return staticReport(project, linted, { ...way, why })
  }
}

function staticReport(
  project: Project,
  { subjects, target, passedOver = [] }: Linted,
  { why, major = embeddedMajor }: Way & { readonly why: string },
): Judged {
  const seen = subjects.map(
    (subject): Seen => ({
      subject: { ...subject, unseen: [...subject.unseen, ...notRead(subject)] },
      observations: staticObservations(subject.transactions).map((one) => ({
        ...one,
        locks: locksOfMajor(one, major),
      })),
      recipe: () => null,
    }),
  )
  const { rules: all, configured } = judgedBy(project)
  const inForce = all.filter(({ asksCatalog }) => asksCatalog !== true)
  const assumed = [
    ...passedOver,
    `nothing was run, and what is told is what the statements say by themselves: ${why}`,
  ]
  const judgement = { rules: inForce, configured, major, isRun: false, target, assumed } as const
  return { seen, report: reportOf(seen, judgement) }
}

function judgedBy({ lint: config }: Project): Pick<Judgement, 'rules' | 'configured'> {
  return { rules: rulesOf(rules, config), configured: configuredAcceptances(config) }
}
