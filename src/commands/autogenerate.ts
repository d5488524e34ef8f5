import { type Change, changeBetween } from '../autogenerate/directives.ts'
import type { ToldRename } from '../autogenerate/renames.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import type { Revision } from '../graph/revision.ts'
import type { Directive } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'
import { compared } from './compared.ts'
import { declaredSnapshot, SchemaNotDeclared, sourcesOf } from './declared-schema.ts'
import type { Project } from './project.ts'
import { DifferenceNotProved, onShadow, type PossibleRename, prove, renameOnShadow } from './prove.ts'
import type { Session } from './session.ts'
import { makeDirectives, makeRevisions, snapshotOf } from './shadow.ts'
import { cachedSnapshot, revisionTexts } from './snapshot-cache.ts'

/** What makes of what the revisions make what is declared. Both directions have been tried. */
export type Generated = {
  readonly upgrade: readonly Directive[]
  /** What undoes it; null where it is derived from the upgrade. */
  readonly downgrade: readonly Directive[] | null
  /** What was taken for gone, and may have another name. */
  readonly unclear: readonly PossibleRename[]
}

export type Telling = {
  readonly told: readonly ToldRename[]
  /** What becomes of what may have another name and of which nobody has said it. */
  readonly unclear: 'refuse' | 'drop'
}

/** Finds what makes the declared schema of what the revisions make, and tries it there and back on empty databases. */
export async function generate(
  project: Project,
  revisions: readonly Revision[],
  telling: Telling,
): Promise<Generated> {
  const to = await declaredOf(project)
  if (isNothing(await revisionsOf(project, revisions), to))
    return { upgrade: [], downgrade: null, unclear: [] }
  return onShadow(project, async (session) => {
    const from = await makeAndRead(session, revisions)
    const { renaming, renamed, unclear } = await renameOnShadow(session, { from, to, ...telling })
    const change = changeBetween(renamed, to)
    const upgrade = [...renaming, ...change.directives]
    await prove(session, { id: 'upgrade', directives: change.directives, to })
    const derived = inverseOf({ directives: upgrade, unsaid: change.unsaid })
    if (derived !== null && (await leadsBack(session, derived, from)))
      return { upgrade, downgrade: null, unclear }
    // First what is as it was but for its name, then the old names.
    const undoneRenaming = inverseOf({ directives: renaming, unsaid: [] }) ?? []
    const downgrade = [...changeBetween(to, renamed).directives, ...undoneRenaming]
    if (derived === null) await prove(session, { id: 'downgrade', directives: downgrade, to: from })
    else await proveAnew(project, revisions, { upgrade, downgrade })
    return { upgrade, downgrade, unclear }
  })
}

/** What the revisions would still have to do. What may be a renaming is told as what goes and what comes. */
export async function missing(
  project: Project,
  revisions: readonly Revision[],
): Promise<readonly Directive[]> {
  const [from, to] = [await revisionsOf(project, revisions), await declaredOf(project)]
  return changeBetween(from, to).directives
}

function isNothing(from: Snapshot, to: Snapshot): boolean {
  return changeBetween(from, to).directives.length === 0
}

async function declaredOf(project: Project): Promise<Snapshot> {
  const { schema } = project
  if (schema === null) throw new SchemaNotDeclared()
  const sources = await sourcesOf(schema, project)
  const snapshot = await kept(
    project,
    sources.map(({ text }) => text),
    (session) => declaredSnapshot(session, sources),
  )
  return compared(snapshot, project.autogenerate)
}

async function revisionsOf(project: Project, revisions: readonly Revision[]): Promise<Snapshot> {
  const snapshot = await kept(project, revisionTexts(revisions, project), async (session) => {
    await makeRevisions(session, revisions)
    return snapshotOf(session)
  })
  return compared(snapshot, project.autogenerate)
}

/** What comes of the same texts on the embedded database is the same each time. */
function kept(
  project: Project,
  texts: readonly string[],
  read: (session: Session) => Promise<Snapshot>,
): Promise<Snapshot> {
  const make = () => onShadow(project, read)
  return project.autogenerate.shadow === 'embedded' ? cachedSnapshot(texts, make) : make()
}

async function makeAndRead(session: Session, revisions: readonly Revision[]): Promise<Snapshot> {
  await makeRevisions(session, revisions)
  return compared(await snapshotOf(session), session.project.autogenerate)
}

async function leadsBack(
  session: Session,
  directives: readonly Directive[],
  from: Snapshot,
): Promise<boolean> {
  try {
    await prove(session, { id: 'downgrade', directives, to: from })
    return true
  } catch (error) {
    if (error instanceof DifferenceNotProved) return false
    throw error
  }
}

async function proveAnew(
  project: Project,
  revisions: readonly Revision[],
  {
    upgrade,
    downgrade,
  }: { readonly upgrade: readonly Directive[]; readonly downgrade: readonly Directive[] },
): Promise<void> {
  await onShadow(project, async (session) => {
    const from = await makeAndRead(session, revisions)
    await makeDirectives(session, 'upgrade', upgrade)
    await prove(session, { id: 'downgrade', directives: downgrade, to: from })
  })
}

/** The downgrade that the directives imply; null where one of them has none, or something goes with another unsaid. */
function inverseOf({ directives, unsaid }: Change): readonly Directive[] | null {
  if (unsaid.length > 0) return null
  const inverse: Directive[] = []
  for (const directive of [...directives].reverse()) {
    const undone = factsOf(directive).inverse()
    if ('irreversible' in undone) return null
    inverse.push(...undone)
  }
  return inverse
}
