import type { Row } from '../connection/connection.ts'
import { type Amount, reports } from './progress-reports.ts'

/** How far a statement is, as far as PostgreSQL tells. */
export type StatementProgress = {
  /** PostgreSQL's word for it: `CREATE INDEX CONCURRENTLY`; null where it tells nothing of such a statement. */
  readonly command: string | null
  /** The table that it works at, or the largest that it has locked. */
  readonly relation: string | null
  /** The index that is made, where it is known already. */
  readonly index: string | null
  /** In PostgreSQL's words: `building index: scanning table`. */
  readonly phase: string | null
  /** What is done of this phase; a command has several. */
  readonly amount: Amount | null
  /** Bytes of the table, by PostgreSQL's estimate, where it tells nothing else. */
  readonly bytes: number | null
  /** Seconds since it was sent. */
  readonly seconds: number
}

/** The query for what a session's statement is doing, on a server of that major; one row or none. */
export function progressSql(processId: number, major: number): string {
  const told = reports
    .filter(({ since }) => since <= major)
    .map(
      ({ view, index }) => `SELECT ${reports.findIndex((report) => report.view === view)} AS report,
  nullif(relid, 0)::regclass::text AS relation, ${index === undefined ? 'NULL' : `nullif(${index}, 0)::regclass::text`} AS index,
  to_jsonb(p) AS row, NULL::bigint AS bytes FROM ${view} p WHERE pid = ${processId}`,
    )
  return `${told.join('\nUNION ALL\n')}\nUNION ALL\n(${lockedSql(processId)})\nORDER BY report NULLS LAST LIMIT 1`
}

/** What PostgreSQL tells nothing of, VALIDATE and rewrites among them, holds at least its tables. */
function lockedSql(processId: number): string {
  return `SELECT NULL, c.oid::regclass::text, NULL, NULL, CASE WHEN relpages > 0 THEN relpages::bigint * current_setting('block_size')::bigint END
  FROM pg_locks JOIN pg_class c ON c.oid = relation
  WHERE pid = ${processId} AND granted AND locktype = 'relation' AND relkind IN ('r', 'p', 'm')
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND mode NOT IN ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock')
  ORDER BY relpages DESC LIMIT 1`
}

/** What the query has found. */
export function progressOf(row: Row | undefined, seconds: number): StatementProgress {
  const nothing = {
    command: null,
    relation: null,
    index: null,
    phase: null,
    amount: null,
    bytes: null,
    seconds,
  }
  if (row === undefined) return nothing
  const relation = row['relation'] as string | null
  const report = row['report'] === null ? undefined : reports[Number(row['report'])]
  if (report === undefined)
    return { ...nothing, relation, bytes: row['bytes'] === null ? null : Number(row['bytes']) }
  const told = row['row'] as Row
  return {
    ...nothing,
    command: report.command ?? String(told['command']),
    relation,
    index: row['index'] as string | null,
    phase: (told['phase'] as string | undefined) ?? null,
    amount: report.amount(told),
  }
}
