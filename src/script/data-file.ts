import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { LimbeckError } from '../error.ts'

/** A file of data that a revision names cannot be read. */
export class DataFileUnreadable extends LimbeckError {
  readonly code = 'DATA_FILE_UNREADABLE'
  readonly file: string

  constructor(file: string, cause: unknown) {
    super(`The data cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, {
      hint: "Give the file's path as it is seen from the revision's own folder, or an absolute one.",
      cause,
    })
    this.file = file
  }
}

/** Where a file of data is: beside the revision that names it, unless its path is absolute. */
export function dataFilePath(revisionFile: string, file: string): string {
  return resolve(dirname(revisionFile), file)
}

/** A digest of a file of data, which may be larger than memory. */
export async function dataFileChecksum(path: string): Promise<string> {
  const digest = createHash('sha256')
  for await (const piece of readDataFile(path)) digest.update(piece)
  return digest.digest('hex')
}

export async function* readDataFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: 262_144 })
  } catch (error) {
    throw new DataFileUnreadable(path, error)
  }
}
