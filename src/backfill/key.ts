import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'

/** A column of the key along which a backfill walks, and its type as PostgreSQL writes it. */
export type KeyColumn = { readonly name: string; readonly type: string }

/** A place in the key's order: one text a column. */
export type KeyPosition = readonly string[]

/** The table has no key to walk along. A key of a table with children by inheritance (not partitions) is unique in none of them. */
export class NoBackfillKey extends LimbeckError {
  readonly code = 'NO_BACKFILL_KEY'
  readonly table: string

  constructor(table: string) {
    super(
      `The table ${table} has no primary key, nor a unique index whose columns are all NOT NULL; or it has children by inheritance, over whose rows no such key is unique.`,
      {
        hint: 'A backfill walks along such a key, so that it can go on where it stopped. Create one first; change rows that children inherit with SQL of your own, table by table, with ONLY.',
      },
    )
    this.table = table
  }
}

/** The primary key, or else the unique index with the fewest columns: total, valid, and without NULLs. */
export async function findKey(
  connection: Connection,
  table: { readonly schema?: string; readonly table: string },
): Promise<readonly KeyColumn[]> {
  const name = qualifiedName({ ...table, name: table.table })
  const { rows } = await connection.query(keyQuery('$1::text'), [name])
  if (rows.length === 0) throw new NoBackfillKey(table.table)
  return rows.map((row) => ({ name: String(row['name']), type: String(row['type']) }))
}

/** Asks for the key's columns, in its order, with their types; `name` is an expression that gives the table's name. */
export function keyQuery(name: string): string {
  return `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, k.n
    FROM (
      SELECT indrelid, indkey, indnkeyatts FROM pg_index
      WHERE indrelid = (${name})::regclass AND indisunique AND indisvalid AND indimmediate AND indpred IS NULL AND indexprs IS NULL
        AND NOT EXISTS (SELECT 1 FROM pg_inherits JOIN pg_class parent ON parent.oid = inhparent
          WHERE inhparent = indrelid AND parent.relkind = 'r')
        AND NOT EXISTS (SELECT 1 FROM unnest(indkey[0:indnkeyatts - 1]) k
          JOIN pg_attribute ON attrelid = indrelid AND attnum = k WHERE NOT attnotnull)
      ORDER BY indisprimary DESC, indnkeyatts, indexrelid LIMIT 1
    ) i
    CROSS JOIN LATERAL unnest(i.indkey[0:i.indnkeyatts - 1]) WITH ORDINALITY AS k (attnum, n)
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum ORDER BY k.n`
}

/** `(a, b)`, or `a` alone. */
export function keyExpression(key: readonly KeyColumn[]): string {
  return tuple(key.map((column) => quoteIdentifier(column.name)))
}

/** `a, b`, to select. */
export function keyColumns(key: readonly KeyColumn[]): string {
  return key.map((column) => quoteIdentifier(column.name)).join(', ')
}

export function keyOrder(key: readonly KeyColumn[], direction: 'ASC' | 'DESC' = 'ASC'): string {
  return key.map((column) => `${quoteIdentifier(column.name)} ${direction}`).join(', ')
}

/** The key's columns as one array of texts, for the ledger. */
export function keyTexts(key: readonly KeyColumn[]): string {
  return `ARRAY[${key.map((column) => `${quoteIdentifier(column.name)}::text`).join(', ')}]`
}

/** A position as constants of the key's types, for comparison with `keyExpression`. `quote` makes a literal of a text. */
export function positionExpression(
  key: readonly KeyColumn[],
  position: KeyPosition,
  quote: (text: string) => string,
): string {
  return tuple(key.map((column, index) => `${quote(position[index] ?? '')}::${column.type}`))
}

function tuple(parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(', ')})`
}
