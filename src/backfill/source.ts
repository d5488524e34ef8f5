import type { Connection } from '../connection/connection.ts'
import type { BackfillPlan } from '../operations/backfill-plan.ts'
import { findKey, type KeyColumn } from './key.ts'
import { type PageReader, readLockedPage, readPage } from './page.ts'
import { queryKey, readQueryPage } from './query.ts'
import { type Cut, cutRanges } from './range.ts'
import { streamReader } from './stream.ts'

/** Where the rows come from; the rest of the room does not ask from where. */
export type Source = {
  /** The columns along which it is walked; none where its rows come in an order of their own. */
  key(connection: Connection): Promise<readonly KeyColumn[]>
  /** Where its ranges end. */
  cut(connection: Connection, key: readonly KeyColumn[], rangeRows: number): Promise<Cut>
  /** A new reader, which has read nothing ahead. It reads in the transaction in which the batch is written. */
  reader(columns: readonly string[], strength: 'SHARE' | 'UPDATE'): PageReader
  /** A reader that locks nothing, for who only looks; absent where rows cannot be looked at anew when the backfill is done. */
  looker?(columns: readonly string[]): PageReader
  /** Whether it can be told of rows that were read ahead that they are still the same. */
  readonly versioned: boolean
}

export function sourceOf(plan: BackfillPlan): Source {
  const { from } = plan
  if (from === undefined)
    return {
      key: (connection) => findKey(connection, plan),
      cut: (connection, key, rangeRows) => cutRanges(connection, { plan, key, rangeRows }),
      reader: (columns, strength) => ({
        read: ({ connection, key, after, upper, rows }) =>
          readLockedPage(connection, { plan, key, after, upper, limit: rows }, columns, strength),
      }),
      looker: (columns) => ({
        read: ({ connection, key, after, upper, rows }) =>
          readPage(connection, { plan, key, after, upper, limit: rows }, columns),
      }),
      versioned: true,
    }
  if ('query' in from) {
    const reader: PageReader = {
      read: ({ connection, key, after, upper, rows }) =>
        readQueryPage(connection, { plan, key, after, upper, limit: rows }),
    }
    return {
      key: (connection) => queryKey(connection, plan, from),
      // A query has no sample of its pages, so it is one range.
      cut: (connection, key) => cutRanges(connection, { plan, key, rangeRows: Number.POSITIVE_INFINITY }),
      reader: () => reader,
      looker: () => reader,
      versioned: false,
    }
  }
  return {
    key: async () => [],
    cut: async () => ({ uppers: [null], estimate: 0 }),
    reader: () => streamReader(plan, from),
    versioned: false,
  }
}
