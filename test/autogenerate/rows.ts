import { DatabaseError } from '../../src/connection/connection.ts'
import { quoteIdentifier } from '../../src/sql/identifier.ts'
import { quoteLiteral } from '../../src/sql/literal.ts'
import type { Bench } from '../operations/bench.ts'

/** A table that can have rows of its own, by the name that it has in SQL. */
export type FilledTable = { readonly table: string; readonly columns: readonly FilledColumn[] }

type FilledColumn = {
  readonly name: string
  readonly type: string
  /** A text that its type reads; null where nobody knows one. */
  readonly sample: string | null
  readonly isDemanded: boolean
  readonly isComposite: boolean
}

/** The tables that there are, with the columns that take values. */
export async function tablesOf(bench: Bench): Promise<readonly FilledTable[]> {
  const found = await bench.rows(tables)
  return found as unknown as readonly FilledTable[]
}

/** A row in each table that takes one, made of what its types are; what a key, a check or a trigger refuses stays empty. */
export async function fill(bench: Bench): Promise<void> {
  const all = await tablesOf(bench)
  const empty = new Set(all)
  // Tables that reference others get their row after these.
  for (let round = 1; round <= 3; round++)
    for (const table of empty) if (await isFilled(bench, table)) empty.delete(table)
}

async function isFilled(bench: Bench, { table, columns }: FilledTable): Promise<boolean> {
  const choices = [columns, columns.filter(({ isDemanded }) => isDemanded)]
  for (const chosen of choices) {
    const names = chosen.map(({ name }) => quoteIdentifier(name)).join(', ')
    const values = chosen.map(({ sample }) => (sample === null ? 'NULL' : quoteLiteral(sample))).join(', ')
    const row =
      chosen.length === 0 ? 'DEFAULT VALUES' : `(${names}) OVERRIDING SYSTEM VALUE VALUES (${values})`
    const isTaken = await bench.rows(`INSERT INTO ${table} ${row}`).then(
      () => true,
      () => false,
    )
    if (isTaken) return true
  }
  return false
}

/** What both have: the tables, and the columns of one type. */
export function inBoth(some: readonly FilledTable[], others: readonly FilledTable[]): readonly FilledTable[] {
  return some.flatMap(({ table, columns }) => {
    const other = others.find((one) => one.table === table)
    if (other === undefined) return []
    const shared = columns.filter(({ name, type }) =>
      // What a composite type has is said by it, and not by the column.
      other.columns.some((one) => one.name === name && one.type === type && !one.isComposite),
    )
    return [{ table, columns: shared }]
  })
}

/** The rows that there are, as texts. */
export async function rowsIn(bench: Bench, all: readonly FilledTable[]): Promise<string[]> {
  const found: string[] = []
  for (const { table, columns } of all) {
    const values = columns.map(({ name }) => `${quoteIdentifier(name)}::text`).join(', ')
    const rows = await bench.rows(`SELECT ARRAY[${values}]::text[] AS row FROM ONLY ${table} ORDER BY 1`)
    found.push(...rows.map(({ row }) => `${table} ${JSON.stringify(row)}`))
  }
  return found
}

export async function empty(bench: Bench): Promise<void> {
  const all = (await tablesOf(bench)).map(({ table }) => table)
  if (all.length > 0) await bench.rows(`TRUNCATE ${all.join(', ')} CASCADE`)
}

/** Whether it was rows that were refused, and not the change: one that has none, a value that is none of the new type, a key that is there twice. */
export function isAboutRows(error: unknown): boolean {
  if (error instanceof DatabaseError) return /^2[23]/.test(error.server.sqlState)
  return error instanceof Error && error.cause !== undefined && isAboutRows(error.cause)
}

/** The last resort of a type is the text of its category, which is that of its base for a domain. */
const sample = `CASE format_type(t.oid, NULL)
    WHEN 'json' THEN '{}' WHEN 'jsonb' THEN '{}' WHEN 'uuid' THEN '00000000-0000-0000-0000-000000000001' WHEN 'bytea' THEN '\\x01'
    WHEN 'interval' THEN '1 day' WHEN 'time without time zone' THEN '12:00' WHEN 'point' THEN '(0,0)' WHEN 'xml' THEN '<a/>' WHEN 'tsvector' THEN 'a'
    ELSE CASE t.typcategory WHEN 'N' THEN '1' WHEN 'S' THEN 'a' WHEN 'B' THEN 'true' WHEN 'D' THEN '2020-01-01' WHEN 'A' THEN '{}'
      WHEN 'R' THEN 'empty' WHEN 'I' THEN '10.0.0.1' WHEN 'T' THEN '1 day'
      WHEN 'V' THEN repeat('1', CASE WHEN a.atttypmod > 0 THEN a.atttypmod ELSE 1 END)
      WHEN 'E' THEN (SELECT enumlabel FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder LIMIT 1) END END`

const tables = `SELECT format('%I.%I', n.nspname, c.relname) AS table,
    coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'sample', ${sample},
      'isComposite', coalesce(element.typtype, t.typtype) = 'c', 'isDemanded', a.attnotnull AND NOT a.atthasdef AND a.attidentity = '') ORDER BY a.attname) FILTER (WHERE a.attname IS NOT NULL), '[]') AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  LEFT JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type element ON element.oid = t.typelem AND t.typcategory = 'A'
  WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'limbeck')
  GROUP BY n.nspname, c.relname ORDER BY n.nspname, c.relname`
