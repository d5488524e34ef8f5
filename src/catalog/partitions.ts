import type { Connection } from '../connection/connection.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'

/** A partition of a table that is partitioned by range over time. */
export type TimePartition = {
  readonly schema: string
  readonly name: string
  /** From when on and until when its rows are; null for the default partition, and for bounds that are no dates. */
  readonly lower: Date | null
  readonly upper: Date | null
  readonly isDefault: boolean
}

/**
 * The partitions of a table, by their bounds; null where there is no such partitioned table. PostgreSQL has the bounds as an
 * expression, which it prints in one form; the session is in UTC, so the texts are read as they are meant.
 */
export async function timePartitions(
  connection: Connection,
  table: { readonly schema?: string; readonly table: string },
): Promise<readonly TimePartition[] | null> {
  const name = quoteLiteral(qualifiedName({ ...table, name: table.table }))
  const [known, found] = await connection.run(`
    SELECT 1 FROM pg_partitioned_table WHERE partrelid = to_regclass(${name}) AND partstrat = 'r' AND partnatts = 1;
    SELECT nspname AS schema, relname AS name, bound = 'DEFAULT' AS is_default,
      to_char(ends[1]::timestamptz, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS lower, to_char(ends[2]::timestamptz, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS upper
    FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid JOIN pg_namespace n ON n.oid = relnamespace
    CROSS JOIN LATERAL pg_get_expr(relpartbound, c.oid) AS bound
    LEFT JOIN LATERAL regexp_match(bound, $$^FOR VALUES FROM \\('(\\d{4,}-.*)'\\) TO \\('(\\d{4,}-.*)'\\)$$) AS ends ON true
    WHERE inhparent = to_regclass(${name}) ORDER BY ends[1]::timestamptz, relname`)
  if ((known?.rows.length ?? 0) === 0) return null
  return (found?.rows ?? []).map((row) => ({
    schema: String(row['schema']),
    name: String(row['name']),
    lower: row['lower'] === null ? null : new Date(String(row['lower'])),
    upper: row['upper'] === null ? null : new Date(String(row['upper'])),
    isDefault: row['is_default'] === true,
  }))
}

/** Whether a table has a row: one is looked for, none is counted. */
export async function hasRows(
  connection: Connection,
  table: { readonly schema: string; readonly name: string },
): Promise<boolean> {
  const [result] = await connection.run(`SELECT EXISTS (SELECT FROM ${qualifiedName(table)}) AS found`)
  return result?.rows[0]?.['found'] === true
}
