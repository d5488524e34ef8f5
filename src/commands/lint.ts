import { extensionsIn } from '../connection/address.ts'
import { type Acceptance, sorted } from '../lint/acceptance.ts'
import { findHazards } from '../lint/find-hazards.ts'
import { type Hazard, type Level, levels } from '../lint/hazard.ts'
import { locksOfMajor } from '../lint/locks-of-major.ts'
import { rules } from '../lint/rules.ts'
import { bySize, type Sizes } from '../lint/sizes.ts'
import type { TransactionMode } from '../lint/transactions.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { serverText } from '../sql/psql-text.ts'
import { parseStatements } from '../sql/statements.ts'
import { traceApart } from '../trace/apart.ts'
import type { BuiltIndex, Observation, ObservedError, ObservedLock } from '../trace/observation.ts'
import { type Picture, readPicture } from '../trace/picture.ts'
import { sampleCounts } from '../trace/sample-counts.ts'
import { trace } from '../trace/trace.ts'
import { type DeclaredSchema, declarationOf, declaringTexts, makerOf } from './declared-schema.ts'
import { configuredAcceptances, rulesOf } from './lint-config.ts'
import { recipesOn, withRecipe } from './lint-recipes.ts'
import { type Linted, planSubjects, revisionSubjects, type WhichRevisions } from './lint-revisions.ts'
import { fileSubject, type LintSubject, textSubject } from './lint-subjects.ts'
import { type Beginning, onTwins, type Twins } from './lint-twins.ts'
import { type Config, type Project, resolveProject } from './project.ts'
import { fillEmpty } from './sample-rows.ts'
import { makingOf } from './server-objects.ts'
import { type Stoppable, untilStopped } from './stoppable.ts'

export type LintOptions = Stoppable & {
  /** Revisions, where no SQL is given. Default: what the database lacks. */
  readonly revisions?: WhichRevisions
  /** Files of SQL. */
  readonly files?: readonly string[]
  /** SQL that is in no file, and what it is called. */
  readonly texts?: readonly { readonly name: string; readonly text: string }[]
  /** What makes the schema that there is before the files. Default: nothing, an empty database. */
  readonly schema?: DeclaredSchema
  /** How whoever runs the files wraps them. Default: as their comments say, and one transaction for a file that begins none itself. */
  readonly transaction?: TransactionMode
  /** PostgreSQL's major version that it is for. Default: the one that it is tried on. */
  readonly major?: number
}

/** What each statement does to those who use the database, and what goes wrong. Documented, and stable. */
export type LintReport = {
  readonly statements: readonly LintedStatement[]
  /** What takes a hazard that there is none of. */
  readonly unused: readonly { readonly rule: string; readonly reason: string; readonly said: string }[]
  /** What was not seen, and what was taken for granted, a sentence each. */
  readonly assumed: readonly string[]
}

export type LintedStatement = {
  readonly text: string
  readonly file: string
  readonly line: number
  readonly revision: string | null
  readonly stage: number | null
  /** From 1, over all that was looked at; null for what begins or ends one. */
  readonly transaction: number | null
  readonly locks: readonly Pick<ObservedLock, 'relation' | 'mode' | 'existedBefore'>[]
  readonly rewrites: readonly string[]
  readonly scans: readonly string[]
  readonly indexesBuilt: readonly BuiltIndex[]
  readonly error: ObservedError | null
  readonly hazards: readonly Hazard[]
  /** Hazards that somebody has taken, with the reason. */
  readonly accepted: readonly (Hazard & { readonly reason: string })[]
}

/** Runs migrations where nothing is lost by it, and says what they do. */
export async function lint(config: Config = {}, options: LintOptions = {}): Promise<LintReport> {
  return untilStopped(options, async () => {
    const project = resolveProject(config, options)
    const { subjects, beginning, sizes } = await whatIsLinted(project, options)
    return onTwins(project, beginning, (twins) =>
      lintOn(twins, subjects, { project, options, rows: beginning.rows, sizes }),
    )
  })
}

