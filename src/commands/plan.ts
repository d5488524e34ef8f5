import { connect } from '../connection/connect.ts'
import { downgradePath, upgradePath } from '../graph/path.ts'
import type { Phase } from '../graph/revision.ts'
import { parseSelector } from '../graph/selector.ts'
import { resolveTargets } from '../graph/targets.ts'
import { type BackfillStatus, listBackfills, unfinishedOf } from '../ledger/backfills.ts'
import { readLedger } from '../ledger/state.ts'
import type { Direction, PlannedRevision } from '../plan/plan.ts'
import { type Stage, stageTitles } from '../plan/stage.ts'
import { stageSql } from '../plan/stage-sql.ts'
import { foreseeBackfills } from './decide-backfills.ts'
import { refuseOtherTools } from './other-tools.ts'
import { placeOf, placesOf } from './phase.ts'
import { planAll, whyIrreversible } from './plan-all.ts'
import { type Config, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { appliedIds } from './session.ts'
import { withGraph } from './with-graph.ts'

export type PlanOptions = {
  readonly direction?: Direction
  /** A selector. Default: `head` for an upgrade, `-1` for a downgrade. */
  readonly to?: string
  /** As for an upgrade that detaches all backfills. */
  readonly detach?: boolean
}

/** What would run, in order. */
export type PlanReport = {
  readonly database: string
  readonly direction: Direction
  readonly revisions: readonly PlannedRevisionReport[]
  /** Backfills that applied revisions were recorded without, and that are not finished. */
  readonly unfinished: readonly BackfillStatus[]
}

export type PlannedRevisionReport = {
  readonly id: string
  readonly message: string
  readonly file: string
  readonly stages: readonly PlannedStageReport[]
  /** It reads the database while it runs: what comes after the stages shown is not known before. */
  readonly open: boolean
  readonly loses: readonly string[]
  readonly warns: readonly string[]
  /** Why it cannot be undone once it is applied; null where it can be, and for a downgrade. */
  readonly irreversible: string | null
  /** When in a deploy it runs; null where that is not known before it does, and for a downgrade. */
  readonly phase: Phase | null
  /** Whether its header says so. */
  readonly phaseDeclared: boolean
  /** What in it the application of before may fail on or read wrong. */
  readonly breaks: readonly string[]
  /** Whose turn it is: 0 before the new application is out, 1 after it, 2 before the next one, and so on. */
  readonly turn: number
}

export type PlannedStageReport = {
  readonly type: Stage['type']
  /** What it does, a line each directive. */
  readonly titles: readonly string[]
  /** The SQL; for a backfill, what its batches do. */
  readonly sql: readonly string[]
  /** The revision is recorded without it, and `backfill run` finishes it. */
  readonly detached: boolean
}

/** Plans an upgrade or a downgrade from where the database stands. Runs nothing. */
export async function plan(config: Config = {}, options: PlanOptions = {}): Promise<PlanReport> {
  const { direction = 'upgrade' } = options
  const project = resolveProject(config)
  const files = readGraph(project)
  const connection = await connect(project.address)
  try {
    const unfinished = unfinishedOf(await listBackfills(connection, project.ledgerSchema))
    const { graph, state } = withGraph(files, { state: await readLedger(connection, project.ledgerSchema) })
    const applied = appliedIds(state)
    if (applied.size === 0 && direction === 'upgrade') await refuseOtherTools(connection, project)
    const selector = parseSelector(options.to ?? (direction === 'upgrade' ? 'head' : '-1'))
    const targets = resolveTargets(graph, selector, { applied, direction })
    const path = direction === 'upgrade' ? upgradePath : downgradePath
    const loaded = await planAll(path(graph, { applied, targets }), direction, {
      server: connection,
      operations: project.operations,
    })
    const wishes = { detach: options.detach ?? false, unfinished, graph }
    const plans = direction === 'upgrade' ? foreseeBackfills(loaded, wishes) : loaded
    const found = placesOf(
      graph,
      plans.map(({ planned }) => planned),
    )
    return {
      database: connection.database,
      direction,
      unfinished,
      revisions: await Promise.all(
        plans.map(async (plan) => ({
          ...report(plan.planned, placeOf(found, plan.planned).turn),
          irreversible: await whyIrreversible(plan),
        })),
      ),
    }
  } finally {
    await connection.close()
  }
}

function report(
  { revision, stages, open, loses, warns, phase }: PlannedRevision,
  turn: number,
): Omit<PlannedRevisionReport, 'irreversible'> {
  return {
    id: revision.id,
    message: revision.message,
    file: revision.file,
    stages: stages.map((stage) => ({
      type: stage.type,
      titles: stageTitles(stage),
      sql: stageSql(stage),
      detached: stage.type === 'backfill' && stage.step.detached === true,
    })),
    open: open !== null,
    loses,
    warns,
    phase: phase?.phase ?? null,
    phaseDeclared: phase?.declared ?? false,
    breaks: phase?.breaks ?? [],
    turn,
  }
}
