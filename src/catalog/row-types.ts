import type { Connection } from '../connection/connection.ts'
import { scopeOf } from './scope.ts'

/** A table or view with the types of its columns, as a row of it is read. */
export type RowType = {
  readonly schema: string
  readonly name: string
  /** Whether it is in the schema in which objects are made. */
  readonly here: boolean
  readonly columns: readonly ColumnOfRow[]
}

export type ColumnOfRow = {
  readonly name: string
  /** The type beneath, of a domain and of an array's elements too: `int8`, `text`. */
  readonly type: string
  readonly array: boolean
  readonly notNull: boolean
  /** Of an enum. */
  readonly labels: readonly string[] | null
  /** What PostgreSQL gives where nothing is said of it: always, or by a default. */
  readonly given: 'always' | 'default' | null
  readonly comment: string | null
}

/** The rows of every table and view, by schema and name, their columns in their order. */
export async function rowTypes(connection: Connection, ledgerSchema: string): Promise<readonly RowType[]> {
  const { isOurs, ofNoExtension } = scopeOf({ major: connection.major, ledgerSchema })
  const [result] = await connection.run(`WITH RECURSIVE base(oid, beneath) AS (
      SELECT oid, oid FROM pg_type WHERE typtype <> 'd'
      UNION ALL SELECT d.oid, b.beneath FROM pg_type d JOIN base b ON b.oid = d.typbasetype WHERE d.typtype = 'd')
    SELECT n.nspname AS schema, c.relname AS name, n.nspname = current_schema() AS here,
      json_agg(json_build_object('name', a.attname, 'type', e.typname, 'array', t.typcategory = 'A',
        'notNull', a.attnotnull OR EXISTS (SELECT FROM pg_type d WHERE d.oid = a.atttypid AND d.typnotnull),
        'given', CASE WHEN a.attgenerated <> '' OR a.attidentity = 'a' THEN 'always'
          WHEN a.atthasdef OR a.attidentity = 'd' OR EXISTS (SELECT FROM pg_type d WHERE d.oid = a.atttypid AND d.typdefault IS NOT NULL)
          THEN 'default' END,
        'comment', col_description(c.oid, a.attnum),
        'labels', (SELECT json_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = e.oid)) ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    JOIN base b ON b.oid = a.atttypid JOIN pg_type t ON t.oid = b.beneath
    JOIN pg_type e ON e.oid = CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN t.typelem ELSE t.oid END
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped AND NOT c.relispartition
      AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}
    GROUP BY n.nspname, c.relname ORDER BY n.nspname, c.relname`)
  return (result?.rows ?? []) as unknown as readonly RowType[]
}
