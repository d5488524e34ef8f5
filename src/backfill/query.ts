import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { BackfillPlan, QuerySource } from '../operations/backfill-plan.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql } from '../sql/tag.ts'
import type { KeyColumn } from './key.ts'
import { type Page, type PageBounds, pageOf, readRows } from './page.ts'
import { relation } from './relation.ts'

/** What is said to be the key of a query, or of a stream's rows the cursor, does not tell its rows apart. */
export class NotAKey extends LimbeckError {
  readonly code = 'NOT_A_KEY'
  readonly title: string

  constructor(title: string, reason: string) {
    super(`The backfill ${title} cannot go on from a row: ${reason}.`, {
      hint: 'Name columns that no two rows have in common and that are never NULL, so that none is left out and none is done twice.',
    })
    this.title = title
  }
}

/**
 * The key's columns with their types. PostgreSQL is asked for them: it makes a view of the query, which is rolled back.
 * https://www.postgresql.org/docs/current/sql-createview.html
 */
export async function queryKey(
  connection: Connection,
  plan: BackfillPlan,
  { query, key }: QuerySource,
): Promise<readonly KeyColumn[]> {
  const results = await connection
    .run(`BEGIN; CREATE TEMPORARY VIEW limbeck_source AS ${inlineSql(query)};
    SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
    WHERE attrelid = 'pg_temp.limbeck_source'::regclass AND attnum > 0; ROLLBACK`)
    .catch(async (error: unknown) => {
      if (connection.transaction() !== 'idle') await connection.run('ROLLBACK')
      throw error
    })
  const types = new Map(results.at(-2)?.rows.map((row) => [String(row['name']), String(row['type'])]))
  const columns = key.map((name) => {
    const type = types.get(name)
    if (type === undefined) throw new NotAKey(plan.title, `its query has no column ${name}`)
    return { name, type }
  })
  const isNull = key.map((name) => `${quoteIdentifier(name)} IS NULL`).join(' OR ')
  const [nulls] = await connection.run(
    `SELECT EXISTS (SELECT 1 FROM ${relation(plan)} WHERE ${isNull}) AS found`,
  )
  if (nulls?.rows[0]?.['found'] === true) throw new NotAKey(plan.title, `${key.join(', ')} is NULL in a row`)
  return columns
}

/** Reads a page of a query, and one row more, to see that no two have the same key. The query's own rows are not locked. */
export async function readQueryPage(connection: Connection, bounds: PageBounds): Promise<Page> {
  const { limit, key, plan } = bounds
  const found = await readRows(connection, { ...bounds, limit: limit === null ? null : limit + 1 })
  const { rows } = pageOf(key, found)
  const twice = rows.find((row, n) => n > 0 && JSON.stringify(rows[n - 1]?.key) === JSON.stringify(row.key))
  if (twice !== undefined)
    throw new NotAKey(
      plan.title,
      `several rows have ${key.map(({ name }) => name).join(', ')} ${twice.key.join(', ')}`,
    )
  return pageOf(key, limit === null ? found : found.slice(0, limit))
}
