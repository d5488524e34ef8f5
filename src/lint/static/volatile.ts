import type { Node } from '../../sql/statements.ts'

/** PostgreSQL's own functions that give another value for each row (https://www.postgresql.org/docs/current/xfunc-volatility.html). */
const volatile = new Set([
  'random',
  'random_normal',
  'gen_random_uuid',
  'uuidv4',
  'uuidv7',
  'uuid_generate_v1',
  'uuid_generate_v4',
  'clock_timestamp',
  'timeofday',
  'nextval',
  'setval',
  'gen_random_bytes',
])

/** Whether an expression has a function that is known to be volatile. What a function of somebody's own is, its tree does not say. */
export function isVolatile(node: Node | undefined): boolean {
  if (node === undefined || node === null) return false
  return Object.entries(node).some(([key, value]) => {
    if (key === 'FuncCall' && volatile.has(value?.funcname?.at(-1)?.String?.sval)) return true
    return typeof value === 'object' && value !== null && isVolatile(value as Node)
  })
}
