import { isDeepStrictEqual } from 'node:util'
import type { CatalogObject, Snapshot } from '../catalog/snapshot.ts'
import type { Directive } from '../operations/operation.ts'
import { kindOf } from './kind-of.ts'
import { comesOfOne, neededMore, newOrigins } from './origins.ts'

export function isAlike(before: CatalogObject, after: CatalogObject): boolean {
  if (isSaidAlike(before, after)) return true
  const isSettled = before.derived !== true && kindOf(after).settles === true
  return before.kind === after.kind && after.derived === true && !isSettled
}

export function isSaidAlike(before: CatalogObject, after: CatalogObject): boolean {
  return before.kind === after.kind && isDeepStrictEqual(before.fields, after.fields)
}

/**
 * It is part of what joins another, and has to be as that has it before: a column of what becomes a partition. What it has from a third, which
 * that leaves, is its own until then.
 */
export function isJoining(
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
export function isInStep(
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
export function isTakenOver(
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
export function isMadeOwn(
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

export function isHolding(object: CatalogObject): boolean {
  return kindOf(object).holdsRows?.(object.fields) === true
}

/** What changes an object that stays. */
export type ObjectChange = {
  readonly before: CatalogObject
  readonly after: CatalogObject
  /** What is done before others are made. */
  readonly release: readonly Directive[]
  readonly directives: readonly Directive[]
  /** Whether what depends on it has to step aside meanwhile. */
  readonly disturbs: boolean | 'but rows'
}

/** null where it has to be made anew. */
export function changeOf(before: CatalogObject, after: CatalogObject): ObjectChange | null {
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
