import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { inlineSql, rawSql, type Sql } from '../sql/tag.ts'
import { Json, jsonValue, type Value, valueText } from '../sql/value.ts'
import { type Operation, operation, type Statement, statement } from './operation.ts'
import { lockOn, type TableReference, tableName } from './relation.ts'

export type Execute = {
  /** SQL that is sent as it stands: colons, percent signs, dollar quotes, several statements. Values go in with `op.sql`. */
  readonly sql: string | Sql
  /** What undoes it; null where there is nothing to undo. */
  readonly inverse?: string | Sql | null
  /** What is gone for good once it has run, a sentence each. */
  readonly loses?: readonly string[]
}

export type BulkInsert = TableReference & {
  /** The rows; a column that a row does not name gets its default. */
  readonly rows: readonly { readonly [column: string]: Value }[]
  /** The columns by which the rows are found again when the revision is undone. */
  readonly key?: readonly string[]
}

export type Assert = {
  /** A condition, `op.sql`. False or NULL stops the revision, and the stage that it stands in is rolled back. */
  readonly that: Sql
  /** What to tell the person when it does not hold: what is wrong, and what to do. */
  readonly message: string
}

/**
 * Runs SQL of one's own. PostgreSQL's parser splits it, so that a statement that refuses a transaction gets a stage of
 * its own; BEGIN and COMMIT are refused, since the stages say where transactions are.
 */
export const execute: Operation<'execute', Execute> = operation('execute', {
  title: (fields) => `execute ${firstLine(asSql(fields.sql).sql.join('?'))}`,
  steps: (fields) => [{ run: 'script', sql: asSql(fields.sql) }],
  inverse(fields) {
    if (fields.inverse === undefined) {
      return {
        irreversible: 'Nothing says how the SQL is undone: give "inverse" to execute (null if nothing is).',
      }
    }
    return fields.inverse === null ? [] : [execute({ sql: fields.inverse, inverse: fields.sql })]
  },
  loses: (fields) => fields.loses ?? [],
  locks: () => [],
  examples: [
    {
      given: 'CREATE TABLE t (a text)',
      fields: {
        sql: `CREATE VIEW v AS SELECT a, '12:30'::time AS at, '100%' AS much FROM t; COMMENT ON VIEW v IS 'it''s :ok'`,
        inverse: 'DROP VIEW v',
      },
      locks: [{ table: 't', mode: 'AccessShare' }],
    },
    {
      given: 'CREATE TABLE t (a text)',
      fields: {
        sql: 'CREATE INDEX CONCURRENTLY t_a_idx ON t (a)',
        inverse: 'DROP INDEX CONCURRENTLY t_a_idx',
      },
      locks: [{ table: 't', mode: 'ShareUpdateExclusive' }],
    },
    {
      given: "CREATE TABLE t (a text); INSERT INTO t VALUES ('old')",
      fields: {
        sql: { sql: ['DELETE FROM t WHERE a = ', ''], values: ['old'] },
        inverse: null,
        loses: ['the old rows of t'],
      },
      locks: [{ table: 't', mode: 'RowExclusive' }],
    },
  ],
})

/**
 * Inserts rows, with the types that the table has: the rows travel as JSON, and PostgreSQL reads each value as its column's type.
 * https://www.postgresql.org/docs/current/functions-json.html (json_populate_recordset)
 */
export const bulkInsert: Operation<'bulkInsert', BulkInsert> = operation('bulkInsert', {
  title: (fields) => `insert ${fields.rows.length} rows into ${fields.table}`,
  steps: (fields) => chunks(fields.rows).map((rows) => insert(fields, rows)),
  inverse(fields) {
    const { key } = fields
    if (key === undefined) {
      return {
        irreversible: `Nothing says how the rows in ${fields.table} are found again: give "key" to bulkInsert.`,
      }
    }
    const unnamed = key.find((column) => fields.rows.some((row) => (row[column] ?? null) === null))
    if (unnamed !== undefined) {
      return { irreversible: `A row of ${fields.table} has no ${unnamed} by which it is found again.` }
    }
    return [execute({ sql: deleteRows(fields, key), inverse: null })]
  },
  locks: (fields) => [lockOn(fields, 'RowExclusive')],
  examples: [
    {
      given:
        'CREATE TABLE plans (id int PRIMARY KEY, name text, price numeric(10,2), tags text[], options jsonb, since date DEFAULT current_date)',
      fields: {
        table: 'plans',
        rows: [
          { id: 1, name: "it's free", price: 0, tags: ['a', 'b "c"'], options: { colour: ['red'] } },
          { id: 2, name: null, price: '12.50', since: '2026-01-01' },
        ],
        key: ['id'],
      },
    },
  ],
})

