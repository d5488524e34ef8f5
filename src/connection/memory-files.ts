import type { Filesystem } from '@electric-sql/pglite/basefs'
import type { MemoryAddress } from './address.ts'
import { type Image, packed, unpacked } from './image.ts'

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
 * Node's each time. They begin as an image has them, without a copy of what is only read, and are kept as another when the database is closed.
 */
export function memoryFiles(
  { MemoryFS, PGlite }: Pglite,
  { image, keep }: Pick<MemoryAddress, 'keep'> & { readonly image: Promise<Uint8Array> | null },
): Filesystem {
  const root = PGlite.paths.PGDATA
  class MemoryFiles extends MemoryFS {
    override async initialSyncFs(): Promise<void> {
      if (image !== null) fill(this.files(), root, unpacked(await image))
    }

    override async closeFs(): Promise<void> {
      keep?.(packed(imageOf(this.files(), root)))
      await super.closeFs()
    }

    private files(): Files {
      if (this.pg === undefined) throw new Error('PGlite says whose files they are before it asks for them.')
      return this.pg.Module.FS as Files
    }
  }
  return new MemoryFiles()
}

function fill(files: Files, root: string, image: Image): void {
  files.mkdirTree(root, 0o700)
  for (const path of image.directories) files.mkdirTree(root + path, 0o700)
  for (const [path, bytes] of image.files) files.writeFile(root + path, bytes, { mode: 0o600, canOwn: true })
}

function imageOf(files: Files, root: string): Image {
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
