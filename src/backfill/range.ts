import type { Connection } from '../connection/connection.ts'
import type { BackfillPlan } from '../operations/backfill-plan.ts'
import { inlineSql } from '../sql/tag.ts'
import { formOf } from './form.ts'
import { type KeyColumn, type KeyPosition, keyColumns, keyOrder, keyTexts } from './key.ts'
import { relation } from './relation.ts'

/** A part of the key's order that one session walks, behind `lower` and up to `upper`, with its own checkpoint. */
export type Range = {
  readonly ordinal: number
  readonly lower: KeyPosition | null
  /** Null for one that has no end to be known: that of a stream. */
  readonly upper: KeyPosition | null
  /** The last row that is done; null before the first. */
  readonly cursor: KeyPosition | null
  readonly done: boolean
  readonly scanned: number
  readonly written: number
  readonly batches: number
}

/** Where the ranges end, and how many rows there are by PostgreSQL's own estimate. */
export type Cut = { readonly uppers: readonly (KeyPosition | null)[]; readonly estimate: number }

/** Rows that are looked at for each place at which the table is cut. */
const sampleRows = 1_000
const mostRanges = 16

/**
 * Fixes the end of the backfill, so that rows that come later are the business of a default or a trigger, and cuts
 * what lies before it into ranges of about so many rows. The cuts are quantiles of a sample: nothing is counted.
 */
export async function cutRanges(
  connection: Connection,
  source: { readonly plan: BackfillPlan; readonly key: readonly KeyColumn[]; readonly rangeRows: number },
): Promise<Cut> {
  const { plan, key, rangeRows } = source
  const table = relation(plan)
  const [last, explained] = await connection.run(`
    SELECT to_json(${keyTexts(key)}) AS upper FROM ${table} ORDER BY ${keyOrder(key, 'DESC')} LIMIT 1;
    EXPLAIN (FORMAT JSON) SELECT FROM ${table}${counted(plan)}`)
  const upper = last?.rows[0]?.['upper'] as KeyPosition | undefined
  const estimate = estimatedRows(explained?.rows[0]?.['QUERY PLAN'])
  if (upper === undefined) return { uppers: [], estimate }
  const count = Math.min(mostRanges, Math.floor(estimate / rangeRows))
  if (count < 2) return { uppers: [upper], estimate }
  const percent = Math.min(100, (100 * sampleRows * count) / estimate)
  const [sampled] = await connection.run(`
    SELECT DISTINCT ON (limbeck_range) to_json(${keyTexts(key)}) AS upper FROM (
      SELECT ${keyColumns(key)}, ntile(${count}) OVER (ORDER BY ${keyOrder(key)}) AS limbeck_range
      FROM ${table} TABLESAMPLE SYSTEM (${percent}) REPEATABLE (1)
    ) sample ORDER BY limbeck_range, ${keyOrder(key, 'DESC')}`)
  // The last quantile's end lies before the last row, which ends the last range.
  const cuts = (sampled?.rows ?? []).slice(0, -1).map((row) => row['upper'] as KeyPosition)
  return { uppers: [...cuts, upper], estimate }
}

/** A transform is counted in rows that it is given, an update in rows that it passes. */
function counted(plan: BackfillPlan): string {
  return plan.where === undefined || !formOf(plan).takesWhere ? '' : ` WHERE ${inlineSql(plan.where)}`
}

function estimatedRows(plan: unknown): number {
  const [root] = (plan ?? []) as readonly { readonly Plan?: { readonly 'Plan Rows'?: number } }[]
  return root?.Plan?.['Plan Rows'] ?? 0
}
