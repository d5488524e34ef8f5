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

/** The run was asked to stop, and did so where nothing is half done. */
export class Interrupted extends LimbeckError {
  readonly code = 'INTERRUPTED'
  readonly revision: string | null

  constructor(revision: string | null) {
    super(
      revision === null
        ? 'Stopped as asked, before anything was begun.'
        : `Stopped as asked, in ${revision}.`,
      {
        hint: 'What is done is recorded. Run the same command again to go on.',
      },
    )
    this.revision = revision
  }
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

/** What the ledger keeps of a failure. */
export function runError(error: unknown): RunError {
  const place = error instanceof MigrationFailed ? error.place : null
  const cause = error instanceof MigrationFailed ? error.cause : error
  const server = cause instanceof DatabaseError ? cause.server : null
  return { message: messageOf(cause), ...(place && { place }), ...(server && { server }) }
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
