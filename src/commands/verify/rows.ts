import type { Connection, Result } from '../../connection/connection.ts'
import { quoteLiteral } from '../../sql/literal.ts'

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
  return tables.length === 0 ? new Map() : rowsOf(tables, await connection.run(queriesOf(tables).join(';\n')))
}

/** The same, for who asks again and again: PostgreSQL plans once what has not changed since. */
export async function followRows(connection: Connection, ledgerSchema: string): Promise<() => Promise<Rows>> {
  await connection.run(`PREPARE limbeck_tables AS ${tablesQuery(ledgerSchema)}`)
  const prepared = new Map<string, string>()
  return async () => {
    const [found] = await connection.run('EXECUTE limbeck_tables')
    const tables = tablesIn(found)
    const queries = queriesOf(tables)
    const fresh = queries.filter((query) => !prepared.has(query))
    for (const query of fresh) prepared.set(query, `limbeck_rows_${prepared.size}`)
    const messages = [
      ...fresh.map((query) => `PREPARE ${prepared.get(query)} AS ${query}`),
      ...queries.map((query) => `EXECUTE ${prepared.get(query)}`),
    ]
    return messages.length === 0 ? new Map() : rowsOf(tables, await connection.run(messages.join(';\n')))
  }
}

/** Takes all rows away. */
export async function emptyTables(connection: Connection, ledgerSchema: string): Promise<void> {
  const tables = await tablesOf(connection, ledgerSchema)
  if (tables.length > 0) await connection.run(`TRUNCATE ${tables.map(({ name }) => name).join(', ')} CASCADE`)
}

type Table = { readonly name: string /** With its partitions. */; readonly isWhole: boolean }

async function tablesOf(connection: Connection, ledgerSchema: string): Promise<readonly Table[]> {
  const [found] = await connection.run(tablesQuery(ledgerSchema))
  return tablesIn(found)
}

/** The newest last. */
function tablesQuery(ledgerSchema: string): string {
  return `SELECT c.oid::regclass::text AS name, relkind = 'p' AS whole
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
WHERE relkind IN ('r', 'p') AND NOT relispartition AND nspname !~ '^pg_' AND nspname <> 'information_schema'
  AND nspname <> ${quoteLiteral(ledgerSchema)} ORDER BY c.oid`
}

function tablesIn(found: Result | undefined): readonly Table[] {
  return (found?.rows ?? []).map(({ name, whole }) => ({ name: String(name), isWhole: whole === true }))
}

/** A few for each query: it is planned anew where one of them has changed. */
function queriesOf(tables: readonly Table[]): readonly string[] {
  const rows = tables.map(
    ({ name, isWhole }) =>
      `SELECT ${quoteLiteral(name)} AS name, to_jsonb(t)::text AS row FROM ${isWhole ? '' : 'ONLY '}${name} t`,
  )
  const count = Math.ceil(rows.length / tablesOfQuery)
  return Array.from({ length: count }, (_, n) =>
    rows.slice(n * tablesOfQuery, (n + 1) * tablesOfQuery).join(' UNION ALL '),
  )
}

const tablesOfQuery = 10

function rowsOf(tables: readonly Table[], results: readonly Result[]): Rows {
  const found = Map.groupBy(
    results.flatMap(({ rows }) => rows),
    ({ name }) => String(name),
  )
  return new Map(tables.map(({ name }) => [name, (found.get(name) ?? []).map(({ row }) => String(row))]))
}

/** What of some rows is not there any more. */
export function lostRows(before: Rows, after: Rows): readonly LostRows[] {
  return lostCells(differing(before, after), cellsOf(after))
}

/**
 * What a second run has made another value of than the first, in rows that were there before. A table that has more rows than before or fewer
 * is left out: which of them are new is not known, and what is new may have another number of a sequence each time.
 */
export function otherRows(first: Rows, second: Rows, before: Rows): readonly LostRows[] {
  const differ = differing(first, second)
  if (differ.size === 0) return []
  const old = cellsOf(before)
  return lostCells(shared(differ, old), shared(cellsOf(second), old))
}

/** Most tables have the very same rows. */
function differing(rows: Rows, others: Rows): CellRows {
  return cellsOf(new Map([...rows].filter(([table, all]) => !isSame(all, others.get(table)))))
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
  return texts.length === others?.length && [...texts].sort().join('\n') === [...others].sort().join('\n')
}
