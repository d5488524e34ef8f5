import { downgradePath } from '../graph/path.ts'
import { parseSelector } from '../graph/selector.ts'
import { resolveTargets } from '../graph/targets.ts'
import { refuseUnfinishedOf } from './backfill-under-way.ts'
import { type Loss, refuseLoss } from './data-loss.ts'
import { refuseHalfDone } from './half-done.ts'
import { keepingVersions } from './keep-versions.ts'
import { planAll } from './plan-all.ts'
import { type Config, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { type DoneRevision, runAll, type TransactionMode } from './run-all.ts'
import { appliedIds, forSession, type RunOptions, withSession } from './session.ts'
import { withGraph } from './with-graph.ts'

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

/** Undoes revisions, the last one first, down to a target. */
export async function downgrade(config: Config, options: DowngradeOptions): Promise<DowngradeReport> {
  const began = performance.now()
  const project = resolveProject(config)
  const files = readGraph(project)
  return withSession(project, options, async (opened) => {
    const { graph, ...session } = await keepingVersions(withGraph(files, opened))
    const applied = appliedIds(session.state)
    const targets = resolveTargets(graph, parseSelector(options.to), { applied, direction: 'downgrade' })
    const path = downgradePath(graph, { applied, targets })
    refuseHalfDone(session.state, 'downgrade', graph)
    await refuseUnfinishedOf(session, path)
    const plans = await planAll(path, 'downgrade', forSession(session))
    const lost = refuseLoss(plans, options.acceptLoss === true)
    const { withoutHazards } = await import('./lint-gate.ts')
    const looked = await withoutHazards(project, {
      graph,
      plans,
      begun: new Set(),
      connection: session.connection,
    })
    const undone = await runAll(session, looked, options.transaction ?? 'revision')
    return { database: session.connection.database, undone, lost, milliseconds: performance.now() - began }
  })
}
