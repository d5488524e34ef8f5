import type { Snapshot } from '../catalog/snapshot.ts'
import { append } from './append.ts'
import type { Difference } from './compare.ts'

/**
 * Of what goes along with a whole, that which has to go by itself before: it needs what itself needs the whole. A policy that looks into a view of
 * its own table is one, and a check that calls a function of the table's rows.
 */
export function goingFirst(dropped: Difference['dropped'], from: Snapshot): readonly string[] {
  const wholeOf = (key: string): string => {
    const by = dropped.get(key)?.by ?? null
    return by === null ? key : wholeOf(by)
  }
  const needs = [...dropped.keys()].flatMap((key) => {
    const whole = wholeOf(key)
    const others = (from.get(key)?.needs ?? []).filter(
      // What goes with it is in nobody's way.
      (need) => dropped.has(need) && wholeOf(need) !== whole && from.get(need)?.goesWith !== key,
    )
    return others.map((need) => ({ key, whole, other: wholeOf(need) }))
  })
  const circular = inCircles(needs)
  const first = needs.filter(
    // What comes from another is dropped with that and never by itself: the column of a partition.
    ({ key, whole, other }) =>
      key !== whole && from.get(key)?.derived !== true && circular.has(whole) && circular.has(other),
  )
  return [...new Set(first.map(({ key }) => key))]
}

type Need = { readonly whole: string; readonly other: string }

/** The wholes that are in a circle, or between two: those that are left once all went, again and again, that need none or that none needs. */
function inCircles(needs: readonly Need[]): ReadonlySet<string> {
  const backwards = needs.map(({ whole, other }): Need => ({ whole: other, other: whole }))
  const left = withoutFree(needs)
  const leftBackwards = withoutFree(backwards)
  return new Set([...left].filter((whole) => leftBackwards.has(whole)))
}

/** Those that are left once all are gone that need none that is left. */
function withoutFree(needs: readonly Need[]): ReadonlySet<string> {
  const left = new Map<string, number>()
  const needing = new Map<string, string[]>()
  for (const { whole, other } of needs) {
    left.set(whole, (left.get(whole) ?? 0) + 1)
    left.set(other, left.get(other) ?? 0)
    append(needing, other, whole)
  }
  const free = [...left].flatMap(([whole, count]) => (count === 0 ? [whole] : []))
  for (let whole = free.pop(); whole !== undefined; whole = free.pop()) {
    left.delete(whole)
    for (const one of needing.get(whole) ?? []) {
      const count = (left.get(one) ?? 0) - 1
      left.set(one, count)
      if (count === 0) free.push(one)
    }
  }
  return new Set(left.keys())
}
