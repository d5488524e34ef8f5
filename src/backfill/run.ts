import type { Connection } from '../connection/connection.ts'
import { leaseName } from '../connection/lease.ts'
import { type LockPatience, type Retry, retryTransient } from '../connection/retry.ts'
import type { LedgerWriter } from '../ledger/record.ts'
import type { BackfillPlan } from '../operations/backfill-plan.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { literal, quoteLiteral } from '../sql/literal.ts'
import type { Batch, BatchDone, BatchWorker } from './batch.ts'
import { findKey, type KeyColumn, type KeyPosition } from './key.ts'
import { type BackfillPace, nextBatch } from './pace.ts'
import { cutRanges, type Range } from './range.ts'
import { furtherSessions } from './sessions.ts'
import { setWorker } from './set.ts'
import { transformWorker } from './transform.ts'

/** How far a backfill is. Rows are counted since its very first run, not since the last crash. */
export type BackfillProgress = {
  readonly title: string
  readonly scanned: number
  readonly written: number
  /** PostgreSQL's own estimate of the table's rows; never counted. */
  readonly estimated: number
  readonly batches: number
  /** Rows in the last batch, and milliseconds that it took. */
  readonly batchRows: number
  readonly batchMilliseconds: number
}

export type BackfillRun = {
  readonly connection: Connection
  readonly ledger: LedgerWriter
  readonly run: string
  readonly stage: number
  readonly plan: BackfillPlan
  readonly pace: BackfillPace
  readonly patience: LockPatience
  /** Stops at the end of the batch that is under way. */
  readonly signal: AbortSignal | undefined
  onProgress(progress: BackfillProgress): void
  onRetry(retry: Retry): void
}

/** Runs a backfill from its checkpoints, or from the start, to its end: range after range, on as many sessions as it may have. */
export async function runBackfill(options: BackfillRun): Promise<BackfillProgress> {
  const { connection, patience, plan } = options
  await connection.run(`SET lock_timeout = ${patience.lockTimeout}; SET limbeck.backfill = 'on'`)
  const key = await findKey(connection, plan)
  const state = (await readState(options)) ?? (await begin(options, key))
  const ranges = state.ranges.filter(({ cursor, upper }) => !samePosition(cursor, upper))
  const sessions = (await isTemporary(options)) ? 1 : Math.min(plan.sessions, ranges.length)
  const lease = leaseName(options.ledger.schema)
  const further = await furtherSessions(connection, { count: sessions - 1, lease })
  let progress = state.progress
  try {
    await walkTogether([connection, ...further], ranges, options.signal, (session, range, signal) =>
      walk({ ...options, connection: session, signal }, key, range, (batch) => {
        progress = addBatch(progress, batch)
        options.onProgress(progress)
      }),
    )
  } finally {
    for (const session of further) await session.close()
  }
  await connection.run('RESET lock_timeout; RESET limbeck.backfill')
  return progress
}

/** A temporary table is there for its own session alone. */
async function isTemporary({ connection, plan }: BackfillRun): Promise<boolean> {
  const tables = plan.work.type === 'transform' ? [plan, plan.work.into] : [plan]
  const names = tables.map((table) => quoteLiteral(qualifiedName({ ...table, name: table.table })))
  const [result] = await connection.run(
    `SELECT 1 FROM pg_class WHERE oid IN (${names.map((name) => `to_regclass(${name})`).join(', ')}) AND relpersistence = 't'`,
  )
  return (result?.rows.length ?? 0) > 0
}

/** Each session takes the next range until there is none. Where one fails, the others stop after their batch. */
async function walkTogether(
  sessions: readonly Connection[],
  ranges: readonly Range[],
  signal: AbortSignal | undefined,
  work: (session: Connection, range: Range, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const waiting = [...ranges]
  const stop = new AbortController()
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal])
  const walks = sessions.map(async (session) => {
    for (let range = waiting.shift(); range !== undefined; range = waiting.shift()) {
      await work(session, range, either).catch((error: unknown) => {
        stop.abort(error)
        throw error
      })
    }
  })
  await Promise.allSettled(walks)
  either.throwIfAborted()
}

