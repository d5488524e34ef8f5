import type { Connection } from '../connection/connection.ts'
import { fillTables } from '../samples/fill.ts'
import { readSampleTables } from '../samples/table.ts'
import { qualifiedName } from '../sql/identifier.ts'

/** Puts sample rows into the tables that have none: rows that somebody has written are better. */
export async function fillEmpty(connection: Connection, ledgerSchema: string): Promise<void> {
  const tables = await readSampleTables(connection, { ignoreSchemas: [ledgerSchema] })
  if (tables.length === 0) return
  const asked = tables.map((table) => `SELECT NOT EXISTS (SELECT FROM ${qualifiedName(table)}) AS "isEmpty"`)
  const answers = (await connection.run(asked.join(' UNION ALL ')))[0]?.rows ?? []
  await fillTables(
    connection,
    tables.filter((_, at) => answers[at]?.['isEmpty'] === true),
  )
}
