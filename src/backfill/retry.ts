import type { Connection } from '../connection/connection.ts'
import type { LedgerWriter } from '../ledger/record.ts'
import type { BackfillPlan } from '../operations/backfill-plan.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { isAboutRow } from './failed-rows.ts'
import { formOf } from './form.ts'
import {
  type KeyColumn,
  type KeyPosition,
  keyExpression,
  keyOrder,
  keyTexts,
  positionExpression,
} from './key.ts'
import { resetOwnSettings, setOwnSettings } from './own-settings.ts'
import { relation } from './relation.ts'
import { sourceOf } from './source.ts'

export type RetryOptions = {
  readonly connection: Connection
  readonly ledger: LedgerWriter
  readonly run: string
  readonly stage: number
  readonly plan: BackfillPlan
  readonly signal: AbortSignal | undefined
}

/** What became of the rows that had been set aside. */
export type RetryReport = { readonly done: number; readonly failed: number }

/** Tries each row that was set aside once more, by itself; one that is done is set aside no longer, in the same transaction. */
export async function retryFailedRows(options: RetryOptions): Promise<RetryReport> {
  const { connection, ledger, run, stage, plan, signal } = options
  await connection.run(setOwnSettings(plan).join(';\n'))
  const key = await sourceOf(plan).key(connection)
  const [result] = await connection.run(ledger.failedRows(run, stage))
  let done = 0
  let failed = 0
  for (const row of result?.rows ?? []) {
    signal?.throwIfAborted()
    if (await retryRow(options, key, row['key'] as KeyPosition)) done++
    else failed++
  }
  await connection.run(resetOwnSettings(plan).join(';\n'))
  return { done, failed }
}

async function retryRow(
  { connection, ledger, run, stage, plan }: RetryOptions,
  key: readonly KeyColumn[],
  position: KeyPosition,
): Promise<boolean> {
  const after = await keyBefore(connection, { plan, key, position })
  const passed = ledger.rowPassed(run, stage, position)
  const batch = { connection, key, after, upper: position, rows: 1, checkpoint: () => passed }
  try {
    // A row that is there no longer, or needs the work no longer, is no failure any more.
    if ((await formOf(plan).worker()(batch)) === null) await connection.run(passed)
    return true
  } catch (error) {
    if (connection.transaction() !== 'idle') await connection.run('ROLLBACK')
    if (!isAboutRow(error)) throw error
    return false
  }
}

/** The key before a position, so that a batch behind it begins with that row. */
async function keyBefore(
  connection: Connection,
  at: { readonly plan: BackfillPlan; readonly key: readonly KeyColumn[]; readonly position: KeyPosition },
): Promise<KeyPosition | null> {
  const { plan, key, position } = at
  const [result] = await connection.run(
    `SELECT to_json(${keyTexts(key)}) AS before FROM ${relation(plan)}
    WHERE ${keyExpression(key)} < ${positionExpression(key, position, quoteLiteral)} ORDER BY ${keyOrder(key, 'DESC')} LIMIT 1`,
  )
  return (result?.rows[0]?.['before'] as KeyPosition | undefined) ?? null
}
