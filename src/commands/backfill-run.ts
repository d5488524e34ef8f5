import { connect } from '../connection/connect.ts'
import type { Connection } from '../connection/connection.ts'
import type { Graph } from '../graph/graph.ts'
import { type BackfillStatus, listBackfills } from '../ledger/backfills.ts'
import { ledgerWriter } from '../ledger/record.ts'
import { asFailure, runBackfillStage } from '../migrate/backfill-stage.ts'
import { type BackfillSelection, NoSuchBackfill, ofRevision } from './backfill.ts'
import { type Config, type Project, resolveProject } from './project.ts'
import { recordedBackfill } from './recorded-backfill.ts'
import { type RunOptions, readGraph, runner } from './session.ts'

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
    const done: BackfillStatus[] = []
    for (;;) {
      const all = await listBackfills(connection, project.ledgerSchema)
      const meant = ofRevision(all, options.revision)
      if (options.revision !== undefined && meant.length === 0)
        throw new NoSuchBackfill(options.revision, revisionsOf(all.filter(({ open }) => open)))
      const next = meant.findLast(
        (one) =>
          one.open && (one.state !== 'cancelled' || options.revision !== undefined) && !isIn(done, one),
      )
      if (next === undefined) {
        const backfills = all.filter((one) => isIn(done, one))
        return { database: connection.database, backfills }
      }
      await workAt(project, { connection, graph }, next, options)
      done.push(next)
    }
  } finally {
    await connection.close()
  }
}

async function workAt(
  project: Project,
  at: { readonly connection: Connection; readonly graph: Graph },
  status: BackfillStatus,
  options: BackfillRunOptions,
): Promise<void> {
  const { connection } = at
  const { onEvent = () => {}, signal } = options
  const { step, loaded, settings } = await recordedBackfill(project, at, status)
  const { revision, direction, warns } = loaded.planned
  const titles = [status.title]
  const { checksum } = loaded.file
  const began = performance.now()
  onEvent({
    type: 'revision-started',
    revision: revision.id,
    message: revision.message,
    direction,
    resumed: true,
    warns,
    stages: 1,
  })
  onEvent({ type: 'stage-started', revision: revision.id, ordinal: status.stage, kind: 'backfill', titles })
  if (status.checksum !== checksum)
    onEvent({ type: 'backfill-edited', revision: revision.id, title: status.title })
  if (settings.length > 0) await connection.run(settings.join(';\n'))
  const stage = {
    connection,
    ledger: ledgerWriter(project.ledgerSchema, runner()),
    backfills: project.backfills,
    revision: { ...revision, checksum },
    direction,
    patience: project.patience,
    signal,
    onEvent,
    hooks: {},
    step,
    run: status.run,
    stage: status.stage,
    sessions: options.workers ?? step.backfill.sessions,
    leased: false,
  }
  try {
    await runBackfillStage(stage)
  } catch (error) {
    throw asFailure(stage, status.stage, step, error)
  }
  await connection.reset()
  const milliseconds = performance.now() - began
  onEvent({
    type: 'stage-done',
    revision: revision.id,
    ordinal: status.stage,
    kind: 'backfill',
    titles,
    milliseconds,
    skipped: false,
  })
}

function isIn(backfills: readonly BackfillStatus[], { run, stage }: BackfillStatus): boolean {
  return backfills.some((one) => one.run === run && one.stage === stage)
}

function revisionsOf(backfills: readonly BackfillStatus[]): readonly string[] {
  return backfills.map(({ revision }) => revision)
}
