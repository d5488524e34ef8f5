import type { ReadObject } from './object-kind.ts'

/** One object of a database, as plain data. */
export type CatalogObject = Omit<ReadObject, 'needs'> & {
  /** The name of its kind. */
  readonly kind: string
  /** The objects without which it cannot be. */
  readonly needs: readonly string[]
}

/** What a database has, by key, in the order in which it was read: kind by kind, and by name. */
export type Snapshot = ReadonlyMap<string, CatalogObject>
