import { LimbeckError } from '../error.ts'
import type { Graph } from '../graph/graph.ts'
import type { Revision } from '../graph/revision.ts'
import type { LedgerState, UnfinishedRun } from '../ledger/state.ts'
import { replay } from '../migrate/replay.ts'
import { vocabularyWith } from '../operations/operations.ts'
import { abortOf } from '../plan/abort.ts'
import { IrreversibleRevision, planRevision } from '../plan/plan.ts'
import { loadRevision } from '../script/revision-file.ts'
import { refuseUnfinishedOf } from './backfill-under-way.ts'
import { type Loss, refuseLoss } from './data-loss.ts'
import { HalfDoneWithoutFile, RevisionHalfDone } from './half-done.ts'
import { keepingVersions } from './keep-versions.ts'
import type { LoadedPlan } from './plan-all.ts'
import { type Config, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { type DoneRevision, runAll } from './run-all.ts'
import { forSession, type RunOptions, type Session, withSession } from './session.ts'
import { withGraph } from './with-graph.ts'

export type AbortOptions = RunOptions & {
  /** Which revision, by its id or the beginning of it. Default: the one that is half done. */
  readonly revision?: string
  /** Goes on although data is lost. Without it an abort that loses data is refused, with what would be lost. */
  readonly acceptLoss?: boolean
}

export type AbortReport = {
  readonly database: string
  /** The revision that was taken back; null where none is half done. */
  readonly aborted: DoneRevision | null
  readonly lost: readonly Loss[]
  /** What was not taken back, and needs not be, a sentence each. */
  readonly stays: readonly string[]
  readonly milliseconds: number
}

/** What is done of a revision cannot be undone by itself. */
export class CannotAbort extends LimbeckError {
  readonly code = 'CANNOT_ABORT'
  readonly revision: string
  readonly reason: string

  constructor(revision: string, reason: string) {
    super(`What is done of ${revision} cannot be taken back: ${reason}`, {
      hint: 'Bring it to its end with "limbeck upgrade". Or undo by hand what "limbeck status" shows as done, and have it forgotten: "limbeck stamp --purge" with what is applied. Nothing has been changed.',
    })
    this.revision = revision
    this.reason = reason
  }
}

/** Of the revisions that are half done, none has this name, or several have. */
export class NotHalfDone extends LimbeckError {
  readonly code = 'NOT_HALF_DONE'
  readonly candidates: readonly string[]

  constructor(name: string | undefined, candidates: readonly string[]) {
    super(
      name === undefined
        ? `Several revisions are half done: ${candidates.join(', ')}.`
        : `${name} is not one revision of those that are half done: ${candidates.join(', ')}.`,
      { hint: 'Say which one: limbeck abort REVISION.' },
    )
    this.candidates = candidates
  }
}

/** Takes back what a half done upgrade has done, so that the database is as it was before. */
export async function abort(config: Config = {}, options: AbortOptions = {}): Promise<AbortReport> {
  const began = performance.now()
  const project = resolveProject(config)
  const files = readGraph(project)
  return withSession(project, options, async (opened) => {
    const { graph, ...session } = await keepingVersions(withGraph(files, opened))
    const run = halfDoneUpgrade(session.state, options.revision)
    const report = { database: session.connection.database, aborted: null, lost: [], stays: [] }
    if (run === null) return { ...report, milliseconds: performance.now() - began }
    const revision = revisionOf(graph, run)
    await refuseUnfinishedOf(session, [revision])
    const plan = await planAbort(session, revision, run)
    const lost = refuseLoss([plan], options.acceptLoss === true)
    const [aborted = null] = await runAll(session, [plan], 'revision')
    return { ...report, aborted, lost, stays: plan.planned.warns, milliseconds: performance.now() - began }
  })
}

function halfDoneUpgrade({ unfinished }: LedgerState, name: string | undefined): UnfinishedRun | null {
  const upgrades = unfinished.filter(({ direction }) => direction === 'upgrade')
  const other = unfinished.find(({ direction, stages }) => direction === 'downgrade' && stages.length > 0)
  if (other !== undefined && !other.aborts) throw new RevisionHalfDone(other.revision, other.direction)
  if (upgrades.length === 0) return null
  // One that failed before it did anything is in nobody's way.
  const begun = upgrades.filter(({ stages }) => stages.length > 0)
  const candidates = begun.length > 0 ? begun : upgrades
  const named = candidates.filter(({ revision }) => name === undefined || revision.startsWith(name))
  const [run] = named
  if (run !== undefined && named.length === 1) return run
  throw new NotHalfDone(
    name,
    candidates.map(({ revision }) => revision),
  )
}

function revisionOf({ revisions }: Graph, { revision: id, direction }: UnfinishedRun): Revision {
  const revision = revisions.get(id)
  if (revision === undefined) throw new HalfDoneWithoutFile(id, direction)
  return revision
}

async function planAbort(session: Session, revision: Revision, run: UnfinishedRun): Promise<LoadedPlan> {
  const { server, operations } = forSession(session)
  const vocabulary = vocabularyWith(operations)
  const file = await loadRevision(revision, vocabulary)
  const recording = await file.recordUpgrade()
  const upgrade = await planRevision({ revision, direction: 'upgrade', recording, server, vocabulary })
  const begun = await replay({
    planned: upgrade,
    revise: file.upgrade,
    run,
    checksum: file.checksum,
    server,
    vocabulary,
  })
  try {
    const abortion = abortOf(revision, begun, vocabulary)
    const direction = 'downgrade'
    const planned = await planRevision({ revision, direction, recording: abortion, server, vocabulary })
    return { planned, file, vocabulary }
  } catch (error) {
    if (error instanceof IrreversibleRevision) throw new CannotAbort(revision.id, error.reason)
    throw error
  }
}
