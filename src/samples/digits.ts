import type { Tuple } from './passing.ts'
import type { Digit, SampleColumn } from './sample-table.ts'
import { key } from './values.ts'

/** A unit on its way: `tuples` are known, and the digit is to be found. */
export type Counted = {
  readonly columns: readonly SampleColumn[]
  tuples: readonly Tuple[] | null
  digit: Digit | null
}

/** A digit that repeats has so many values at most, so that rows meet in it. */
const repeatingDigit = 4

/** More are never asked for. */
const most = 4_096

/**
 * Gives digits to units so that no two rows have the same in all columns of a group. A group whose columns are all single counts
 * like an odometer: all but the last repeat. Where one unit's tuples are the same in the group's columns, the later ones are left out.
 */
export function assignDigits(units: readonly Counted[], groups: readonly (readonly string[])[]): void {
  const sized = groups.map((group) => ({
    group,
    members: units.filter(({ columns }) => columns.some(({ name }) => group.includes(name))),
  }))
  sized.sort((some, other) => some.members.length - other.members.length)
  for (const { group, members } of sized) assignGroup(members, group)
}

function assignGroup(members: readonly Counted[], group: readonly string[]): void {
  if (members.length === 0) return
  if (members.length === 1 && members[0] !== undefined) keepDistinct(members[0], group)
  const able = members.filter((unit) => isDistinct(unit, group))
  let divisor = 1
  // Each is looked at once; a digit of a single value moves nothing.
  for (const _ of able) {
    const next = able.find(({ digit }) => digit?.divisor === divisor && digit.modulus !== 1)
    if (next?.digit == null) break
    if (next.digit.modulus === null) return
    divisor *= next.digit.modulus
  }
  const free = able
    .filter((unit) => unit.digit === null && capacity(unit) > 1)
    .sort((some, other) => capacity(some) - capacity(other))
  for (const [at, unit] of free.entries()) {
    if (at === free.length - 1) {
      unit.digit = { divisor, modulus: null }
      return
    }
    const modulus = Math.min(capacity(unit), repeatingDigit)
    unit.digit = { divisor, modulus }
    divisor *= modulus
  }
  // All have their digit, and these do not suffice: one of them counts the rows.
  const whole = able.toSorted((some, other) => capacity(other) - capacity(some))[0] ?? members[0]
  if (whole === undefined) return
  keepDistinct(whole, group)
  whole.digit = { divisor: 1, modulus: null }
}

function keepDistinct(unit: Counted, group: readonly string[]): void {
  if (unit.tuples === null) return
  const seen = new Set<string>()
  unit.tuples = unit.tuples.filter((tuple) => {
    const text = within(unit, { tuple, group })
    if (seen.has(text)) return false
    seen.add(text)
    return true
  })
}

function isDistinct(unit: Counted, group: readonly string[]): boolean {
  if (unit.tuples === null) return true
  return new Set(unit.tuples.map((tuple) => within(unit, { tuple, group }))).size === unit.tuples.length
}

function within(
  { columns }: Counted,
  { tuple, group }: { readonly tuple: Tuple; readonly group: readonly string[] },
): string {
  return JSON.stringify(tuple.filter((_, at) => group.includes(columns[at]?.name ?? '')))
}

/** How many rows the digits tell apart. */
export function rowsTold(units: readonly Counted[], atMost: number): number {
  const told = units.map((unit) =>
    unit.digit === null || unit.digit.modulus !== null ? atMost : capacity(unit) * unit.digit.divisor,
  )
  return Math.min(atMost, ...told)
}

function capacity({ tuples, columns }: Counted): number {
  if (tuples !== null) return tuples.length
  const [column] = columns
  if (column === undefined) return 0
  for (let n = 0; n < most; n = 2 * n + 1)
    if (key(column.type, n) === null) {
      let last = Math.floor(n / 2)
      while (key(column.type, last) !== null) last++
      return last
    }
  return most
}
