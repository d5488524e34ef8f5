import { LimbeckError } from '../error.ts'
import { replacedIds } from '../graph/replaces.ts'
import type { Revision } from '../graph/revision.ts'
import { type BackfillStatus, unfinishedBackfills } from '../ledger/backfills.ts'
import type { Session } from './session.ts'

/** A revision is to be undone, and workers may still be at its backfill. */
export class BackfillUnderWay extends LimbeckError {
  readonly code = 'BACKFILL_UNDER_WAY'
  readonly backfill: BackfillStatus

  constructor(backfill: BackfillStatus) {
    const { revision, title, scanned, estimated, workers } = backfill
    const of = estimated === null || scanned > estimated ? '' : ` of about ${estimated}`
    const at = workers === 0 ? '' : `, and ${workers} workers are at it`
    super(
      `${revision} cannot be undone: its backfill ${title} is not finished: ${scanned}${of} rows are done${at}.`,
      {
        hint: `Finish it with "limbeck backfill run ${revision}", or give it up with "limbeck backfill cancel ${revision}", and run the command again.`,
      },
    )
    this.backfill = backfill
  }
}

/** One that was given up, and that nobody is at any more, is undone with its revision. */
export async function refuseUnfinishedOf(
  { connection, project }: Session,
  path: readonly Revision[],
): Promise<void> {
  const ids = new Set(path.flatMap(({ id, replaces }) => [id, ...replacedIds(replaces)]))
  const unfinished = await unfinishedBackfills(connection, project.ledgerSchema)
  const underWay = unfinished.find(
    ({ revision, state, workers }) => ids.has(revision) && (state !== 'cancelled' || workers > 0),
  )
  if (underWay !== undefined) throw new BackfillUnderWay(underWay)
}
