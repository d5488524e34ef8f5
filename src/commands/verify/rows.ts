import type { Connection } from '../../connection/connection.ts'
import { readTables, type Table, tableIn, tablesQuery } from './tables.ts'

/** The rows of every table as JSON, by its name as SQL writes it. */
export type Rows = ReadonlyMap<string, readonly string[]>

/** A row: each value as JSON, by column. */
type Cells = ReadonlyMap<string, string>

type CellRows = ReadonlyMap<string, readonly Cells[]>

/** Values that are no longer there, or others than before. */
export type LostRows = {
  readonly table: string
  /** The columns that tell; none where the rows as a whole do. */
  readonly columns: readonly string[]
}

/** Reads all rows. A partition's are its table's. */
export async function readRows(connection: Connection, ledgerSchema: string): Promise<Rows> {
  const tables = await tablesOf(connection, ledgerSchema)
  const rows = await readTables(connection, tables)
  return new Map(tables.map(({ name }, at) => [name, rows[at] ?? []]))
}

/** Takes all rows away. */
export async function emptyTables(connection: Connection, ledgerSchema: string): Promise<void> {
  const tables = await tablesOf(connection, ledgerSchema)
  if (tables.length > 0) await connection.run(`TRUNCATE ${tables.map(({ name }) => name).join(', ')} CASCADE`)
}

async function tablesOf(connection: Connection, ledgerSchema: string): Promise<readonly Table[]> {
  const [found] = await connection.run(tablesQuery(ledgerSchema))
  return (found?.rows ?? []).map(tableIn)
}

/** What of some rows is not there any more. */
export function lostRows(before: Rows, after: Rows): readonly LostRows[] {
  const differ = differing(before, after)
  return lostCells(differ, cellsIn(differ, after))
}

/**
 * What a second run has made another value of than the first, in rows that were there before. A table that has more rows than before or fewer
 * is left out: which of them are new is not known, and what is new may have another number of a sequence each time.
 */
export function otherRows(first: Rows, second: Rows, before: Rows): readonly LostRows[] {
  const differ = differing(first, second)
  const old = cellsIn(differ, before)
  return lostCells(shared(differ, old), shared(cellsIn(differ, second), old))
}

/** Most tables have the very same rows. */
function differing(rows: Rows, others: Rows): CellRows {
  return cellsOf(new Map([...rows].filter(([table, all]) => !isSame(all, others.get(table)))))
}

/** Of the same tables. */
function cellsIn(tables: CellRows, rows: Rows): CellRows {
  return cellsOf(new Map([...rows].filter(([table]) => tables.has(table))))
}

function cellsOf(rows: Rows): CellRows {
  const cells = (row: string): Cells =>
    new Map(
      Object.entries(JSON.parse(row) as object).map(([column, value]) => [column, JSON.stringify(value)]),
    )
  return new Map([...rows].map(([table, all]) => [table, all.map(cells)]))
}

function lostCells(before: CellRows, after: CellRows): readonly LostRows[] {
  return [...before].flatMap(([table, rows]) => {
    if (rows.length === 0) return []
    const others = after.get(table)
    if (others === undefined) return [{ table, columns: [] }]
    const columns = [...(rows[0]?.keys() ?? [])]
    const isKept = (some: readonly string[]) => isSame(textsOf(rows, some), textsOf(others, some))
    return isKept(columns) ? [] : [{ table, columns: columns.filter((column) => !isKept([column])) }]
  })
}

/** Those of the first that the second has too, by table and column. */
function shared(rows: CellRows, others: CellRows): CellRows {
  return new Map(
    [...rows].flatMap(([table, all]) => {
      const columns = new Set(others.get(table)?.[0]?.keys())
      if (columns.size === 0 || others.get(table)?.length !== all.length) return []
      return [[table, all.map((row) => new Map([...row].filter(([column]) => columns.has(column))))]]
    }),
  )
}

function textsOf(rows: readonly Cells[], columns: readonly string[]): readonly string[] {
  return rows.map((row) => JSON.stringify(columns.map((column) => row.get(column) ?? null)))
}

/** In whatever order. */
function isSame(texts: readonly string[], others: readonly string[] | undefined): boolean {
  if (texts === others) return true
  return texts.length === others?.length && [...texts].sort().join('\n') === [...others].sort().join('\n')
}
