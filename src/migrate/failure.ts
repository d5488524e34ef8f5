import { DatabaseError } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { RunError } from '../ledger/state.ts'
import type { Hints } from '../operations/operation.ts'
import type { Direction } from '../plan/plan.ts'

/** Where in a revision something failed. */
export type FailurePlace = {
  readonly revision: string
  readonly direction: Direction
  readonly file: string
  readonly stage: number
  /** The directive in a line. */
  readonly title: string | null
  readonly line: number | null
  /** The SQL that failed. */
  readonly statement: string | null
  /** The character of the statement at which PostgreSQL saw the error, from 1. */
  readonly position: number | null
}

/** A revision did not come to its end. What its finished stages did is recorded; the failed stage's work is undone. */
export class MigrationFailed extends LimbeckError {
  readonly code = 'MIGRATION_FAILED'
  readonly place: FailurePlace

  /** `hints`: what the statement that failed has to say of it, by SQLSTATE. */
  constructor(place: FailurePlace, cause: unknown, hints: Hints = {}) {
    const at = place.line === null ? place.file : `${place.file}:${place.line}`
    const what = place.title === null ? '' : ` (${place.title})`
    super(`${at}: ${place.revision}, stage ${place.stage}${what}: ${messageOf(cause)}`, {
      cause,
      hint:
        (cause instanceof DatabaseError ? hints[cause.server.sqlState] : undefined) ??
        hintOf(cause) ??
        `Mend the cause and run the command again: what is done stays done, and it goes on from there.${wayBack(place)}`,
    })
    this.place = place
  }
}

/** A batch's locks were not to be had, as often as it was tried. */
export class OutOfPatience extends LimbeckError {
  readonly code = 'OUT_OF_PATIENCE'

  constructor(cause: LimbeckError) {
    super(cause.message, {
      cause,
      hint: 'What its batches did stays. See who holds the lock, and run the command again: it goes on from the checkpoint.',
    })
  }
}

/** How far a run was when it stopped. */
export type Standing = {
  /** The revisions that it brought to their end. */
  readonly done: readonly string[]
  /** The one that it has begun, as the ledger has it; null where it stopped between two. */
  readonly halfDone: {
    readonly revision: string
    /** The titles of its stages that are done. */
    readonly stages: readonly string[]
    /** The backfill that it was at; null where it was at none. */
    readonly backfill: BackfillStanding | null
  } | null
  /** What was to come. */
  readonly notBegun: readonly string[]
}

/** How far a backfill is that is not done. */
export type BackfillStanding = {
  readonly title: string
  readonly scanned: number
  readonly estimated: number | null
}

/** The run was asked to stop, and did so where nothing that is under way is lost. */
export class Interrupted extends LimbeckError {
  readonly code = 'INTERRUPTED'
  readonly revision: string | null
  /** Null where a run of no revisions stopped, or nothing could be asked any more. */
  readonly standing: Standing | null

  constructor(revision: string | null, standing: Standing | null = null) {
    super(`Stopped as asked, ${whereStopped(revision, standing)}.`, {
      hint: 'What is done is recorded and stays. Run the same command again: it goes on from there.',
    })
    this.revision = revision
    this.standing = standing
  }
}

function whereStopped(revision: string | null, standing: Standing | null): string {
  if (standing === null) return revision === null ? 'before anything was begun' : `in ${revision}`
  const { halfDone, done } = standing
  if (halfDone !== null) return `in ${halfDone.revision}`
  return done.length === 0 ? 'before anything was done' : `after ${done.at(-1)}`
}

/** A stage that an earlier run did reads differently now. */
export class StageChanged extends LimbeckError {
  readonly code = 'STAGE_CHANGED'
  readonly revision: string
  readonly stage: number
  readonly was: string
  readonly is: string

  constructor(revision: string, stage: number, was: string, is: string) {
    super(
      was === is
        ? `Stage ${stage} of ${revision} is done (${was}), but the file now says it with other fields.`
        : `Stage ${stage} of ${revision} is done (${was}), but the file now says something else there (${is}).`,
      {
        hint: 'Bring back the part of the file that is done; later stages may be edited freely. To begin anew, bring the file back as it was, take back what is done with "limbeck abort", and edit it then.',
      },
    )
    this.revision = revision
    this.stage = stage
    this.was = was
    this.is = is
  }
}

/** A run's own error; where it was asked to stop and has therefore ended, that it was interrupted. */
export function orInterrupted(error: unknown, signal: AbortSignal | undefined, revision: string): unknown {
  return signal?.aborted && error === signal.reason ? new Interrupted(revision) : error
}

/** What the ledger keeps of a failure. */
export function runError(error: unknown): RunError {
  const place = error instanceof MigrationFailed ? error.place : null
  const cause = error instanceof MigrationFailed ? error.cause : error
  const server = cause instanceof DatabaseError ? cause.server : null
  const code = cause instanceof LimbeckError ? cause.code : null
  return {
    message: messageOf(cause),
    ...(code && { code }),
    ...(place && { place }),
    ...(server && { server }),
  }
}

function wayBack({ direction, stage }: FailurePlace): string {
  return direction === 'upgrade' && stage > 1 ? ' Or "limbeck abort" takes back what is done.' : ''
}

function messageOf(cause: unknown): string {
  // PostgreSQL stores neither half a character nor a zero byte.
  return (cause instanceof Error ? cause.message : String(cause)).toWellFormed().replaceAll('\0', '')
}

function hintOf(cause: unknown): string | undefined {
  return cause instanceof LimbeckError ? cause.hint : undefined
}
