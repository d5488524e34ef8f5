import type { Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'

/** A row that a transform makes; its columns are those of the target table. */
export type NewRow = { readonly [column: string]: Value }

/** What a backfill does to the rows of its table, range by range. */
export type BackfillPlan = {
  /** For a person: `users`, `users into user_preferences`. */
  readonly title: string
  readonly schema?: string
  /** Of a query or a stream, what people call it. */
  readonly table: string
  /** Where the rows come from, where they are not a table's. */
  readonly from?: QuerySource | StreamSource
  /** Rows that still need the work; those that are right already are not touched. */
  readonly where?: Sql
  readonly work: BackfillWork
  /** What its batches do, as SQL or in words, for a plan that is shown. */
  readonly preview: string
  /** The revision may be recorded without it, where nothing needs it at once. */
  readonly detach?: boolean
  /** How many rows that cannot be done may be set aside. */
  readonly failedRows: number
  /** Settings of the sessions that do it, by which a trigger tells its writes from the application's. */
  readonly settings?: { readonly [name: string]: string }
  /** How many sessions share the work, at the most. */
  readonly sessions: number
}

/** The rows of a query. */
export type QuerySource = {
  /** A SELECT. Its rows are not locked, unless it does so itself; it sees, batch by batch, what is committed then. */
  readonly query: Sql
  /** Columns of the query that no two of its rows have in common, and that are never NULL: it is walked along them. */
  readonly key: readonly [string, ...string[]]
}

/** Rows that come from anywhere, in an order of their own. */
export type StreamSource = {
  /**
   * Gives the rows that come behind a cursor; all of them where it is null. It is called again after a crash, or where a
   * batch has to be done anew, and has to give the same rows in the same order.
   */
  readonly stream: Stream
  /** Where a row stands: a text that no other has, from which `stream` can go on. */
  readonly cursor: Cursor
}

export type Stream = (after: string | null) => AsyncIterable<SourceRow> | Iterable<SourceRow>
// biome-ignore lint/suspicious/noExplicitAny: a row's type is the author's to state, and nothing is lost by it here
export type Cursor = (row: any) => string | number | bigint
export type SourceRow = { readonly [column: string]: unknown }

/** Columns of a table; of one that is only read, none. Null means any. */
export type TouchedColumns = {
  readonly schema?: string | undefined
  readonly table: string
  readonly columns: readonly string[] | null
}
export type BackfillTouches = readonly TouchedColumns[]

/** Rows that have to be as backfills leave them: in these columns of a table, in any of it, or those that a revision's backfills touch. */
export type BackfillNeed =
  | { readonly schema?: string | undefined; readonly table: string; readonly columns?: readonly string[] }
  | { readonly revision: string }

/** What must not be relied on, or taken away, before a backfill is finished. */
export function touchesOf({ schema, table, work, from }: BackfillPlan): BackfillTouches {
  const source = (columns: readonly string[] | null) =>
    from === undefined ? [{ schema, table, columns }] : []
  switch (work.type) {
    case 'set':
      return source(Object.keys(work.set))
    case 'copy':
    case 'transform':
      return [...source([]), { ...work.into, columns: work.into.columns ?? null }]
    case 'delete':
    case 'process':
      return source(null)
  }
}

export type BackfillWork =
  | { readonly type: 'set'; readonly set: { readonly [column: string]: Value | Sql } }
  | { readonly type: 'delete' }
  | {
      readonly type: 'copy'
      /** Left out, `columns` are all of the target's, in their order. */
      readonly into: {
        readonly schema?: string
        readonly table: string
        readonly columns?: readonly string[]
      }
      /** A query for each row of the source, which is the table's one row to it. */
      readonly select: Sql
      readonly onConflict: ConflictRule
    }
  | {
      readonly type: 'transform'
      readonly into: { readonly schema?: string; readonly table: string; readonly columns: readonly string[] }
      /** The columns of the table's row that the transform reads; a query or a stream gives what it gives. */
      readonly columns: readonly string[]
      readonly transform: Transform
      /** What happens to a row that is in the target already, by these unique columns. */
      readonly onConflict: ConflictRule
    }
  | {
      readonly type: 'process'
      /** As for a transform. */
      readonly columns: readonly string[]
      readonly process: Process
    }

/** What a `process` function may do in its batch's transaction. */
export type BatchTransaction = {
  /** Runs SQL in the transaction and gives the rows. */
  query(sql: string | Sql): Promise<readonly { readonly [column: string]: unknown }[]>
}

/** Does something with the rows of a batch, which are locked until its transaction ends. It may be called again for the same rows. */
// biome-ignore lint/suspicious/noExplicitAny: a row's type is the author's to state, and nothing is lost by it here
export type Process = (rows: readonly any[], transaction: BatchTransaction) => unknown

/** One row to the rows that it becomes. It may be called again for the same row, so it has no effects of its own. */
// biome-ignore lint/suspicious/noExplicitAny: a row's type is the author's to state, and nothing is lost by it here
export type Transform = (row: any) => NewRow | readonly NewRow[] | null

/** `fail` lets PostgreSQL's unique violation stop the run. */
export type ConflictRule = 'fail' | 'skip' | { readonly update: readonly string[] }
