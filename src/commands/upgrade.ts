import type { Graph } from '../graph/graph.ts'
import { upgradePath } from '../graph/path.ts'
import type { Phase, Revision } from '../graph/revision.ts'
import { parseSelector } from '../graph/selector.ts'
import { resolveTargets } from '../graph/targets.ts'
import { type BackfillStatus, unfinishedBackfills } from '../ledger/backfills.ts'
import { isStrong } from '../migrate/lock-conflicts.ts'
import { stageSteps } from '../plan/stage.ts'
import { type EditedRevision, editedRevisions, missingRevisions } from './edited.ts'
import { refuseHalfDone } from './half-done.ts'
import { keepingVersions } from './keep-versions.ts'
import { refuseOtherTools } from './other-tools.ts'
import type { WaitingRevision } from './phase.ts'
import type { LoadedPlan } from './plan-all.ts'
import { type Config, resolveProject } from './project.ts'
import { readGraphWithChecksums } from './read-graph.ts'
import type { DoneRevision, TransactionMode } from './run-all.ts'
import { appliedIds, forSession, type RunOptions, type Session, withSession } from './session.ts'
import { withGraph } from './with-graph.ts'

export type UpgradeOptions = RunOptions & {
  /** A selector: `head`, `heads`, an id, `+2`, `label@head`. Default: `head`. */
  readonly to?: string
  /** One transaction a revision (the default), or one for everything that is pending. */
  readonly transaction?: TransactionMode
  /**
   * Records the revisions without their backfills, as far as nothing that comes after needs them; `backfill run` finishes them.
   * Default: only those that say so themselves.
   */
  readonly detach?: boolean
  /**
   * `expand`: only what may run before the new application is out; `contract`: the rest, once no application of before is
   * left. Default: everything.
   */
  readonly phase?: Phase
}

export type UpgradeReport = {
  readonly database: string
  readonly applied: readonly DoneRevision[]
  /** Backfills that are left to `backfill run`, of this upgrade or of earlier ones. */
  readonly detached: readonly BackfillStatus[]
  /** What is pending and does not belong to the phase that was asked for. */
  readonly waiting: readonly WaitingRevision[]
  /** Applied files that were edited since. */
  readonly edited: readonly EditedRevision[]
  /** Applied revisions that have no file. */
  readonly missing: readonly string[]
  /** How many revisions the folder has. */
  readonly revisions: number
  readonly milliseconds: number
}

/** Applies what is pending, up to a target. Everything is planned before anything runs. */
export async function upgrade(config: Config = {}, options: UpgradeOptions = {}): Promise<UpgradeReport> {
  const began = performance.now()
  const project = resolveProject(config)
  const { graph: files, checksums } = readGraphWithChecksums(project)
  return withSession(
    project,
    options,
    async (opened) => {
      const { graph, ...session } = await keepingVersions(withGraph(files, opened))
      const applied = appliedIds(session.state)
      const targets = resolveTargets(graph, parseSelector(options.to ?? 'head'), {
        applied,
        direction: 'upgrade',
      })
      const pending = upgradePath(graph, { applied, targets })
      refuseHalfDone(session.state, 'upgrade', graph)
      const { applied: done, waiting } = await apply(session, { graph, pending }, options)
      return {
        database: session.connection.database,
        applied: done,
        waiting,
        detached: await unfinishedBackfills(session.connection, project.ledgerSchema),
        edited: editedRevisions(graph, session.state, checksums),
        missing: missingRevisions(graph, session.state),
        revisions: graph.revisions.size,
        milliseconds: performance.now() - began,
      }
    },
    (connection) => refuseOtherTools(connection, project),
  )
}

/** Plans and runs; what that takes is loaded only where something is pending, which at most deploys nothing is. */
async function apply(
  session: Session,
  { graph, pending }: { readonly graph: Graph; readonly pending: readonly Revision[] },
  { phase, transaction = 'revision', detach = false }: UpgradeOptions,
): Promise<Pick<UpgradeReport, 'applied' | 'waiting'>> {
  if (pending.length === 0) return { applied: [], waiting: [] }
  const { planAll } = await import('./plan-all.ts')
  const { decideBackfills } = await import('./decide-backfills.ts')
  const { runAll } = await import('./run-all.ts')
  const plans = await planAll(pending, 'upgrade', forSession(session))
  const unfinished = await unfinishedBackfills(session.connection, session.project.ledgerSchema)
  const begun = new Set(session.state.unfinished.map(({ revision }) => revision))
  const { withoutHazards } = await import('./lint-gate.ts')
  const run = async (chosen: readonly LoadedPlan[]) => {
    const safe = await withoutHazards(session.project, {
      graph,
      plans: chosen,
      begun,
      connection: session.connection,
    })
    await lookAhead(session, safe)
    return runAll(session, decideBackfills(safe, { detach, unfinished, graph }), transaction)
  }
  if (phase === undefined) return { applied: await run(plans), waiting: [] }
  const { choose, refuseExpandPending } = await import('./phase.ts')
  const choice = choose(graph, plans, phase)
  if (phase === 'contract') await refuseExpandPending(session, graph, choice)
  return { applied: await run(choice.chosen), waiting: choice.waiting }
}

/** Tells what is in the way of strong locks before the first is asked for. Nobody else uses an embedded database. */
async function lookAhead(
  { connection, project, options }: Session,
  plans: readonly LoadedPlan[],
): Promise<void> {
  const { onEvent } = options
  if (onEvent === undefined || connection.embedded || !plans.some(takesStrongLocks)) return
  const { findingsInTheWay } = await import('./server-findings.ts')
  for (const { what, hint = null } of await findingsInTheWay(connection, project.ledgerSchema))
    onEvent({ type: 'found-before', what, hint })
}

/** What SQL of the author's takes is not known, nor what comes after a read. */
function takesStrongLocks({ planned: { stages, open } }: LoadedPlan): boolean {
  if (open !== null || stages.some(({ type }) => type === 'procedure')) return true
  return stages.flatMap(stageSteps).some((step) => {
    if (step.run !== 'statement') return false
    return step.handwritten || (step.locks ?? []).some(({ mode }) => isStrong(mode))
  })
}
