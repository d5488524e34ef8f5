import { dump } from '../../src/index.ts'
import type { Session } from '../servers/database.ts'

/** What a text is made of: a database by its URL, and a session in it, opened for that alone. */
export type Readable = { readonly url: string; readonly connect: () => Promise<Session> }

/** A database's schema, and the rows of its tables, as text: what two databases of one kind have alike. */
export async function databaseText({ url, connect }: Readable): Promise<string> {
  const { sql } = await dump({ database: url })
  await using session = await connect()
  const tables = await session.query<{ name: string }>(
    `SELECT format('%I.%I', nspname, relname) AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema', 'limbeck') ORDER BY 1`,
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const rows = await session.query<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t ORDER BY 1`)
    texts.push(...rows.map(({ row }) => `-- ${name} ${row}\n`))
  }
  return sql + texts.join('')
}
