import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Extension, PGlite } from '@electric-sql/pglite'
import {
  describeAddress,
  type EmbeddedAddress,
  type EmbeddedExtension,
  embeddedExtensions,
} from './address.ts'
import { cacheDirectory } from './cache-directory.ts'
import type { DriverSettings } from './connect.ts'
import type { Connection } from './connection.ts'
import { copyThroughFile } from './copy.ts'
import { lockDirectory } from './directory-lock.ts'
import { loadNodePostgres } from './node-postgres.ts'
import { openSession } from './session.ts'
import { losslessTypes } from './types.ts'

/** The server takes a relative path from its data directory, in which one process at a time works. */
const copyFile = 'limbeck.copy'

/**
 * Opens the embedded database (PGlite: PostgreSQL 18 in this process) in a directory, which is made if it is not there.
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
  const { createPgConfig } = await import('@electric-sql/pglite/node-postgres')
  const pg = await loadNodePostgres()
  const database = await startDatabase(address)
  // The adapter's configuration is a client's in all but its declared type.
  const config = createPgConfig(database) as unknown as ConstructorParameters<typeof pg.Client>[0] & object
  const client = new pg.Client(Object.assign(config, { types: await losslessTypes() }))
  await client.connect()
  return openSession({
    client,
    database: describeAddress(address),
    embedded: true,
    copyIn: copyThroughFile({ path: join(address.directory, copyFile), name: copyFile }),
    another: async () => null,
    async end() {
      await client.end()
      await database.close()
      await unlock()
    },
  })
}

/** The same for somebody else's node-postgres. One session at a time has the database. */
export async function openEmbeddedForDriver(address: EmbeddedAddress): Promise<DriverSettings> {
  const { createPgConfig } = await import('@electric-sql/pglite/node-postgres')
  const unlock = await lockDirectory(address.directory)
  try {
    const database = await startDatabase(address)
    return {
      client: createPgConfig(database),
      async close() {
        await database.close()
        await unlock()
      },
    }
  } catch (error) {
    await unlock()
    throw error
  }
}

async function startDatabase({
  directory,
  extensions: offered = embeddedExtensions,
}: EmbeddedAddress): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite')
  const extensions = Object.fromEntries(
    await Promise.all(offered.map(async (name) => [name, await loadExtension(name)] as const)),
  )
  if (!existsSync(join(directory, 'PG_VERSION'))) await copyTemplate(directory, PGlite)
  return PGlite.create({ dataDir: directory, extensions })
}

async function loadExtension(name: EmbeddedExtension): Promise<Extension> {
  const module = await import(`@electric-sql/pglite/contrib/${name}`)
  return module[name]
}

/** initdb takes seconds, so it runs once a machine: the result is kept, per version of PGlite, and copied. */
async function copyTemplate(
  directory: string,
  PGlite: typeof import('@electric-sql/pglite').PGlite,
): Promise<void> {
  const template = join(cacheDirectory(), `pglite-${pgliteVersion()}`)
  if (!existsSync(template)) {
    mkdirSync(dirname(template), { recursive: true })
    const work = mkdtempSync(`${template}-`)
    const fresh = await PGlite.create({ dataDir: work })
    await fresh.close()
    try {
      renameSync(work, template)
    } catch (error) {
      rmSync(work, { recursive: true, force: true })
      // Another process was faster; its template is as good.
      if (!existsSync(template)) throw error
    }
  }
  copyDatabase(template, directory)
}

/**
 * Copies an embedded database that nobody has open. Copied beside it and then renamed, so that a run that is killed meanwhile leaves no half
 * of a database.
 */
export function copyDatabase(from: string, to: string): void {
  const copy = mkdtempSync(`${to}-`)
  try {
    cpSync(from, copy, { recursive: true })
    renameSync(copy, to)
  } catch (error) {
    rmSync(copy, { recursive: true, force: true })
    throw error
  }
}

/** The version of PGlite, without loading it. */
export function pgliteVersion(): string {
  const require = createRequire(import.meta.url)
  let directory = dirname(require.resolve('@electric-sql/pglite'))
  while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory)
  return require(join(directory, 'package.json')).version
}
