import type { Connection } from '../../connection/connection.ts'
import { quoteLiteral } from '../../sql/literal.ts'

/** The rows of every table, by its name as SQL writes it. */
export type Rows = ReadonlyMap<string, readonly Cells[]>

/** A row: each value as JSON, by column. */
type Cells = ReadonlyMap<string, string>

/** Values that are no longer there, or others than before. */
export type LostRows = {
  readonly table: string
  /** The columns that tell; none where the rows as a whole do. */
  readonly columns: readonly string[]
}

/** Reads all rows. A partition's are its table's. */
export async function readRows(connection: Connection, ledgerSchema: string): Promise<Rows> {
  const [found] = await connection.run(`SELECT c.oid::regclass::text AS name, relkind = 'p' AS whole
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
WHERE relkind IN ('r', 'p') AND NOT relispartition AND nspname !~ '^pg_' AND nspname <> 'information_schema'
  AND nspname <> ${quoteLiteral(ledgerSchema)} ORDER BY 1`)
  const tables = (found?.rows ?? []).map(({ name, whole }) => ({
    name: String(name),
    isWhole: whole === true,
  }))
  if (tables.length === 0) return new Map()
  const results = await connection.run(
    tables
      .map(({ name, isWhole }) => `SELECT to_jsonb(t)::text AS row FROM ${isWhole ? '' : 'ONLY '}${name} t`)
      .join(';\n'),
  )
  return new Map(
    tables.map(({ name }, at) => [name, (results[at]?.rows ?? []).map(({ row }) => cellsOf(String(row)))]),
  )
}

/** Takes all rows away. */
export async function emptyTables(connection: Connection, ledgerSchema: string): Promise<void> {
  const tables = [...(await readRows(connection, ledgerSchema)).keys()]
  if (tables.length > 0) await connection.run(`TRUNCATE ${tables.join(', ')} CASCADE`)
}

function cellsOf(row: string): Cells {
  return new Map(
    Object.entries(JSON.parse(row) as object).map(([column, value]) => [column, JSON.stringify(value)]),
  )
}

/** What of some rows is not there any more. */
export function lostRows(before: Rows, after: Rows): readonly LostRows[] {
  return [...before].flatMap(([table, rows]) => {
    if (rows.length === 0) return []
    const others = after.get(table)
    if (others === undefined) return [{ table, columns: [] }]
    const columns = [...(rows[0]?.keys() ?? [])]
    if (isSame(rows, others, columns)) return []
    return [{ table, columns: columns.filter((column) => !isSame(rows, others, [column])) }]
  })
}

/**
 * Those of the first that the second has too, by table and column. A table that has more rows or fewer is left out: which of them are new is not
 * known, and what is new may have another number of a sequence each time.
 */
export function sharedRows(rows: Rows, others: Rows): Rows {
  return new Map(
    [...rows].flatMap(([table, all]) => {
      const columns = new Set(others.get(table)?.[0]?.keys())
      if (columns.size === 0 || others.get(table)?.length !== all.length) return []
      return [[table, all.map((row) => new Map([...row].filter(([column]) => columns.has(column))))]]
    }),
  )
}

function isSame(rows: readonly Cells[], others: readonly Cells[], columns: readonly string[]): boolean {
  const texts = (all: readonly Cells[]) =>
    all.map((row) => JSON.stringify(columns.map((column) => row.get(column) ?? null))).sort()
  return rows.length === others.length && texts(rows).join('\n') === texts(others).join('\n')
}
