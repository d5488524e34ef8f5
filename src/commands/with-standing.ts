import { ConnectionLost } from '../connection/connection.ts'
import { type BackfillStatus, listBackfills } from '../ledger/backfills.ts'
import { readState, type UnfinishedRun, unfinishedRunOf } from '../ledger/state.ts'
import { type BackfillStanding, Interrupted, type Standing } from '../migrate/failure.ts'
import type { LoadedPlan } from './plan-all.ts'
import type { Session } from './session.ts'

/** Does what a run does; an interruption of it then says what is done and what is not, as the ledger has it. */
export async function withStanding<Answer>(
  session: Session,
  plans: readonly LoadedPlan[],
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    throw new Interrupted(error.revision, await readStanding(session, plans))
  }
}

export function standingOf({ title, scanned, estimated }: BackfillStatus): BackfillStanding {
  return { title, scanned, estimated }
}

/** Null where the session is gone: then nobody is there to ask, and "status" tells it later. */
async function readStanding(
  { connection, project }: Session,
  plans: readonly LoadedPlan[],
): Promise<Standing | null> {
  try {
    const { applied, unfinished } = await readState(connection, project.ledgerSchema)
    const ids = new Set(applied.map(({ id }) => id))
    // A half done upgrade that is taken back was never applied: as long as it is unfinished, it is there.
    const isDone = ({ planned: { revision, direction } }: LoadedPlan) =>
      direction === 'upgrade'
        ? ids.has(revision.id)
        : !ids.has(revision.id) && !unfinished.some((run) => run.revision === revision.id)
    const left = plans.filter((plan) => !isDone(plan))
    const begun = left
      .map(({ planned }) => unfinishedRunOf(unfinished, planned.revision.id, planned.direction))
      .find((run) => run !== null && run.stages.length > 0)
    return {
      done: plans.filter(isDone).map(idOf),
      halfDone:
        begun === undefined || begun === null
          ? null
          : halfDone(begun, await listBackfills(connection, project.ledgerSchema)),
      notBegun: left.map(idOf).filter((id) => id !== begun?.revision),
    }
  } catch (error) {
    if (error instanceof ConnectionLost) return null
    throw error
  }
}

function halfDone(
  { id, revision, stages }: UnfinishedRun,
  backfills: readonly BackfillStatus[],
): NonNullable<Standing['halfDone']> {
  const backfill = backfills.find((one) => one.run === id && one.open && !one.detached)
  return {
    revision,
    stages: stages.filter(({ status }) => status === 'done').map(({ title }) => title),
    backfill: backfill === undefined ? null : standingOf(backfill),
  }
}

function idOf({ planned }: LoadedPlan): string {
  return planned.revision.id
}
