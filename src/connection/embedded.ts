import { createWriteStream, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { describeAddress, type EmbeddedAddress, type MemoryAddress, usualExtensions } from './address.ts'
import { cacheDirectory } from './cache-directory.ts'
import type { DriverSettings } from './connect.ts'
import type { Connection } from './connection.ts'
import { type CopyFile, copyThroughFile } from './copy.ts'
import { lockDirectory } from './directory-lock.ts'
import type { DatabaseFiles } from './embedded-messages.ts'
import { type EmbeddedThread, startThread } from './embedded-thread.ts'
import { loadNodePostgres } from './node-postgres.ts'
import { clientSettings, loadAdapter, needsInitdb } from './pglite.ts'
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
    const path = join(address.directory, copyFile)
    const file: CopyFile = {
      name: copyFile,
      write: (rows) => pipeline(rows, createWriteStream(path)),
      remove: async () => rmSync(path, { force: true }),
    }
    const thread = await started({ directory: address.directory }, address)
    return await openOn(thread, {
      file,
      database: describeAddress(address),
      close: () => thread.end().finally(unlock),
    })
  } catch (error) {
    await unlock()
    throw error
  }
}

/** A session with one in memory. */
export type MemoryConnection = Connection & {
  /** All that the database has, for another to begin with. What is unlogged has no rows there, as after a crash. */
  image(): Promise<Uint8Array<ArrayBuffer>>
  /** Closes it, and gives all that it had. */
  closeWithImage(): Promise<Uint8Array<ArrayBuffer>>
}

/** Opens one in memory, which nobody else has, and of which nothing is left when it is closed. */
export async function openInMemory(address: MemoryAddress): Promise<MemoryConnection> {
  const { image } = address
  const thread = await started({ image }, address)
  const file: CopyFile = {
    name: copyFile,
    async write(rows) {
      await thread.append(copyFile, new Uint8Array())
      for await (const piece of rows) await thread.append(copyFile, piece)
    },
    remove: () => thread.remove(copyFile),
  }
  // Nobody needs what is gone with it to be in order.
  const close = async () => thread.abandon()
  const connection = await openOn(thread, { file, database: describeAddress(address), close })
  return {
    ...connection,
    async image() {
      await connection.run('CHECKPOINT')
      return thread.image()
    },
    async closeWithImage() {
      const image = await thread.endWithImage()
      await connection.close()
      return image
    },
  }
}

/** The first start on a machine, which runs initdb for all others: that takes seconds, and one that comes meanwhile waits. */
let initdb: Promise<void> | null = null

async function started(
  files: DatabaseFiles,
  { extensions = usualExtensions }: EmbeddedAddress | MemoryAddress,
): Promise<EmbeddedThread> {
  // A cache that is refused is refused in this thread: an error that crosses over is no LimbeckError any more.
  const cache = cacheDirectory()
  const runsInitdb = needsInitdb(files, cache)
  if (runsInitdb && initdb !== null) await initdb
  const start = startThread({ files, extensions, cache })
  if (runsInitdb)
    initdb ??= start.then(
      () => {},
      () => {},
    )
  // What speaks with it is loaded meanwhile.
  const [thread] = await Promise.all([start, loadNodePostgres(), loadAdapter()])
  return thread
}

async function openOn(
  thread: EmbeddedThread,
  place: { readonly database: string; readonly file: CopyFile; close(): Promise<void> },
): Promise<Connection> {
  try {
    const pg = await loadNodePostgres()
    const settings = Object.assign(await clientSettings(thread), { types: await losslessTypes() })
    const client = new pg.Client(settings)
    await client.connect()
    return await openSession({
      client,
      database: place.database,
      embedded: true,
      copyIn: copyThroughFile(place.file),
      another: async () => null,
      abandon: thread.abandon,
      async end() {
        try {
          await client.end()
        } finally {
          await place.close()
        }
      },
    })
  } catch (error) {
    // Nobody else may have it while a thread has.
    await thread.end()
    throw error
  }
}

/** The same for somebody else's node-postgres. One session at a time has the database. */
export async function openEmbeddedForDriver(address: EmbeddedAddress): Promise<DriverSettings> {
  const unlock = await lockDirectory(address.directory)
  try {
    const thread = await started({ directory: address.directory }, address)
    return {
      client: await clientSettings(thread),
      abandon: thread.abandon,
      close: () => thread.end().finally(unlock),
    }
  } catch (error) {
    await unlock()
    throw error
  }
}
