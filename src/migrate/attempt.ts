import { type Connection, DatabaseError } from '../connection/connection.ts'
import type { LockPatience } from '../connection/retry.ts'
import type { RecordedRevision } from '../ledger/record.ts'
import type { Direction } from '../plan/plan.ts'
import type { PlannedStep } from '../plan/stage.ts'
import { inlineSql } from '../sql/tag.ts'
import type { OnEvent } from './events.ts'
import { type FailurePlace, Interrupted } from './failure.ts'
import type { Hooks } from './hooks.ts'
import type { Watch } from './watch.ts'

/** One try at a revision: on which session, how patiently, and who is told. */
export type Attempt = {
  readonly connection: Connection
  readonly revision: RecordedRevision & { readonly file: string }
  readonly direction: Direction
  readonly patience: LockPatience
  readonly signal: AbortSignal | undefined
  readonly onEvent: OnEvent
  readonly hooks: Hooks
  readonly watch: Watch
}

/** Throws where the attempt was asked to stop; called where nothing is half done. */
export function stopIfAsked(attempt: Attempt): void {
  if (attempt.signal?.aborted) throw new Interrupted(attempt.revision.id)
}

/** Does something that may take long or have to wait for others, and tells how far it is and for whom it waits. */
export function watched<Answer>(attempt: Attempt, work: () => Promise<Answer>): Promise<Answer> {
  const { connection, revision, onEvent, watch } = attempt
  return watch.over(connection, { revision: revision.id, onEvent }, work)
}

/** Where in the revision a step of that stage stands. */
export function placeOf(attempt: Attempt, stage: number, step: PlannedStep | null): FailurePlace {
  return {
    revision: attempt.revision.id,
    direction: attempt.direction,
    file: attempt.revision.file,
    stage,
    title: step?.title ?? null,
    line: step?.at?.line ?? null,
    statement: step?.run === 'statement' ? (step.shown ?? inlineSql(step.sql)) : null,
    position: null,
  }
}

/** The character of the sent text at which PostgreSQL saw the error. */
export function positionOf(error: unknown): number | null {
  return error instanceof DatabaseError ? (error.server.position ?? null) : null
}
