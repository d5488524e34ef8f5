import type { Connection, Row } from '../connection/connection.ts'
import { type BackfillTouches, touchesOf } from '../operations/backfill-plan.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import type { BackfillRun } from './backfill-run.ts'
import type { KeyColumn, KeyPosition } from './key.ts'
import type { Range } from './range.ts'
import { sourceOf } from './source.ts'

/** Where a backfill stands in the ledger. */
export type BackfillState = { readonly ranges: readonly Range[]; readonly estimate: number }

/** What is recorded of it, by an earlier attempt or by whoever works at it; null where it was not begun. */
export async function readState({
  connection,
  ledger,
  run,
  stage,
}: Pick<BackfillRun, 'connection' | 'ledger' | 'run' | 'stage'>): Promise<BackfillState | null> {
  const [result] = await connection.run(ledger.backfillState(run, stage))
  const rows = result?.rows ?? []
  const [first] = rows
  if (first === undefined) return null
  return {
    ranges: rows.filter((row) => row['ordinal'] !== null).map(rangeOf),
    estimate: Number(first['rows_estimated']),
  }
}

/** A range as the ledger's row has it. */
export function rangeOf(row: Row): Range {
  return {
    ordinal: Number(row['ordinal']),
    lower: row['lower'] as KeyPosition | null,
    upper: row['upper'] as KeyPosition | null,
    cursor: row['cursor'] as KeyPosition | null,
    done: row['done'] === true,
    scanned: Number(row['rows_scanned']),
    written: Number(row['rows_written']),
    batches: Number(row['batches']),
  }
}

/** Cuts the table into ranges and records that the backfill is begun. */
export async function beginState(options: BackfillRun, key: readonly KeyColumn[]): Promise<BackfillState> {
  const { connection, ledger, run, stage, plan, settings } = options
  const { uppers, estimate } = await sourceOf(plan).cut(connection, key, settings.rangeRows)
  const touches = await withSchemas(connection, touchesOf(plan))
  const names = key.map(({ name }) => name)
  await connection.run(
    ledger.backfillBegun(run, stage, {
      title: plan.title,
      key: names,
      uppers,
      estimate,
      touches,
    }),
  )
  const ranges = uppers.map((upper, n) => ({
    ordinal: n + 1,
    lower: uppers[n - 1] ?? null,
    upper,
    cursor: null,
    done: false,
    scanned: 0,
    written: 0,
    batches: 0,
  }))
  return { ranges, estimate }
}

/** With the schema of each table, which its name may leave to the search_path. */
async function withSchemas(connection: Connection, touches: BackfillTouches): Promise<BackfillTouches> {
  const names = touches.map((touched) => qualifiedName({ ...touched, name: touched.table }))
  const [found] = await connection.run(
    `SELECT nspname AS schema FROM unnest(${literal(names)}::text[]) WITH ORDINALITY AS given (name, n)
    LEFT JOIN pg_class c ON c.oid = to_regclass(given.name) LEFT JOIN pg_namespace ON pg_namespace.oid = relnamespace ORDER BY n`,
  )
  const schemas = (found?.rows ?? []).map((row) => row['schema'] as string | null)
  return touches.map((touched, n) => ({ ...touched, schema: schemas[n] ?? touched.schema }))
}
