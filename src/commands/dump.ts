import { readSnapshot } from '../catalog/read-snapshot.ts'
import { connect } from '../connection/connect.ts'
import { sqlText } from '../script/revision-text.ts'
import { compared } from './compared.ts'
import { makingOf } from './making.ts'
import { type Config, resolveProject } from './project.ts'

/** A database's schema as SQL. */
export type DumpReport = { readonly database: string; readonly sql: string }

/**
 * Prints what a database's schema is as the statements that make it, in an order that depends on nothing but names: so that a dump that is kept
 * under version control changes where the schema does. Owners and privileges are in it where `autogenerate` says so. The
 * ledger is not.
 */
export async function dump(config: Config = {}): Promise<DumpReport> {
  const project = resolveProject(config)
  const connection = await connect(project.address)
  try {
    const { database, major } = connection
    const { ledgerSchema, autogenerate } = project
    const snapshot = compared(await readSnapshot(connection, { ledgerSchema }), autogenerate)
    return { database, sql: sqlText(makingOf(snapshot, major), { major }) }
  } finally {
    await connection.close()
  }
}
