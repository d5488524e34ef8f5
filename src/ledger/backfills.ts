import { isHeld, lockKey } from '../connection/advisory-lock.ts'
import type { Connection, Row } from '../connection/connection.ts'
import { leaseName } from '../connection/lease.ts'
import type { BackfillTouches } from '../operations/backfill-plan.ts'
import { literal } from '../sql/literal.ts'
import { rangeLock } from './range-lock.ts'
import { timestamp } from './state.ts'
import { ledgerFormat, ledgerTable, readFormat } from './tables.ts'

/** How a backfill stands. */
export type BackfillStatus = {
  readonly run: string
  readonly stage: number
  readonly revision: string
  readonly direction: 'upgrade' | 'downgrade'
  readonly title: string
  /** It is of the upgrade by which its revision is applied, or is being applied. */
  readonly current: boolean
  /** Rows of it are still to be done: by the run that has it, or by workers. */
  readonly open: boolean
  /** `waiting`: it runs, and does not go on just now; `stopped`: nobody works at it. */
  readonly state: 'running' | 'waiting' | 'paused' | 'cancelled' | 'stopped' | 'done'
  /** Why it waits; null where it does not. */
  readonly waitsFor: string | null
  readonly scanned: number
  readonly written: number
  /** PostgreSQL's own estimate of the rows when it began; null for one that a script began. */
  readonly estimated: number | null
  /** Rows that were set aside. */
  readonly failed: number
  readonly batches: number
  readonly ranges: { readonly done: number; readonly all: number }
  /** Sessions that have one of its ranges just now, in whatever process. */
  readonly workers: number
  /** The revision is recorded without it: workers finish it. */
  readonly detached: boolean
  /** Tables and columns that must not be relied on, or taken away, before it is finished. */
  readonly touches: BackfillTouches
  /**
   * Rows a second of working time: what its sessions did in the batches' own time, times the sessions at work just now. What was waited,
   * paused, or left alone does not count. 0 where nothing is known yet.
   */
  readonly rate: number
  /** Milliseconds that a batch should take, where the operator has said so. */
  readonly batchMilliseconds: number | null
  readonly updatedAt: Date | null
  /** It was begun, worked at or ended in the last day. */
  readonly recent: boolean
  /** Of the revision's file when it was begun or done. */
  readonly checksum: string | null
}

/** All backfills that the ledger knows, the latest first. */
export async function listBackfills(
  connection: Connection,
  schema: string,
): Promise<readonly BackfillStatus[]> {
  const format = await readFormat(connection, schema)
  // A ledger older than that has no place for what is asked here; the next run brings it up to date.
  return format < formatWithDetached ? [] : knownBackfills(connection, schema, format)
}

/** The first format that knows what is detached, and which ranges are done. */
const formatWithDetached = 4
/** The first one that has the time of the batches. */
const formatWithTime = 6

/** The same of a ledger whose format is known. */
async function knownBackfills(
  connection: Connection,
  schema: string,
  format: number,
): Promise<readonly BackfillStatus[]> {
  const worked = format < formatWithTime ? 'NULL::bigint' : 'worked_milliseconds'
  const table = (name: Parameters<typeof ledgerTable>[1]) => ledgerTable(schema, name)
  const [result] = await connection.run(`
    SELECT b.run, b.stage, run.revision, run.direction, run.direction = 'upgrade' AND (run.status <> 'done' OR EXISTS (
        SELECT 1 FROM ${table('revision')} applied WHERE applied.run = run.id)) AS current, coalesce(nullif(b.title, ''), stage.title) AS title, b.wanted, b.waits_for, b.target_milliseconds,
      b.rows_estimated, stage.status AS stage_status, run.status AS run_status, run.checksum, r.*,
      (SELECT count(*) FROM ${table('backfill_failure')} f WHERE f.run = b.run AND f.stage = b.stage) AS failed,
      b.detached, b.touches, (SELECT count(DISTINCT l.pid) FROM ${table('backfill_range')} g JOIN pg_locks l ON ${isHeld(rangeLock(schema))}
        WHERE g.run = b.run AND g.stage = b.stage AND NOT g.done) AS workers,
      EXISTS (SELECT FROM pg_locks l WHERE ${isHeld(lockKey(leaseName(schema)))}) AS leased,
      r.timed * 1000.0 / nullif(r.worked, 0) AS session_rate,
      greatest(stage.started_at, stage.finished_at, r.updated_at) > now() - interval '1 day' AS recent
    FROM ${table('backfill')} b JOIN ${table('run')} run ON run.id = b.run
    JOIN ${table('stage')} stage ON stage.run = b.run AND stage.ordinal = b.stage
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(rows_scanned), 0) AS scanned, coalesce(sum(rows_written), 0) AS written, coalesce(sum(batches), 0) AS batches,
        sum(rows_scanned) FILTER (WHERE ${worked} IS NOT NULL) AS timed, sum(${worked}) AS worked,
        count(*) FILTER (WHERE done) AS ranges_done, count(*) AS ranges, max(updated_at) AS updated_at
      FROM ${table('backfill_range')} g WHERE g.run = b.run AND g.stage = b.stage
    ) r ORDER BY b.run DESC, b.stage DESC`)
  return (result?.rows ?? []).map(backfillStatus)
}

