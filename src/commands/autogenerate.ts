import type { RowsInWay } from '../autogenerate/compare.ts'
import { changeBetween } from '../autogenerate/directives.ts'
import type { ToldRename } from '../autogenerate/renames.ts'
import { relationKey } from '../catalog/key.ts'
import { knowsPartitioned } from '../catalog/partitioned.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'
import type { Directive, Server } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'
import { warningsInTurn } from '../operations/warnings.ts'
import { compared, withCarried } from './compared.ts'
import { filesOfTables, inHalves, inTwoRevisions, type Online, type TableFile } from './online.ts'
import type { Project } from './project.ts'
import { type Look, type PossibleRename, prove, RenameNotFound, renameOnShadow } from './prove.ts'
import { type Against, type DeclaredSide, declaredSide, type MadeSide, madeSide } from './sides.ts'
import {
  type Downgrade,
  derivedBack,
  type GeneratedRevision,
  inverseOf,
  type Shadows,
  withWayBack,
  writtenBack,
} from './way-back.ts'

export type { Downgrade, GeneratedRevision } from './way-back.ts'

/** What makes of what the revisions make what is declared: in one revision, or in two. Both directions have been tried. */
export type Generated = {
  /** None where there is no difference. */
  readonly revisions: readonly GeneratedRevision[]
  /** What is gone for good, a sentence each. */
  readonly losses: readonly string[]
  /** What a careful person wants to know before it runs where there are rows, a sentence each: what is told of the directives, and what was measured. */
  readonly hazards: readonly string[]
  /** What was taken for gone, and may have another name. */
  readonly unclear: readonly PossibleRename[]
  /** What is known of the tables and indexes that the revisions speak of, for who writes them as SQL. */
  readonly isPartitioned: NonNullable<Server['isPartitioned']>
}

export type Telling = {
  readonly against: Against
  readonly told: readonly ToldRename[]
  /** What becomes of what may have another name and of which nobody has said it. */
  readonly unclear: 'refuse' | 'drop'
  readonly online: Online
}

/** Finds what makes the declared schema of what the revisions make, and tries it there and back on empty databases. */
export async function generate(
  project: Project,
  revisions: readonly Revision[],
  telling: Telling,
): Promise<Generated> {
  const declared = await declaredSide(project)
  // Where it has to be made, that takes longest: it begins at once, in a thread of its own.
  const started = Promise.withResolvers<void>()
  const begun = declared.known() === null ? declared.open(started.resolve) : null
  // Where this side fails, nobody waits for the other.
  begun?.catch(() => {})
  try {
    const made = await madeSide(project, revisions, { against: telling.against, tried: declared.texts })
    const before = knownOf(project, declared, made)
    if (before !== null && isNothing(before)) return nothingFor(telling)
    // Two that start at once are in each other's way.
    if (begun !== null) await Promise.race([started.promise, begun])
    return await made.on(async (session, whole) => {
      const { value: wanted } = await (begun ?? declared.open())
      const to = compared(wanted.snapshot, project.autogenerate)
      const look = remembered((whole) => compared(whole, project.autogenerate, to))
      if (isNothing({ from: look(whole), to })) return nothingFor(telling)
      const told = [...telling.told, ...declared.told]
      const sides = { session, whole, to, beside: wanted.session, look, onMade: made.on }
      return differenceOn(sides, { project, revisions, telling: { ...telling, told } })
    })
  } finally {
    await begun?.then(
      ({ release }) => release(),
      () => {},
    )
  }
}

/** Both sides are looked at again and again. */
function remembered(look: Look): Look {
  const seen = new WeakMap<Snapshot, Snapshot>()
  return (whole) => {
    const known = seen.get(whole) ?? look(whole)
    seen.set(whole, known)
    return known
  }
}

type Asked = {
  readonly project: Project
  readonly revisions: readonly Revision[]
  readonly telling: Telling
}

