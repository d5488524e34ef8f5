import { mkdirSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { EmbeddedExtension, MemoryAddress } from '../connection/address.ts'
import { cacheDirectory } from '../connection/cache-directory.ts'
import { connectInMemory } from '../connection/connect.ts'
import type { Connection } from '../connection/connection.ts'
import { runForeign } from '../connection/prepared.ts'
import { removeOldest } from '../connection/remove-oldest.ts'
import { createMemoryScratch } from '../connection/scratch.ts'
import { writeWhole } from '../connection/write-whole.ts'
import type { Project } from './project.ts'
import { type Bare, bareOn } from './shadow.ts'
import { withStop } from './stoppable.ts'

/** Each takes some 17 MB. */
const mostKept = 8

/** Milliseconds in which another process that has found a file comes to read it. */
const longestWay = 15_000

/** Where images of embedded databases are kept on this machine, for all projects. Whoever loses them loses time and nothing else. */
function keptFolder(): string {
  return join(cacheDirectory(), 'shadows')
}

/** How one that is kept begins where it has to be made: with which extensions to create, and with which image. Default: empty. */
type Beginning = {
  readonly extensions: readonly EmbeddedExtension[]
  readonly image?: () => Promise<Uint8Array | string | null>
}

/** Open, and whoever has it closes it. */
export type KeptDatabase = {
  readonly connection: Connection
  readonly address: MemoryAddress
  /** All that it had when it was opened, or the file in which that is. */
  readonly image: Uint8Array | string
}

/**
 * Opens a database as it was made before under the last of these names, or makes it now; what was made under one before it is what this one
 * begins with. Without a name it is not kept.
 */
export async function openKept(
  project: Project,
  names: readonly string[],
  { extensions, image: beginning = async () => null }: Beginning,
  make: (bare: Bare) => Promise<void>,
): Promise<KeptDatabase> {
  const files = names.map((name) => join(keptFolder(), name))
  const kept = files.findLast(isThere)
  const file = files.at(-1)
  const begun = await opened(kept ?? (await beginning()), extensions)
  if (kept !== undefined && kept === file) return { ...begun, image: kept }
  const { connection, address } = begun
  try {
    await withStop(project, connection.abandon, () => make(bareOn(project, address, connection)))
    // What belongs to the session is not there when another one begins.
    await runForeign(connection, 'DISCARD ALL')
    await connection.reset()
    if (await hasUnlogged(connection)) {
      const image = inFile(await connection.closeWithImage(), file)
      return { ...(await opened(image, extensions)), image }
    }
    return { ...begun, image: inFile(await connection.image(), file) }
  } catch (error) {
    await connection.close()
    throw error
  }
}

/** Opens one that begins empty and is not kept: what `make` does is done sooner than an image of it is written. */
export async function openMade(
  project: Project,
  extensions: readonly EmbeddedExtension[],
  make: (bare: Bare) => Promise<void>,
): Promise<Connection> {
  const { connection, address } = await opened(null, extensions)
  try {
    await withStop(project, connection.abandon, () => make(bareOn(project, address, connection)))
    return connection
  } catch (error) {
    await connection.close()
    throw error
  }
}

async function opened(image: Uint8Array | string | null, extensions: readonly EmbeddedExtension[]) {
  const { address } = createMemoryScratch({ image, extensions })
  return { address, connection: await connectInMemory(address) }
}

/** Of what is unlogged, rows are in an image only of a database that was closed. https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-UNLOGGED */
async function hasUnlogged(connection: Connection): Promise<boolean> {
  const [found] = await connection.run(
    `SELECT EXISTS (SELECT FROM pg_class WHERE relpersistence = 'u') AS any`,
  )
  return found?.rows[0]?.['any'] === true
}

/** The image itself where it could not be kept, or is not to be. */
function inFile(image: Uint8Array, file: string | undefined): Uint8Array | string {
  return file !== undefined && keep(image, file) ? file : image
}

/** What is used is not the oldest, and stays for as long as it is read. */
function isThere(file: string): boolean {
  try {
    const now = new Date()
    utimesSync(file, now, now)
    return true
  } catch {
    return false
  }
}

/** Whether it could be. */
function keep(image: Uint8Array, file: string): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeWhole(file, image)
    removeOldest(dirname(file), mostKept, longestWay)
    return true
  } catch {
    // The folder is full or not ours: then it is made again the next time.
    return false
  }
}
