import { connect } from '../connection/connect.ts'
import type { Connection } from '../connection/connection.ts'
import type { Graph } from '../graph/graph.ts'
import { type BackfillStatus, listBackfills } from '../ledger/backfills.ts'
import { ledgerWriter } from '../ledger/record.ts'
import { refuseOutdated } from '../ledger/tables.ts'
import { asFailure, runBackfillStage } from '../migrate/backfill-stage.ts'
import { Interrupted, type Standing } from '../migrate/failure.ts'
import { callHook, hookFacts, withRunHooks } from '../migrate/hooks.ts'
import { withWatch } from '../migrate/watch.ts'
import { type BackfillSelection, NoSuchBackfill, ofRevision } from './backfill.ts'
import { type Config, type Project, resolveProject, watchOptions } from './project.ts'
import { readGraph } from './read-graph.ts'
import { asInRevision, type RecordedBackfill, recordedBackfill } from './recorded-backfill.ts'
import { type RunOptions, runner } from './session.ts'
import { standingOf } from './with-standing.ts'

export type BackfillRunOptions = BackfillSelection &
  RunOptions & {
    /** How many sessions this process works on. Default: as many as the backfill itself says. */
    readonly workers?: number
  }

export type BackfillRunReport = {
  readonly database: string
  /** What this process took part in, as it stands now. */
  readonly backfills: readonly BackfillStatus[]
}

/**
 * Takes part in the backfills that are recorded and not finished, the oldest first, until nothing is left of them: those that
 * revisions were recorded without, and those that an `upgrade` is at just now or has left behind. It needs no lease: as
 * many may run as one likes, on as many hosts. What was cancelled is left alone, and refused where it is named.
 */
export async function backfillRun(
  config: Config = {},
  options: BackfillRunOptions = {},
): Promise<BackfillRunReport> {
  const project = resolveProject(config)
  const graph = readGraph(project)
  const connection = await connect(project.address)
  try {
    await refuseOutdated(connection, project.ledgerSchema)
    const all = await listBackfills(connection, project.ledgerSchema)
    if (options.revision !== undefined && ofRevision(all, options.revision).length === 0)
      throw new NoSuchBackfill(options.revision, revisionsOf(all.filter(({ open }) => open)))
    const left = leftOf(all, options)
    const [first] = left
    if (first === undefined) return { database: connection.database, backfills: [] }
    const facts = {
      ...hookFacts(connection, first.direction),
      work: 'backfills' as const,
      revisions: revisionsOf(left),
    }
    return await withRunHooks(project.hooks, facts, () => workAtAll(project, { connection, graph }, options))
  } finally {
    await connection.close()
  }
}

/** Works at one backfill after the other, those too that are recorded meanwhile. */
async function workAtAll(
  project: Project,
  at: { readonly connection: Connection; readonly graph: Graph },
  options: BackfillRunOptions,
): Promise<BackfillRunReport> {
  const { connection } = at
  const done: BackfillStatus[] = []
  for (;;) {
    const all = await listBackfills(connection, project.ledgerSchema)
    const next = leftOf(all, options).find((one) => !isIn(done, one))
    if (next === undefined)
      return { database: connection.database, backfills: all.filter((one) => isIn(done, one)) }
    await workAt(project, at, next, options).catch(async (error: unknown) => {
      if (!(error instanceof Interrupted)) throw error
      const now = await listBackfills(connection, project.ledgerSchema)
      throw new Interrupted(next.revision, standing(now, { done, next }))
    })
    done.push(next)
  }
}

/** What there is to work at, the oldest first. */
function leftOf(all: readonly BackfillStatus[], { revision }: BackfillRunOptions): readonly BackfillStatus[] {
  return ofRevision(all, revision)
    .filter(({ open, state }) => open && (state !== 'cancelled' || revision !== undefined))
    .toReversed()
}

/** Works at one backfill until nothing is left of it, and tells how it goes as an upgrade does. */
async function workAt(
  project: Project,
  at: { readonly connection: Connection; readonly graph: Graph },
  status: BackfillStatus,
  options: BackfillRunOptions,
): Promise<void> {
  const began = performance.now()
  const { onEvent = () => {} } = options
  const backfill = await recordedBackfill(project, at, status)
  const { direction, warns, revision } = backfill.loaded.planned
  const { id, message } = revision
  onEvent({ type: 'revision-started', revision: id, message, direction, resumed: true, warns, stages: 1 })
  const { stage: ordinal, title } = status
  const stage = { revision: id, ordinal, kind: 'backfill', titles: [backfill.step.title] } as const
  const facts = {
    ...hookFacts(at.connection, direction),
    ...stage,
    message,
    file: revision.file,
  }
  // The stage of a run that goes on is that run's own.
  const hooks = status.detached ? project.hooks : {}
  await callHook(hooks, 'beforeStage', facts)
  onEvent({ type: 'stage-started', ...stage })
  if (status.checksum !== backfill.loaded.file.checksum)
    onEvent({ type: 'backfill-edited', revision: id, title })
  await asInRevision(at.connection, backfill, () => work(project, at.connection, backfill, options))
  onEvent({ type: 'stage-done', ...stage, milliseconds: performance.now() - began, skipped: false })
  await callHook(hooks, 'afterStage', facts)
}

async function work(
  project: Project,
  connection: Connection,
  { loaded, step, status }: RecordedBackfill,
  { onEvent = () => {}, signal, workers = step.backfill.sessions }: BackfillRunOptions,
): Promise<void> {
  const { revision, direction } = loaded.planned
  const stage = {
    connection,
    ledger: ledgerWriter(project.ledgerSchema, runner()),
    backfills: project.backfills,
    revision: { ...revision, checksum: loaded.file.checksum },
    direction,
    patience: project.patience,
    signal,
    onEvent,
    hooks: {},
    step,
    run: status.run,
    stage: status.stage,
    sessions: workers,
    leased: false,
  }
  await withWatch(connection, watchOptions(project), async (watch) => {
    const watched = { ...stage, watch }
    await runBackfillStage(watched).catch((error: unknown) => {
      throw asFailure(watched, status.stage, step, error)
    })
  })
}

/** How far a process is that works at backfills, when it is asked to stop. */
function standing(
  now: readonly BackfillStatus[],
  { done, next }: { readonly done: readonly BackfillStatus[]; readonly next: BackfillStatus },
): Standing {
  const backfill = now.find((one) => isIn([next], one)) ?? next
  return {
    done: revisionsOf(done),
    halfDone: { revision: next.revision, stages: [], backfill: standingOf(backfill) },
    notBegun: [],
  }
}

function isIn(backfills: readonly BackfillStatus[], { run, stage }: BackfillStatus): boolean {
  return backfills.some((one) => one.run === run && one.stage === stage)
}

function revisionsOf(backfills: readonly BackfillStatus[]): readonly string[] {
  return backfills.map(({ revision }) => revision)
}
