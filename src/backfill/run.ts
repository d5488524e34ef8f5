import type { Connection } from '../connection/connection.ts'
import { type LockPatience, type Retry, retryTransient } from '../connection/retry.ts'
import type { LedgerWriter } from '../ledger/record.ts'
import type { BackfillPlan } from '../operations/backfill-plan.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import { inlineSql } from '../sql/tag.ts'
import type { Batch, BatchWorker } from './batch.ts'
import { findKey, type KeyColumn, type KeyPosition, keyOrder, keyTexts } from './key.ts'
import { nextBatch, type Pace } from './pace.ts'
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
  readonly pace: Pace
  readonly patience: LockPatience
  /** Stops at the end of the batch that is under way. */
  readonly signal: AbortSignal | undefined
  onProgress(progress: BackfillProgress): void
  onRetry(retry: Retry): void
}

/** Runs a backfill from its checkpoint, or from the start, to its end. */
export async function runBackfill(options: BackfillRun): Promise<BackfillProgress> {
  const { connection, patience } = options
  const settings = `SET lock_timeout = ${patience.lockTimeout}; SET limbeck.backfill = 'on'`
  await connection.run(settings)
  const state = (await readState(options)) ?? (await begin(options))
  const progress = await walk(options, state)
  await connection.run('RESET lock_timeout; RESET limbeck.backfill')
  return progress
}

type State = {
  readonly key: readonly KeyColumn[]
  readonly upper: KeyPosition | null
  readonly cursor: KeyPosition | null
  readonly progress: BackfillProgress
}

async function walk(
  options: BackfillRun,
  { key, upper, cursor, progress: start }: State,
): Promise<BackfillProgress> {
  let progress = start
  if (upper === null) return progress
  const work = worker(options.plan)
  let after = cursor
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
      checkpoint: checkpoint(options),
    }
    const done = await retryTransient(() => settled(batch, work), options)
    if (done === null) return progress
    const milliseconds = performance.now() - began
    after = done.last
    progress = {
      ...progress,
      scanned: progress.scanned + done.scanned,
      written: progress.written + done.written,
      batches: progress.batches + 1,
      batchRows: done.scanned,
      batchMilliseconds: milliseconds,
    }
    options.onProgress(progress)
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

function checkpoint({ ledger, run, stage }: BackfillRun): Batch['checkpoint'] {
  const { table, where } = ledger.backfillRow(run, stage)
  return ({ last, scanned, written }) =>
    `UPDATE ${table} SET cursor = ${literal(last)}::text[], rows_scanned = rows_scanned + ${scanned},
      rows_written = rows_written + ${written}, batches = batches + 1, updated_at = clock_timestamp() WHERE ${where}`
}

async function readState({ connection, ledger, run, stage, plan }: BackfillRun): Promise<State | null> {
  const [result] = await connection.run(ledger.backfillState(run, stage))
  const row = result?.rows[0]
  if (row === undefined) return null
  const key = await findKey(connection, plan)
  return {
    key,
    upper: row['upper'] as KeyPosition | null,
    cursor: row['cursor'] as KeyPosition | null,
    progress: {
      title: plan.title,
      scanned: Number(row['rows_scanned']),
      written: Number(row['rows_written']),
      estimated: Number(row['rows_estimated']),
      batches: Number(row['batches']),
      batchRows: 0,
      batchMilliseconds: 0,
    },
  }
}

/** Fixes the upper end: rows that come later are the business of a default or a trigger. */
async function begin(options: BackfillRun): Promise<State> {
  const { connection, ledger, run, stage, plan } = options
  const table = qualifiedName({ ...plan, name: plan.table })
  const key = await findKey(connection, plan)
  const [upper, explained] = await connection.run(`
    SELECT to_json(${keyTexts(key)}) AS upper FROM ${table} ORDER BY ${keyOrder(key, 'DESC')} LIMIT 1;
    EXPLAIN (FORMAT JSON) SELECT FROM ${table}${counted(plan)}`)
  const end = (upper?.rows[0]?.['upper'] as KeyPosition | undefined) ?? null
  const estimated = estimatedRows(explained?.rows[0]?.['QUERY PLAN'])
  const names = key.map((column) => column.name)
  await connection.run(ledger.backfillBegun(run, stage, names, end, estimated))
  const progress = {
    title: plan.title,
    scanned: 0,
    written: 0,
    estimated,
    batches: 0,
    batchRows: 0,
    batchMilliseconds: 0,
  }
  return { key, upper: end, cursor: null, progress }
}

/** A transform is counted in rows that it is given, an update in rows that it passes. */
function counted(plan: BackfillPlan): string {
  return plan.work.type === 'set' || plan.where === undefined ? '' : ` WHERE ${inlineSql(plan.where)}`
}

function estimatedRows(plan: unknown): number {
  const [root] = (plan ?? []) as readonly { readonly Plan?: { readonly 'Plan Rows'?: number } }[]
  return root?.Plan?.['Plan Rows'] ?? 0
}
