import type { UnitDraft } from './draft.ts'
import type { Tuple } from './passing.ts'
import type { Pool } from './pool.ts'
import { chosen, type literalsToTry } from './types.ts'

/** What was tried has come out: which tuples a unit has, or why none. */
export function settle(
  unit: UnitDraft,
  { pool, found }: { readonly pool: Pool; readonly found: readonly Tuple[] | null },
): void {
  unit.reason = pool.reason
  unit.nullable = pool.nullable
  unit.tuples = pool.tuples
  if (pool.trial === null) return
  const passed = found ?? []
  if (pool.tried !== null) settleTried(unit, pool.tried, passed)
  else unit.tuples = passed
  if (passed.length === 0) unit.reason = refusal(unit)
}

function settleTried(
  unit: UnitDraft,
  tried: ReturnType<typeof literalsToTry>,
  passed: readonly Tuple[],
): void {
  const [column] = unit.columns
  const taken = new Set(passed.flat())
  const passes = (literals: readonly string[]) => literals.filter((literal) => taken.has(literal))
  if (column?.isNullable === true && taken.has('NULL')) unit.nullable = [column.name]
  const isFree =
    !unit.isBound && passes([...tried.plain, ...tried.keys]).length === tried.plain.length + tried.keys.length
  if (isFree && tried.plain.length > 0) return
  const { plain, keys } = chosen(tried, passes)
  unit.tuples = (unit.isKey ? keys : plain).map((literal) => [literal])
  if (unit.tuples.length === 0 && taken.has('NULL')) unit.tuples = [['NULL']]
}

function refusal({ checks, evaluates, generated }: UnitDraft): string {
  const conditions = [...checks, ...evaluates, ...generated.map(({ expression }) => expression)]
  return `no values were found that satisfy ${conditions.join(' and ')}`
}
