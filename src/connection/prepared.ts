import { randomBytes } from 'node:crypto'
import { type Connection, DatabaseError, type Result, type Row } from './connection.ts'

/** A query that is asked again and again, with its parameters. `isOnce`: the next time it will be another, and it is not prepared. */
export type Repeated = {
  readonly text: string
  readonly values?: readonly RepeatedValue[]
  readonly isOnce?: boolean
}

/** `type`: PostgreSQL's; `literal`: as it stands in SQL. */
export type RepeatedValue = { readonly type: string; readonly literal: string }

export function oidsValue(oids: readonly number[]): RepeatedValue {
  return { type: 'oid[]', literal: `'{${oids.join()}}'` }
}

type Session = Pick<Connection, 'run' | 'transaction'>

/** What each session has prepared: names by texts. */
const preparedIn = new WeakMap<Session, Map<string, string>>()

/** Several objects may stand for one session, and a pooler may hand it on to another process: no name is given twice. */
const ours = `limbeck_${randomBytes(4).toString('hex')}`
let names = 0

/**
 * Runs them in one round trip, and gives the rows of each. PostgreSQL reads and plans each text once in a session, which is most of what a query of
 * catalogs takes. https://www.postgresql.org/docs/current/sql-prepare.html
 */
export async function runPrepared(
  connection: Session,
  queries: readonly Repeated[],
): Promise<readonly (readonly Row[])[]> {
  if (queries.length === 0) return []
  try {
    return await execute(connection, queries)
  } catch (error) {
    if (!isForgotten(error)) throw error
    preparedIn.delete(connection)
    // In a transaction nothing can be asked any more.
    if (connection.transaction() !== 'idle') throw error
    return execute(connection, queries)
  }
}

/** The same as `run`, for what others have written: behind a DEALLOCATE or a DISCARD, be it in a block, all is prepared anew. */
export async function runForeign(connection: Session, text: string): Promise<readonly Result[]> {
  try {
    return await connection.run(text)
  } finally {
    const said = text.toLowerCase()
    if (said.includes('deallocate') || said.includes('discard')) preparedIn.delete(connection)
  }
}

/** Else it may plan anew for each value. https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-PLAN-CACHE-MODE */
const planOnce = 'SET plan_cache_mode = force_generic_plan'
const planAsUsual = 'RESET plan_cache_mode'

async function execute(connection: Session, queries: readonly Repeated[]) {
  const prepared = preparedIn.get(connection) ?? new Map<string, string>()
  preparedIn.set(connection, prepared)
  const fresh = new Map(
    queries
      .filter(({ text, isOnce }) => isOnce !== true && !prepared.has(text))
      .map(({ text, values = [] }) => [text, { name: `${ours}_${++names}`, values }]),
  )
  const preparations = [...fresh].map(
    ([text, { name, values }]) => `PREPARE ${name}${list(values.map(({ type }) => type))} AS ${text}`,
  )
  const executions = queries.map(({ text, values = [], isOnce }) =>
    isOnce === true
      ? text
      : `EXECUTE ${prepared.get(text) ?? fresh.get(text)?.name}${list(values.map(({ literal }) => literal))}`,
  )
  const hasValues = queries.some(({ values = [] }) => values.length > 0)
  const before = hasValues ? [...preparations, planOnce] : preparations
  const after = hasValues ? [planAsUsual] : []
  const results = await connection.run([...before, ...executions, ...after].join(';\n'))
  for (const [text, { name }] of fresh) prepared.set(text, name)
  return results.slice(before.length, before.length + executions.length).map(({ rows }) => rows)
}

function list(parts: readonly string[]): string {
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}

/** Of which table a row is asked for: so many for each query, which is planned anew where one of them has changed. */
const tablesOfQuery = 10

/**
 * The rows of SELECTs that are alike, one for each table. The newest come last: others are asked the next time with them, and whatever is prepared makes
 * each change of a schema a little slower.
 */
export async function runForTables(connection: Session, selects: readonly string[]): Promise<readonly Row[]> {
  const count = Math.ceil(selects.length / tablesOfQuery)
  const queries = Array.from({ length: count }, (_, n) => ({
    text: selects.slice(n * tablesOfQuery, (n + 1) * tablesOfQuery).join(' UNION ALL '),
    isOnce: (n + 1) * tablesOfQuery > selects.length,
  }))
  return (await runPrepared(connection, queries)).flat()
}

/** invalid_sql_statement_name */
function isForgotten(error: unknown): boolean {
  return error instanceof DatabaseError && error.server.sqlState === '26000'
}
