import type { Row } from '../connection/connection.ts'
import { replacedIds } from '../graph/replaces.ts'
import { literal } from '../sql/literal.ts'
import { packAnswers } from './answers.ts'
import { backfillWriter } from './backfill-writer.ts'
import type { RunError } from './state.ts'
import { ledgerTable } from './tables.ts'
import type { VersionKeeper } from './version-keeper.ts'

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
  /** What it stands for: a database may have recorded these in its place. */
  readonly replaces: readonly string[]
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
 * that they record, in its own transaction and in the same round trip. `versions`: Alembic's table, where it is kept in step.
 */
export function ledgerWriter(schema: string, runner: Runner, versions: VersionKeeper | null = null) {
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
      ? `DELETE FROM ${table('revision')} USING run WHERE revision.id = ANY (${literal(recordedIds(revision))}::text[])`
      : `INSERT INTO ${table('revision')} (id, down_revisions, depends_on, message, checksum, applied_at, run)
      SELECT ${literal(revision.id)}, ${literal(revision.downRevisions)}::text[], ${literal(revision.dependsOn)}::text[], ${literal(revision.message)}, ${literal(revision.checksum)}, clock_timestamp(), id FROM run`

  /** What becomes of Alembic's table, as further parts of a WITH. */
  const versionChange = ({ direction }: RunReference, revision: RecordedRevision) =>
    versions === null || (direction !== 'upgrade' && direction !== 'downgrade')
      ? ''
      : versions
          .change(direction, revision.id)
          .map((part) => `, ${part}`)
          .join('')

  /** An upgrade that was half done and is taken back now; an abort of it that was refused, now that it has come to its end. */
  const otherWay = (run: RunReference, revision: RecordedRevision) =>
    `, other AS (DELETE FROM ${table('run')} WHERE revision = ${literal(revision.id)} AND direction = ${literal(run.direction === 'downgrade' ? 'upgrade' : 'downgrade')} AND status <> 'done')`

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
      `${withRun(run, revision, 'done')}${stage === null ? '' : `, stage AS (${upsertStage(stage, 'done', 'now()')})`}${otherWay(run, revision)}${versionChange(run, revision)} ${settle(run, revision)}`,

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
          : `DELETE FROM ${table('revision')} USING run WHERE revision.id = ANY ($8)`
      return {
        prepare: `PREPARE ${name} (text, text, text[], text[], text, text, text, text[]) AS
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
            recordedIds(revision),
          ]
            .map(literal)
            .join(', ')})`,
        forget: `DEALLOCATE ${name}`,
      }
    },

    /** For a transaction that ends with `onlyStageDone`, which is prepared and says nothing of Alembic's table. */
    versionsChanged: (
      direction: 'upgrade' | 'downgrade',
      { id }: Pick<RecordedRevision, 'id'>,
    ): readonly string[] => {
      const parts = versions?.change(direction, id) ?? []
      return parts.length === 0 ? [] : [`WITH ${parts.join(', ')} SELECT`]
    },

    /** Makes Alembic's table say that all of these are applied, where it is kept in step. */
    versionsStamped: (applied: ReadonlySet<string>): readonly string[] => versions?.set(applied) ?? [],

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
    unstamped: (revision: Pick<RecordedRevision, 'id' | 'replaces'>) =>
      `DELETE FROM ${table('revision')} WHERE id = ANY (${literal(recordedIds(revision))}::text[])`,

    /** Forgets a revision that was begun, on the operator's word that the database is as it should be. */
    forgotten: (id: string) =>
      `DELETE FROM ${table('run')} WHERE revision = ${literal(id)} AND status <> 'done'`,

    ...backfillWriter(schema),
  }
}

/** The ids under which a database may have it. */
function recordedIds({ id, replaces }: Pick<RecordedRevision, 'id' | 'replaces'>): readonly string[] {
  return [id, ...replacedIds(replaces)]
}

export type LedgerWriter = ReturnType<typeof ledgerWriter>
