import { isDeepStrictEqual } from 'node:util'
import type { CatalogObject, Snapshot } from '../catalog/snapshot.ts'
import { kindOf } from './kind-of.ts'

type Changes = { readonly changed: ReadonlyMap<string, Pick<Change, 'before' | 'after'>> }
type Change = { readonly before: CatalogObject; readonly after: CatalogObject }

/** The object that has to have this one before it joins another, from which this one would come by itself; null where it is not so. */
export function joinerOf(object: CatalogObject, { changed }: Changes, to: Snapshot): string | null {
  const whole = object.kept === 'demanded' ? wholesOf(object, to).at(-1) : undefined
  const change = whole === undefined ? undefined : changed.get(whole)
  if (whole === undefined || change === undefined) return null
  const { before, after } = change
  return comesOfOne(object, { others: neededMore(before, after, to), whole: after, snapshot: to })
    ? whole
    : null
}

/** The object that has left another, from which this one came by itself, and keeps it; null where it is not so. */
export function leaverOf(object: CatalogObject, { changed }: Changes, from: Snapshot): string | null {
  const whole = object.kept === undefined ? undefined : wholesOf(object, from).at(-1)
  const change = whole === undefined ? undefined : changed.get(whole)
  if (whole === undefined || change === undefined) return null
  const { before, after } = change
  return comesOfOne(object, { others: neededMore(after, before, from), whole: before, snapshot: from })
    ? whole
    : null
}

/** Whether an object may come from one of some others: from which of those that its whole needs it comes, what it needs itself may tell. */
export function comesOfOne(
  object: CatalogObject,
  {
    others,
    whole,
    snapshot,
  }: { readonly others: readonly string[]; readonly whole: CatalogObject; readonly snapshot: Snapshot },
): boolean {
  const origins = whole.needs.filter((need) => snapshot.get(need)?.kind === whole.kind)
  const its = origins.filter((origin) => object.needs.some((need) => isWithin(need, origin, snapshot)))
  return (its.length === 0 ? others : its.filter((origin) => others.includes(origin))).length > 0
}

/** What of its own kind the second needs, and the first does not. */
export function neededMore(one: CatalogObject, other: CatalogObject, snapshot: Snapshot): readonly string[] {
  return other.needs.filter((need) => !one.needs.includes(need) && snapshot.get(need)?.kind === other.kind)
}

/** All that an object is a part of, from its parent up. */
export function wholesOf(object: CatalogObject, snapshot: Snapshot): readonly string[] {
  const whole = object.parent === undefined ? undefined : snapshot.get(object.parent)
  return whole === undefined ? [] : [whole.key, ...wholesOf(whole, snapshot)]
}

/** Of what an object comes from, what is only made now as a part of what there is: a column of the parent, which its child has already. */
export function newOrigins(
  { needs, kind }: CatalogObject,
  { from, to }: { readonly from: Snapshot; readonly to: Snapshot },
): readonly string[] {
  return needs.filter((need) => {
    const origin = to.get(need)
    return origin?.kind === kind && !from.has(need) && from.has(origin.parent ?? '')
  })
}

/**
 * Whether there is the same under another name: what a part has of its whole is called as PostgreSQL likes, by what was there when it was made.
 */
export function isNamedOtherwise(
  before: CatalogObject,
  { from, others }: { from: Snapshot; others: Set<string> },
) {
  const place = placeOfDerived(before, from)
  return place !== null && others.has(place)
}

/** Where what comes from another stands, whatever it is called: on what, and what is the first from which it comes. */
export function placeOfDerived(object: CatalogObject, snapshot: Snapshot): string | null {
  if (object.derived !== true || object.kept !== true) return null
  const origins = firstOrigins(object, snapshot)
  return origins.length === 0 ? null : JSON.stringify([object.kind, object.parent, ...origins])
}

function firstOrigins(object: CatalogObject, snapshot: Snapshot): readonly string[] {
  return object.needs.flatMap((need) => {
    const origin = snapshot.get(need)
    if (origin === undefined || !comesFrom(object, origin)) return []
    return origin.derived === true ? firstOrigins(origin, snapshot) : [need]
  })
}

/** Whether the one is there because of the other: a foreign key of a partition needs that of its table, and a key that it references. */
export function comesFrom(object: CatalogObject, other: CatalogObject | undefined): boolean {
  if (object.derived !== true || other?.kind !== object.kind) return false
  const { nameless } = kindOf(object)
  return isDeepStrictEqual(nameless?.(object.fields), nameless?.(other.fields))
}

/** Whether it is that, or a part of it. */
export function isWithin(key: string | undefined, whole: string, snapshot: Snapshot): boolean {
  return key !== undefined && (key === whole || isWithin(snapshot.get(key)?.parent, whole, snapshot))
}
