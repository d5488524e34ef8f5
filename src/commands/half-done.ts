import { LimbeckError } from '../error.ts'
import type { LedgerState } from '../ledger/state.ts'
import type { Direction } from '../plan/plan.ts'

/** A revision is half way in the other direction. */
export class RevisionHalfDone extends LimbeckError {
  readonly code = 'REVISION_HALF_DONE'
  readonly revision: string
  readonly direction: Direction

  constructor(revision: string, direction: Direction) {
    super(`The ${direction} of ${revision} was begun and has not come to its end.`, {
      hint: `Bring it to its end with "limbeck ${direction}" first; "limbeck status" shows how far it is.`,
    })
    this.revision = revision
    this.direction = direction
  }
}

/** Refuses to go one way while a revision is half way on the other. */
export function refuseHalfDone(state: LedgerState, direction: Direction): void {
  const other = state.unfinished.find((run) => run.direction !== direction && run.stages.length > 0)
  if (other !== undefined) throw new RevisionHalfDone(other.revision, other.direction)
}
