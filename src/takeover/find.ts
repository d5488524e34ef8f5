import type { Connection, Row } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import type { ForeignTool } from './tool.ts'

/** A table of versions that a database has. */
export type FoundTable = {
  readonly tool: ForeignTool
  readonly schema: string
  readonly name: string
  /** Quoted, for SQL. */
  readonly sqlName: string
  /** Whether this role may read it. */
  readonly readable: boolean
}

/** Where a tool's table is, as far as somebody has said it. */
export type TablePlace = { readonly schema?: string | undefined; readonly name?: string | undefined }

/** A tool's table of versions is not there, or there are several. */
export class VersionTableUnclear extends LimbeckError {
  readonly code = 'VERSION_TABLE_UNCLEAR'
  readonly tool: string
  readonly tables: readonly string[]

  constructor({ name, title, tableName }: ForeignTool, place: TablePlace, tables: readonly string[]) {
    const wanted = [place.schema, place.name ?? tableName].filter((part) => part !== undefined).join('.')
    super(
      tables.length === 0
        ? `The database has no table ${wanted} of ${title}'s that this role may read.`
        : `The database has several tables of ${title}'s: ${tables.join(', ')}.`,
      {
        hint: `Say which one it is: "limbeck stamp --from ${name} --version-table SCHEMA.TABLE"; of Alembic's, "alembic" in the config file says it too.`,
      },
    )
    this.tool = name
    this.tables = tables
  }
}

/**
 * The tables of versions that a database has, by name and columns, in any schema. `place` is for one tool alone, which may have
 * been told another name.
 */
export async function findVersionTables(
  connection: Connection,
  tools: readonly ForeignTool[],
  place: TablePlace = {},
): Promise<readonly FoundTable[]> {
  const names = place.name === undefined ? tools.map(({ tableName }) => tableName) : [place.name]
  const [result] = await connection.run(candidates([...new Set(names)], place.schema))
  const rows = result?.rows ?? []
  return tools.flatMap((tool) =>
    rows
      .filter((row) => row['name'] === (place.name ?? tool.tableName))
      .filter((row) => isTableOf(tool, row['columns'] as readonly string[], place))
      .map((row) => foundTable(tool, row)),
  )
}

/** One that somebody has named may have columns of the project's own. */
function isTableOf(
  { columns, hasNoOthers }: ForeignTool,
  there: readonly string[],
  place: TablePlace,
): boolean {
  const mayHaveOthers = hasNoOthers !== true || place.name !== undefined
  return columns.every((name) => there.includes(name)) && (mayHaveOthers || there.length === columns.length)
}

function candidates(names: readonly string[], schema: string | undefined): string {
  const where = schema === undefined ? "n.nspname !~ '^pg_'" : `n.nspname = ${literal(schema)}`
  return `SELECT n.nspname AS schema, c.relname AS name, has_table_privilege(c.oid, 'SELECT') AS readable,
  to_json(ARRAY(SELECT attname FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped)) AS columns
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname IN (${names.map(literal).join(', ')}) AND c.relkind IN ('r', 'p') AND ${where}
ORDER BY 1, 2`
}

function foundTable(tool: ForeignTool, row: Row): FoundTable {
  const [schema, name] = [String(row['schema']), String(row['name'])]
  return { tool, schema, name, sqlName: qualifiedName({ schema, name }), readable: row['readable'] === true }
}

/** The rows of tables, in one message; nothing of one that this role may not read. */
export async function readVersionTables(
  connection: Connection,
  tables: readonly FoundTable[],
): Promise<readonly { readonly table: FoundTable; readonly rows: readonly Row[] }[]> {
  const readable = tables.filter((table) => table.readable)
  if (readable.length === 0) return []
  const results = await connection.run(readable.map(({ tool, sqlName }) => tool.read(sqlName)).join(';\n'))
  return readable.map((table, n) => ({ table, rows: results[n]?.rows ?? [] }))
}
