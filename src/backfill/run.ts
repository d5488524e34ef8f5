import type { Connection } from '../connection/connection.ts'
import { leaseName } from '../connection/lease.ts'
import { type LockPatience, type Retry, retryTransient } from '../connection/retry.ts'
import type { LedgerWriter } from '../ledger/record.ts'
import type { BackfillPlan } from '../operations/backfill-plan.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { literal, quoteLiteral } from '../sql/literal.ts'
import { inlineSql } from '../sql/tag.ts'
import type { Batch, BatchDone, BatchWorker } from './batch.ts'
import { clearance } from './clearance.ts'
import { isAboutRow, isTimeout, setRowAside } from './failed-rows.ts'
import { formOf } from './form.ts'
import {
  findKey,
  type KeyColumn,
  type KeyPosition,
  keyExpression,
  keyOrder,
  keyTexts,
  positionExpression,
} from './key.ts'
import { nextBatch } from './pace.ts'
import { cutRanges, type Range } from './range.ts'
import { furtherSessions } from './sessions.ts'
import type { BackfillSettings } from './settings.ts'
import { throttleWatch } from './throttle.ts'

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
  readonly settings: BackfillSettings
  readonly patience: LockPatience
  /** Stops at the end of the batch that is under way. */
  readonly signal: AbortSignal | undefined
  onProgress(progress: BackfillProgress): void
  onRetry(retry: Retry): void
  /** Told why it waits, and with null that it goes on. */
  onWait(reason: string | null): void
}

/** Runs a backfill from its checkpoints, or from the start, to its end: range after range, on as many sessions as it may have. */
export async function runBackfill(options: BackfillRun): Promise<BackfillProgress> {
  const { connection, plan } = options
  await connection.run(batchSettings(options))
  try {
    return await walkRanges(options)
  } finally {
    // Where the connection is gone, so are its settings, and the error that is on its way is the one to tell.
    await connection
      .run(
        [
          'RESET lock_timeout',
          'SET statement_timeout = 0',
          ...ownSettings(plan).map(([name]) => `RESET ${name}`),
        ].join(';\n'),
      )
      .catch(() => {})
  }
}

async function walkRanges(options: BackfillRun): Promise<BackfillProgress> {
  const { connection, plan, ledger, signal } = options
  const key = await findKey(connection, plan)
  const state = (await readState(options)) ?? (await begin(options, key))
  const ranges = state.ranges.filter(({ cursor, upper }) => !samePosition(cursor, upper))
  const sessions = (await isTemporary(options)) ? 1 : Math.min(plan.sessions, ranges.length)
  const further = await furtherSessions(connection, {
    count: sessions - 1,
    lease: leaseName(ledger.schema),
  })
  const onWait = onceForAll(options.onWait)
  // A setting of one's own is in no catalog from which it could be taken over.
  for (const session of further) await session.run(batchSettings(options))
  let progress = state.progress
  try {
    await walkTogether([connection, ...further], ranges, signal, (session, range, stop) =>
      walk({ ...options, onWait, connection: session, signal: stop }, key, range, (batch) => {
        progress = addBatch(progress, batch)
        options.onProgress(progress)
      }),
    )
  } finally {
    for (const session of further) await session.close()
  }
  return progress
}

/** What each session of a backfill is told. A batch that waits too long for its rows is split; one that reads far for a few is not. */
function batchSettings({ patience, settings, plan }: BackfillRun): string {
  const timeout = formOf(plan).takesWhere ? 0 : longestBatch(settings.pace.targetMilliseconds)
  return [
    `SET lock_timeout = ${patience.lockTimeout}`,
    `SET statement_timeout = ${timeout}`,
    ...ownSettings(plan).map(([name, value]) => `SET ${name} = ${quoteLiteral(value)}`),
  ].join(';\n')
}

function ownSettings({ settings = {} }: BackfillPlan): readonly (readonly [string, string])[] {
  return [['limbeck.backfill', 'on'], ...Object.entries(settings)]
}

