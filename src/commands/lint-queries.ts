import { type Connection, DatabaseError, type Row } from '../connection/connection.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { type ParsedStatement, parseStatements, SqlSyntaxError } from '../sql/statements.ts'
import type { PlannedQuery } from '../trace/planned.ts'
import { declarationOf } from './declared-schema.ts'
import { LintFileBroken } from './lint-text-subject.ts'
import type { Project } from './project.ts'

/** The application's queries in the files that the project names, each with its file and line. */
export async function queriesOf(project: Project): Promise<readonly PlannedQuery[]> {
  const { queries } = project.lint
  if (queries === undefined) return []
  const declared = await declarationOf(queries, project)
  if (!('sources' in declared)) return []
  const found: PlannedQuery[] = []
  for (const { name, text } of declared.sources)
    for (const parsed of await statementsIn(text, name))
      if (isQuery(parsed)) found.push({ what: `${name}:${parsed.line}`, sql: parsed.text, isPrepared: true })
  return found
}

async function statementsIn(text: string, name: string): Promise<readonly ParsedStatement[]> {
  try {
    return await parseStatements(text)
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error
    throw new LintFileBroken(name, error.line, error.detail, error)
  }
}

/** What can be prepared: https://www.postgresql.org/docs/current/sql-prepare.html */
function isQuery({ tree: { kind } }: ParsedStatement): boolean {
  return ['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'].includes(kind)
}

const most = 500

/** What a database was asked most often, where it counts that: https://www.postgresql.org/docs/current/pgstatstatements.html */
export async function askedQueries(connection: Pick<Connection, 'run'>): Promise<readonly PlannedQuery[]> {
  const [where] = await connection.run(
    "SELECT n.nspname AS schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_stat_statements'",
  )
  const schema = where?.rows[0]?.['schema']
  if (schema === undefined) return []
  const rows = await countedIn(connection, String(schema))
  const queries: PlannedQuery[] = []
  for (const { query } of rows) {
    const [parsed, ...others] = await readable(String(query))
    if (parsed !== undefined && others.length === 0 && isQuery(parsed))
      queries.push({
        what: `pg_stat_statements (${shortened(parsed.text)})`,
        sql: parsed.text,
        isPrepared: true,
      })
  }
  return queries
}

async function countedIn(connection: Pick<Connection, 'run'>, schema: string): Promise<readonly Row[]> {
  try {
    const [found] = await connection.run(
      `SELECT query FROM ${quoteIdentifier(schema)}.pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND query !~ '(^|\\W)limbeck' ORDER BY calls DESC LIMIT ${most}`,
    )
    return found?.rows ?? []
  } catch (error) {
    // It is there and not loaded (55000), or the role may not read it (42501).
    if (error instanceof DatabaseError && ['55000', '42501'].includes(error.server.sqlState)) return []
    throw error
  }
}

/** A long one is cut off there, and some are no SQL any more with $1 in the place of a literal. */
async function readable(text: string): Promise<readonly ParsedStatement[]> {
  try {
    return await parseStatements(text)
  } catch (error) {
    if (error instanceof SqlSyntaxError) return []
    throw error
  }
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`
}
