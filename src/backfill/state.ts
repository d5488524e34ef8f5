import type { BackfillPlan } from '../operations/backfill-plan.ts'
import type { BackfillProgress, BackfillRun } from './backfill-run.ts'
import type { BatchDone } from './batch.ts'
import type { KeyColumn, KeyPosition } from './key.ts'
import { cutRanges, type Range } from './range.ts'

/** Where a backfill stands in the ledger. */
export type BackfillState = { readonly ranges: readonly Range[]; readonly progress: BackfillProgress }

/** What an earlier attempt left; null for the first one. */
export async function readState({
  connection,
  ledger,
  run,
  stage,
  plan,
}: BackfillRun): Promise<BackfillState | null> {
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

/** Cuts the table into ranges and records that the backfill is begun. */
export async function beginState(options: BackfillRun, key: readonly KeyColumn[]): Promise<BackfillState> {
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

/** Whether a range has rows left. */
export function isOpen({ cursor, upper }: Range): boolean {
  return JSON.stringify(cursor) !== JSON.stringify(upper)
}

export function addBatch(
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
