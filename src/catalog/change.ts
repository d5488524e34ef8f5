import { isDeepStrictEqual } from 'node:util'

/**
 * The fields that differ, as they are after, and under `was` as they were. What is not said is as `standard` has it, so that a
 * change back to PostgreSQL's own default is said too.
 */
export function changedFields(
  before: object,
  after: object,
  standard: { readonly [field: string]: unknown } = {},
): { readonly [field: string]: unknown; readonly was: { readonly [field: string]: unknown } } {
  const [old, now] = [
    { ...standard, ...before },
    { ...standard, ...after },
  ] as Record<string, unknown>[]
  const changed = Object.keys({ ...old, ...now }).filter(
    (field) => !isDeepStrictEqual(old?.[field], now?.[field]),
  )
  const of = (values: Record<string, unknown> | undefined) =>
    Object.fromEntries(changed.map((field) => [field, values?.[field]]))
  return { ...of(now), was: of(old) }
}
