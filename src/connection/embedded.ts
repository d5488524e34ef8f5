import { join } from 'node:path'
import { describeAddress, type EmbeddedAddress } from './address.ts'
import type { DriverSettings } from './connect.ts'
import type { Connection } from './connection.ts'
import { copyThroughFile } from './copy.ts'
import { lockDirectory } from './directory-lock.ts'
import { startThread } from './embedded-thread.ts'
import { loadNodePostgres } from './node-postgres.ts'
import { clientSettings } from './pglite.ts'
import { openSession } from './session.ts'
import { losslessTypes } from './types.ts'

/** The server takes a relative path from its data directory, in which one process at a time works. */
const copyFile = 'limbeck.copy'

/**
 * Opens the embedded database (PGlite: PostgreSQL 18 in a thread of this process) in a directory, which is made if it is not there.
 * One process at a time can have it; others wait. Loads PGlite at the first call.
 */
export async function openEmbedded(address: EmbeddedAddress): Promise<Connection> {
  const unlock = await lockDirectory(address.directory)
  try {
    return await openLocked(address, unlock)
  } catch (error) {
    await unlock()
    throw error
  }
}

async function openLocked(address: EmbeddedAddress, unlock: () => Promise<void>): Promise<Connection> {
  const pg = await loadNodePostgres()
  const database = await startThread(address)
  try {
    const settings = Object.assign(await clientSettings(database), { types: await losslessTypes() })
    const client = new pg.Client(settings)
    await client.connect()
    return await openSession({
      client,
      database: describeAddress(address),
      embedded: true,
      copyIn: copyThroughFile({ path: join(address.directory, copyFile), name: copyFile }),
      another: async () => null,
      abandon: database.abandon,
      async end() {
        try {
          await client.end()
          await database.close()
        } finally {
          await unlock()
        }
      },
    })
  } catch (error) {
    // Nobody else may have it while a thread has.
    await database.close()
    throw error
  }
}

/** The same for somebody else's node-postgres. One session at a time has the database. */
export async function openEmbeddedForDriver(address: EmbeddedAddress): Promise<DriverSettings> {
  const unlock = await lockDirectory(address.directory)
  try {
    const database = await startThread(address)
    return {
      client: await clientSettings(database),
      abandon: database.abandon,
      async close() {
        await database.close().finally(unlock)
      },
    }
  } catch (error) {
    await unlock()
    throw error
  }
}
