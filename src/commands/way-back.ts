import { type Change, changeBetween } from '../autogenerate/directives.ts'
import type { RowsInWay } from '../autogenerate/rows-in-the-way.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { LimbeckError } from '../error.ts'
import type { Directive } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'
import type { TwoRevisions } from './online.ts'
import { DifferenceNotProved, DifferenceRefused, type Look, prove } from './prove.ts'
import type { Session } from './session.ts'
import { makeDirectives } from './shadow.ts'
import type { MadeSide } from './sides.ts'

export type GeneratedRevision = {
  readonly upgrade: readonly Directive[]
  readonly downgrade: Downgrade
}

/** What undoes it. `derived`: it is the inverse of the upgrade, so that nobody has to write it. Or why nothing does. */
export type Downgrade =
  | { readonly directives: readonly Directive[]; readonly derived: boolean }
  | { readonly irreversible: string }

/** Shadows of both sides, and what is to be compared. */
export type Shadows = {
  /** Where what the revisions make is, and all of it. */
  readonly session: Session
  readonly whole: Snapshot
  readonly to: Snapshot
  /** Where the declared schema is; null where none was made. */
  readonly beside: Promise<Session> | null
  readonly look: Look
  readonly onMade: MadeSide['on']
}

/** What was found to differ. */
export type Difference = {
  /** With the new names, before anything else is changed. */
  readonly from: Snapshot
  readonly to: Snapshot
  readonly renaming: readonly Directive[]
  readonly upgrade: readonly Directive[]
  /** null where one of the directives has no inverse. */
  readonly derived: readonly Directive[] | null
  readonly rows: RowsInWay
}

/**
 * Tries what the directives imply in the shadow of the declared schema, while the upgrade is proved in the other; where that has none, or it does not lead back there, in the
 * one where the upgrade has run.
 */
export function derivedBack(
  { session, whole, beside, look }: Shadows,
  derived: readonly Directive[] | null,
): () => Promise<boolean> {
  if (derived === null) return async () => false
  const back = { directives: derived, to: look(whole), look }
  const there = beside?.then((other) => leadsBack(other, back))
  // Whoever asks is told.
  there?.catch(() => {})
  return async () => (await there) === true || leadsBack(session, back)
}

/** A downgrade that is found as the upgrade was; or why there is none. */
export async function writtenBack(
  { session, whole, look, onMade }: Shadows,
  { from, to, renaming, upgrade, derived, rows }: Difference,
): Promise<Downgrade> {
  // First what is as it was but for its name, then the old names.
  const undoneRenaming = inverseOf({ directives: renaming, unsaid: [] }) ?? []
  const directives = [...changeBetween(to, from, rows).directives, ...undoneRenaming]
  const back = { id: 'downgrade', directives, to: look(whole), look }
  try {
    if (derived === null) await prove(session, back)
    // What was derived has been run there, as far as it went.
    else
      await onMade(async (anew) => {
        await makeDirectives(anew, 'upgrade', upgrade)
        await prove(anew, back)
      })
    return { directives, derived: false }
  } catch (error) {
    if (error instanceof LimbeckError) return { irreversible: error.message }
    throw error
  }
}

/** Before the second half the first one can be taken back; the second takes away what the application of before has used. */
export async function withWayBack(
  { expand, contract }: TwoRevisions,
  { from, look, onMade }: { readonly from: Snapshot; readonly look: Look; readonly onMade: MadeSide['on'] },
): Promise<readonly GeneratedRevision[]> {
  const derived = inverseOf({ directives: expand, unsaid: [] })
  const comesBack =
    derived !== null &&
    (await onMade(async (session) => {
      await makeDirectives(session, 'expand', expand)
      return leadsBack(session, { directives: derived, to: from, look })
    }))
  const downgrade: Downgrade = comesBack
    ? { directives: derived, derived: true }
    : { irreversible: 'what undoes its directives does not bring back what there was' }
  const irreversible = contract.flatMap((directive) => {
    const undone = factsOf(directive).inverse()
    return 'irreversible' in undone ? [undone.irreversible] : []
  })
  return [
    { upgrade: expand, downgrade },
    { upgrade: contract, downgrade: { irreversible: [...new Set(irreversible)].join(' ') } },
  ]
}

/** Whether directives make of a database what there was. */
export async function leadsBack(
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

/** The downgrade that the directives imply; null where one of them has none, or something goes with another unsaid. */
export function inverseOf({ directives, unsaid }: Change): readonly Directive[] | null {
  if (unsaid.length > 0) return null
  const inverse: Directive[] = []
  for (const directive of [...directives].reverse()) {
    const undone = factsOf(directive).inverse()
    if ('irreversible' in undone) return null
    inverse.push(...undone)
  }
  return inverse
}
