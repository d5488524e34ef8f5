import fc from 'fast-check'
import { columnNames } from './tables.ts'
import { maybe, property, statements, type Two } from './two.ts'

export type Several = (at: number) => fc.Arbitrary<Two<string>>

/** So many objects of a sort, each of which may be there. */
export function many(count: number, one: Several) {
  return statements(...Array.from({ length: count }, (_, at) => maybe(one(at), 4)))
}

/** Tables that may be there; those that mostly are come more often. */
export const relations = [
  't0',
  't0',
  't0',
  't1',
  't1',
  '"S 1"."Order"',
  'p0',
  'p0',
  'p0a',
  'p0b',
  'h0',
  'h1',
] as const
export const relation = fc.constantFrom(...relations)
export const columnName = fc.constantFrom(...columnNames)
export const numbered = fc.constantFrom('id', 'id', ...columnNames)

/** Which object it is of stays: another would be another object. */
export const fixed = <Value>(values: fc.Arbitrary<Value>) => property(values, 25)
