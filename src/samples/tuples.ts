import type { UnitDraft } from './draft.ts'
import type { Tuple } from './passing.ts'
import type { Reference } from './references.ts'
import { key } from './values.ts'

/** Tuples of several columns that are tried at most. */
export const mostTried = 500

export type Choices = {
  readonly unit: UnitDraft
  readonly references: readonly Reference[]
  /** Of each column; none for one that refers. */
  readonly choices: readonly (readonly string[])[]
  readonly nullable: readonly string[]
}

/** Keys, each column's a little after that of the one before it; and the first choices of all. */
export function alignedTuples({ unit, references, choices }: Choices, count: number): readonly Tuple[] {
  const keys = Array.from({ length: count }, (_, n) =>
    unit.columns.map(
      ({ name, type }, at) =>
        references[n % references.length]?.[name] ??
        key(type, n, { shift: at }) ??
        choices[at]?.[0] ??
        'NULL',
    ),
  )
  const alike = Array.from({ length: 12 }, (_, n) =>
    unit.columns.map(
      ({ name }, at) => references[n % references.length]?.[name] ?? choices[at]?.[n] ?? 'NULL',
    ),
  )
  return [...keys, ...alike]
}

export function mixedTuples(
  { unit, references, choices, nullable }: Choices,
  count: number,
): readonly Tuple[] {
  return Array.from({ length: count }, (_, n) => {
    const reference = references[(n * 7) % references.length]
    return unit.columns.map(({ name }, at) => {
      const isNull = nullable.includes(name) && scattered(n, at + 50) % 3 === 0
      const of = choices[at] ?? []
      return isNull ? 'NULL' : (reference?.[name] ?? of[scattered(n, at) % Math.max(of.length, 1)] ?? 'NULL')
    })
  })
}

/** Each with each, as far as the first choices of all allow it. */
export function everyTuple({ unit, references, choices }: Choices): readonly Tuple[] {
  const free = choices.filter(({ length }) => length > 0).length
  const each = Math.max(Math.floor(mostTried ** (1 / Math.max(free, 1))), 2)
  let tuples: readonly Tuple[] = [[]]
  for (const of of choices) {
    const some: readonly (string | null)[] = of.length === 0 ? [null] : of.slice(0, each)
    tuples = tuples
      .flatMap((tuple) => some.map((literal) => [...tuple, literal ?? '']))
      .slice(0, 2 * mostTried)
  }
  return tuples.map((tuple, n) =>
    unit.columns.map(({ name }, at) => references[n % references.length]?.[name] ?? tuple[at] ?? 'NULL'),
  )
}

/** One of each in turn, as long as there are. */
export function* interleaved(some: readonly Tuple[], others: readonly Tuple[]): Iterable<Tuple> {
  for (let at = 0; at < Math.max(some.length, others.length); at++) {
    const [one, other] = [some[at], others[at]]
    if (one !== undefined) yield one
    if (other !== undefined) yield other
  }
}

/** A number that looks drawn and is always the same. */
function scattered(n: number, at: number): number {
  let mixed = Math.imul(n * 31 + at + 1, 0x9e3779b1) >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 0
  return (mixed ^ (mixed >>> 13)) >>> 0
}
