import type { LockMode } from '../operations/operation.ts'
import type { Picture } from './picture.ts'
import type { Recast } from './recast.ts'
import type { ReplacedColumn } from './replaced-columns.ts'
import type { Refusal, RowVerb } from './row-trials.ts'
import type { TracedStatement } from './subject.ts'

/** What a statement did, as PostgreSQL tells it. Relations by the names that they had when it was done. */
export type Observation = {
  readonly statement: TracedStatement
  /** Which transaction of the migration, from 1. */
  readonly transaction: number
  readonly isBlock: boolean
  /** Its transaction ends with ROLLBACK: nothing of it lasts. */
  readonly isUndone: boolean
  /** The strongest lock on each relation that it takes itself, whether something before it has that already or not. */
  readonly locks: readonly ObservedLock[]
  /** What the statements before it in its transaction hold. */
  readonly held: readonly HeldLock[]
  /** Relations that were there before the migration, and have a new file. */
  readonly rewrites: readonly string[]
  /** Relations that were there before the migration, of which it has read all rows. */
  readonly scans: readonly string[]
  readonly indexesBuilt: readonly BuiltIndex[]
  readonly written: readonly WrittenRows[]
  /** How many rows each table had before it, by its oid. */
  readonly rows: ReadonlyMap<number, number>
  /** The tables of which these are the schema's own, by their oid, with what they are parts of; those of others are samples. */
  readonly given: ReadonlySet<number>
  /** How many rows it has put into relations that are new. */
  readonly madeRows: number
  readonly error: ObservedError | null
  /** Relations before it and after it. */
  readonly before: Picture
  readonly after: Picture
  /** The oids of the relations that were there before the migration. */
  readonly old: ReadonlySet<number>
  /** The session's lock_timeout while it ran: 0 is none. */
  readonly lockTimeout: string
  /** What an application of before could say, and cannot any more. */
  readonly broken: readonly BrokenQuery[]
  /** Rows that an application of before could write, and cannot any more. */
  readonly refused: readonly RefusedRows[]
  /** Columns of which it has made other values. */
  readonly recast: readonly Recast[]
  /** Names that another column has now. */
  readonly replaced: readonly ReplacedColumn[]
  /** Relations of which fewer rows are read than before, though none was taken away. */
  readonly hidden: readonly { readonly relation: string; readonly before: number; readonly after: number }[]
  /** What was noted while it ran: the evidence. */
  readonly notes: readonly string[]
}

export type ObservedLock = {
  readonly relation: string
  readonly mode: LockMode
  /** Whether the relation was there before the migration. */
  readonly existedBefore: boolean
  /** `relkind` of pg_class. */
  readonly kind: string
}

export type HeldLock = ObservedLock & { readonly by: TracedStatement }

/** An index that was built over rows that were there before the migration. */
export type BuiltIndex = { readonly index: string; readonly table: string }

/** Rows of a relation that was there before the migration. */
export type WrittenRows = {
  readonly relation: string
  readonly oid: number
  /** How many rows it had. */
  readonly of: number
  readonly inserted: number
  readonly updated: number
  readonly deleted: number
}

/** `always`: without any rows too; `rows`: with some only. */
export type ObservedError = {
  readonly sqlState: string
  readonly message: string
  /** What PostgreSQL says to do. */
  readonly hint: string | null
  readonly when: 'always' | 'rows'
}

export type BrokenQuery = {
  /** What it is about: a relation, or a function, a type, a label, as people say it. */
  readonly relation: string
  /** Where the application says it, where that is known: a file with its line. */
  readonly source?: string
  /** What it asked, in words: `INSERT without the column email`. */
  readonly query: string
  readonly sqlState: string
  readonly message: string
}

/** What was tried with rows that a table had before: a refusal, and of how many. SQLSTATE 00000 where nothing was written and nothing said. */
export type RefusedRows = Refusal & {
  readonly relation: string
  readonly oid: number
  readonly verb: RowVerb
  /** By a check in the place of one that named the values that may be, and this among them. */
  readonly isNarrowed: boolean
  readonly refused: number
  readonly of: number
}
