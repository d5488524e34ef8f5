import { retryTransient } from '../connection/retry.ts'
import type { BackfillPlan } from '../operations/backfill-plan.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { literal, quoteLiteral } from '../sql/literal.ts'
import { inlineSql } from '../sql/tag.ts'
import type { BackfillRun } from './backfill-run.ts'
import type { Batch, BatchDone, BatchWorker } from './batch.ts'
import type { Claim } from './claim.ts'
import { clearance } from './clearance.ts'
import { isAboutRow, isTimeout, setRowAside } from './failed-rows.ts'
import { formOf } from './form.ts'
import {
  type KeyColumn,
  type KeyPosition,
  keyExpression,
  keyOrder,
  keyTexts,
  positionExpression,
} from './key.ts'
import { nextBatch } from './pace.ts'
import { relation, sourceTable } from './relation.ts'
import { throttleWatch } from './throttle.ts'
import { type WorkTime, workTime } from './work-time.ts'

/**
 * One batch of a claimed range after the other. A batch that timed out, or in which a row failed, is tried again by halves. Gives
 * the milliseconds of work that no checkpoint has told the ledger.
 */
export async function walk(
  options: BackfillRun,
  key: readonly KeyColumn[],
  { range, alive }: Claim,
  onBatch: (batch: BatchDone & { readonly milliseconds: number }) => void,
): Promise<number> {
  const { connection, plan, settings, signal } = options
  const time = workTime()
  const clear = clearance({
    ...options,
    title: plan.title,
    pace: settings.pace,
    watch: throttleWatch(connection, settings.throttle, watchedTable(plan)),
  })
  let work = formOf(plan).worker()
  let after = range.cursor ?? range.lower
  let rows = settings.pace.firstBatch
  try {
    for (;;) {
      signal?.throwIfAborted()
      const pace = await clear(alive)
      const upper = range.upper ?? []
      const written = checkpoint(options, range, time)
      const batch: Batch = { connection, key, after, upper, rows, checkpoint: written }
      time.begin()
      const outcome = await settle(options, batch, work, alive)
      const milliseconds = time.end(outcome !== null && outcome !== 'split')
      if (outcome === null) return time.untold()
      if (outcome === 'split') {
        // What was read ahead was read for larger batches.
        await work.close?.()
        work = formOf(plan).worker()
        rows = Math.max(1, Math.floor(rows / 2))
        continue
      }
      after = outcome.last
      onBatch({ ...outcome, milliseconds })
      rows = nextBatch(pace, rows, milliseconds)
    }
  } finally {
    await work.close?.()
  }
}

/** A batch done; or what is to be done about one that failed: split it, set its one row aside, or throw. */
async function settle(
  options: BackfillRun,
  batch: Batch,
  work: BatchWorker,
  alive: Claim['alive'],
): Promise<BatchDone | 'split' | null> {
  const { plan } = options
  try {
    const attempt = () => alive().then(() => options.watched(batch.connection, () => settled(batch, work)))
    return await retryTransient(attempt, options)
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
    `SELECT to_json(${keyTexts(key)}) AS key FROM ${relation(plan)} WHERE ${[...behind, ...where, 'true'].join(' AND ')} ORDER BY ${keyOrder(key)} LIMIT 1`,
  )
  return (found?.rows[0]?.['key'] as KeyPosition | undefined) ?? upper
}

/** The table whose vacuums are waited for: the one that is walked, or else one that is written. */
function watchedTable(plan: BackfillPlan): string {
  const table = sourceTable(plan) ?? formOf(plan).targets[0]
  return table === undefined
    ? 'NULL::regclass'
    : `${quoteLiteral(qualifiedName({ ...table, name: table.table }))}::regclass`
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

function checkpoint(
  { ledger, run, stage }: BackfillRun,
  { ordinal }: Claim['range'],
  time: WorkTime,
): Batch['checkpoint'] {
  const { table, where } = ledger.backfillRange(run, stage, ordinal)
  return ({ last, scanned, written }) =>
    `UPDATE ${table} SET cursor = ${literal(last)}::text[], rows_scanned = rows_scanned + ${scanned},
      rows_written = rows_written + ${written}, batches = batches + 1,
      worked_milliseconds = worked_milliseconds + ${time.untold()}, updated_at = clock_timestamp() WHERE ${where}`
}