async function differenceOn(shadows: Shadows, { project, revisions, telling }: Asked): Promise<Generated> {
  const { session, whole, to, look, onMade } = shadows
  const { told } = telling
  const from = look(whole)
  const names = { whole, to, told, unclear: telling.unclear, look }
  const { renaming, whole: renamed, unclear } = await renameOnShadow(session, names)
  const both = withCarried({ from: look(renamed), to }, renamed, project.autogenerate)
  const rows: RowsInWay = { rows: telling.unclear === 'drop' ? 'go' : 'stay' }
  const change = changeBetween(both.from, both.to, rows)
  const upgrade = [...renaming, ...change.directives]
  const derived = inverseOf({ directives: upgrade, unsaid: change.unsaid })
  const back = derivedBack(shadows, derived)
  const isPartitioned = knowsPartitioned([whole, renamed, to])
  const losses = upgrade.flatMap((directive) => factsOf(directive).loses)
  const files = await filesOfTables(session)
  await prove(session, { id: 'upgrade', directives: change.directives, to, look })
  const rewritten = changedFiles(files, await filesOfTables(session))
  const drifted = telling.against === 'database' ? await drift(project, { revisions, from, look }) : []
  const found = inHalves(upgrade, { online: telling.online, rewritten })
  if (found.length > 0) {
    const two = await inTwoRevisions(project, { found, to, told, look, onMade })
    // What the first has made is in use when the second runs.
    const hazards = [...drifted, ...[two.expand, two.contract].flatMap(warningsOf)]
    const revisions = await withWayBack(two, { from, look, onMade })
    return { revisions, losses, hazards, unclear, isPartitioned }
  }
  const guessed = new Set(upgrade.flatMap((directive) => factsOf(directive).rewrites))
  const warnings = warningsOf(upgrade).filter((warning) => !guessed.has(warning))
  const hazards = [...drifted, ...warnings, ...[...rewritten].map((table) => rewriting(table, upgrade))]
  const downgrade: Downgrade =
    derived !== null && (await back())
      ? { directives: derived, derived: true }
      : await writtenBack(shadows, { from: both.from, to: both.to, renaming, upgrade, derived, rows })
  return { revisions: [{ upgrade, downgrade }], losses, hazards, unclear, isPartitioned }
}

/** What was made for a database that somebody has changed by hand is for no other. */
async function drift(
  project: Project,
  {
    revisions,
    from,
    look,
  }: { readonly revisions: readonly Revision[]; readonly from: Snapshot; readonly look: Look },
): Promise<readonly string[]> {
  const warning =
    'the database is not what its revisions make: on any other one, and where revisions are tried, this revision may fail. See "limbeck drift"'
  try {
    const made = await madeSide(project, revisions, { against: 'revisions', tried: [] })
    return isNothing({ from: look(await made.read()), to: from }) ? [] : [warning]
  } catch (error) {
    if (error instanceof LimbeckError) return [warning]
    throw error
  }
}

function warningsOf(directives: readonly Directive[]): readonly string[] {
  return warningsInTurn(directives.map((directive) => factsOf(directive))).flat()
}

/** `directives`: by which it is written anew. */
function rewriting(table: string, directives: readonly Directive[]): string {
  const name = table.slice(table.indexOf(' ') + 1)
  const hasHalves = directives.some((directive) => {
    const { halves, locks } = factsOf(directive)
    return halves !== null && locks.some((lock) => relationKey(lock.schema ?? 'public', lock.table) === table)
  })
  const remedy = hasHalves ? ': --online writes a new type in two halves' : ''
  return `${name} is written anew, and closed for as long as that takes${remedy}`
}

function changedFiles(
  before: ReadonlyMap<string, TableFile>,
  after: ReadonlyMap<string, TableFile>,
): ReadonlySet<string> {
  const changed = [...before].filter(([id, { file }]) => (after.get(id)?.file ?? file) !== file)
  return new Set(changed.map(([, { table }]) => table))
}

function nothingFor({ told }: Telling): Generated {
  const said = told.filter(({ to }) => to !== null)
  if (said.length > 0) throw new RenameNotFound(said)
  return { revisions: [], losses: [], hazards: [], unclear: [], isPartitioned: () => false }
}

/** What the revisions would still have to do, a line each. What may be a renaming is told as what goes and what comes. */
export async function missing(project: Project, revisions: readonly Revision[]): Promise<readonly string[]> {
  const declared = await declaredSide(project)
  const made = await madeSide(project, revisions, { against: 'revisions', tried: declared.texts })
  const both = async (): Promise<Compared> => {
    const to = compared(await declared.read(), project.autogenerate)
    return { from: compared(await made.read(), project.autogenerate, to), to }
  }
  const { from, to } = knownOf(project, declared, made) ?? (await both())
  try {
    return changeBetween(from, to, { rows: 'go' }).directives.map((directive) => factsOf(directive).title)
  } catch (error) {
    // There is a difference, and no way to it that can be generated.
    if (error instanceof LimbeckError) return [error.message]
    throw error
  }
}

type Compared = { readonly from: Snapshot; readonly to: Snapshot }

/** Both as they are compared, where both were read before from the same texts. */
function knownOf({ autogenerate }: Project, declared: DeclaredSide, made: MadeSide): Compared | null {
  const [wanted, there] = [declared.known(), made.known()]
  if (wanted === null || there === null) return null
  const to = compared(wanted, autogenerate)
  return { from: compared(there, autogenerate, to), to }
}

function isNothing({ from, to }: Compared): boolean {
  try {
    return changeBetween(from, to).directives.length === 0
  } catch (error) {
    // What cannot be done before something has its new name is a difference too.
    if (error instanceof LimbeckError) return false
    throw error
  }
}
