import { type Change, changeBetween } from '../autogenerate/directives.ts'
import type { ToldRename } from '../autogenerate/renames.ts'
import { relationKey } from '../catalog/key.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'
import type { Directive, Server } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'
import { warningsInTurn } from '../operations/warnings.ts'
import { filesOfTables, inHalves, inTwoRevisions, type Online, type TableFile } from './online.ts'
import type { Project } from './project.ts'
import { type Look, type PossibleRename, prove } from './prove.ts'
import { type Against, madeSide } from './sides.ts'
import {
  type Difference,
  type Downgrade,
  type GeneratedRevision,
  type Shadows,
  withWayBack,
  writtenBack,
} from './way-back.ts'

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

/** How a change is to be found and written. */
export type Telling = {
  readonly against: Against
  readonly told: readonly ToldRename[]
  /** What becomes of what may have another name and of which nobody has said it. */
  readonly unclear: 'refuse' | 'drop'
  readonly online: Online
}

/** What is asked for. */
export type Asked = {
  readonly project: Project
  readonly revisions: readonly Revision[]
  readonly telling: Telling
  /** What has been said of names here and where the schema is declared. */
  readonly told: readonly ToldRename[]
}

/** What was found to differ, once what has another name has it. */
export type Found = Difference & {
  readonly change: Change
  readonly unclear: readonly PossibleRename[]
  readonly isPartitioned: NonNullable<Server['isPartitioned']>
}

/** Runs what was found where what the revisions make is, and says how it is written. `back`: whether what undoes it leads to what there was, which is asked once it has run. */
export async function provedOn(
  shadows: Shadows,
  {
    found: difference,
    asked: { project, revisions, telling, told },
    back,
  }: { readonly found: Found; readonly asked: Asked; readonly back: () => Promise<boolean> },
): Promise<Generated> {
  const { session, whole, to, look, onMade } = shadows
  const { change, upgrade, derived, unclear, isPartitioned } = difference
  const from = look(whole)
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
      : await writtenBack(shadows, difference)
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

/** Both sides, as they are compared. */
export type Compared = { readonly from: Snapshot; readonly to: Snapshot }

export function isNothing({ from, to }: Compared): boolean {
  try {
    return changeBetween(from, to).directives.length === 0
  } catch (error) {
    // What cannot be done before something has its new name is a difference too.
    if (error instanceof LimbeckError) return false
    throw error
  }
}
