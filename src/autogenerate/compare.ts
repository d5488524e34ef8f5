import { isDeepStrictEqual } from 'node:util'
import type { CatalogObject, Snapshot } from '../catalog/snapshot.ts'
import { LimbeckError } from '../error.ts'
import type { Directive } from '../operations/operation.ts'
import { append } from './append.ts'
import { goingFirst } from './circles.ts'
import { kindOf } from './kind-of.ts'
import {
  comesFrom,
  comesOfOne,
  isNamedOtherwise,
  isWithin,
  leaverOf,
  neededMore,
  newOrigins,
  placeOfDerived,
} from './origins.ts'

/** What has to happen so that one database is as another is. */
export type Difference = {
  /** Objects that go, as they were; among them those that are made again. `by`: the object with which one goes by itself. */
  readonly dropped: ReadonlyMap<string, { readonly object: CatalogObject; readonly by: string | null }>
  /** Objects that are made, as they are to be. */
  readonly created: ReadonlyMap<string, CatalogObject>
  /** Objects that stay and change, with what changes them. */
  readonly changed: ReadonlyMap<
    string,
    {
      readonly before: CatalogObject
      readonly after: CatalogObject
      /** What is done before others are made. */
      readonly release: readonly Directive[]
      readonly directives: readonly Directive[]
      /** Whether what depends on it has to step aside meanwhile. */
      readonly disturbs: boolean | 'but rows'
    }
  >
  /** Objects that stay as they are and are touched by the change of others, by what these are: the columns of an enum that is replaced. */
  readonly carried: ReadonlyMap<string, ReadonlySet<string>>
}

/** A change that cannot be made without dropping what rows are in. */
export class RowsInTheWay extends LimbeckError {
  readonly code = 'ROWS_IN_THE_WAY'
  readonly object: string
  readonly because: string

  constructor(object: string, because: string) {
    const also = object === because ? 'and it has rows' : `and ${object} with it, which has rows`
    super(`The ${because} can only be changed by making it anew, ${also}.`, {
      hint: 'Write this change by hand: an expandColumn to the new form, or a new object beside the old one. Or say --allow-loss, if its rows may go.',
    })
    this.object = object
    this.because = because
  }
}

/** What becomes of rows that are in the way of a change: they refuse it, or they go. */
export type RowsInWay = { readonly rows: 'stay' | 'go' }

/** Finds out what goes, what comes and what changes. */
export function compare(from: Snapshot, to: Snapshot, { rows }: RowsInWay): Difference {
  const changed = new Map<string, ReturnType<typeof changeOf>>()
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

function isAlike(before: CatalogObject, after: CatalogObject): boolean {
  if (isSaidAlike(before, after)) return true
  const isSettled = before.derived !== true && kindOf(after).settles === true
  return before.kind === after.kind && after.derived === true && !isSettled
}

function isSaidAlike(before: CatalogObject, after: CatalogObject): boolean {
  return before.kind === after.kind && isDeepStrictEqual(before.fields, after.fields)
}

/**
 * It is part of what joins another, and has to be as that has it before: a column of what becomes a partition. What it has from a third, which
 * that leaves, is its own until then.
 */
function isJoining(
  before: CatalogObject,
  after: CatalogObject,
  { from, to }: { readonly from: Snapshot; readonly to: Snapshot },
): boolean {
  if (after.derived !== true || after.kept !== 'demanded') return false
  const [was, is] = [from.get(before.parent ?? ''), to.get(after.parent ?? '')]
  if (was === undefined || is === undefined) return false
  if (before.derived !== true && newOrigins(after, { from, to }).length > 0) return true
  return (
    comesOfOne(after, { others: neededMore(was, is, to), whole: is, snapshot: to }) &&
    (before.derived !== true ||
      (before.kept !== undefined &&
        comesOfOne(before, { others: neededMore(is, was, from), whole: was, snapshot: from })))
  )
}

/**
 * It is its own, but also another's that changes, and is like that before and after: then it changes with that, as the column of a child does that
 * the child's table says too.
 */
function isInStep(
  before: CatalogObject,
  after: CatalogObject,
  { from, to }: { readonly from: Snapshot; readonly to: Snapshot },
): boolean {
  if (before.kept !== 'demanded' || after.kept !== 'demanded') return false
  const { nameless } = kindOf(before)
  const isLike = (one: CatalogObject, other: CatalogObject | undefined) =>
    other?.kind === one.kind && isDeepStrictEqual(nameless?.(one.fields), nameless?.(other.fields))
  return (
    nameless !== undefined &&
    before.needs.some(
      (need) => after.needs.includes(need) && isLike(before, from.get(need)) && isLike(after, to.get(need)),
    )
  )
}

/** Whether the one is in the other's place and cannot become it. */
export function isMadeAnew(before: CatalogObject, after: CatalogObject): boolean {
  return !isAlike(before, after) && changeOf(before, after) === null
}

/** It comes with another from now on, which is only made now and brings it itself: an index of one partition becomes one of all. */
function isTakenOver(
  before: CatalogObject,
  after: CatalogObject,
  { from, to }: { readonly from: Snapshot; readonly to: Snapshot },
): boolean {
  if (before.derived === true || after.derived !== true || isHolding(before)) return false
  return [...after.needs, ...(after.excludes ?? [])].some((need) => {
    const [was, is] = [from.get(need), to.get(need)]
    return is?.kind === after.kind && (was === undefined || isMadeAnew(was, is))
  })
}

/** It came with another, which goes and takes it along, and is to stay by itself. */
function isMadeOwn(
  before: CatalogObject,
  after: CatalogObject,
  { from, to }: { readonly from: Snapshot; readonly to: Snapshot },
): boolean {
  if (before.derived !== true || after.derived === true || isHolding(before)) return false
  return [...before.needs, ...(before.excludes ?? [])].some((other) => {
    const [was, is] = [from.get(other), to.get(other)]
    if (was?.kind !== before.kind) return false
    return is === undefined || isMadeAnew(was, is)
  })
}

function isHolding(object: CatalogObject): boolean {
  return kindOf(object).holdsRows?.(object.fields) === true
}

/** null where it has to be made anew. */
function changeOf(before: CatalogObject, after: CatalogObject) {
  if (before.kind !== after.kind) return null
  const kind = kindOf(after)
  const directives = kind.change(before.fields, after.fields, { ofNew: false })
  if (directives === null) return null
  const release = kind.release?.(before.fields, after.fields) ?? []
  return {
    before,
    after,
    release,
    directives,
    disturbs: kind.disturbs?.(before.fields, after.fields) ?? false,
  }
}

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
function bears(object: CatalogObject, change: ReturnType<typeof changeOf> | undefined): boolean {
  const { bearsChange = false } = kindOf(object)
  if (typeof bearsChange === 'boolean') return bearsChange
  if (change === undefined || change === null) return true
  const [before, after] = [change.before.fields, change.after.fields]
  return bearsChange(object.fields, { kind: change.after.kind, before, after })
}

/** All that goes, with what it goes with by itself: its parts, and what depends on it and cannot be there while it is made anew. */
function dragAlong({
  from,
  to,
  gone,
  changed,
  rows,
}: RowsInWay & {
  readonly from: Snapshot
  readonly to: Snapshot
  readonly gone: ReadonlySet<string>
  readonly changed: ReadonlyMap<string, ReturnType<typeof changeOf>>
}): { readonly dragged: ReadonlyMap<string, string | null>; readonly carried: Difference['carried'] } {
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
