import type { Tuple } from './passing.ts'
import type { Digit, Place, SampleTable, Unit } from './sample-table.ts'
import { type SampleType, typed } from './sample-type.ts'
import { key } from './values.ts'

/**
 * The literals of the n-th row of a table, by column, each with a cast. Columns that take none are left out: generated ones, and
 * identities that are generated always. The same table gives the same rows.
 */
export function sampleRow(table: SampleTable, n: number): ReadonlyMap<string, string> {
  const literals = rowLiterals(table, n)
  return new Map(
    table.columns.flatMap(({ name, type, isGenerated, isIdentityAlways }) =>
      isGenerated || isIdentityAlways ? [] : [[name, typed(literals.get(name) ?? 'NULL', type)] as const],
    ),
  )
}

/** The same without casts, with the identities. */
export function rowLiterals(table: SampleTable, n: number): ReadonlyMap<string, string> {
  const { places } = table
  const at = n % Math.max(places.length, 1)
  const place = places[at]
  if (place === undefined) return new Map()
  return literalsAt(place, {
    n,
    local: Math.floor(n / places.length),
    isAlone: places.length === 1,
  })
}

type RowNumber = {
  readonly n: number
  /** Among the rows of its place. */
  readonly local: number
  readonly isAlone: boolean
}

/** The m-th row of a place, of the table's row n. */
export function literalsAt(place: Place, number: RowNumber): ReadonlyMap<string, string> {
  return new Map(
    place.units.flatMap((unit, position) => {
      const tuple = tupleOf(unit, { ...number, position })
      const isNull = isNullRow(number.n, position)
      return unit.columns.map(({ name }, at) => {
        const literal = isNull && unit.nullable.includes(name) ? 'NULL' : tuple[at]
        return [name, literal ?? 'NULL'] as const
      })
    }),
  )
}

/** The first two rows of each twelve have no NULL; of the others each column has them in two of five. */
function isNullRow(n: number, position: number): boolean {
  const like = isAlike(n) ? n - 5 : n
  return like % 12 > 1 && (like + position) % 5 < 2
}

/**
 * The second row of each twelve is the first once more, but for what is unique: so each group of columns has duplicates. The last five are those before them
 * once more, which have NULLs in all the ways there are: so each group has duplicates among the rows in which another column is NULL.
 */
function repeated(n: number): number {
  if (isAlike(n)) return n - 5
  return n % 12 === 1 ? n - 1 : n
}

/** The rows of a table, where nobody says how many it shall have. */
export const rowsOfTable = 29

function isAlike(n: number): boolean {
  return n > 23 && n < rowsOfTable
}

function tupleOf(
  unit: Unit,
  { n, local, isAlone, position }: RowNumber & { readonly position: number },
): Tuple {
  const { tuples, digit } = unit
  if (digit === null) {
    const number = unit.refersToSelf ? Math.floor(n / 2) : (repeated(n) + position) % repeating
    return tuples[number % tuples.length] ?? []
  }
  const number = digitOf(digit, local)
  if (!unit.isFree) return tuples[number % tuples.length] ?? []
  // A row number is the table's own, so that it differs from partition to partition.
  const isRowNumber = digit.divisor === 1 && digit.modulus === null && !isAlone
  const literal = key(unit.columns[0]?.type ?? unknown, isRowNumber ? n : number)
  return literal === null ? (tuples[number % tuples.length] ?? []) : [literal]
}

const unknown: SampleType = { name: 'text', form: { kind: 'unknown' } }

/** Of so many tuples those are chosen that need not be different. */
const repeating = 12

function digitOf(digit: Digit, n: number): number {
  const number = Math.floor(n / digit.divisor)
  return digit.modulus === null ? number : number % digit.modulus
}
