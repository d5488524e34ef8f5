import type { CatalogObject, Snapshot } from '../catalog/snapshot.ts'
import { append } from './append.ts'
import type { Difference } from './compare.ts'
import { neededMore, wholesOf } from './origins.ts'

/** One thing to do with one object. */
export type Step = { readonly does: 'drop' | 'create' | 'change' | 'release'; readonly key: string }

/** What there is to be put in order, and how it is said that one step comes before another. */
export type Ordering = {
  readonly from: Snapshot
  readonly to: Snapshot
  /** What gives up its part of a place before others take theirs. */
  readonly releasing: readonly string[]
  drop(key: string): Step
  makes(key: string): Step | null
  first(one: Step, then: Step): void
  /** The same, where the one does not itself have to wait for the other. */
  better(one: Step, then: Step): void
}

/** What goes, leaves or changes hands makes room for what comes: of names, of places, and of what one has from another. */
export function makeRoom(difference: Difference, ordering: Ordering): void {
  takeNames(difference, ordering)
  joinAndLeave(difference, ordering)
  takePlaces(difference, ordering)
  changeInPlace(difference, ordering)
}

/** And those from which these come, which change them as they change: above the column of a partition that of its table. */
export function withOrigins(needs: readonly string[], snapshot: Snapshot): readonly string[] {
  const originsOf = (key: string): readonly string[] => {
    const object = snapshot.get(key)
    const above =
      object?.derived === true ? object.needs.filter((need) => snapshot.get(need)?.kind === object.kind) : []
    return [key, ...above.flatMap(originsOf)]
  }
  return needs.flatMap(originsOf)
}

/** What gives up a name that is no object's own, as a key has of its index, does so before another takes it. */
function takeNames({ dropped, created }: Difference, { to, drop, better }: Ordering): void {
  const takers = new Map<string, Step[]>()
  // What comes with another takes its name when that is made.
  for (const { key, excludes = [] } of created.values())
    for (const name of excludes)
      for (const made of withOrigins([key], to)) append(takers, name, { does: 'create', key: made })
  for (const [key, { object }] of dropped)
    for (const name of object.excludes ?? [])
      for (const taking of takers.get(name) ?? []) better(drop(key), taking)
}

/** What two lose is lost before one of them joins the other; what becomes of them otherwise, once one of them has left the other. */
function joinAndLeave({ dropped, created, changed }: Difference, { from, to, drop, better }: Ordering): void {
  const isPartOf = (wholes: readonly string[], { parent }: CatalogObject) =>
    parent !== undefined && wholes.includes(parent)
  const drops = [...dropped].map(([key, { object }]) => [drop(key), object] as const)
  const others = [
    ...[...created].map(([key, object]) => [{ does: 'create', key } as const, object] as const),
    ...[...changed].map(([key, { after }]) => [{ does: 'change', key } as const, after] as const),
  ]
  for (const [key, { before, after, release }] of changed) {
    const [joined, left] = [neededMore(before, after, to), neededMore(after, before, from)]
    if (joined.length > 0)
      for (const [step, object] of drops)
        if (isPartOf([key, ...joined], object)) better(step, { does: 'change', key })
    if (left.length > 0)
      for (const [step, object] of [...drops, ...others])
        if (isPartOf([key, ...left], object))
          better({ does: release.length > 0 ? 'release' : 'change', key }, step)
  }
}

/** What gives up its part of a place does so before any other takes one; what is dropped too, where it can be. */
function takePlaces({ dropped, created, changed }: Difference, ordering: Ordering): void {
  const { releasing, makes, first, better } = ordering
  const takers = new Map<string, Step[]>()
  const movers = [...changed].flatMap(([key, { before, after }]) =>
    before.place !== after.place || releasing.includes(key) ? after : [],
  )
  for (const object of [...created.values(), ...movers]) {
    const taking = makes(object.key)
    if (object.place !== undefined && taking !== null) append(takers, object.place, taking)
  }
  for (const key of releasing) {
    const release: Step = { does: 'release', key }
    const { before } = changed.get(key) ?? {}
    first(release, { does: 'change', key })
    for (const taking of takers.get(before?.place ?? '') ?? []) first(release, taking)
    for (const need of before?.needs ?? [])
      if (dropped.get(need)?.by === null) first(release, { does: 'drop', key: need })
  }
  for (const [key, { object, by }] of dropped)
    if (by === null)
      for (const taking of takers.get(object.place ?? '') ?? []) better({ does: 'drop', key }, taking)
}

/** What only changes its place does, until it gives it up, as that does which it has it from. */
function changeInPlace(difference: Difference, ordering: Ordering): void {
  const { from, releasing, better } = ordering
  for (const key of releasing) {
    const { before, after } = difference.changed.get(key) ?? {}
    if (before === undefined || after === undefined || neededMore(after, before, from).length > 0) continue
    for (const step of stepsOf(new Set(before.needs), difference, ordering))
      better(step, { does: 'release', key })
  }
}

/** What is done with these objects, and with their parts. */
function stepsOf(
  wholes: ReadonlySet<string>,
  { dropped, created, changed }: Difference,
  { from, to, drop, makes }: Ordering,
): readonly Step[] {
  const isOf = (object: CatalogObject, snapshot: Snapshot) =>
    [object.key, ...wholesOf(object, snapshot)].some((key) => wholes.has(key))
  const made = [...created.values(), ...[...changed.values()].map(({ after }) => after)]
  return [
    ...[...dropped].flatMap(([key, { object }]) => (isOf(object, from) ? [drop(key)] : [])),
    ...made.flatMap((object) => (isOf(object, to) ? (makes(object.key) ?? []) : [])),
  ]
}