/** One batch of a range after the other. */
async function walk(
  options: BackfillRun,
  key: readonly KeyColumn[],
  range: Range,
  onBatch: (batch: BatchDone & { readonly milliseconds: number }) => void,
): Promise<void> {
  const work = worker(options.plan)
  const { upper } = range
  let after = range.cursor ?? range.lower
  let rows = options.pace.firstBatch
  for (;;) {
    options.signal?.throwIfAborted()
    const began = performance.now()
    const batch: Batch = {
      connection: options.connection,
      key,
      after,
      upper,
      rows,
      checkpoint: checkpoint(options, range),
    }
    const done = await retryTransient(() => settled(batch, work), options)
    if (done === null) return
    const milliseconds = performance.now() - began
    after = done.last
    onBatch({ ...done, milliseconds })
    rows = nextBatch(options.pace, rows, milliseconds)
  }
}

/** A batch that failed leaves no transaction open behind it. */
async function settled(batch: Batch, work: BatchWorker) {
  try {
    return await work(batch)
  } catch (error) {
    if (batch.connection.transaction() !== 'idle') await batch.connection.run('ROLLBACK')
    throw error
  }
}

function worker(plan: BackfillPlan): BatchWorker {
  return plan.work.type === 'set' ? setWorker(plan, plan.work.set) : transformWorker(plan, plan.work)
}

function checkpoint({ ledger, run, stage }: BackfillRun, { ordinal }: Range): Batch['checkpoint'] {
  const { table, where } = ledger.backfillRange(run, stage, ordinal)
  return ({ last, scanned, written }) =>
    `UPDATE ${table} SET cursor = ${literal(last)}::text[], rows_scanned = rows_scanned + ${scanned},
      rows_written = rows_written + ${written}, batches = batches + 1, updated_at = clock_timestamp() WHERE ${where}`
}

type State = { readonly ranges: readonly Range[]; readonly progress: BackfillProgress }

async function readState({ connection, ledger, run, stage, plan }: BackfillRun): Promise<State | null> {
  const [result] = await connection.run(ledger.backfillState(run, stage))
  const rows = result?.rows ?? []
  const [first] = rows
  if (first === undefined) return null
  const ranges = rows.filter((row) => row['ordinal'] !== null)
  const sum = (column: string) => ranges.reduce((total, row) => total + Number(row[column]), 0)
  return {
    ranges: ranges.map((row) => ({
      ordinal: Number(row['ordinal']),
      lower: row['lower'] as KeyPosition | null,
      upper: row['upper'] as KeyPosition,
      cursor: row['cursor'] as KeyPosition | null,
    })),
    progress: {
      ...nothingDone(plan, Number(first['rows_estimated'])),
      scanned: sum('rows_scanned'),
      written: sum('rows_written'),
      batches: sum('batches'),
    },
  }
}

async function begin(options: BackfillRun, key: readonly KeyColumn[]): Promise<State> {
  const { connection, ledger, run, stage, plan, pace } = options
  const { uppers, estimate } = await cutRanges(connection, { plan, key, rangeRows: pace.rangeRows })
  const names = key.map(({ name }) => name)
  await connection.run(ledger.backfillBegun(run, stage, { key: names, uppers, estimate }))
  const ranges = uppers.map((upper, n) => ({
    ordinal: n + 1,
    lower: uppers[n - 1] ?? null,
    upper,
    cursor: null,
  }))
  return { ranges, progress: nothingDone(plan, estimate) }
}

function nothingDone({ title }: BackfillPlan, estimated: number): BackfillProgress {
  return { title, scanned: 0, written: 0, estimated, batches: 0, batchRows: 0, batchMilliseconds: 0 }
}

function addBatch(
  progress: BackfillProgress,
  { scanned, written, milliseconds }: BatchDone & { readonly milliseconds: number },
): BackfillProgress {
  return {
    ...progress,
    scanned: progress.scanned + scanned,
    written: progress.written + written,
    batches: progress.batches + 1,
    batchRows: scanned,
    batchMilliseconds: milliseconds,
  }
}

function samePosition(one: KeyPosition | null, other: KeyPosition): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
