import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { BackfillPlan, BackfillWork, ConflictRule, NewRow } from '../operations/backfill-plan.ts'
import { columnList, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { literal, quoteLiteral } from '../sql/literal.ts'
import { inlineSql } from '../sql/tag.ts'
import { jsonValue, type Value, valueText } from '../sql/value.ts'
import type { BatchWorker } from './batch.ts'
import { keyExpression, keyOrder, keyTexts, positionExpression } from './key.ts'

type TransformWork = BackfillWork & { readonly type: 'transform' }

/** The revision's own transform threw, or made something that is no row of the target. */
export class TransformFailed extends LimbeckError {
  readonly code = 'TRANSFORM_FAILED'
  readonly table: string
  readonly key: readonly string[]

  constructor(table: string, key: readonly string[], reason: string, cause?: unknown) {
    super(`The transform failed for the row ${key.join(', ')} of ${table}: ${reason}`, {
      hint: 'Mend the transform (or the row) and run the command again: the batches before this one are done and stay.',
      cause,
    })
    this.table = table
    this.key = key
  }
}

/** The target has no such column. */
export class NoSuchColumn extends LimbeckError {
  readonly code = 'NO_SUCH_COLUMN'
  readonly table: string
  readonly column: string

  constructor(table: string, column: string) {
    super(`The table ${table} has no column ${column}, which "into.columns" of the backfill names.`)
    this.table = table
    this.column = column
  }
}

/**
 * Batches that are read, turned into rows of another table by the revision's function, and written. The source rows are
 * locked FOR SHARE until the batch commits, so that a write of the application cannot be overtaken by what was read before it.
 */
export function transformWorker(plan: BackfillPlan, work: TransformWork): BatchWorker {
  const source = qualifiedName({ ...plan, name: plan.table })
  const condition = plan.where === undefined ? '' : ` AND (${inlineSql(plan.where)})`
  const columns = work.columns.map(quoteIdentifier).join(', ')

  let types: readonly ColumnType[] | null = null

  return async ({ connection, key, after, upper, rows, checkpoint }) => {
    types ??= await columnTypes(connection, work.into)
    const range = [
      ...(after === null ? [] : [`${keyExpression(key)} > ${positionExpression(key, after, quoteLiteral)}`]),
      `${keyExpression(key)} <= ${positionExpression(key, upper, quoteLiteral)}`,
    ].join(' AND ')
    const read = await connection.run(`BEGIN;
SELECT to_json(${keyTexts(key)}) AS limbeck_key, ${columns} FROM ${source}
WHERE ${range}${condition} ORDER BY ${keyOrder(key)} LIMIT ${rows} FOR SHARE`)
    const page = read[1]?.rows ?? []
    const last = page.at(-1)?.['limbeck_key'] as readonly string[] | undefined
    if (last === undefined) {
      await connection.run('ROLLBACK')
      return null
    }
    const made = page.flatMap(({ limbeck_key: position, ...row }) =>
      newRows(plan.table, position as readonly string[], work, row),
    )
    const insert = made.length === 0 ? 'SELECT' : insertRows(work, types, made)
    const done = checkpoint({ last, scanned: page.length, written: String(made.length) })
    await connection.run(`${insert};\n${done};\nCOMMIT`)
    return { last, scanned: page.length, written: made.length }
  }
}

function newRows(table: string, key: readonly string[], work: TransformWork, row: object): readonly NewRow[] {
  const made = call(table, key, work, row)
  const rows: readonly NewRow[] = made === null ? [] : Array.isArray(made) ? made : [made]
  for (const one of rows) {
    const stranger = Object.keys(one).find((column) => !work.into.columns.includes(column))
    if (stranger !== undefined) {
      throw new TransformFailed(
        table,
        key,
        `it made the column ${stranger}, which "into.columns" does not name.`,
      )
    }
    const missing = Object.keys(one).find((column) => one[column] === undefined)
    if (missing !== undefined) {
      throw new TransformFailed(table, key, `it made undefined for the column ${missing}; NULL is null.`)
    }
  }
  return rows
}

function call(table: string, key: readonly string[], work: TransformWork, row: object) {
  try {
    return work.transform(row)
  } catch (error) {
    throw new TransformFailed(table, key, error instanceof Error ? error.message : String(error), error)
  }
}

/**
 * The rows travel as one array a column, and PostgreSQL reads each value as its column's type. The array's type is
 * without a length, so that a value that is too long is an error at the insert, and not cut off by the cast.
 */
function insertRows(work: TransformWork, types: readonly ColumnType[], rows: readonly NewRow[]): string {
  const table = qualifiedName({ ...work.into, name: work.into.table })
  const columns = types.map(({ name }) => quoteIdentifier(name)).join(', ')
  const arrays = types.map(({ name, type, array, json }) => {
    const texts = rows.map((row) => columnText(row[name] ?? null, json))
    // unnest takes every dimension apart, so arrays travel as texts and are cast one by one.
    return `${literal(texts)}::${array ? 'text' : type}[]`
  })
  const values = types.map(({ type, array }, n) => (array ? `c${n}::${type}` : `c${n}`)).join(', ')
  const source = `unnest(${arrays.join(', ')}) AS made (${types.map((_, n) => `c${n}`).join(', ')})`
  return `INSERT INTO ${table} (${columns}) SELECT ${values} FROM ${source}${conflictClause(work.onConflict, work.into.columns)}`
}

/** In a column of JSON every value but NULL is JSON: a string too, and an array is no array of PostgreSQL's. */
function columnText(value: Value, json: boolean): string | null {
  return json && value !== null ? JSON.stringify(value, jsonValue) : valueText(value)
}

/** A target column, and its type without a length. */
type ColumnType = {
  readonly name: string
  readonly type: string
  readonly array: boolean
  readonly json: boolean
}

async function columnTypes(
  connection: Connection,
  into: TransformWork['into'],
): Promise<readonly ColumnType[]> {
  const { rows } = await connection.query(
    `SELECT attname AS name, format_type(atttypid, -1) AS type, typcategory = 'A' AS "array",
      CASE typtype WHEN 'd' THEN typbasetype ELSE t.oid END IN ('json'::regtype, 'jsonb'::regtype) AS json
    FROM pg_attribute JOIN pg_type t ON t.oid = atttypid
    WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped`,
    [qualifiedName({ ...into, name: into.table })],
  )
  return into.columns.map((name) => {
    const row = rows.find((column) => column['name'] === name)
    if (row === undefined) throw new NoSuchColumn(into.table, name)
    return { name, type: String(row['type']), array: row['array'] === true, json: row['json'] === true }
  })
}

function conflictClause(rule: ConflictRule, columns: readonly string[]): string {
  if (rule === 'fail') return ''
  if (rule === 'skip') return ' ON CONFLICT DO NOTHING'
  const updates = columns
    .filter((column) => !rule.update.includes(column))
    .map((column) => `${quoteIdentifier(column)} = excluded.${quoteIdentifier(column)}`)
  const action = updates.length === 0 ? 'NOTHING' : `UPDATE SET ${updates.join(', ')}`
  return ` ON CONFLICT ${columnList(rule.update)} DO ${action}`
}
