import type { RowsInWay } from '../autogenerate/compare.ts'
import { type Change, changeBetween } from '../autogenerate/directives.ts'
import type { ToldRename } from '../autogenerate/renames.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'
import type { Directive } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'
import { compared, withCarried } from './compared.ts'
import { declaredSnapshot, passingSnapshot, SchemaNotDeclared, sourcesOf } from './declared-schema.ts'
import type { Project } from './project.ts'
import {
  DifferenceNotProved,
  DifferenceRefused,
  type Look,
  onShadow,
  type PossibleRename,
  prove,
  renameOnShadow,
} from './prove.ts'
import type { Session } from './session.ts'
import { makeDirectives, makeRevisions, snapshotOf } from './shadow.ts'
import { noCache, revisionTexts, snapshotCache } from './snapshot-cache.ts'

/** What makes of what the revisions make what is declared. Both directions have been tried. */
export type Generated = {
  readonly upgrade: readonly Directive[]
  readonly downgrade: Downgrade
  /** What was taken for gone, and may have another name. */
  readonly unclear: readonly PossibleRename[]
}

/** What undoes it. `derived`: it is the inverse of the upgrade, so that nobody has to write it. Or why nothing does. */
export type Downgrade =
  | { readonly directives: readonly Directive[]; readonly derived: boolean }
  | { readonly irreversible: string }

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
  const sides = await sidesOf(project, revisions)
  const nothing: Generated = { upgrade: [], downgrade: { directives: [], derived: true }, unclear: [] }
  const known = sides.known()
  if (known !== null && isNothing(known)) return nothing
  return onShadow(project, async (session) => {
    const to = await sides.declared(session)
    const look: Look = async (shadow) => compared(await snapshotOf(shadow), project.autogenerate, to)
    const from = await sides.made(session, to)
    if (isNothing({ from, to })) return nothing
    const names = { from, to, ...telling, look }
    const { renaming, renamed, unclear } = await renameOnShadow(session, names)
    const both = withCarried({ from: renamed, to }, await snapshotOf(session), project.autogenerate)
    const rows: RowsInWay = { rows: telling.unclear === 'drop' ? 'go' : 'stay' }
    const change = changeBetween(both.from, both.to, rows)
    const upgrade = [...renaming, ...change.directives]
    await prove(session, { id: 'upgrade', directives: change.directives, to, look })
    const derived = inverseOf({ directives: upgrade, unsaid: change.unsaid })
    if (derived !== null && (await leadsBack(session, { directives: derived, to: from, look })))
      return { upgrade, downgrade: { directives: derived, derived: true }, unclear }
    const written = async (): Promise<readonly Directive[]> => {
      // First what is as it was but for its name, then the old names.
      const undoneRenaming = inverseOf({ directives: renaming, unsaid: [] }) ?? []
      const directives = [...changeBetween(both.to, both.from, rows).directives, ...undoneRenaming]
      if (derived === null) await prove(session, { id: 'downgrade', directives, to: from, look })
      else await proveAnew(project, { sides, upgrade, downgrade: directives, to, look })
      return directives
    }
    const downgrade = await written().then(
      (directives) => ({ directives, derived: false }),
      (error: unknown) => {
        if (error instanceof LimbeckError) return { irreversible: error.message }
        throw error
      },
    )
    return { upgrade, downgrade, unclear }
  })
}

/** What the revisions would still have to do, a line each. What may be a renaming is told as what goes and what comes. */
export async function missing(project: Project, revisions: readonly Revision[]): Promise<readonly string[]> {
  const sides = await sidesOf(project, revisions)
  const { from, to } =
    sides.known() ??
    (await onShadow(project, async (session) => {
      const declared = await sides.declared(session)
      return { to: declared, from: await sides.made(session, declared) }
    }))
  try {
    return changeBetween(from, to, { rows: 'go' }).directives.map((directive) => factsOf(directive).title)
  } catch (error) {
    // There is a difference, and no way to it that can be generated.
    if (error instanceof LimbeckError) return [error.message]
    throw error
  }
}

type Compared = { readonly from: Snapshot; readonly to: Snapshot }

/** What is declared, and what the revisions make. */
type Sides = {
  /** Both, where both were read before from the same texts. */
  known(): Compared | null
  /** What is declared; the shadow is left as it is. */
  declared(session: Session): Promise<Snapshot>
  /** What the revisions make, once they have made it on the shadow, as far as it is compared with what is declared. */
  made(session: Session, declared: Snapshot): Promise<Snapshot>
}

async function sidesOf(project: Project, revisions: readonly Revision[]): Promise<Sides> {
  const { schema, autogenerate } = project
  if (schema === null) throw new SchemaNotDeclared()
  const sources = await sourcesOf(schema, project)
  const cache = autogenerate.shadow === 'embedded' ? snapshotCache() : noCache
  const declaring = ['declared', ...sources.map(({ text }) => text)]
  const said = autogenerate.shadow === 'embedded' ? await revisionTexts(revisions, project) : null
  const making = said === null ? null : ['made', ...said]
  return {
    known() {
      const [from, to] = [making === null ? null : cache.get(making), cache.get(declaring)]
      if (from === null || to === null) return null
      const declared = compared(to, autogenerate)
      return { from: compared(from, autogenerate, declared), to: declared }
    },
    async declared(session) {
      const kept = cache.get(declaring)
      if (kept !== null) return compared(kept, autogenerate)
      const snapshot =
        (await passingSnapshot(session, sources)) ??
        (await onShadow(project, (other) => declaredSnapshot(other, sources)))
      cache.set(declaring, snapshot)
      return compared(snapshot, autogenerate)
    },
    async made(session, declared) {
      await makeRevisions(session, revisions)
      const snapshot = await snapshotOf(session)
      if (making !== null) cache.set(making, snapshot)
      return compared(snapshot, autogenerate, declared)
    },
  }
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

async function leadsBack(
  session: Session,
  back: { readonly directives: readonly Directive[]; readonly to: Snapshot; readonly look: Look },
): Promise<boolean> {
  try {
    await prove(session, { id: 'downgrade', ...back })
    return true
  } catch (error) {
    if (error instanceof DifferenceNotProved || error instanceof DifferenceRefused) return false
    throw error
  }
}

async function proveAnew(
  project: Project,
  {
    sides,
    upgrade,
    downgrade,
    to,
    look,
  }: {
    readonly sides: Sides
    readonly upgrade: readonly Directive[]
    readonly downgrade: readonly Directive[]
    readonly to: Snapshot
    readonly look: Look
  },
): Promise<void> {
  await onShadow(project, async (session) => {
    const from = await sides.made(session, to)
    await makeDirectives(session, 'upgrade', upgrade)
    await prove(session, { id: 'downgrade', directives: downgrade, to: from, look })
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
