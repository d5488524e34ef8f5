import type { Connection, Row } from '../connection/connection.ts'
import { conflicts } from './lock-conflicts.ts'

/** Who keeps a statement of ours from a lock: a session, or a prepared transaction, which has none. */
export type Blocker = {
  /** Null for a prepared transaction. */
  readonly processId: number | null
  /** The name by which COMMIT PREPARED and ROLLBACK PREPARED know it; null for a session. */
  readonly preparedAs: string | null
  readonly user: string | null
  readonly application: string | null
  readonly state: string | null
  /** Seconds since its transaction began; null where our role may not see it, which takes `pg_read_all_stats`. */
  readonly seconds: number | null
  /** The beginning of what it runs, or ran last; null where our role may not see it. */
  readonly query: string | null
  /** `client backend`, `autovacuum worker` and the like; null where our role may not see it. */
  readonly backend: string | null
  /** It waits for a lock itself: it stands before us in the line, or behind somebody who is named too. */
  readonly waits: boolean
  /** Its transaction, by the name that pg_locks has for it: the next one of the same session is another blocker. */
  readonly transaction: string | null
}

/**
 * Whom a session waits for, and whom those wait for; nobody where it does not wait. pg_blocking_pids counts who holds a
 * lock and who stands before us in its line (https://www.postgresql.org/docs/current/functions-info.html), and gives 0
 * for prepared transactions, which are then found by the lock.
 */
function blockersSql(processId: number): string {
  return `WITH RECURSIVE chain (pid) AS (
  SELECT unnest(pg_blocking_pids(${processId}))
  UNION
  SELECT unnest(pg_blocking_pids(pid)) FROM chain WHERE pid <> 0
)
SELECT ${sessionColumns} FROM pg_stat_activity a WHERE pid IN (SELECT pid FROM chain WHERE pid <> pg_backend_pid() AND pid <> ${processId})
UNION ALL
SELECT ${preparedColumns} FROM pg_prepared_xacts x WHERE transaction IN (
  SELECT own.transactionid FROM pg_locks wanted
  JOIN pg_locks held ON held.pid IS NULL AND held.granted AND ${sameObject('held', 'wanted')}
    AND (wanted.locktype <> 'relation' OR held.mode IN (SELECT held_mode FROM (VALUES ${conflictRows()}) conflict (wanted_mode, held_mode) WHERE wanted_mode = wanted.mode))
  JOIN pg_locks own ON own.pid IS NULL AND own.locktype = 'transactionid' AND own.virtualtransaction = held.virtualtransaction
  WHERE NOT wanted.granted AND EXISTS (SELECT FROM chain WHERE pid = 0)
    AND (wanted.pid = ${processId} OR wanted.pid IN (SELECT pid FROM chain)))
ORDER BY waits, seconds DESC NULLS LAST`
}

/** What is read of a session that is called `a`. */
export const sessionColumns = `pid, NULL AS prepared_as, usename::text AS "user", application_name AS application, state,
  extract(epoch FROM clock_timestamp() - xact_start)::float AS seconds,
  CASE WHEN backend_type IS NOT NULL THEN left(query, 200) END AS query, backend_type AS backend,
  EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND NOT l.granted) AS waits,
  (SELECT min(virtualtransaction) FROM pg_locks l WHERE l.pid = a.pid) AS transaction`

const preparedColumns = `NULL, gid, owner::text, NULL, 'prepared', extract(epoch FROM clock_timestamp() - prepared)::float,
  NULL, NULL, false, transaction::text`

/** The rows of a query for blockers. */
export function blockersOf(rows: readonly Row[]): readonly Blocker[] {
  return rows.map((row) => ({
    processId: row['pid'] === null ? null : Number(row['pid']),
    preparedAs: row['prepared_as'] as string | null,
    user: row['user'] as string | null,
    application: row['application'] as string | null,
    state: row['state'] as string | null,
    seconds: row['seconds'] === null ? null : Math.round(Number(row['seconds'])),
    query: row['query'] as string | null,
    backend: row['backend'] as string | null,
    waits: row['waits'] === true,
    transaction: row['transaction'] as string | null,
  }))
}

/** Whether a session waits for anybody: a fraction of what it costs to find out for whom. */
export function waitsSql(processId: number): string {
  return `SELECT pg_blocking_pids(${processId}) <> '{}' AS waits`
}

/** Whom a session waits for, seen from another one. */
export async function findBlockers(observer: Connection, processId: number): Promise<readonly Blocker[]> {
  const results = await observer.run(blockersSql(processId))
  return blockersOf(results.at(-1)?.rows ?? [])
}

/** What tells a blocker from every other one, those of the same session included. */
export function identityOf({ processId, preparedAs, transaction }: Blocker): string {
  return JSON.stringify([processId, preparedAs, transaction])
}

function sameObject(one: string, other: string): string {
  return [
    'locktype',
    'database',
    'relation',
    'page',
    'tuple',
    'virtualxid',
    'transactionid',
    'classid',
    'objid',
    'objsubid',
  ]
    .map((column) => `${one}.${column} IS NOT DISTINCT FROM ${other}.${column}`)
    .join(' AND ')
}

function conflictRows(): string {
  return conflicts.map(([wanted, held]) => `('${wanted}Lock', '${held}Lock')`).join(', ')
}
