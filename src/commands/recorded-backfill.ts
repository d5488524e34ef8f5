import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { Graph } from '../graph/graph.ts'
import { presentRevision } from '../graph/missing.ts'
import type { BackfillStatus } from '../ledger/backfills.ts'
import type { PlannedBackfill, Stage } from '../plan/stage.ts'
import { inlineSql } from '../sql/tag.ts'
import { type LoadedPlan, planAll } from './plan-all.ts'
import type { Project } from './project.ts'

/** The backfill's revision says something else now, or reads the database, so that what it does is not known. */
export class BackfillUnknown extends LimbeckError {
  readonly code = 'BACKFILL_UNKNOWN'
  readonly revision: string

  constructor({ revision, title }: Pick<BackfillStatus, 'revision' | 'title'>) {
    super(`The file of ${revision} does not say the backfill ${title} at its place.`, {
      hint: 'It was edited since, or it awaits a query: then it can only be run as a whole.',
    })
    this.revision = revision
  }
}

/** A backfill of the ledger's, with what its revision's file says of it. */
export type RecordedBackfill = {
  readonly status: BackfillStatus
  readonly loaded: LoadedPlan
  readonly step: PlannedBackfill
  /** Statements that set what its revision has set for the session before it: a role, a search_path. */
  readonly settings: readonly string[]
}

/** Works with a backfill as its revision's session was when it came to it, and leaves the session as it found it. */
export async function asInRevision<Answer>(
  connection: Connection,
  { settings, step }: RecordedBackfill,
  work: () => Promise<Answer>,
): Promise<Answer> {
  // A function of the author's may tell the session anything.
  if (settings.length === 0 && !step.handwritten) return work()
  if (settings.length > 0) await connection.run(settings.join(';\n'))
  const answer = await work()
  await connection.reset()
  return answer
}

/** Finds in its revision's file what the ledger knows of a backfill. */
export async function recordedBackfill(
  project: Project,
  { connection, graph }: { readonly connection: Connection; readonly graph: Graph },
  status: BackfillStatus,
): Promise<RecordedBackfill> {
  // One that is replaced is still the one whose file says it.
  const replaced = graph.read.find(({ id }) => id === status.revision)
  const file = replaced ?? presentRevision(graph, status.revision)
  const [loaded] = await planAll([file], status.direction, {
    server: connection,
    operations: project.operations,
  })
  const stages = loaded?.planned.stages ?? []
  const stage = stages[status.stage - 1]
  if (loaded === undefined || stage?.type !== 'backfill' || stage.step.backfill.title !== status.title)
    throw new BackfillUnknown(status)
  const settings = stages.slice(0, status.stage - 1).flatMap(sessionSettings)
  return { status, loaded, step: stage.step, settings }
}

function sessionSettings(stage: Stage): readonly string[] {
  if (stage.type !== 'transaction') return []
  return stage.statements.filter(({ setsSession }) => setsSession).map(({ sql }) => inlineSql(sql))
}
