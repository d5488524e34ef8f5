import { setTimeout } from 'node:timers/promises'
import type { BackfillSettings } from '../backfill/settings.ts'
import { type Connection, ConnectionLost } from '../connection/connection.ts'
import { isTransient, type LockPatience, pauseAfter } from '../connection/retry.ts'
import { unfinishedBackfills } from '../ledger/backfills.ts'
import type { LedgerWriter, RecordedRevision } from '../ledger/record.ts'
import { readLedger, type UnfinishedRun, unfinishedRunOf } from '../ledger/state.ts'
import { factsOf, type Vocabulary } from '../operations/operations.ts'
import {
  perform,
  type RecordedDirective,
  type RevisionFunction,
  type SourcePosition,
} from '../operations/recording.ts'
import { refuseDetached, refuseUnfinished } from '../plan/detach.ts'
import { type PlannedRevision, stepsOf } from '../plan/plan.ts'
import { type PlannedStep, stageSteps } from '../plan/stage.ts'
import type { Sql } from '../sql/tag.ts'
import type { OnEvent } from './events.ts'
import { Interrupted, MigrationFailed, runError } from './failure.ts'
import { callHook, type Hooks, hookFacts } from './hooks.ts'
import { type StageRunner, stageRunner } from './stage-runner.ts'
import type { Watch } from './watch.ts'

export type RevisionRunOptions = {
  readonly connection: Connection
  readonly schema: string
  readonly ledger: LedgerWriter
  readonly planned: PlannedRevision
  readonly checksum: string
  readonly vocabulary: Vocabulary
  /** The revision's function, for one that reads the database; a closed plan is run from its directives. */
  readonly revise: RevisionFunction
  readonly unfinished: UnfinishedRun | null
  readonly patience: LockPatience
  readonly backfills: BackfillSettings
  readonly signal: AbortSignal | undefined
  readonly onEvent: OnEvent
  readonly hooks: Hooks
  readonly watch: Watch
}

/** Brings one revision to its end: attempt after attempt while locks are not to be had, each from where the last one stopped. */
export async function runRevision(options: RevisionRunOptions): Promise<void> {
  const { planned, connection, patience, onEvent, signal } = options
  const { id: revision, message } = planned.revision
  const began = performance.now()
  let unfinished = options.unfinished
  onEvent({
    type: 'revision-started',
    revision,
    message,
    direction: planned.direction,
    resumed: unfinished !== null,
    warns: planned.warns,
    stages: planned.open === null ? planned.stages.length : null,
  })
  const { file } = planned.revision
  const facts = { ...hookFacts(connection, planned.direction), revision, message, file }
  await callHook(options.hooks, 'beforeRevision', facts)
  for (let attempt = 1; ; attempt++) {
    const error = await attemptRevision({ ...options, unfinished })
    if (error === null) break
    if (!isTransient(causeOf(error)) || attempt >= patience.attempts) throw error
    if (signal?.aborted) throw new Interrupted(revision)
    const due = options.watch.due(connection) ?? Number.POSITIVE_INFINITY
    const pause = Math.min(pauseAfter(patience, attempt), due)
    onEvent({ type: 'retry', revision, reason: causeOf(error).message, attempt, pauseMilliseconds: pause })
    // An interruption ends the pause; the next attempt sees the signal.
    await setTimeout(pause, undefined, { signal }).catch(() => {})
    unfinished = await findUnfinished(options)
  }
  if (planned.stages.flatMap(stageSteps).some(({ handwritten }) => handwritten) || planned.open !== null) {
    // SQL of the user's own may have changed the session: the next revision starts with a clean one.
    await connection.reset()
  }
  await callHook(options.hooks, 'afterRevision', facts)
  onEvent({
    type: 'revision-done',
    revision,
    direction: planned.direction,
    milliseconds: performance.now() - began,
  })
}

/** One attempt; gives the error that ended it, with nothing left open and the failure recorded. */
async function attemptRevision(options: RevisionRunOptions): Promise<Error | null> {
  const { connection, ledger, planned, checksum } = options
  const recorded: RecordedRevision = { ...planned.revision, checksum }
  const stages = stageRunner({
    ...options,
    revision: { ...recorded, file: planned.revision.file },
    direction: planned.direction,
  })
  try {
    if (options.unfinished !== null) await connection.run(ledger.resumed(options.unfinished.id))
    await runDirectives(options, stages)
    await stages.finish()
    return null
  } catch (error) {
    if (!(error instanceof Error)) throw error
    await recordFailure(options, stages, recorded, error)
    return error
  }
}

async function runDirectives(options: RevisionRunOptions, stages: StageRunner): Promise<void> {
  const { planned, revise, connection, vocabulary } = options
  const { revision } = planned
  let n = 0
  const push = async (directives: readonly RecordedDirective[]) => {
    for (const directive of directives) {
      const steps = await stepsOf(directive, { revision, server: connection, vocabulary })
      const decided = planned.steps[n++]
      if (decided === undefined) await checkBehindAwait(options, directive, steps)
      for (const [m, step] of steps.entries()) await stages.push(asDecided(step, decided?.[m]))
    }
  }
  if (planned.open === null) return push(planned.directives)
  const performer = {
    perform: push,
    query: (sql: Sql, at: SourcePosition | null) => stages.query(sql, at?.line ?? null),
  }
  await perform(revise, performer, { vocabulary, file: revision.file })
}

/** Who does a backfill was decided when everything was planned. */
function asDecided(step: PlannedStep, decided: PlannedStep | undefined): PlannedStep {
  return step.run === 'backfill' && decided?.run === 'backfill' && decided.detached === true
    ? { ...step, detached: true }
    : step
}

/** What a revision says behind an await was not there when everything was planned; it is looked at before it runs. */
async function checkBehindAwait(
  { planned: { revision }, connection, schema, vocabulary }: RevisionRunOptions,
  directive: RecordedDirective,
  steps: readonly PlannedStep[],
): Promise<void> {
  // A worker finds it again in the recording of the revision, which ends at its first await.
  refuseDetached({ revision, steps: [steps] }, 'it stands behind an await, where no worker can find it.')
  if (factsOf(directive.directive, vocabulary).needsBackfills.length === 0) return
  const unfinished = await unfinishedBackfills(connection, schema)
  refuseUnfinished({ revision, directives: [directive] }, unfinished, vocabulary)
}

async function recordFailure(
  options: RevisionRunOptions,
  stages: StageRunner,
  recorded: RecordedRevision,
  error: Error,
): Promise<void> {
  if (stages.ended()) return
  const { connection, ledger } = options
  const { run, stage } = stages.current()
  // An interruption is no failure, and a revision of which nothing is done yet leaves no trace of one.
  if (error instanceof Interrupted && run.id === null) return
  try {
    if (connection.transaction() !== 'idle') await connection.run('ROLLBACK')
    await connection.run(ledger.failed(run, recorded, { stage, error: runError(error) }))
  } catch (unrecorded) {
    // The session is gone, and the error that is on its way is the one to tell; the next run finds the run unfinished.
    if (!(unrecorded instanceof ConnectionLost)) throw unrecorded
  }
}

async function findUnfinished({
  connection,
  schema,
  planned,
}: RevisionRunOptions): Promise<UnfinishedRun | null> {
  const { unfinished } = await readLedger(connection, schema)
  return unfinishedRunOf(unfinished, planned.revision.id, planned.direction)
}

function causeOf(error: Error): Error {
  return error instanceof MigrationFailed && error.cause instanceof Error ? error.cause : error
}
