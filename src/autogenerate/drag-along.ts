import type { CatalogObject, Snapshot } from '../catalog/snapshot.ts'
import { append } from './append.ts'
import { isHolding, isInStep, type ObjectChange } from './became.ts'
import { kindOf } from './kind-of.ts'
import { comesFrom, isWithin, leaverOf } from './origins.ts'
import { RowsInTheWay, type RowsInWay } from './rows-in-the-way.ts'

/** Whether an object will not need another any more: then it is changed before that goes. What says the same cannot be changed, only made anew. */
function letsGo(
  need: string,
  { before, after }: { readonly before: CatalogObject; readonly after: CatalogObject },
  {
    changed,
    willNeed,
  }: {
    readonly changed: { has(key: string): boolean }
    willNeed(after: CatalogObject, key: string): boolean
  },
): boolean {
  return !willNeed(after, need) && (changed.has(before.key) || isHolding(before) || after.derived === true)
}

/** Whether an object stays while another changes on which it depends. */
function bears(object: CatalogObject, change: ObjectChange | null | undefined): boolean {
  const { bearsChange = false } = kindOf(object)
  if (typeof bearsChange === 'boolean') return bearsChange
  if (change === undefined || change === null) return true
  const [before, after] = [change.before.fields, change.after.fields]
  return bearsChange(object.fields, { kind: change.after.kind, before, after })
}

/** All that goes, with what it goes with by itself: its parts, and what depends on it and cannot be there while it is made anew. */
export function dragAlong({
  from,
  to,
  gone,
  changed,
  rows,
}: RowsInWay & {
  readonly from: Snapshot
  readonly to: Snapshot
  readonly gone: ReadonlySet<string>
  readonly changed: ReadonlyMap<string, ObjectChange | null>
}): {
  readonly dragged: ReadonlyMap<string, string | null>
  readonly carried: ReadonlyMap<string, ReadonlySet<string>>
} {
  const parts = new Map<string, string[]>()
  const dependents = new Map<string, string[]>()
  const parentOf = (key: string) => from.get(key)?.parent
  /** Whether an object will need what is called so, or a part of it: a table has its columns needed, and a view none. */
  const willNeed = ({ needs }: CatalogObject, key: string) => needs.some((need) => isWithin(need, key, to))
  for (const { key, parent, goesWith, needs } of from.values()) {
    for (const whole of [parent, goesWith]) if (whole !== undefined) append(parts, whole, key)
    for (const need of needs) append(dependents, need, key)
  }
  const staying = new Map([...changed].flatMap(([key, change]) => (change === null ? [] : [[key, change]])))
  const hasLeft = (key: string) => {
    const object = from.get(key)
    return object !== undefined && leaverOf(object, { changed: staying }, from) !== null
  }
  /** Whether a detached table would keep what needs something that goes, and is not that from which it came: the copy of a foreign key. */
  const staysBehind = (object: CatalogObject, need: string) =>
    !comesFrom(object, from.get(need)) && !isHolding(object) && hasLeft(object.key)
  const follows = (before: CatalogObject, after: CatalogObject) => isInStep(before, after, { from, to })
  const dragged = new Map<string, string | null>([...gone].map((key) => [key, null]))
  const disturbed = [...changed].flatMap(([key, change]) => (change?.disturbs ? [key] : []))
  const queue = [...gone, ...disturbed]
  const queued = new Set(queue)
  const carried = new Map<string, Set<string>>()
  const carry = (dependent: string, by: string) => {
    carried.set(dependent, new Set([...(carried.get(dependent) ?? []), ...(carried.get(by) ?? [by])]))
    if (!queued.has(dependent)) queue.push(dependent)
    queued.add(dependent)
  }
  /** What changes, where an object does or is touched by it. */
  const causes = (key: string) => [...(carried.get(key) ?? [key])]
  /** Whether an object that stays by itself is to be another: then it is not left to what others do to it. */
  const changes = (key: string) => {
    const object = from.get(key)
    return changed.has(key) && object !== undefined && typeof kindOf(object).bearsChange === 'function'
  }
  /** Whether what is done to an object leaves alone what has rows. */
  const keepsRows = (key: string) => causes(key).every((by) => changed.get(by)?.disturbs === 'but rows')
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    const goes = dragged.has(key)
    if (goes)
      for (const part of parts.get(key) ?? []) {
        const by = dragged.get(part)
        // What has come from it stays with what leaves it.
        if (parentOf(part) !== key && hasLeft(part)) continue
        if (by === undefined) queue.push(part)
        // What is a part of one and goes with another, and both are gone, is counted to the first.
        if (by === undefined || by === null || parentOf(part) === key) dragged.set(part, key)
      }
    for (const dependent of dependents.get(key) ?? []) {
      const [before, after] = [from.get(dependent), to.get(dependent)]
      if (dragged.has(dependent) || before === undefined || after === undefined) continue
      // What has come from it changes with it, and disturbs others as it does.
      const isCarried =
        before.derived === true ? !(goes && staysBehind(before, key)) : !goes && follows(before, after)
      if (isCarried) {
        carry(dependent, key)
        continue
      }
      if (before.derived === true) {
        dragged.set(dependent, null)
        queue.push(dependent)
        continue
      }
      // What will not need it any more is changed before.
      if (
        goes
          ? letsGo(key, { before, after }, { changed, willNeed })
          : causes(key).every((by) => bears(before, changed.get(by))) && !changes(dependent)
      )
        continue
      if (isHolding(before) && !goes && keepsRows(key)) {
        carry(dependent, key)
        continue
      }
      if (isHolding(before) && rows === 'stay') throw new RowsInTheWay(dependent, key)
      dragged.set(dependent, null)
      queue.push(dependent)
    }
  }
  return { dragged, carried }
}
