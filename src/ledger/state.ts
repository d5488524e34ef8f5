import type { Connection, Row } from '../connection/connection.ts'
import { unpackAnswers } from './answers.ts'
import { ledgerTable, readFormat } from './tables.ts'

/** A revision that the database has. */
export type AppliedRevision = {
  readonly id: string
  readonly downRevisions: readonly string[]
  readonly dependsOn: readonly string[]
  readonly message: string
  /** Null where it is applied as the revisions that it replaces: nobody has recorded its own. */
  readonly checksum: string | null
  readonly appliedAt: Date
}

export type StageStatus = 'running' | 'failed' | 'done'

/** What is known of a stage that was begun. */
export type StageRecord = {
  readonly ordinal: number
  readonly title: string
  readonly fingerprint: string
  readonly status: StageStatus
  /** The rows that each `op.query` in it was given, so that a later run is given the same. */
  readonly answers: readonly (readonly Row[])[]
}

/** A revision that was begun and has not come to its end. */
export type UnfinishedRun = {
  readonly id: string
  readonly revision: string
  readonly direction: 'upgrade' | 'downgrade'
  readonly status: 'running' | 'failed'
  readonly attempts: number
  readonly startedAt: Date
  /** Of the file, as it was when the last stage was begun or done. */
  readonly checksum: string | null
  readonly error: RunError | null
  readonly stages: readonly StageRecord[]
  /** A downgrade that takes an upgrade back which is half done itself. */
  readonly aborts: boolean
}

/** What is kept of an error; never a connection string. */
export type RunError = {
  readonly message: string
  /** The error's own, where it is one of Limbeck's. */
  readonly code?: string
  /** The stage that failed; absent where the error is about none. */
  readonly place?: { readonly stage: number; readonly title: string | null }
  readonly [field: string]: unknown
}

/** What has been done to a database. */
export type LedgerState = {
  /** False where Limbeck has never been. */
  readonly exists: boolean
  /** In the order in which they were applied. */
  readonly applied: readonly AppliedRevision[]
  readonly unfinished: readonly UnfinishedRun[]
}

/** Reads the ledger; it makes and changes nothing. */
export async function readLedger(connection: Connection, schema: string): Promise<LedgerState> {
  if ((await readFormat(connection, schema)) === 0) return { exists: false, applied: [], unfinished: [] }
  return readState(connection, schema)
}

/** Reads a ledger that is there and up to date. */
export async function readState(connection: Connection, schema: string): Promise<LedgerState> {
  const [revisions, runs, stages] = await connection.run(`
    SELECT id, to_json(down_revisions) AS down, to_json(depends_on) AS depends, message, checksum, applied_at
    FROM ${ledgerTable(schema, 'revision')} ORDER BY run;
    SELECT id, revision, direction, status, attempts, started_at, checksum, error FROM ${ledgerTable(schema, 'run')} WHERE status <> 'done' ORDER BY id;
    SELECT run, ordinal, title, fingerprint, stage.status, answers FROM ${ledgerTable(schema, 'stage')}
    JOIN ${ledgerTable(schema, 'run')} ON run.id = run WHERE run.status <> 'done' ORDER BY run, ordinal`)
  const upgrades = new Set(
    (runs?.rows ?? []).filter((run) => run['direction'] === 'upgrade').map((run) => run['revision']),
  )
  return {
    exists: true,
    applied: (revisions?.rows ?? []).map(appliedRevision),
    unfinished: (runs?.rows ?? []).map((run) =>
      unfinishedRun(run, {
        stages: (stages?.rows ?? []).filter((stage) => stage['run'] === run['id']),
        aborts: run['direction'] === 'downgrade' && upgrades.has(run['revision']),
      }),
    ),
  }
}

/**
 * Of an upgrade that is being taken back and its abort, the one that says how things stand: the abort once it has begun a stage. One
 * that was refused, or failed before that, has changed nothing, and the upgrade can go on.
 */
export function standingRuns(unfinished: readonly UnfinishedRun[]): readonly UnfinishedRun[] {
  const aborts = unfinished.filter((run) => run.aborts)
  const begun = new Set(aborts.filter(({ stages }) => stages.length > 0).map(({ revision }) => revision))
  return unfinished.filter((run) => run.aborts === begun.has(run.revision))
}

/** The run of a revision in one direction that has not come to its end. */
export function unfinishedRunOf(
  unfinished: readonly UnfinishedRun[],
  revision: string,
  direction: UnfinishedRun['direction'],
): UnfinishedRun | null {
  return unfinished.find((run) => run.revision === revision && run.direction === direction) ?? null
}

function appliedRevision(row: Row): AppliedRevision {
  return {
    id: String(row['id']),
    downRevisions: row['down'] as readonly string[],
    dependsOn: row['depends'] as readonly string[],
    message: String(row['message']),
    checksum: String(row['checksum']),
    appliedAt: timestamp(row['applied_at']),
  }
}

function unfinishedRun(
  row: Row,
  { stages, aborts }: { readonly stages: readonly Row[]; readonly aborts: boolean },
): UnfinishedRun {
  return {
    id: String(row['id']),
    revision: String(row['revision']),
    direction: row['direction'] as UnfinishedRun['direction'],
    status: row['status'] as UnfinishedRun['status'],
    attempts: Number(row['attempts']),
    startedAt: timestamp(row['started_at']),
    checksum: row['checksum'] as string | null,
    error: row['error'] as RunError | null,
    aborts,
    stages: stages.map((stage) => ({
      ordinal: Number(stage['ordinal']),
      title: String(stage['title']),
      fingerprint: String(stage['fingerprint']),
      status: stage['status'] as StageStatus,
      answers: stage['answers'] === null ? [] : unpackAnswers(stage['answers'] as Uint8Array),
    })),
  }
}

/** The session is in UTC and ISO, so the text is one that JavaScript reads. */
export function timestamp(text: unknown): Date {
  return new Date(String(text))
}
