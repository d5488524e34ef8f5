import type { CatalogObject, Snapshot } from '../catalog/snapshot.ts'
import {
  changeOf,
  isAlike,
  isHolding,
  isInStep,
  isJoining,
  isMadeOwn,
  isSaidAlike,
  isTakenOver,
  type ObjectChange,
} from './became.ts'
import { goingFirst } from './circles.ts'
import { dragAlong } from './drag-along.ts'
import { kindOf } from './kind-of.ts'
import { isNamedOtherwise, placeOfDerived } from './origins.ts'
import { RowsInTheWay, type RowsInWay } from './rows-in-the-way.ts'

/** What has to happen so that one database is as another is. */
export type Difference = {
  /** Objects that go, as they were; among them those that are made again. `by`: the object with which one goes by itself. */
  readonly dropped: ReadonlyMap<string, { readonly object: CatalogObject; readonly by: string | null }>
  /** Objects that are made, as they are to be. */
  readonly created: ReadonlyMap<string, CatalogObject>
  /** Objects that stay and change, with what changes them. */
  readonly changed: ReadonlyMap<string, ObjectChange>
  /** Objects that stay as they are and are touched by the change of others, by what these are: the columns of an enum that is replaced. */
  readonly carried: ReadonlyMap<string, ReadonlySet<string>>
}

/** Finds out what goes, what comes and what changes. */
export function compare(from: Snapshot, to: Snapshot, { rows }: RowsInWay): Difference {
  const changed = new Map<string, ObjectChange | null>()
  const gone = new Set<string>()
  const others = new Set([...to.values()].flatMap((object) => placeOfDerived(object, to) ?? []))
  for (const [key, before] of from) {
    const after = to.get(key)
    if (after === undefined) {
      if (!isNamedOtherwise(before, { from, others })) gone.add(key)
    } else if (isTakenOver(before, after, { from, to }) || isMadeOwn(before, after, { from, to }))
      gone.add(key)
    else if (isInStep(before, after, { from, to })) continue
    else if (isJoining(before, after, { from, to }) ? !isSaidAlike(before, after) : !isAlike(before, after))
      changed.set(key, changeOf(before, after))
  }
  for (const [key, change] of changed) {
    if (change !== null) continue
    // A part that is made anew is said to go; a whole is not given up for one property.
    const before = from.get(key)
    if (
      rows === 'stay' &&
      before?.parent === undefined &&
      before?.kind === to.get(key)?.kind &&
      before !== undefined &&
      isHolding(before)
    )
      throw new RowsInTheWay(key, key)
    gone.add(key)
  }
  const { dragged, carried } = dragAlong({ from, to, gone, changed, rows })
  const dropped = new Map(
    [...from].flatMap(([key, object]) => {
      const by = dragged.get(key)
      return by === undefined ? [] : [[key, { object, by }] as const]
    }),
  )
  for (const key of goingFirst(dropped, from)) {
    const object = from.get(key)
    if (object !== undefined) dropped.set(key, { object, by: null })
  }
  const created = new Map([...to].filter(([key]) => !from.has(key) || dragged.has(key)))
  for (const object of steppingAside({ from, to, created })) {
    dropped.set(object.key, { object, by: null })
    created.set(object.key, to.get(object.key) ?? object)
  }
  return {
    dropped,
    created,
    changed: new Map(
      [...changed].flatMap(([key, change]) => (change === null || created.has(key) ? [] : [[key, change]])),
    ),
    carried,
  }
}

/** What stays, but is not there while others are made to which it would do what it is not to do. */
function steppingAside({
  from,
  to,
  created,
}: {
  readonly from: Snapshot
  readonly to: Snapshot
  readonly created: Difference['created']
}): readonly CatalogObject[] {
  return [...from.values()].filter((object) => {
    const { suits } = kindOf(object)
    if (suits === undefined || !to.has(object.key) || created.has(object.key)) return false
    return [...created.values()].some((made) => !suits(object.fields, made, to))
  })
}
