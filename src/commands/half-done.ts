import { LimbeckError } from '../error.ts'
import type { Graph } from '../graph/graph.ts'
import type { LedgerState } from '../ledger/state.ts'
import type { Direction } from '../plan/plan.ts'

/** A revision is half way in the other direction. */
export class RevisionHalfDone extends LimbeckError {
  readonly code = 'REVISION_HALF_DONE'
  readonly revision: string
  readonly direction: Direction

  constructor(revision: string, direction: Direction) {
    super(`The ${direction} of ${revision} was begun and has not come to its end.`, {
      hint: `Bring it to its end with "limbeck ${direction}" first${direction === 'upgrade' ? ', or take it back with "limbeck abort"' : ''}; "limbeck status" shows how far it is.`,
    })
    this.revision = revision
    this.direction = direction
  }
}

/** A revision is half way, and nobody has its file any more. */
export class HalfDoneWithoutFile extends LimbeckError {
  readonly code = 'HALF_DONE_WITHOUT_FILE'
  readonly revision: string
  readonly direction: Direction

  constructor(revision: string, direction: Direction) {
    super(`The ${direction} of ${revision} was begun and has not come to its end, and it has no file.`, {
      hint: `Bring its file back and run "limbeck ${direction}". Or undo by hand what "limbeck status" shows as done, and have it forgotten: "limbeck stamp --purge" with what is applied.`,
    })
    this.revision = revision
    this.direction = direction
  }
}

/** A revision that was half done is being taken back. */
export class AbortHalfDone extends LimbeckError {
  readonly code = 'ABORT_HALF_DONE'
  readonly revision: string

  constructor(revision: string) {
    super(`The abort of ${revision} was begun and has not come to its end.`, {
      hint: 'Bring it to its end with "limbeck abort" first; "limbeck status" shows how far it is.',
    })
    this.revision = revision
  }
}

/** Refuses to go one way while a revision is half way on the other, or is half way and has no file. */
export function refuseHalfDone(state: LedgerState, direction: Direction, graph: Graph): void {
  const halfDone = state.unfinished.filter((run) => run.stages.length > 0)
  const lost = halfDone.find((run) => !graph.revisions.has(run.revision))
  if (lost !== undefined) throw new HalfDoneWithoutFile(lost.revision, lost.direction)
  const abort = halfDone.find((run) => run.aborts)
  if (abort !== undefined) throw new AbortHalfDone(abort.revision)
  const other = halfDone.find((run) => run.direction !== direction)
  if (other !== undefined) throw new RevisionHalfDone(other.revision, other.direction)
}
