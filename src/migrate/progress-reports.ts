import type { Row } from '../connection/connection.ts'

/** So much is done of so much; `total` is null where PostgreSQL does not know it. */
export type Amount = {
  readonly done: number
  readonly total: number | null
  readonly unit: 'blocks' | 'tuples' | 'lockers' | 'indexes' | 'bytes'
}

/** One of PostgreSQL's progress views, and what its columns say (https://www.postgresql.org/docs/current/progress-reporting.html). */
export type ProgressReport = {
  readonly view: string
  /** The major that brought it. */
  readonly since: number
  /** The statement, where the view has no column for it. */
  readonly command?: string
  /** The column with the index that is made. */
  readonly index?: string
  amount(row: Row): Amount | null
}

/** The views of 13 to 18. There is none for VALIDATE CONSTRAINT, SET NOT NULL, a rewriting ALTER TABLE, or REFRESH. */
export const reports: readonly ProgressReport[] = [
  {
    // The same view has REINDEX, and the index of a key constraint.
    view: 'pg_stat_progress_create_index',
    since: 13,
    index: 'index_relid',
    amount(row) {
      // The counts of a phase that is over stay until another one uses them.
      if (String(row['phase']).startsWith('waiting'))
        return of(row, 'lockers', 'lockers_done', 'lockers_total')
      return (
        of(row, 'tuples', 'tuples_done', 'tuples_total') ?? of(row, 'blocks', 'blocks_done', 'blocks_total')
      )
    },
  },
  {
    view: 'pg_stat_progress_cluster',
    since: 13,
    amount(row) {
      if (row['phase'] === 'rebuilding index')
        return { done: number(row['index_rebuild_count']), total: null, unit: 'indexes' }
      return (
        of(row, 'blocks', 'heap_blks_scanned', 'heap_blks_total') ?? {
          done: number(row['heap_tuples_scanned']),
          total: null,
          unit: 'tuples',
        }
      )
    },
  },
  {
    view: 'pg_stat_progress_vacuum',
    since: 13,
    command: 'VACUUM',
    amount(row) {
      if (row['phase'] === 'vacuuming heap') return of(row, 'blocks', 'heap_blks_vacuumed', 'heap_blks_total')
      if (row['phase'] === 'scanning heap') return of(row, 'blocks', 'heap_blks_scanned', 'heap_blks_total')
      // From 17 on.
      return of(row, 'indexes', 'indexes_processed', 'indexes_total')
    },
  },
  {
    view: 'pg_stat_progress_analyze',
    since: 13,
    command: 'ANALYZE',
    amount: (row) => of(row, 'blocks', 'sample_blks_scanned', 'sample_blks_total'),
  },
  {
    view: 'pg_stat_progress_copy',
    since: 14,
    amount: (row) =>
      of(row, 'bytes', 'bytes_processed', 'bytes_total') ?? {
        done: number(row['tuples_processed']),
        total: null,
        unit: 'tuples',
      },
  },
]

/** Null where the view does not count that just now. */
function of(row: Row, unit: Amount['unit'], done: string, total: string): Amount | null {
  const whole = number(row[total])
  return whole > 0 ? { done: Math.min(number(row[done]), whole), total: whole, unit } : null
}

function number(value: unknown): number {
  return Number(value ?? 0)
}
