import type { Row } from '../connection/connection.ts'
import { literal } from '../sql/literal.ts'
import { packAnswers } from './answers.ts'
import type { RunError } from './state.ts'
import { ledgerTable } from './tables.ts'

/** Who runs, for the ledger. */
export type Runner = {
  /** Null where nobody knows who will run it: in a script. */
  readonly osUser: string | null
  readonly host: string | null
  readonly version: string
}

/** A revision as the ledger records it. */
export type RecordedRevision = {
  readonly id: string
  readonly downRevisions: readonly string[]
  readonly dependsOn: readonly string[]
  readonly message: string
  readonly checksum: string
}

export type RecordedStage = {
  readonly ordinal: number
  readonly title: string
  readonly fingerprint: string
  readonly answers: readonly (readonly Row[])[]
}

type RunDirection = 'upgrade' | 'downgrade' | 'stamp' | 'accept'

/** A run that has an id (or an expression that finds it), or one that is still to be recorded, together with what happens in it. */
export type RunReference = { readonly id: string | null; readonly direction: RunDirection }

/**
 * The statements with which things are written into the ledger. They are texts, so that they travel with the work
 * that they record, in its own transaction and in the same round trip.
 */
export function ledgerWriter(schema: string, runner: Runner) {
  const table = (name: Parameters<typeof ledgerTable>[1]) => ledgerTable(schema, name)

  const insertRun = (
    run: RunReference,
    revision: RecordedRevision,
    status: 'running' | 'done' | 'failed',
    error: RunError | null = null,
  ) =>
    `INSERT INTO ${table('run')} (revision, direction, status, finished_at, checksum, os_user, host, limbeck, error) VALUES (${[
      revision.id,
      run.direction,
      status,
    ]
      .map(literal)
      .join(', ')}, ${status === 'running' ? 'NULL' : 'clock_timestamp()'}, ${[
      revision.checksum,
      runner.osUser,
      runner.host,
      runner.version,
      error === null ? null : JSON.stringify(error),
    ]
      .map(literal)
      .join(', ')}) RETURNING id`

  /** `WITH run AS (…)`: the run that is there, or a new one. */
  const withRun = (run: RunReference, revision: RecordedRevision, status: 'running' | 'done' | 'failed') => {
    if (run.id === null) return `WITH run AS (${insertRun(run, revision, status)})`
    const done = status === 'done' ? ', finished_at = clock_timestamp(), error = NULL' : ''
    return `WITH run AS (UPDATE ${table('run')} SET status = ${literal(status)}${done}, checksum = ${literal(revision.checksum)} WHERE id = ${run.id} RETURNING id)`
  }

  const upsertStage = (stage: RecordedStage, status: 'running' | 'done', startedAt: string) => {
    const answers =
      stage.answers.length === 0 ? 'NULL' : `'\\x${packAnswers(stage.answers).toString('hex')}'::bytea`
    const finished = status === 'done' ? 'clock_timestamp()' : 'NULL'
    return `INSERT INTO ${table('stage')} AS stage (run, ordinal, title, fingerprint, status, started_at, finished_at, answers)
      SELECT id, ${stage.ordinal}, ${literal(stage.title)}, ${literal(stage.fingerprint)}, ${literal(status)}, ${startedAt}, ${finished}::timestamptz, ${answers} FROM run
      ON CONFLICT (run, ordinal) DO UPDATE SET title = excluded.title, fingerprint = excluded.fingerprint, status = excluded.status,
        finished_at = excluded.finished_at, answers = excluded.answers`
  }

  /** The revision's own row: there after an upgrade, gone after a downgrade. */
  const settle = (run: RunReference, revision: RecordedRevision) =>
    run.direction === 'downgrade'
      ? `DELETE FROM ${table('revision')} USING run WHERE revision.id = ${literal(revision.id)}`
      : `INSERT INTO ${table('revision')} (id, down_revisions, depends_on, message, checksum, applied_at, run)
      SELECT ${literal(revision.id)}, ${literal(revision.downRevisions)}::text[], ${literal(revision.dependsOn)}::text[], ${literal(revision.message)}, ${literal(revision.checksum)}, clock_timestamp(), id FROM run`

  return {
    schema,

    /** Before the first work of a stage that has transactions of its own: what is found after a crash is then its own. */
    stageBegun: (run: RunReference, revision: RecordedRevision, stage: RecordedStage) =>
      `${withRun(run, revision, 'running')} ${upsertStage(stage, 'running', 'now()')}`,

    /** At the end of a stage that is not the revision's last. */
    stageDone: (run: RunReference, revision: RecordedRevision, stage: RecordedStage) =>
      `${withRun(run, revision, 'running')} ${upsertStage(stage, 'done', 'now()')}`,

    /** `stageBegun` or `stageDone`, with the id of the run in the one row that it gives. */
    givingRun: (statement: string) => `${statement} RETURNING stage.run AS id`,

    /** For a script that is written before the run has an id: the revision's run that has not come to its end. */
    unfinishedRun: (revision: string) =>
      `(SELECT id FROM ${table('run')} WHERE revision = ${literal(revision)} AND status <> 'done')`,

    /** At the end of the last stage, in the same transaction: the stage, the run and the revision. */
    revisionDone: (run: RunReference, revision: RecordedRevision, stage: RecordedStage | null) =>
      `${withRun(run, revision, 'done')}${stage === null ? '' : `, stage AS (${upsertStage(stage, 'done', 'now()')})`} ${settle(run, revision)}`,

    /**
     * `revisionDone` for a revision of one stage that nobody has begun before, as a statement that the session plans once:
     * in a long row of small revisions the ledger would cost as much as the work. Several of them may come in one
     * message, which has one `now()`: so each began when the one before it ended. Gives the milliseconds that it took.
     */
    onlyStageDone(direction: 'upgrade' | 'downgrade') {
      const name = `limbeck_${direction}_done`
      const settled =
        direction === 'upgrade'
          ? `INSERT INTO ${table('revision')} (id, down_revisions, depends_on, message, checksum, applied_at, run)
      SELECT $1, $3, $4, $5, $2, clock_timestamp(), id FROM run`
          : `DELETE FROM ${table('revision')} USING run WHERE revision.id = $1`
      return {
        prepare: `PREPARE ${name} (text, text, text[], text[], text, text, text) AS
    WITH run AS (INSERT INTO ${table('run')} (revision, direction, status, started_at, finished_at, checksum, os_user, host, limbeck)
      SELECT $1, '${direction}', 'done', greatest(now(), (SELECT finished_at FROM ${table('run')} ORDER BY id DESC LIMIT 1)),
        clock_timestamp(), $2, ${[runner.osUser, runner.host, runner.version].map(literal).join(', ')}
      RETURNING id, started_at),
    stage AS (INSERT INTO ${table('stage')} (run, ordinal, title, fingerprint, status, started_at, finished_at)
      SELECT id, 1, $6, $7, 'done', started_at, clock_timestamp() FROM run),
    settled AS (${settled})
    SELECT extract(epoch FROM clock_timestamp() - started_at) * 1000 AS milliseconds FROM run`,
        execute: (revision: RecordedRevision, stage: Omit<RecordedStage, 'answers'>) =>
          `EXECUTE ${name} (${[
            revision.id,
            revision.checksum,
            revision.downRevisions,
            revision.dependsOn,
            revision.message,
            stage.title,
            stage.fingerprint,
          ]
            .map(literal)
            .join(', ')})`,
        forget: `DEALLOCATE ${name}`,
      }
    },

    /** After a failure, in a transaction of its own. */
    failed: (
      run: RunReference,
      revision: RecordedRevision,
      failure: { readonly stage: RecordedStage | null; readonly error: RunError },
    ) => {
      if (run.id === null) return insertRun(run, revision, 'failed', failure.error)
      const stage =
        failure.stage === null
          ? ''
          : `, stage AS (UPDATE ${table('stage')} SET status = 'failed' FROM run WHERE run = run.id AND ordinal = ${failure.stage.ordinal} AND stage.status = 'running')`
      return `WITH run AS (UPDATE ${table('run')} SET status = 'failed', error = ${literal(JSON.stringify(failure.error))}, finished_at = clock_timestamp() WHERE id = ${run.id} RETURNING id)${stage} SELECT id FROM run`
    },

    /** A further attempt at a run that did not come to its end. */
    resumed: (runId: string) =>
      `UPDATE ${table('run')} SET status = 'running', attempts = attempts + 1, finished_at = NULL WHERE id = ${runId}`,

    /** Takes a revision as applied (or, as a downgrade, as not applied) without running anything. */
    stamped: (direction: 'stamp' | 'accept', revision: RecordedRevision) =>
      `WITH run AS (${insertRun({ id: null, direction }, revision, 'done')}) ${settle({ id: null, direction }, revision)}
      ON CONFLICT (id) DO UPDATE SET checksum = excluded.checksum, message = excluded.message, down_revisions = excluded.down_revisions, depends_on = excluded.depends_on`,

    /** Takes a revision as not applied without running anything. */
    unstamped: (id: string) => `DELETE FROM ${table('revision')} WHERE id = ${literal(id)}`,

    /** Forgets a revision that was begun, on the operator's word that the database is as it should be. */
    forgotten: (id: string) =>
      `DELETE FROM ${table('run')} WHERE revision = ${literal(id)} AND status <> 'done'`,

    /** A backfill and its ranges, each up to its upper end; they follow one another, the first without a lower end. */
    backfillBegun: (
      runId: string,
      stage: number,
      backfill: {
        readonly title: string
        readonly key: readonly string[]
        readonly uppers: readonly (readonly string[])[]
        readonly estimate: number
      },
    ) => {
      const ranges = backfill.uppers.map(
        (upper, n) =>
          `(${runId}, ${stage}, ${n + 1}, ${literal(backfill.uppers[n - 1] ?? null)}::text[], ${literal(upper)}::text[])`,
      )
      return [
        'BEGIN',
        `INSERT INTO ${table('backfill')} (run, stage, title, key, rows_estimated)
        VALUES (${runId}, ${stage}, ${literal(backfill.title)}, ${literal(backfill.key)}::text[], ${Math.round(backfill.estimate)})`,
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
      `SELECT rows_estimated, ordinal, to_json(lower) AS lower, to_json(upper) AS upper, to_json(cursor) AS cursor,
        rows_scanned, rows_written, batches
      FROM ${table('backfill')} LEFT JOIN ${table('backfill_range')} USING (run, stage)
      WHERE run = ${runId} AND stage = ${stage} ORDER BY ordinal`,

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
    offlineBackfillBegun: (run: string, stage: number, names: string, upper: string) =>
      `INSERT INTO ${table('backfill')} (run, stage, key, rows_estimated) VALUES (${run}, ${stage}, string_to_array(${names}, ', '), NULL);
  INSERT INTO ${table('backfill_range')} (run, stage, ordinal, upper) SELECT ${run}, ${stage}, 1, ${upper} WHERE ${upper} IS NOT NULL;`,

    /** A checkpoint as PL/pgSQL, from the variables `last`, `scanned` and `written`. */
    offlineCheckpoint: (run: string, stage: number) =>
      `UPDATE ${table('backfill_range')} SET cursor = last, rows_scanned = rows_scanned + scanned, rows_written = rows_written + written,
      batches = batches + 1, updated_at = clock_timestamp() WHERE run = ${run} AND stage = ${stage} AND ordinal = 1;`,

    /** The table and the row of a range's checkpoint, for the batch's own statement. */
    backfillRange: (runId: string, stage: number, ordinal: number) => ({
      table: table('backfill_range'),
      where: `run = ${runId} AND stage = ${stage} AND ordinal = ${ordinal}`,
    }),
  }
}

export type LedgerWriter = ReturnType<typeof ledgerWriter>
