import { shortenings } from '../catalog/kinds.ts'
import type { CatalogObject, Snapshot } from '../catalog/snapshot.ts'
import { LimbeckError } from '../error.ts'
import type { Directive } from '../operations/operation.ts'
import { factsOf, joinedWith } from '../operations/operations.ts'
import { compare, type Difference } from './compare.ts'
import { kindOf } from './kind-of.ts'
import { inOrder } from './order.ts'
import { joinerOf, leaverOf, newOrigins, wholesOf } from './origins.ts'
import type { RowsInWay } from './rows-in-the-way.ts'
import { keptTogether, type Piece } from './together.ts'

/** The directives that make of one database another, in an order that works. */
export type Change = {
  readonly directives: readonly Directive[]
  /** Objects that are dropped with others and that no directive says, so that an inverse would not make them again. */
  readonly unsaid: readonly string[]
}

/** What is dropped and could not be made again. */
class NoInverse extends LimbeckError {
  readonly code = 'NO_INVERSE'

  constructor(key: string, reason: string) {
    super(`How ${key} is dropped cannot be said: ${reason}`)
  }
}

/** Compares two databases and says what makes the first as the second is. Rows that are in the way refuse that, unless they may go. */
export function changeBetween(from: Snapshot, to: Snapshot, rows: RowsInWay = { rows: 'stay' }): Change {
  const difference = compare(from, to, rows)
  const unsaid: string[] = []
  const groups: Piece[] = []
  /** What a parent's new column says beyond its type does not reach a child that has the column already. */
  const isOfMerged = (object: CatalogObject) =>
    [...wholesOf(object, to), ...object.needs].some((key) => {
      const whole = to.get(key)
      return (
        whole?.derived === true &&
        from.has(key) &&
        !difference.dropped.has(key) &&
        newOrigins(whole, { from, to }).length > 0
      )
    })
  const madeIn = new Map<string, number>()
  for (const { does, key } of inOrder(difference, from, to)) {
    if (does === 'release') {
      groups.push({ does, key, parts: [], directives: difference.changed.get(key)?.release ?? [] })
    } else if (does === 'change') {
      madeIn.set(key, groups.length)
      groups.push({ does, key, parts: [], directives: difference.changed.get(key)?.directives ?? [] })
    } else if (does === 'drop') {
      const dropping = droppingOf(key, difference, from)
      unsaid.push(...dropping.unsaid)
      groups.push({ does, key, parts: dropping.parts, directives: dropping.directives })
    } else {
      const object = created(difference, key)
      if (object.derived === true && joinerOf(object, difference, to) === null && !isOfMerged(object)) {
        const at = lastOf(object, madeIn)
        if (at !== null) madeIn.set(key, at)
        continue
      }
      const at = placeOf(object, madeIn)
      const whole = at === null ? undefined : groups[at]
      const folded = whole === undefined ? null : fold(whole.directives, object)
      if (at !== null && whole !== undefined && folded !== null) {
        groups[at] = { ...whole, parts: [...whole.parts, key], directives: folded }
        madeIn.set(key, at)
      } else {
        madeIn.set(key, groups.length)
        const ofNew = object.parent !== undefined && difference.created.has(object.parent)
        groups.push({ does, key, parts: [], directives: kindOf(object).create(object.fields, { ofNew }) })
      }
    }
  }
  const disturbs = (key: string) => (difference.changed.get(key)?.disturbs ?? false) !== false
  const directives = shortenings.reduce(
    (sofar, shorten) => shorten(sofar),
    joined(keptTogether(groups, { from, to, disturbs }).flatMap((group) => group.directives)),
  )
  return { directives, unsaid }
}

function created(difference: Difference, key: string): CatalogObject {
  const object = difference.created.get(key)
  if (object === undefined) throw new Error(`${key} is not among what is created.`)
  return object
}

/** Directives that can be one with the one before are. */
function joined(directives: readonly Directive[]): readonly Directive[] {
  const result: Directive[] = []
  for (const directive of directives) {
    const last = result.at(-1)
    const one = last === undefined ? null : joinedWith(last, directive)
    if (one === null) result.push(directive)
    else result.splice(-1, 1, one)
  }
  return result
}

/** Where the object's parent is made, if all that the object needs is made by then too. */
function placeOf(object: CatalogObject, madeIn: ReadonlyMap<string, number>): number | null {
  const at = object.parent === undefined ? undefined : madeIn.get(object.parent)
  if (at === undefined) return null
  return object.needs.every((need) => (madeIn.get(need) ?? 0) <= at) ? at : null
}

/** Where that is made which comes last of what the object is there by: the index of a table, or the partition. */
function lastOf({ parent, needs }: CatalogObject, madeIn: ReadonlyMap<string, number>): number | null {
  const places = [parent, ...needs].flatMap((key) => madeIn.get(key ?? '') ?? [])
  return places.length === 0 ? null : Math.max(...places)
}

/** The first directive of a group is the one that makes the parent. */
function fold(directives: readonly Directive[], object: CatalogObject): readonly Directive[] | null {
  const [into, ...others] = directives
  if (into === undefined) return null
  const folded = kindOf(object).fold?.(into, object.fields) ?? null
  return folded === null ? null : [folded, ...others]
}

/** The inverse of what would make the object with all that goes with it. */
function droppingOf(
  key: string,
  difference: Difference,
  from: Snapshot,
): Change & { readonly parts: readonly string[] } {
  const { dropped } = difference
  const [unsaid, parts]: [string[], string[]] = [[], []]
  const whole = dropped.get(key)?.object
  if (whole === undefined) throw new Error(`${key} is not among what is dropped.`)
  if (whole.derived === true && leaverOf(whole, difference, from) === null)
    return { directives: [], unsaid, parts }
  // Undone, what leaves the new one keeps the one of this name that it has of that.
  if (whole.derived === true && difference.created.has(key)) unsaid.push(key)
  let directives = kindOf(whole).create(whole.fields, { ofNew: false })
  for (const [part, { object }] of dropped) {
    if (!goesAlong(part, key, dropped)) continue
    parts.push(part)
    if (object.derived === true) continue
    const folded = fold(directives, object)
    if (folded === null) unsaid.push(part)
    else directives = folded
  }
  const inverse = [...directives].reverse().flatMap((directive) => {
    const undone = factsOf(directive).inverse()
    if ('irreversible' in undone) throw new NoInverse(key, undone.irreversible)
    return undone
  })
  return { directives: inverse, unsaid, parts }
}

/** Whether an object is dropped by dropping another, with which it goes by way of any number of others. */
function goesAlong(part: string, whole: string, dropped: Difference['dropped']): boolean {
  const by = dropped.get(part)?.by ?? null
  return by !== null && (by === whole || goesAlong(by, whole, dropped))
}
