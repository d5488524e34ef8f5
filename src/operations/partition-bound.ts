import { literal } from '../sql/literal.ts'
import { inlineSql, isSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'

/**
 * Which rows a partition holds. A range's values go with the columns of the partition key, `to` is not in it itself,
 * and no limit is op.sql`MINVALUE` or op.sql`MAXVALUE`. `default` is for rows that fit in no other partition.
 * https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-PARTITION
 */
export type PartitionBound =
  | { readonly from: readonly (Value | Sql)[]; readonly to: readonly (Value | Sql)[] }
  | { readonly in: readonly (Value | Sql)[] }
  | { readonly modulus: number; readonly remainder: number }
  | 'default'

/** `FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`, as it follows the partition's name. */
export function boundClause(bound: PartitionBound): string {
  if (bound === 'default') return 'DEFAULT'
  if ('in' in bound) return `FOR VALUES IN ${boundValues(bound.in)}`
  if ('from' in bound) return `FOR VALUES FROM ${boundValues(bound.from)} TO ${boundValues(bound.to)}`
  return `FOR VALUES WITH (MODULUS ${bound.modulus}, REMAINDER ${bound.remainder})`
}

function boundValues(values: readonly (Value | Sql)[]): string {
  return `(${values.map((value) => (isSql(value) ? inlineSql(value) : literal(value))).join(', ')})`
}
