import { setTimeout } from 'node:timers/promises'
import type { Connection, Row } from '../connection/connection.ts'
import { inlineSql, isSql, rawSql, type Sql } from '../sql/tag.ts'

/**
 * A measure and two thresholds: from `wait` on the backfill waits between two batches until the measure is below it again;
 * from `stop` on it stops there, and the run ends with the reason.
 */
export type Threshold = { readonly wait: number; readonly stop?: number }

/** A measure of the project's own: SQL that gives one number, or a function. */
export type OwnSignal = Threshold & { readonly name: string } & (
    | { readonly sql: string | Sql }
    | { readonly measure: () => number | Promise<number> }
  )

/** What a backfill looks at between its batches. What is not named is not looked at, but for `waitingSessions`. */
export type Throttle = {
  /** Sessions that wait for a lock that this one holds. Default: `{ wait: 1 }`. */
  readonly waitingSessions?: Threshold
  /** Seconds that the slowest replica is behind in replaying (pg_stat_replication). One that was there and is gone counts as lost. */
  readonly replicaLag?: Threshold
  /** Bytes of WAL that the server keeps for the replication slot that is furthest behind. */
  readonly slotLag?: Threshold
  /** Bytes of WAL a second, by everybody. */
  readonly walRate?: Threshold
  /** WAL files that wait to be archived. */
  readonly archiveQueue?: Threshold
  /** Vacuums that are at work on the backfill's table: `{ wait: 1 }` lets them finish first. */
  readonly vacuums?: Threshold
  /** Sessions that are busy with a query, this one not counted. */
  readonly activeSessions?: Threshold
  /** Transactions since the oldest snapshot that some session holds: nothing younger can be vacuumed. */
  readonly oldestSnapshot?: Threshold
  readonly own?: readonly OwnSignal[]
}

export const defaultThrottle: Throttle = { waitingSessions: { wait: 1 } }

/** Why a backfill waits or stops, in words and as facts. */
export type Verdict = {
  readonly action: 'wait' | 'stop'
  readonly signal: string
  /** Null where the measure could not be had: a signal that is lost means wait. */
  readonly value: number | null
  readonly reason: string
}

type Measure = { readonly words: string; readonly sql: (table: string) => string }

/** Each gives one number, on every version from 13 on. */
const measures: { readonly [Name in Exclude<keyof Throttle, 'own'>]-?: Measure } = {
  waitingSessions: {
    words: 'sessions wait for this one',
    sql: () =>
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND pg_backend_pid() = ANY (pg_blocking_pids(pid))",
  },
  replicaLag: {
    words: 'seconds of replica lag',
    sql: () => 'SELECT coalesce(max(extract(epoch FROM replay_lag)), 0) FROM pg_stat_replication',
  },
  slotLag: {
    words: 'bytes kept for a replication slot',
    sql: () =>
      'SELECT coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)), 0) FROM pg_replication_slots WHERE NOT temporary',
  },
  walRate: {
    words: 'bytes of WAL a second',
    sql: () => "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')",
  },
  archiveQueue: {
    words: 'WAL files wait to be archived',
    sql: () => "SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'",
  },
  vacuums: {
    words: 'vacuums on the table',
    sql: (table) => `SELECT count(*) FROM pg_stat_progress_vacuum WHERE relid = ${table}`,
  },
  activeSessions: {
    words: 'sessions are busy',
    sql: () =>
      "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
  },
  oldestSnapshot: {
    words: 'transactions since the oldest snapshot',
    sql: () =>
      'SELECT coalesce(max(age(backend_xmin)), 0) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_xmin IS NOT NULL',
  },
}

const replicas = 'SELECT count(*) FROM pg_stat_replication'

/** Looks at the signals, and says why the backfill should wait or stop; null where it may go on. */
export type Watch = () => Promise<Verdict | null>

/** A watch over one backfill's signals. `table` is an expression that gives the table's regclass. */
export function throttleWatch(connection: Connection, throttle: Throttle, table: string): Watch {
  const named = Object.entries(measures).flatMap(([name, measure]) => {
    const threshold = throttle[name as keyof typeof measures]
    return threshold === undefined ? [] : [{ name, ...measure, threshold }]
  })
  const own = throttle.own ?? []
  let wal: { readonly bytes: number; readonly at: number } | null = null
  let most = 0

  const readNamed = async (): Promise<ReadonlyMap<string, number | null>> => {
    const columns = named.map(({ name, sql }) => `(${sql(table)})::float AS "${name}"`)
    const [result] = await connection.run(
      `SELECT ${[...columns, `(${replicas})::int AS "replicas"`].join(', ')}`,
    )
    const row: Row = result?.rows[0] ?? {}
    const values = new Map(named.map(({ name }) => [name, number(row[name])]))
    const bytes = values.get('walRate') ?? null
    if (bytes !== null) {
      const now = performance.now()
      values.set('walRate', wal === null ? 0 : ((bytes - wal.bytes) * 1000) / Math.max(1, now - wal.at))
      wal = { bytes, at: now }
    }
    const there = number(row['replicas']) ?? 0
    if (there < most) values.set('replicaLag', null)
    most = Math.max(most, there)
    return values
  }

  return async () => {
    const verdicts: Verdict[] = []
    if (named.length > 0) {
      const values = await attempt(readNamed)
      for (const { name, words, threshold } of named) {
        const verdict = judge(name, threshold, words, values === null ? null : (values.get(name) ?? null))
        if (verdict !== null) verdicts.push(verdict)
      }
    }
    for (const signal of own) {
      const value = await attempt(() => measureOwn(connection, signal))
      const verdict = judge(signal.name, signal, signal.name, value)
      if (verdict !== null) verdicts.push(verdict)
    }
    return verdicts.find(({ action }) => action === 'stop') ?? verdicts[0] ?? null
  }
}

/** Null where it failed: what cannot be seen is taken for the worst, not for the best. */
async function attempt<Answer>(look: () => Promise<Answer>): Promise<Answer | null> {
  return look().catch(() => null)
}

async function measureOwn(connection: Connection, signal: OwnSignal): Promise<number | null> {
  if ('measure' in signal) return signal.measure()
  const text = inlineSql(isSql(signal.sql) ? signal.sql : rawSql(signal.sql))
  const [result] = await connection.run(text)
  return number(Object.values(result?.rows[0] ?? {})[0])
}

function judge(
  signal: string,
  { wait, stop }: Threshold,
  words: string,
  value: number | null,
): Verdict | null {
  if (value === null) return { action: 'wait', signal, value, reason: `${words}: the measure cannot be had` }
  const said = `${words}: ${Number.isInteger(value) ? value : value.toFixed(1)}`
  if (stop !== undefined && value >= stop)
    return { action: 'stop', signal, value, reason: `${said}, which is ${stop} or more` }
  return value >= wait
    ? { action: 'wait', signal, value, reason: `${said}, until it is below ${wait}` }
    : null
}

function number(value: unknown): number | null {
  return value === null || value === undefined || !Number.isFinite(Number(value)) ? null : Number(value)
}

/** Milliseconds between two looks: at signals while a backfill works, and again while it waits. */
export const lookEvery = 250

/** A pause that an interruption ends. */
export async function pause(signal: AbortSignal | undefined): Promise<void> {
  await setTimeout(lookEvery, undefined, { signal }).catch(() => {})
}