/** The same for revisions that are about to run. `apart`: each goes out by itself, so that what one of them makes is in use when the next one comes. */
export async function lintPlans(
  project: Project,
  planned: Parameters<typeof planSubjects>[1],
  { apart = false }: { readonly apart?: boolean } = {},
): Promise<LintReport> {
  const { subjects, beginning, sizes } = await planSubjects(project, planned)
  return onTwins(project, beginning, (twins) =>
    lintOn(twins, subjects, { project, options: {}, rows: beginning.rows, sizes, apart }),
  )
}

/** The worst that was found; null for nothing. */
export function worstLevel({ statements }: LintReport): Level | null {
  const found = new Set(statements.flatMap(({ hazards }) => hazards.map(({ level }) => level)))
  return levels.find((level) => found.has(level)) ?? null
}

function whatIsLinted(project: Project, options: LintOptions): Promise<Linted> {
  const { files = [], texts = [], revisions = { pending: true } } = options
  return files.length + texts.length > 0
    ? whatIsInFiles(project, options)
    : revisionSubjects(project, revisions)
}

async function whatIsInFiles(
  project: Project,
  { files = [], texts = [], schema = [], transaction }: LintOptions,
): Promise<Linted> {
  const { directory } = project
  const running = { mode: transaction, isEmbedded: project.autogenerate.shadow === 'embedded' }
  const subjects = [
    ...(await Promise.all(files.map((file) => fileSubject(file, { directory, ...running })))),
    ...(await Promise.all(texts.map((text) => textSubject(text, running)))),
  ]
  const said = subjects.flatMap(({ transactions }) =>
    transactions.flatMap(({ statements }) => statements.map(({ parsed }) => parsed.text)),
  )
  const declaration = await declarationOf(schema, project)
  const before = declaringTexts(declaration)
  const make = makerOf(declaration, { rows: 'take' })
  return {
    subjects,
    sizes: new Map(),
    beginning: {
      texts: before,
      rows: (await writesRows(before)) ? 'given' : 'samples',
      extensions: extensionsIn([...before, ...said]),
      async make(bare) {
        await make(bare)
      },
    },
  }
}

/** The copy without rows has none of the schema's own either. */
async function emptyTables(connection: Twins['empty'], picture: Picture): Promise<void> {
  const tables = [...picture.values()].filter(({ kind }) => kind === 'r' || kind === 'p')
  if (tables.length > 0) await connection.run(`TRUNCATE ${tables.map(qualifiedName).join(', ')}`)
}

async function writesRows(texts: readonly string[]): Promise<boolean> {
  for (const text of texts)
    if ((await parseStatements(serverText(text).sql)).some(({ content }) => content === 'rows')) return true
  return false
}

