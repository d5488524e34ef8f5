import type { Connection, Row } from '../../connection/connection.ts'
import { quoteLiteral } from '../../sql/literal.ts'

/** A table with rows of its own; a partition is none. */
export type Table = {
  readonly oid: number
  /** As SQL writes it. */
  readonly name: string
  /** With its partitions. */
  readonly isWhole: boolean
}

/** The newest last. `more`: a further column, of a row c of pg_class. */
export function tablesQuery(ledgerSchema: string, more?: string): string {
  return `SELECT ${['c.oid::bigint AS oid', 'c.oid::regclass::text AS name', "relkind = 'p' AS whole", ...(more === undefined ? [] : [more])].join(', ')}
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
WHERE relkind IN ('r', 'p') AND NOT relispartition AND nspname !~ '^pg_' AND nspname <> 'information_schema'
  AND nspname <> ${quoteLiteral(ledgerSchema)} ORDER BY c.oid`
}

export function tableIn({ oid, name, whole }: Row): Table {
  return { oid: Number(oid), name: String(name), isWhole: whole === true }
}

/** The rows of each, as JSON. */
export async function readTables(
  connection: Connection,
  tables: readonly Table[],
): Promise<readonly (readonly string[])[]> {
  if (tables.length === 0) return []
  const queries = tables.map(
    ({ name, isWhole }) => `SELECT to_jsonb(t)::text AS row FROM ${isWhole ? '' : 'ONLY '}${name} t`,
  )
  const results = await connection.run(queries.join(';\n'))
  return results.map(({ rows }) => rows.map(({ row }) => String(row)))
}
