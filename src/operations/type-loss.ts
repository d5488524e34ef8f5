import type { NamedAlteration } from './column-alteration.ts'

const whole = ['smallint', 'integer', 'bigint', 'int2', 'int4', 'int8', 'int']
const exact = ['numeric', 'decimal']
const narrow = ['real', 'float4']
const wide = ['double precision', 'float8']
const floating = [...narrow, ...wide]
const moments = ['timestamp', 'timestamptz']
const rangesOfMoments = ['tsrange', 'tstzrange']
const rangesOfWhole = ['int4range', 'int8range']

/**
 * What a new type takes from values without a word: PostgreSQL rounds a fraction and drops a time of day where it casts, and refuses only what does
 * not fit at all. Nothing where nobody says which type it was, or how values become new ones.
 */
export function lossOfType(table: string, { name, type, using, was }: NamedAlteration): readonly string[] {
  if (type === undefined || was?.type === undefined || using !== undefined) return []
  const lost = lostBetween(partsOf(was.type), partsOf(type))
  return lost === null ? [] : [`${lost} of ${table}.${name}`]
}

type TypeParts = { readonly base: string; readonly numbers: readonly number[] }

function lostBetween(from: TypeParts, to: TypeParts): string | null {
  if (moments.includes(from.base) && to.base === 'date') return 'the time of day'
  if (rangesOfMoments.includes(from.base) && to.base === 'daterange') return 'the times of day'
  if (from.base === 'numrange' && rangesOfWhole.includes(to.base)) return 'the fractions'
  if (moments.includes(from.base) && moments.includes(to.base))
    return (to.numbers[0] ?? 6) < (from.numbers[0] ?? 6) ? 'fractions of seconds' : null
  if (floating.includes(from.base) && whole.includes(to.base)) return 'the fractions'
  if (floating.includes(from.base) && exact.includes(to.base))
    return to.numbers.length > 0 ? 'the last digits' : null
  if (wide.includes(from.base) && narrow.includes(to.base)) return 'digits that real does not hold'
  return exact.includes(from.base) ? lostDigits(from, to) : null
}

/** Of numeric, which holds as many digits as it says, or any number of them. */
function lostDigits(from: TypeParts, to: TypeParts): string | null {
  const digits = from.numbers[0] ?? Number.POSITIVE_INFINITY
  const scale = from.numbers.length === 0 ? Number.POSITIVE_INFINITY : (from.numbers[1] ?? 0)
  if (whole.includes(to.base)) return scale > 0 ? 'the fractions' : null
  // So many decimal digits come back unchanged (FLT_DIG, DBL_DIG); of a whole number real holds one more.
  const held = narrow.includes(to.base) ? (scale === 0 ? 7 : 6) : 15
  if (floating.includes(to.base)) return digits > held ? `digits that ${to.base} does not hold` : null
  const isScaled = exact.includes(to.base) && to.numbers.length > 0
  return isScaled && scale > (to.numbers[1] ?? 0) ? 'the last digits' : null
}

/** `numeric(12,2)` apart. */
function partsOf(type: string): TypeParts {
  const [, list = ''] = type.match(/\(([\d, ]+)\)/) ?? []
  return {
    base: type.replace(/\s*\(.*\)/, '').toLowerCase(),
    numbers: list === '' ? [] : list.split(',').map(Number),
  }
}
