import type { EmbeddedExtension } from './address.ts'

/** What the thread of an embedded database is started with. `cache`: where the templates of new databases are. */
export type ThreadStart = {
  readonly files: DatabaseFiles
  readonly extensions: readonly EmbeddedExtension[]
  readonly cache: string
}

/** Where the files of an embedded database are; those in memory begin as an image has them, or as a new database's. */
export type DatabaseFiles = { readonly directory: string } | FilesInMemory

export type FilesInMemory = { readonly image: Uint8Array | string | null }

/**
 * What is asked of it, one after the other: to take a message of PostgreSQL's protocol, to write to a file in the data directory or remove it, to give an image of all files in memory, which can be had when PostgreSQL
 * has ended too, or to end.
 */
export type Asked =
  | { readonly message: Uint8Array }
  | { readonly append: Uint8Array; readonly to: string }
  | { readonly remove: string }
  | { readonly image: true }
  | { readonly end: true }
export type Request = Asked & { readonly id: number }

/** What the server has said to a message, in its protocol, or why it could not be asked. The first answer, of id 0, comes once it has started. */
export type Answer =
  | { readonly id: number; readonly said: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly failed: unknown }
