import { mkdirSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { MemoryAddress } from '../connection/address.ts'
import { cacheDirectory } from '../connection/cache-directory.ts'
import { removeOldest } from '../connection/remove-oldest.ts'
import { createMemoryScratch, type MemoryScratchOptions } from '../connection/scratch.ts'
import { writeWhole } from '../connection/write-whole.ts'

/** Each takes some 30 MB. */
const mostKept = 8

/** Where images of embedded databases are kept on this machine, for all projects. Whoever loses them loses time and nothing else. */
function keptFolder(): string {
  return join(cacheDirectory(), 'shadows')
}

/**
 * The image of a database that is made now, or was made before under the last of these names; what was made under one before it is what this one
 * begins with. Without a name it is not kept. `make` opens it once, and closes it. Gives the file, or the image itself where it could not be kept.
 */
export async function keptDatabase(
  names: readonly string[],
  start: MemoryScratchOptions,
  make: (address: MemoryAddress) => Promise<void>,
): Promise<Uint8Array | string> {
  const files = names.map((name) => join(keptFolder(), name))
  const kept = files.findLast(isThere)
  if (kept !== undefined && kept === files.at(-1)) return kept
  const { address } = createMemoryScratch({ ...start, ...(kept === undefined ? {} : { image: kept }) })
  const made: Uint8Array[] = []
  await make({ ...address, keep: (image) => made.push(image) })
  const [image] = made
  if (image === undefined) throw new Error('Whoever makes a database that is kept closes it.')
  const file = files.at(-1)
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
    removeOldest(dirname(file), mostKept)
    return true
  } catch {
    // The folder is full or not ours: then it is made again the next time.
    return false
  }
}
