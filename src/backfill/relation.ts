import type { BackfillPlan } from '../operations/backfill-plan.ts'
import type { TableReference } from '../operations/relation.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { inlineSql } from '../sql/tag.ts'

/** What a backfill reads, as it stands after FROM: a table, or a query of which the rest of the room knows as little. */
export function relation(plan: BackfillPlan): string {
  const { from } = plan
  if (from === undefined) return qualifiedName({ ...plan, name: plan.table })
  return 'query' in from ? `(${inlineSql(from.query)}) AS source` : 'unnest(NULL::text[])'
}

/** The table that a backfill walks; null where it walks none. */
export function sourceTable(plan: BackfillPlan): TableReference | null {
  return plan.from === undefined ? plan : null
}