/** Several sessions wait for the same reason: it is told once. */
function onceForAll(tell: BackfillRun['onWait']): BackfillRun['onWait'] {
  let told: string | null = null
  return (reason) => {
    if (reason !== told) tell(reason)
    told = reason
  }
}

/** A temporary table is there for its own session alone. */
async function isTemporary({ connection, plan }: BackfillRun): Promise<boolean> {
  const tables = [plan, ...formOf(plan).targets]
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

/** Milliseconds after which a batch that has not come to its end is ended, to be split. */
function longestBatch(targetMilliseconds: number): number {
  return Math.max(5_000, 20 * targetMilliseconds)
}

/** One batch of a range after the other. A batch that timed out, or in which a row failed, is tried again by halves. */
async function walk(
  options: BackfillRun,
  key: readonly KeyColumn[],
  range: Range,
  onBatch: (batch: BatchDone & { readonly milliseconds: number }) => void,
): Promise<void> {
  const { connection, plan, settings, signal } = options
  const clear = clearance({
    ...options,
    title: plan.title,
    pace: settings.pace,
    watch: throttleWatch(connection, settings.throttle, `${quoteLiteral(tableOf(plan))}::regclass`),
  })
  let work = formOf(plan).worker()
  let after = range.cursor ?? range.lower
  let rows = settings.pace.firstBatch
  for (;;) {
    signal?.throwIfAborted()
    const pace = await clear()
    const began = performance.now()
    const batch: Batch = {
      connection,
      key,
      after,
      upper: range.upper,
      rows,
      checkpoint: checkpoint(options, range),
    }
    const outcome = await settle(options, batch, work)
    if (outcome === null) return
    if (outcome === 'split') {
      // What was read ahead was read for larger batches.
      work = formOf(plan).worker()
      rows = Math.max(1, Math.floor(rows / 2))
      continue
    }
    const milliseconds = performance.now() - began
    after = outcome.last
    onBatch({ ...outcome, milliseconds })
    rows = nextBatch(pace, rows, milliseconds)
  }
}

/** A batch done; or what is to be done about one that failed: split it, set its one row aside, or throw. */
async function settle(
  options: BackfillRun,
  batch: Batch,
  work: BatchWorker,
): Promise<BatchDone | 'split' | null> {
  const { plan } = options
  try {
    return await retryTransient(() => settled(batch, work), options)
  } catch (error) {
    const bearable = isTimeout(error) || (plan.failedRows > 0 && isAboutRow(error))
    if (bearable && batch.rows > 1) return 'split'
    if (!bearable || isTimeout(error)) throw error
    const key = await nextKey(batch, plan)
    return setRowAside({ ...options, title: plan.title, limit: plan.failedRows, batch, key, cause: error })
  }
}

/** The key of the first row that a batch takes. */
async function nextKey({ connection, key, after, upper }: Batch, plan: BackfillPlan): Promise<KeyPosition> {
  const where = plan.where === undefined || !formOf(plan).takesWhere ? [] : [`(${inlineSql(plan.where)})`]
  const behind =
    after === null ? [] : [`${keyExpression(key)} > ${positionExpression(key, after, quoteLiteral)}`]
  const [found] = await connection.run(
    `SELECT to_json(${keyTexts(key)}) AS key FROM ${tableOf(plan)} WHERE ${[...behind, ...where, 'true'].join(' AND ')} ORDER BY ${keyOrder(key)} LIMIT 1`,
  )
  return (found?.rows[0]?.['key'] as KeyPosition | undefined) ?? upper
}

function tableOf(plan: BackfillPlan): string {
  return qualifiedName({ ...plan, name: plan.table })
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
  const { connection, ledger, run, stage, plan, settings } = options
  const { uppers, estimate } = await cutRanges(connection, { plan, key, rangeRows: settings.rangeRows })
  const names = key.map(({ name }) => name)
  await connection.run(ledger.backfillBegun(run, stage, { title: plan.title, key: names, uppers, estimate }))
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
