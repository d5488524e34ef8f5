import type { Connection } from '../connection/connection.ts'
import { runForTables, runPrepared } from '../connection/prepared.ts'
import { fillTables } from '../samples/fill.ts'
import { readSampleTables } from '../samples/table.ts'
import { quoteLiteral } from '../sql/literal.ts'

/** Puts sample rows into the tables that have none: rows that somebody has written are better. */
export async function fillEmpty(connection: Connection, ledgerSchema: string): Promise<void> {
  await fillThese(connection, ledgerSchema, await emptyTables(connection, ledgerSchema))
}

/** The same of tables of which it is known that they have none, by their OIDs. */
export async function fillThese(
  connection: Connection,
  ledgerSchema: string,
  empty: ReadonlySet<number>,
): Promise<void> {
  if (empty.size === 0) return
  const tables = await readSampleTables(connection, { ignoreSchemas: [ledgerSchema], only: empty })
  await fillTables(
    connection,
    tables.filter(({ oid }) => empty.has(oid)),
  )
}

/** By their oids; of a partitioned one, the whole. */
async function emptyTables(connection: Connection, ledgerSchema: string): Promise<ReadonlySet<number>> {
  const text = `SELECT c.oid, c.oid::regclass::text AS name
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
WHERE relkind IN ('r', 'p') AND NOT relispartition AND nspname !~ '^pg_' AND nspname NOT IN ('information_schema', ${quoteLiteral(ledgerSchema)}) ORDER BY c.oid`
  const [found = []] = await runPrepared(connection, [{ text }])
  const looks = found.map(({ oid, name }) => `SELECT ${oid} AS oid WHERE NOT EXISTS (SELECT FROM ${name})`)
  const empty = await runForTables(connection, looks)
  return new Set(empty.map(({ oid }) => Number(oid)))
}
