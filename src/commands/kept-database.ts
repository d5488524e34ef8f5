import { existsSync, mkdirSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { EmbeddedAddress } from '../connection/address.ts'
import { cacheDirectory } from '../connection/cache-directory.ts'
import { copyDatabase } from '../connection/pglite.ts'
import { removeOldest } from '../connection/remove-oldest.ts'
import { createEmbeddedScratch, type EmbeddedScratchOptions } from '../connection/scratch.ts'

/** Each takes some 40 MB. */
const mostKept = 8

/** Where embedded databases are kept on this machine, for all projects. Whoever loses them loses time and nothing else. */
export function keptFolder(): string {
  return join(cacheDirectory(), 'shadows')
}

/** Keeps a copy of a database that nobody has open. */
export function keep(database: string, directory: string): void {
  const folder = dirname(directory)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (!existsSync(directory)) copyDatabase(database, directory)
    const now = new Date()
    utimesSync(directory, now, now)
    removeOldest(folder, mostKept)
  } catch {
    // The folder is full or not ours, or another process was there: then it is made again the next time.
  }
}

/** A database to make copies of, until it is released. */
export type Original = { readonly directory: string; release(): Promise<void> }

/** Makes a database, or finds it where one of that name was made before; without a name it is not kept. `make` closes what it opens. */
export async function keptDatabase(
  name: string | null,
  start: EmbeddedScratchOptions,
  make: (address: EmbeddedAddress) => Promise<void>,
): Promise<Original> {
  const directory = name === null ? null : join(keptFolder(), name)
  if (directory !== null && existsSync(directory)) return { directory, release: async () => {} }
  const scratch = await createEmbeddedScratch(start)
  try {
    await make(scratch.address)
  } catch (error) {
    await scratch.drop()
    throw error
  }
  if (directory !== null) keep(scratch.address.directory, directory)
  return { directory: scratch.address.directory, release: scratch.drop }
}
