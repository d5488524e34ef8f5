import type { BackfillRun } from '../backfill/backfill-run.ts'
import { beginBackfill, isTemporary, runBackfill } from '../backfill/run.ts'
import type { BackfillSettings } from '../backfill/settings.ts'
import { isTransient } from '../connection/retry.ts'
import type { LedgerWriter } from '../ledger/record.ts'
import { CannotDetach } from '../plan/detach.ts'
import type { PlannedBackfill, PlannedStep } from '../plan/stage.ts'
import { type Attempt, placeOf, positionOf } from './attempt.ts'
import { Interrupted, MigrationFailed, OutOfPatience, orInterrupted } from './failure.ts'

/** A backfill of a revision, as it is recorded. */
export type BackfillStage = Attempt & {
  readonly ledger: LedgerWriter
  readonly backfills: BackfillSettings
  readonly step: PlannedBackfill
  /** The run's id. */
  readonly run: string
  readonly stage: number
  readonly sessions: number
  readonly leased: boolean
}

/** Runs a backfill to its end, and tells how it goes. */
export async function runBackfillStage(stage: BackfillStage): Promise<void> {
  const { connection, ledger, revision, signal, onEvent } = stage
  try {
    await runBackfill(backfillRun(stage))
    const [failed] = await connection.run(ledger.rowsFailed(stage.run, stage.stage))
    const rows = Number(failed?.rows[0]?.['failed'])
    if (rows > 0) onEvent({ type: 'rows-set-aside', revision: revision.id, rows })
  } catch (error) {
    throw isTransient(error) ? new OutOfPatience(error) : orInterrupted(error, signal, revision.id)
  }
}

/** Records a backfill with its ranges, and leaves it to workers, or not. */
export async function recordBackfillStage(stage: BackfillStage): Promise<void> {
  const { title } = stage.step.backfill
  const run = backfillRun(stage)
  if (await isTemporary(run))
    throw new CannotDetach(title, 'its table is temporary, and no worker would see it.')
  await beginBackfill(run)
}

function backfillRun(stage: BackfillStage): BackfillRun {
  const { revision, onEvent, step, backfills, watch } = stage
  return {
    ...stage,
    plan: step.backfill,
    settings: backfills,
    watched: (session, work) => watch.over(session, { revision: revision.id, onEvent, silent: true }, work),
    onProgress: (progress) => onEvent({ type: 'backfill', revision: revision.id, progress }),
    onWait: (reason) => onEvent({ type: 'backfill-waits', revision: revision.id, reason }),
    onFrozen: (worker) => onEvent({ type: 'worker-ended', revision: revision.id, worker }),
    onRetry: ({ error, attempt, pause }) =>
      onEvent({
        type: 'retry',
        revision: revision.id,
        reason: error.message,
        attempt,
        pauseMilliseconds: pause,
      }),
  }
}

/** An error with its place in the revision, where it is about what the revision says. */
export function asFailure(attempt: Attempt, ordinal: number, step: PlannedStep, error: unknown): unknown {
  if (error instanceof Interrupted || !(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'CONNECTION_LOST') return error
  return new MigrationFailed({ ...placeOf(attempt, ordinal, step), position: positionOf(error) }, error)
}