/** The backfills that applied revisions were recorded without, and of which rows are left; of a ledger that is up to date. */
export async function unfinishedBackfills(
  connection: Connection,
  schema: string,
): Promise<readonly BackfillStatus[]> {
  // Asked at each upgrade, where nearly always there are none: planning the long query takes longer than all else.
  const [result] = await connection.run(
    `SELECT EXISTS (SELECT FROM ${ledgerTable(schema, 'backfill')} WHERE detached) AS any`,
  )
  if (result?.rows[0]?.['any'] !== true) return []
  return unfinishedOf(await knownBackfills(connection, schema, ledgerFormat))
}

/** Those of them that a revision was recorded without, and of which rows are left. */
export function unfinishedOf(backfills: readonly BackfillStatus[]): readonly BackfillStatus[] {
  return backfills.filter(({ detached, open }) => detached && open)
}

/** Writes what the operator wants of a backfill. */
export function backfillControl(
  schema: string,
  { run, stage }: Pick<BackfillStatus, 'run' | 'stage'>,
  change: { readonly wanted: 'run' | 'pause' | 'cancel' } | { readonly targetMilliseconds: number },
): string {
  const set =
    'wanted' in change
      ? `wanted = ${literal(change.wanted)}`
      : `target_milliseconds = ${Math.max(1, Math.round(change.targetMilliseconds))}`
  return `UPDATE ${ledgerTable(schema, 'backfill')} SET ${set} WHERE run = ${run} AND stage = ${stage}`
}

function backfillStatus(row: Row): BackfillStatus {
  const current = row['current'] === true
  const state = stateOf(row)
  const text = (name: string) => (row[name] === null ? null : String(row[name]))
  return {
    run: String(row['run']),
    stage: Number(row['stage']),
    revision: String(row['revision']),
    direction: row['direction'] as BackfillStatus['direction'],
    title: String(row['title']),
    current,
    open: state !== 'done' && (current || row['run_status'] !== 'done'),
    state,
    waitsFor: text('waits_for'),
    scanned: Number(row['scanned']),
    written: Number(row['written']),
    estimated: row['rows_estimated'] === null ? null : Number(row['rows_estimated']),
    failed: Number(row['failed']),
    batches: Number(row['batches']),
    ranges: { done: Number(row['ranges_done']), all: Number(row['ranges']) },
    workers: Number(row['workers']),
    detached: row['detached'] === true,
    touches: (row['touches'] ?? []) as BackfillTouches,
    rate: Math.round(Number(row['session_rate'] ?? 0) * Math.max(1, Number(row['workers']))),
    batchMilliseconds: row['target_milliseconds'] === null ? null : Number(row['target_milliseconds']),
    checksum: text('checksum'),
    updatedAt: row['updated_at'] === null ? null : timestamp(row['updated_at']),
    recent: row['recent'] === true,
  }
}

function stateOf(row: Row): BackfillStatus['state'] {
  const detached = row['detached'] === true
  const done = detached ? row['ranges_done'] === row['ranges'] : row['stage_status'] === 'done'
  if (done) return 'done'
  if (row['wanted'] === 'cancel') return 'cancelled'
  // A run that was killed could not write down that it is over; then nobody has a range, nor the lease.
  const atWork = Number(row['workers']) > 0 || (row['leased'] === true && !detached)
  const stopped = detached ? !atWork : row['run_status'] !== 'running' || !atWork
  if (stopped) return row['wanted'] === 'pause' ? 'paused' : 'stopped'
  if (row['wanted'] === 'pause') return 'paused'
  return row['waits_for'] === null ? 'running' : 'waiting'
}
