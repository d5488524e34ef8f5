import type { PGlite } from '@electric-sql/pglite'
import type { Filesystem } from '@electric-sql/pglite/basefs'
import { type Image, unpacked } from './image.ts'

type Pglite = typeof import('@electric-sql/pglite')

/** What is used of Emscripten's file system, which has no types of its own here. https://emscripten.org/docs/api_reference/Filesystem-API.html */
export type Files = {
  mkdirTree(path: string, mode: number): void
  writeFile(
    path: string,
    bytes: Uint8Array,
    options: { mode: number; flags?: string; canOwn?: boolean },
  ): void
  readFile(path: string): Uint8Array
  readdir(path: string): readonly string[]
  stat(path: string): { readonly mode: number }
  isDir(mode: number): boolean
  unlink(path: string): void
}

/**
 * The files of an embedded database in memory: PostgreSQL asks for them again and again in each statement, and a file of the system's takes calls of
 * Node's each time. They begin as an image has them, without a copy of what is only read.
 */
export function memoryFiles({ MemoryFS }: Pglite, image: Promise<Uint8Array> | null): Filesystem {
  class MemoryFiles extends MemoryFS {
    override async initialSyncFs(): Promise<void> {
      if (image === null) return
      if (this.pg === undefined) throw new Error('PGlite says whose files they are before it asks for them.')
      fill(placeOf(this.pg), unpacked(await image))
    }
  }
  return new MemoryFiles()
}

/** Where a database has its files, which are there when it is closed too. */
export type Place = { readonly files: Files; readonly root: string }

export function placeOf(database: PGlite): Place {
  return { files: database.Module.FS as Files, root: (database.constructor as typeof PGlite).paths.PGDATA }
}

function fill({ files, root }: Place, image: Image): void {
  files.mkdirTree(root, 0o700)
  for (const path of image.directories) files.mkdirTree(root + path, 0o700)
  for (const [path, bytes] of image.files) files.writeFile(root + path, bytes, { mode: 0o600, canOwn: true })
}

/** What is there now. While it is open, that is what a crash would leave. */
export function imageOf({ files, root }: Place): Image {
  const image = { directories: [] as string[], files: [] as [string, Uint8Array][] }
  const add = (folder: string) => {
    for (const name of files.readdir(root + folder)) {
      if (name === '.' || name === '..') continue
      const path = `${folder}/${name}`
      if (!files.isDir(files.stat(root + path).mode)) image.files.push([path, files.readFile(root + path)])
      else {
        image.directories.push(path)
        add(path)
      }
    }
  }
  add('')
  return image
}