/**
 * Stops the revision unless a condition holds. Checked on the server, so it works in an offline script too.
 */
export const assert: Operation<'assert', Assert> = operation('assert', {
  title: (fields) => `assert: ${firstLine(fields.message)}`,
  steps: (fields) => [
    statement(
      doBlock(`
BEGIN
  IF (${inlineSql(fields.that)}) IS NOT TRUE THEN
    RAISE EXCEPTION USING ERRCODE = 'assert_failure', MESSAGE = ${quoteLiteral(fields.message)};
  END IF;
END`),
    ),
  ],
  inverse: () => [],
  locks: () => [],
  examples: [{ fields: { that: { sql: ['1 + 1 = ', ''], values: [2] }, message: 'arithmetic is broken' } }],
})

const rowsPerInsert = 1000

function chunks(rows: BulkInsert['rows']): readonly BulkInsert['rows'][] {
  const runs: (typeof rows)[number][][] = []
  let columns = ''
  for (const row of rows) {
    const own = shape(row)
    const run = runs.at(-1)
    if (run !== undefined && own === columns && run.length < rowsPerInsert) run.push(row)
    else runs.push([row])
    columns = own
  }
  return runs
}

/** Rows of one shape go in together: they name the same columns, and have JSON's null in the same ones. */
function shape(row: BulkInsert['rows'][number]): string {
  const columns = Object.entries(row).map(([column, value]) => `${column}\0${isJsonNull(value)}`)
  return columns.sort().join('\0')
}

function insert(table: TableReference, rows: BulkInsert['rows']): Statement {
  const cells = Object.entries(rows[0] ?? {})
  const columns = cells.map(([column]) => quoteIdentifier(column))
  // json_populate_recordset makes NULL of JSON's null.
  const values = cells.map(([column, value]) => (isJsonNull(value) ? "'null'" : quoteIdentifier(column)))
  const names = columns.length === 0 ? '' : ` (${columns.join(', ')})`
  return statement(
    `INSERT INTO ${tableName(table)}${names} SELECT ${values.join(', ')} FROM ${recordset(table, rows)}`,
  )
}

function isJsonNull(value: Value): boolean {
  return value instanceof Json && value.value === null
}

function deleteRows(table: BulkInsert, key: readonly string[]): string {
  const matches = key.map((column) => `gone.${quoteIdentifier(column)} = row.${quoteIdentifier(column)}`)
  return `DELETE FROM ${tableName(table)} AS gone USING ${recordset(table, table.rows)} AS row WHERE ${matches.join(' AND ')}`
}

function recordset(table: TableReference, rows: BulkInsert['rows']): string {
  const json = JSON.stringify(rows.map(jsonRow), jsonValue)
  return `json_populate_recordset(NULL::${qualifiedName({ ...table, name: table.table })}, ${quoteLiteral(json)})`
}

function jsonRow(row: BulkInsert['rows'][number]): object {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, jsonCell(value)]))
}

/** What JSON has no form for goes in PostgreSQL's own text form: bytes, dates, NaN and infinities. */
function jsonCell(value: Value): unknown {
  if (Array.isArray(value)) return value.map(jsonCell)
  // JSON would leave `undefined` out, and the column would silently be NULL: valueText refuses it.
  const textual =
    value === undefined ||
    value instanceof Uint8Array ||
    value instanceof Date ||
    (typeof value === 'number' && !Number.isFinite(value))
  return textual ? valueText(value) : value
}

function asSql(sql: string | Sql): Sql {
  return typeof sql === 'string' ? rawSql(sql) : sql
}

function firstLine(text: string): string {
  const line = text.trim().split('\n')[0] ?? ''
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}