async function lintOn(
  { filled, empty }: Twins,
  subjects: readonly LintSubject[],
  {
    project,
    options,
    rows: whose,
    sizes,
    apart = false,
  }: {
    readonly project: Project
    readonly options: LintOptions
    readonly rows: Beginning['rows']
    readonly sizes: Sizes
    readonly apart?: boolean
  },
): Promise<LintReport> {
  const ignored = [project.ledgerSchema]
  const statements: LintedStatement[] = []
  const inForce = rulesOf(rules, project.lint)
  const configured = configuredAcceptances(project.lint)
  const used = new Set<Acceptance>()
  let transactions = 0
  // What one of them makes is in nobody's use when the next one comes: they go out together.
  const first = await readPicture(filled, ignored)
  let old: ReadonlySet<number> = new Set(first.keys())
  if (whose === 'given') await emptyTables(empty, first)
  for (const { transactions: traced, mode, control, acceptances } of subjects) {
    const recipes = recipesOn(empty, project)
    if (apart) await fillEmpty(filled, project.ledgerSchema)
    const before = await readPicture(filled, ignored)
    if (apart) old = new Set(before.keys())
    const rows = await sampleCounts(filled, before)
    const common = { ignored, old, makingOf }
    const [together, alone] = await Promise.all([
      trace(filled, traced, { ...common, rows, tries: true }),
      traceApart(empty, traced, { ...common, rows: new Map(), tries: false, watcher: recipes }),
    ])
    const all = together.map((one) => withAlone(one, alone.get(one.statement)))
    const major = options.major ?? filled.major
    const asThere = all.map((one) => ({ ...one, locks: locksOfMajor(one, major) }))
    const observations = inPlace(asThere, control)
    const hazards = findHazards(observations, { rules: inForce, mode, major, rows: whose })
    for (const observation of observations) {
      const { statement } = observation
      const all = (hazards.get(observation) ?? []).map((hazard) =>
        bySize(withRecipe(hazard, { code: recipes.of(statement), rules: inForce }), sizes),
      )
      const found = sorted(all, [...acceptances, ...configured], statement)
      for (const { by } of found.accepted) used.add(by)
      statements.push(reported(observation, found, transactions))
    }
    transactions += traced.length
  }
  const said = [...subjects.flatMap(({ acceptances }) => acceptances), ...configured]
  return {
    statements,
    unused: said
      .filter((one) => !used.has(one))
      .map(({ rule, reason, said: where }) => ({ rule, reason, said: where })),
    assumed: subjects.flatMap(({ name, unseen }) => unseen.map((one) => `${name}: ${one}`)),
  }
}

/** What the statement takes itself, with what of it was seen only where it stood alone; and whether it fails where there are no rows. */
function withAlone(one: Observation, alone: Observation | undefined): Observation {
  if (alone === undefined) return one
  if (alone.error !== null) {
    // What was put off to the end of the transaction fails without any rows too.
    const isAlways = one.error?.sqlState === alone.error.sqlState
    return isAlways && one.error !== null ? { ...one, error: { ...one.error, when: 'always' } } : one
  }
  const byRelation = new Map(one.locks.map((lock) => [lock.relation, lock]))
  for (const lock of alone.locks) {
    const other = byRelation.get(lock.relation)
    byRelation.set(
      lock.relation,
      other === undefined ? lock : { ...lock, existedBefore: other.existedBefore },
    )
  }
  const { error } = one
  // In a block it was tried again without rows there; what refuses one was not.
  const isOfRows = error !== null && !one.isBlock
  return { ...one, locks: [...byRelation.values()], error: isOfRows ? { ...error, when: 'rows' } : error }
}

/** With what begins and ends transactions at its place in the text. */
function inPlace(all: readonly Observation[], control: LintSubject['control']): readonly Observation[] {
  const [first] = all
  const unmoved = control.map(
    (statement): Observation => ({
      statement,
      transaction: 0,
      isBlock: false,
      locks: [],
      held: [],
      rewrites: [],
      scans: [],
      indexesBuilt: [],
      written: [],
      madeRows: 0,
      rows: new Map(),
      error: null,
      before: first?.before ?? new Map(),
      after: first?.before ?? new Map(),
      old: first?.old ?? new Set(),
      lockTimeout: '0',
      broken: [],
      hidden: [],
      refused: [],
      notes: [],
    }),
  )
  if (unmoved.length === 0) return all
  return [...all, ...unmoved].sort((a, b) => a.statement.parsed.offset - b.statement.parsed.offset)
}

function reported(
  { statement, transaction, locks, rewrites, scans, indexesBuilt, error }: Observation,
  { left, accepted }: ReturnType<typeof sorted>,
  before: number,
): LintedStatement {
  const { parsed, file, line, revision, stage } = statement
  return {
    text: parsed.text,
    file,
    line,
    revision,
    stage,
    transaction: transaction === 0 ? null : before + transaction,
    locks: locks.map(({ relation, mode, existedBefore }) => ({ relation, mode, existedBefore })),
    rewrites,
    scans,
    indexesBuilt,
    error,
    hazards: left,
    accepted: accepted.map(({ by: _, ...hazard }) => hazard),
  }
}
