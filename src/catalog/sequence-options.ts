import type { IdentityOptions } from '../operations/identity.ts'

/** What pg_sequence says of one; numbers as texts, since they may be larger than a double holds exactly. */
export type SequenceRow = {
  readonly type: string
  readonly start: string
  readonly increment: string
  readonly min: string
  readonly max: string
  readonly cache: string
  readonly cycle: boolean
}

export const sequenceColumns = (
  alias: string,
) => `format_type(${alias}.seqtypid, NULL) AS type, ${alias}.seqstart::text AS start,
  ${alias}.seqincrement::text AS increment, ${alias}.seqmin::text AS min, ${alias}.seqmax::text AS max,
  ${alias}.seqcache::text AS cache, ${alias}.seqcycle AS cycle`

const greatest: { readonly [type: string]: bigint } = {
  smallint: 32767n,
  integer: 2147483647n,
  bigint: 9223372036854775807n,
}

/** The options that are not what PostgreSQL takes where nothing is said, for the type of the sequence. */
export function sequenceOptions(row: SequenceRow): IdentityOptions {
  const most = greatest[row.type] ?? 0n
  const increment = BigInt(row.increment)
  const [least, last] = increment > 0n ? [1n, most] : [-most - 1n, -1n]
  const [minimum, maximum] = [BigInt(row.min), BigInt(row.max)]
  const start = BigInt(row.start)
  return {
    ...(increment === 1n ? {} : { increment: exact(increment) }),
    ...(minimum === least ? {} : { minValue: exact(minimum) }),
    ...(maximum === last ? {} : { maxValue: exact(maximum) }),
    ...(start === (increment > 0n ? minimum : maximum) ? {} : { start: exact(start) }),
    ...(row.cache === '1' ? {} : { cache: exact(BigInt(row.cache)) }),
    ...(row.cycle ? { cycle: true } : {}),
  }
}

type Limits = {
  readonly increment: number | bigint
  readonly minValue: unknown
  readonly maxValue: unknown
}

/**
 * Limits that are to be said though they are the usual ones before and after: for a sequence that counts the other way these are others. And the one
 * at which it usually starts by its number: with a new type PostgreSQL else takes the least or the greatest number of that.
 */
export function turned(before: Limits, after: Limits) {
  const isAscending = after.increment > 0
  if (before.increment > 0 === isAscending) return {}
  return {
    minValue: after.minValue ?? (isAscending ? 1 : null),
    maxValue: after.maxValue ?? (isAscending ? null : -1),
  }
}

function exact(number: bigint): number | bigint {
  return Number.isSafeInteger(Number(number)) ? Number(number) : number
}
