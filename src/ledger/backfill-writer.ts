import { isHeld } from '../connection/advisory-lock.ts'
import type { BackfillTouches } from '../operations/backfill-plan.ts'
import { literal } from '../sql/literal.ts'
import { rangeLock } from './range-lock.ts'
import { ledgerTable } from './tables.ts'

const rangeColumns = `ordinal, to_json(lower) AS lower, to_json(upper) AS upper, to_json(cursor) AS cursor, done,
        rows_scanned, rows_written, batches`

const rangeIs = (runId: string, stage: number, ordinal: number) =>
  `run = ${runId} AND stage = ${stage} AND ordinal = ${ordinal}`

/** The statements with which a backfill and its checkpoints are written into the ledger. */
export function backfillWriter(schema: string) {
  const table = (name: Parameters<typeof ledgerTable>[1]) => ledgerTable(schema, name)
  return {
    /** A backfill and its ranges, each up to its upper end; they follow one another, the first without a lower end. */
    backfillBegun: (
      runId: string,
      stage: number,
      backfill: {
        readonly title: string
        readonly key: readonly string[]
        /** Null for a range that has no end to be known. */
        readonly uppers: readonly (readonly string[] | null)[]
        readonly estimate: number
        readonly touches: BackfillTouches
      },
    ) => {
      const ranges = backfill.uppers.map(
        (upper, n) =>
          `(${runId}, ${stage}, ${n + 1}, ${literal(backfill.uppers[n - 1] ?? null)}::text[], ${literal(upper)}::text[])`,
      )
      return [
        'BEGIN',
        `INSERT INTO ${table('backfill')} (run, stage, title, key, rows_estimated, touches)
        VALUES (${runId}, ${stage}, ${literal(backfill.title)}, ${literal(backfill.key)}::text[], ${Math.round(backfill.estimate)}, ${literal(JSON.stringify(backfill.touches))})`,
        ...(ranges.length === 0
          ? []
          : [
              `INSERT INTO ${table('backfill_range')} (run, stage, ordinal, lower, upper) VALUES ${ranges.join(', ')}`,
            ]),
        'COMMIT',
      ].join(';\n')
    },

    /** The backfill's row with each of its ranges; no row where it was not begun. */
    backfillState: (runId: string, stage: number) =>
      `SELECT rows_estimated, ${rangeColumns}
      FROM ${table('backfill')} LEFT JOIN ${table('backfill_range')} USING (run, stage)
      WHERE run = ${runId} AND stage = ${stage} ORDER BY ordinal`,

    /** Whether the revision goes on without the backfill, which workers finish. */
    backfillDetached: (runId: string, stage: number, detached: boolean) =>
      `UPDATE ${table('backfill')} SET detached = ${detached} WHERE run = ${runId} AND stage = ${stage} AND detached <> ${detached}`,

    /** A range that nobody else has, with a checkpoint that has just moved; no row where somebody has it, or it is done. */
    claimRange: (runId: string, stage: number, ordinal: number) => ({
      lock: `SELECT pg_try_advisory_lock(${rangeLock(schema)}) AS acquired FROM ${table('backfill_range')} WHERE ${rangeIs(runId, stage, ordinal)}`,
      read: `UPDATE ${table('backfill_range')} SET updated_at = clock_timestamp() WHERE ${rangeIs(runId, stage, ordinal)} AND NOT done RETURNING ${rangeColumns}`,
    }),

    /** Gives a range back. */
    releaseRange: (runId: string, stage: number, ordinal: number) =>
      `SELECT pg_advisory_unlock(${rangeLock(schema)}) FROM ${table('backfill_range')} WHERE ${rangeIs(runId, stage, ordinal)}`,

    /** The worker of a range is there, though it has no batch to show for it. */
    rangeMoved: (runId: string, stage: number, ordinal: number) =>
      `UPDATE ${table('backfill_range')} SET updated_at = clock_timestamp() WHERE ${rangeIs(runId, stage, ordinal)}`,

    /** No row is left in a range; so many milliseconds of its work are told by no checkpoint. */
    rangeDone: (runId: string, stage: number, ordinal: number, milliseconds: number) =>
      `UPDATE ${table('backfill_range')} SET done = true, worked_milliseconds = worked_milliseconds + ${milliseconds}, updated_at = clock_timestamp() WHERE ${rangeIs(runId, stage, ordinal)}`,

    /** The sessions that have a range and have not moved for so long: neither a batch, nor anything that the server is busy with. */
    frozenWorkers: (runId: string, stage: number, seconds: number) =>
      `SELECT ordinal, l.pid, a.usename AS role, extract(epoch FROM clock_timestamp() - g.updated_at)::int AS seconds
      FROM ${table('backfill_range')} g JOIN pg_locks l ON ${isHeld(rangeLock(schema))} LEFT JOIN pg_stat_activity a USING (pid)
      WHERE run = ${runId} AND stage = ${stage} AND NOT done AND l.pid <> pg_backend_pid()
        AND g.updated_at < clock_timestamp() - interval '${seconds} s'
        AND (a.state IS DISTINCT FROM 'active' OR a.wait_event_type = 'Client')
        AND coalesce(a.state_change < clock_timestamp() - interval '${seconds} s', true)`,

    /** What the operator wants of a backfill that is under way, and how many of its rows were set aside. */
    backfillWanted: (runId: string, stage: number) =>
      `SELECT wanted, target_milliseconds, waits_for FROM ${table('backfill')} WHERE run = ${runId} AND stage = ${stage}`,

    /** Why a backfill does not go on just now; null where it does. */
    backfillWaits: (runId: string, stage: number, reason: string | null) =>
      `UPDATE ${table('backfill')} SET waits_for = ${literal(reason)} WHERE run = ${runId} AND stage = ${stage}`,

    /** Sets a row aside that cannot be done, in the transaction of the checkpoint that passes it. */
    rowFailed: (runId: string, stage: number, key: readonly string[], message: string) =>
      `INSERT INTO ${table('backfill_failure')} (run, stage, key, message) VALUES (${runId}, ${stage}, ${literal(key)}::text[], ${literal(message)})`,

    rowsFailed: (runId: string, stage: number) =>
      `SELECT count(*) AS failed FROM ${table('backfill_failure')} WHERE run = ${runId} AND stage = ${stage}`,

    /** The rows that were set aside. */
    failedRows: (runId: string, stage: number) =>
      `SELECT to_json(key) AS key FROM ${table('backfill_failure')} WHERE run = ${runId} AND stage = ${stage} ORDER BY failed_at`,

    /** A row that was set aside is done. */
    rowPassed: (runId: string, stage: number, key: readonly string[]) =>
      `DELETE FROM ${table('backfill_failure')} WHERE run = ${runId} AND stage = ${stage} AND key = ${literal(key)}::text[]`,

    /** `backfillBegun` as PL/pgSQL: `names` and `upper` are variables, the key's columns and the end of the one range. */
    offlineBackfillBegun: (run: string, stage: number, title: string, names: string, upper: string) =>
      `INSERT INTO ${table('backfill')} (run, stage, title, key, rows_estimated) VALUES (${run}, ${stage}, ${literal(title)}, string_to_array(${names}, ', '), NULL);
  INSERT INTO ${table('backfill_range')} (run, stage, ordinal, upper) SELECT ${run}, ${stage}, 1, ${upper} WHERE ${upper} IS NOT NULL;`,

    /** Takes the one range of a script's backfill, before anybody else can see it; and gives it back. */
    offlineClaim: (run: string, stage: number, action: 'lock' | 'unlock') =>
      `PERFORM pg_advisory_${action}(${rangeLock(schema)}) FROM ${table('backfill_range')} g WHERE run = ${run} AND stage = ${stage};`,

    /** A checkpoint as PL/pgSQL, from the variables `last`, `scanned`, `written`, and `began`, when the batch was. */
    offlineCheckpoint: (run: string, stage: number) =>
      `UPDATE ${table('backfill_range')} g SET cursor = last, rows_scanned = rows_scanned + scanned, rows_written = rows_written + written,
      batches = batches + 1, worked_milliseconds = worked_milliseconds + extract(epoch FROM clock_timestamp() - began) * 1000, done = (last = g.upper), updated_at = clock_timestamp() WHERE run = ${run} AND stage = ${stage} AND ordinal = 1;`,

    /** The table and the row of a range's checkpoint, for the batch's own statement. */
    backfillRange: (runId: string, stage: number, ordinal: number) => ({
      table: table('backfill_range'),
      where: rangeIs(runId, stage, ordinal),
    }),
  }
}
