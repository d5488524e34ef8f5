import { LimbeckError } from '../error.ts'
import type { LedgerState } from '../ledger/state.ts'
import { runRevision } from '../migrate/revision-runner.ts'
import { runTogether } from '../migrate/together.ts'
import type { Direction } from '../plan/plan.ts'
import type { LoadedPlan } from './plan-all.ts'
import type { Session } from './session.ts'

export type TransactionMode = 'revision' | 'all'

/** A revision that this run brought to its end. */
export type DoneRevision = { readonly id: string; readonly message: string; readonly milliseconds: number }

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

/** Runs plans one after the other, or all in one transaction. */
export async function runAll(
  session: Session,
  plans: readonly LoadedPlan[],
  mode: TransactionMode,
): Promise<readonly DoneRevision[]> {
  const { connection, ledger, project, state } = session
  const { onEvent = () => {}, signal } = session.options
  if (mode === 'all')
    return runTogether({
      connection,
      ledger,
      plans,
      patience: project.patience,
      unfinished: state.unfinished,
      signal,
      onEvent,
    })
  const done: DoneRevision[] = []
  for (const { planned, file } of plans) {
    const began = performance.now()
    const { id, message } = planned.revision
    await runRevision({
      connection,
      ledger,
      planned,
      schema: project.ledgerSchema,
      checksum: file.checksum,
      revise: planned.direction === 'upgrade' ? file.upgrade : (file.downgrade ?? (() => {})),
      unfinished: state.unfinished.find((run) => run.revision === id) ?? null,
      patience: project.patience,
      pace: project.pace,
      signal,
      onEvent,
    })
    done.push({ id, message, milliseconds: performance.now() - began })
  }
  return done
}
