import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { BackfillWork, ConflictRule, NewRow } from '../operations/backfill-plan.ts'
import { columnList, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { arrayElement, jsonValue, type Value, valueText } from '../sql/value.ts'

export type TransformWork = BackfillWork & { readonly type: 'transform' }

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

/** A target column, and its type without a length. */
export type TargetColumn = {
  readonly name: string
  readonly type: string
  readonly array: boolean
  readonly json: boolean
  readonly notNull: boolean
}

/** The target's columns, with the types that the catalog says. */
export async function targetColumns(
  connection: Connection,
  into: TransformWork['into'],
): Promise<readonly TargetColumn[]> {
  const { rows } = await connection.query(
    `SELECT attname AS name, format_type(atttypid, -1) AS type, typcategory = 'A' AS "array", attnotnull AS "notNull",
      CASE typtype WHEN 'd' THEN typbasetype ELSE t.oid END IN ('json'::regtype, 'jsonb'::regtype) AS json
    FROM pg_attribute JOIN pg_type t ON t.oid = atttypid
    WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped`,
    [qualifiedName({ ...into, name: into.table })],
  )
  return into.columns.map((name) => {
    const row = rows.find((column) => column['name'] === name)
    if (row === undefined) throw new NoSuchColumn(into.table, name)
    return {
      name,
      type: String(row['type']),
      array: row['array'] === true,
      json: row['json'] === true,
      notNull: row['notNull'] === true,
    }
  })
}

/**
 * Inserts rows that travel as one array a column, the parameters $1, $2 …; PostgreSQL reads each value as its column's
 * type. The array's type is without a length, so that a value that is too long is an error at the insert, and not cut
 * off by the cast. They are inserted only where the condition holds.
 */
export function insertSql(work: TransformWork, columns: readonly TargetColumn[], condition: string): string {
  const table = qualifiedName({ ...work.into, name: work.into.table })
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ')
  // unnest takes every dimension apart, so arrays travel as texts and are cast one by one.
  const arrays = columns.map(({ type, array }, n) => `$${n + 1}::${array ? 'text' : type}[]`)
  const values = columns.map(({ type, array }, n) => (array ? `c${n}::${type}` : `c${n}`))
  const made = `unnest(${arrays.join(', ')}) AS made (${columns.map((_, n) => `c${n}`).join(', ')})`
  return `INSERT INTO ${table} (${names}) SELECT ${values.join(', ')} FROM ${made} WHERE ${condition}${conflictClause(work)}`
}

/** Gathers new rows as the elements of one array a column. */
export function arrayBuilder(columns: readonly TargetColumn[]) {
  const elements: string[][] = columns.map(() => [])
  let count = 0
  return {
    add(row: NewRow) {
      columns.forEach(({ name, json }, n) => {
        elements[n]?.push(arrayElement(columnText(row[name] ?? null, json)))
      })
      count++
    },
    rows: () => count,
    /** The parameters for `insertSql`. */
    parameters: (): readonly string[] => elements.map((texts) => `{${texts.join(',')}}`),
  }
}

/** In a column of JSON every value but NULL is JSON: a string too, and an array is no array of PostgreSQL's. */
function columnText(value: Value, json: boolean): string | null {
  return json && value !== null ? JSON.stringify(value, jsonValue) : valueText(value)
}

/** The unique columns by which a row is found that is in the target already; null where none were said. */
export function conflictColumns({ onConflict }: TransformWork): readonly string[] | null {
  return typeof onConflict === 'object' ? onConflict.update : null
}

/** What follows an INSERT's rows. */
export function conflictClause({
  onConflict: rule,
  into: { columns = [] },
}: {
  readonly onConflict: ConflictRule
  readonly into: { readonly columns?: readonly string[] }
}): string {
  if (rule === 'fail') return ''
  if (rule === 'skip') return ' ON CONFLICT DO NOTHING'
  return ` ON CONFLICT ${columnList(rule.update)} DO ${conflictAction(rule, columns)}`
}

function conflictAction(rule: Exclude<ConflictRule, string>, columns: readonly string[]): string {
  const updates = columns
    .filter((column) => !rule.update.includes(column))
    .map((column) => `${quoteIdentifier(column)} = excluded.${quoteIdentifier(column)}`)
  return updates.length === 0 ? 'NOTHING' : `UPDATE SET ${updates.join(', ')}`
}
