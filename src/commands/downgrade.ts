import { LimbeckError } from '../error.ts'
import { downgradePath } from '../graph/path.ts'
import type { Revision } from '../graph/revision.ts'
import { parseSelector } from '../graph/selector.ts'
import { resolveTargets } from '../graph/targets.ts'
import { type BackfillStatus, unfinishedBackfills } from '../ledger/backfills.ts'
import { refuseHalfDone } from './half-done.ts'
import { planAll } from './plan-all.ts'
import { type Config, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { type DoneRevision, runAll, type TransactionMode } from './run-all.ts'
import { appliedIds, forSession, type RunOptions, type Session, withSession } from './session.ts'

export type DowngradeOptions = RunOptions & {
  /** A selector: `base`, `-1`, an id, `label@base`. */
  readonly to: string
  /** Goes on although data is lost. Without it a downgrade that loses data is refused, with what would be lost. */
  readonly acceptLoss?: boolean
  readonly transaction?: TransactionMode
}

export type DowngradeReport = {
  readonly database: string
  readonly undone: readonly DoneRevision[]
  readonly lost: readonly Loss[]
  readonly milliseconds: number
}

/** What a revision's downgrade takes away for good. */
export type Loss = { readonly revision: string; readonly what: string }

/** A downgrade that loses data, and nobody has said that it may. */
export class DataLoss extends LimbeckError {
  readonly code = 'DATA_LOSS'
  readonly losses: readonly Loss[]

  constructor(losses: readonly Loss[]) {
    super(
      `This downgrade loses data:\n${losses.map(({ revision, what }) => `  ${revision}: ${what}`).join('\n')}`,
      {
        hint: 'Say --yes (acceptLoss: true) if that is meant. Nothing has been changed.',
      },
    )
    this.losses = losses
  }
}

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

/** Undoes revisions, the last one first, down to a target. */
export async function downgrade(config: Config, options: DowngradeOptions): Promise<DowngradeReport> {
  const began = performance.now()
  const project = resolveProject(config)
  const graph = readGraph(project)
  return withSession(project, options, async (session) => {
    const applied = appliedIds(session.state)
    const targets = resolveTargets(graph, parseSelector(options.to), { applied, direction: 'downgrade' })
    const path = downgradePath(graph, { applied, targets })
    refuseHalfDone(session.state, 'downgrade', graph)
    await refuseUnfinishedOf(session, path)
    const plans = await planAll(path, 'downgrade', forSession(session))
    const lost = plans.flatMap(({ planned }) =>
      planned.loses.map((what) => ({ revision: planned.revision.id, what })),
    )
    if (lost.length > 0 && options.acceptLoss !== true) throw new DataLoss(lost)
    const undone = await runAll(session, plans, options.transaction ?? 'revision')
    return { database: session.connection.database, undone, lost, milliseconds: performance.now() - began }
  })
}

/** One that was given up, and that nobody is at any more, is undone with its revision. */
async function refuseUnfinishedOf(
  { connection, project }: Session,
  path: readonly Revision[],
): Promise<void> {
  const ids = new Set(path.map(({ id }) => id))
  const unfinished = await unfinishedBackfills(connection, project.ledgerSchema)
  const underWay = unfinished.find(
    ({ revision, state, workers }) => ids.has(revision) && (state !== 'cancelled' || workers > 0),
  )
  if (underWay !== undefined) throw new BackfillUnderWay(underWay)
}
