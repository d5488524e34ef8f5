import pg from 'pg'
import { dump } from '../../src/index.ts'

/** A database's schema, and the rows of its tables, as text: what two databases of one kind have alike. */
export async function databaseText(url: string): Promise<string> {
  const { sql } = await dump({ database: url })
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', nspname, relname) AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
       WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema', 'limbeck') ORDER BY 1`,
    )
    const texts: string[] = []
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT t::text AS row FROM ${name} AS t ORDER BY 1`,
      )
      texts.push(...rows.map(({ row }) => `-- ${name} ${row}\n`))
    }
    return sql + texts.join('')
  } finally {
    await client.end()
  }
}
