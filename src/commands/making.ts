import { changeBetween } from '../autogenerate/directives.ts'
import { initialSnapshot } from '../catalog/initial.ts'
import { readSnapshot } from '../catalog/read-snapshot.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import type { DatabaseAddress } from '../connection/address.ts'
import { connect } from '../connection/connect.ts'
import type { Directive } from '../operations/operation.ts'
import { compared } from './compared.ts'
import type { Project } from './project.ts'

/** What makes of a new database what there is in another one. `major`: of the server that has it. */
export function makingOf(snapshot: Snapshot, major: number): readonly Directive[] {
  return changeBetween(initialSnapshot(snapshot, major), snapshot).directives
}

/** What makes a database as the one at an address is, as far as the project compares it. Nothing is changed there. */
export async function makingOfDatabase(
  address: DatabaseAddress,
  { ledgerSchema, autogenerate }: Project,
): Promise<readonly Directive[]> {
  const connection = await connect(address)
  try {
    const snapshot = compared(await readSnapshot(connection, { ledgerSchema }), autogenerate)
    return makingOf(snapshot, connection.major)
  } finally {
    await connection.close()
  }
}
