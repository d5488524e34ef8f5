import { keyOf } from '../connection/advisory-lock.ts'
import { quoteLiteral } from '../sql/literal.ts'

/**
 * The key of the advisory lock by which a session has a range, as an expression over the columns run, stage and ordinal
 * of `backfill_range`: so a query finds who has which.
 */
export function rangeLock(schema: string): string {
  return keyOf(`concat_ws('/', ${quoteLiteral(`limbeck:${schema}:range`)}, run, stage, ordinal)`)
}
