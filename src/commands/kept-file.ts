import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { removeOldest } from '../connection/remove-oldest.ts'

/** The code in some folders: another one may find other things in the same database. Known by the files, where these may change. */
export function codeIn(folders: readonly string[]): readonly string[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => /\.[jt]s$/.test(name))
        .map((name) => {
          const { size, mtimeMs } = statSync(join(folder, name))
          return `${name} ${size} ${mtimeMs}`
        }),
    )
    .sort()
}

/** What was kept in a file; null where nothing is. */
export function readKept(file: string): unknown {
  try {
    return deserialize(readFileSync(file))
  } catch {
    // It is not there, or of another Node: either way it is made again.
    return null
  }
}

/** Nobody else reads it: a default or a comment may be nobody else's business. Of a folder's files so many are kept, the newest. */
export function writeKept(file: string, value: unknown, most: number): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const whole = `${file}.${process.pid}`
    writeFileSync(whole, serialize(value), { mode: 0o600 })
    renameSync(whole, file)
    removeOldest(dirname(file), most)
  } catch {
    // The folder is full or not ours: then it is made again the next time.
  }
}
