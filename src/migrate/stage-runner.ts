import type { BackfillSettings } from '../backfill/settings.ts'
import type { Row } from '../connection/connection.ts'
import type { LedgerWriter, RecordedStage, RunReference } from '../ledger/record.ts'
import type { StageRecord, UnfinishedRun } from '../ledger/state.ts'
import type { Procedure } from '../operations/operation.ts'
import {
  joins,
  type PlannedBackfill,
  type PlannedProcedure,
  type PlannedStatement,
  type PlannedStep,
  type Stage,
  stageTitles,
  summarize,
} from '../plan/stage.ts'
import { bindSql, inlineSql, type Sql } from '../sql/tag.ts'
import { type Attempt, placeOf, positionOf, stopIfAsked, watched } from './attempt.ts'
import { asFailure, type BackfillStage, recordBackfillStage, runBackfillStage } from './backfill-stage.ts'
import { MigrationFailed, StageChanged } from './failure.ts'
import { callHook, hookFacts } from './hooks.ts'
import { runCourse } from './procedure-runner.ts'
import { sendStatements } from './send.ts'

export type StageRunnerOptions = Attempt & {
  readonly ledger: LedgerWriter
  /** What an earlier attempt left. */
  readonly unfinished: UnfinishedRun | null
  readonly backfills: BackfillSettings
}

/** Runs one attempt at a revision, step by step, and keeps the ledger. */
export type StageRunner = {
  push(step: PlannedStep): Promise<void>
  query(sql: Sql, line: number | null): Promise<readonly Row[]>
  /** Ends the last stage and records the revision, in one transaction where there is one. */
  finish(): Promise<void>
  /** What the ledger should know of a failure: the run, and the stage that was under way. */
  current(): { readonly run: RunReference; readonly stage: RecordedStage | null }
  /** Whether the revision is recorded as done: what fails after that is no failure of the revision. */
  ended(): boolean
}

/** The transaction that is being put together; its statements are sent when something must be known or when it ends. */
type OpenStage = {
  readonly ordinal: number
  readonly record: StageRecord | null
  readonly statements: PlannedStatement[]
  readonly answers: (readonly Row[])[]
  /** How many of the statements were sent. */
  sent: number
  readonly began: number
}

export function stageRunner(options: StageRunnerOptions): StageRunner {
  const { connection, ledger, revision, onEvent } = options
  let run: RunReference = { id: options.unfinished?.id ?? null, direction: options.direction }
  let ordinal = 0
  let open: OpenStage | null = null
  let working: RecordedStage | null = null
  let ended = false
  const recordOf = (number: number) =>
    options.unfinished?.stages.find((stage) => stage.ordinal === number) ?? null

  const begin = (): OpenStage => {
    stopIfAsked(options)
    ordinal++
    return {
      ordinal,
      record: recordOf(ordinal),
      statements: [],
      answers: [],
      sent: 0,
      began: performance.now(),
    }
  }

  /** Everything of the stage that was not sent yet, as one text, with what opens the transaction before it. */
  const send = async (stage: OpenStage, record: string | null) => {
    const begins = stage.sent === 0 && connection.transaction() === 'idle'
    if (begins) {
      await hook('beforeStage', stage.ordinal, { type: 'transaction', statements: stage.statements })
      const locks = stage.statements.flatMap(({ locks = [] }) => locks)
      await options.watch.ahead(connection, { revision: revision.id, onEvent }, locks)
    }
    const opening = begins ? ['BEGIN', `SET LOCAL lock_timeout = ${options.patience.lockTimeout}`] : []
    const statements = stage.statements.slice(stage.sent)
    const ending = record === null ? [] : [record, 'COMMIT']
    const results = await sendStatements(options, { stage: stage.ordinal, opening, statements, ending })
    stage.sent = stage.statements.length
    return results
  }

  /** Tells the project's hook of a stage. */
  const hook = (name: 'beforeStage' | 'afterStage', number: number, stage: Stage) =>
    callHook(options.hooks, name, {
      ...hookFacts(connection, options.direction),
      revision: revision.id,
      message: revision.message,
      file: revision.file,
      ordinal: number,
      kind: stage.type,
      titles: stageTitles(stage),
    })

  /** Does a backfill, or records it for workers. */
  const backfill = async (step: PlannedBackfill, id: string, stage: number, begun: boolean) => {
    const { sessions, title } = step.backfill
    const whole: BackfillStage = { ...options, step, run: id, stage, sessions, leased: true }
    const detached = step.detached === true
    if (detached) await recordBackfillStage(whole)
    if (detached || begun) await connection.run(ledger.backfillDetached(id, stage, detached))
    if (!detached) return runBackfillStage(whole)
    onEvent({ type: 'backfill-detached', revision: revision.id, title })
  }

  const close = async (last: boolean) => {
    if (open === null) return
    const stage = open
    const whole: Stage = { type: 'transaction', statements: stage.statements }
    const recorded = { ...summarize(whole, stage.ordinal), answers: stage.answers }
    working = recorded
    const announced = {
      revision: revision.id,
      ordinal: stage.ordinal,
      kind: whole.type,
      titles: stageTitles(whole),
    }
    if (stage.record?.status === 'done') {
      checkUnchanged(options, stage.record, recorded)
      // What a done stage told the session was told to one that has ended.
      for (const { sql, setsSession } of stage.statements)
        if (setsSession) await connection.run(inlineSql(sql))
      onEvent({ type: 'stage-done', ...announced, milliseconds: 0, skipped: true })
      if (last) await connection.run(ledger.revisionDone(run, revision, null))
    } else {
      onEvent({ type: 'stage-started', ...announced })
      const record = last
        ? ledger.revisionDone(run, revision, recorded)
        : ledger.givingRun(ledger.stageDone(run, revision, recorded))
      const results = await send(stage, record)
      run = { ...run, id: idOf(results) ?? run.id }
      const milliseconds = performance.now() - stage.began
      onEvent({ type: 'stage-done', ...announced, milliseconds, skipped: false })
      ended = last
      await hook('afterStage', stage.ordinal, whole)
    }
    working = null
    open = null
  }

  /** A stage with transactions of its own, between a record that it was begun and one that it is done. */
  const alone = async (step: PlannedProcedure | PlannedBackfill) => {
    await close(false)
    const { ordinal: number, record, began } = begin()
    const stage: Stage = step.run === 'procedure' ? { type: 'procedure', step } : { type: 'backfill', step }
    const recorded = { ...summarize(stage, number), answers: [] }
    const announced = { revision: revision.id, ordinal: number, kind: stage.type, titles: stageTitles(stage) }
    const detached = step.run === 'backfill' && step.detached === true
    const left = detached ? { detached } : {}
    if (record?.status === 'done') {
      checkUnchanged(options, record, recorded)
      onEvent({ type: 'stage-done', ...announced, ...left, milliseconds: 0, skipped: true })
      return
    }
    if (!detached) await hook('beforeStage', number, stage)
    working = recorded
    onEvent({ type: 'stage-started', ...announced })
    try {
      const guard = step.run === 'procedure' && record === null ? step.procedure.guard?.() : undefined
      if (guard !== undefined) await runCourse(options, guard)
      const [begun] = await connection.run(ledger.givingRun(ledger.stageBegun(run, revision, recorded)))
      run = { ...run, id: String(begun?.rows[0]?.['id']) }
      // An expression that failed has to be mended to go on: that is told, not refused.
      if (record !== null && step.run === 'backfill' && record.fingerprint !== recorded.fingerprint)
        onEvent({ type: 'backfill-edited', revision: revision.id, title: step.backfill.title })
      if (step.run === 'procedure') await runCourse(options, step.procedure.steps(endOf(record)))
      else await backfill(step, String(run.id), number, record !== null)
    } catch (error) {
      throw asFailure(options, number, step, error)
    }
    await connection.run(ledger.stageDone(run, revision, recorded))
    working = null
    const milliseconds = performance.now() - began
    onEvent({ type: 'stage-done', ...announced, ...left, milliseconds, skipped: false })
    if (!detached) await hook('afterStage', number, stage)
  }

  return {
    async push(step) {
      if (step.run !== 'statement') return alone(step)
      if (open !== null && !joins(open.statements, step)) await close(false)
      open ??= begin()
      open.statements.push(step)
    },
    async query(sql, line) {
      if (open !== null && open.statements.at(-1)?.transaction === 'closing') await close(false)
      open ??= begin()
      const stage = open
      const done = stage.record?.status === 'done' ? stage.record : null
      const remembered = done?.answers[stage.answers.length]
      // A query that a done stage did not have: to ask it would do the stage a second time.
      if (done !== null && remembered === undefined)
        throw new StageChanged(revision.id, stage.ordinal, done.title, `${done.title}, and one more query`)
      const rows = remembered ?? (await ask(options, stage, () => send(stage, null), sql, line))
      stage.answers.push(rows)
      return rows
    },
    async finish() {
      const last = ordinal
      const beyond = options.unfinished?.stages.find((one) => one.ordinal > last)
      // What was begun and is no longer in the file would be left in the database, and nobody would know of it.
      if (beyond !== undefined) throw new StageChanged(revision.id, beyond.ordinal, beyond.title, 'nothing')
      if (open !== null) return close(true)
      stopIfAsked(options)
      await connection.run(ledger.revisionDone(run, revision, null))
      ended = true
    },
    current: () => ({ run, stage: working }),
    ended: () => ended,
  }
}

async function ask(
  options: StageRunnerOptions,
  stage: OpenStage,
  flush: () => Promise<unknown>,
  sql: Sql,
  line: number | null,
): Promise<readonly Row[]> {
  await flush()
  const { text, values } = bindSql(sql)
  try {
    return (await watched(options, () => options.connection.query(text, values))).rows
  } catch (error) {
    throw new MigrationFailed(
      { ...placeOf(options, stage.ordinal, null), line, statement: text, position: positionOf(error) },
      error,
    )
  }
}

/** How the last attempt at a procedure ended. */
function endOf(record: StageRecord | null): Parameters<Procedure['steps']>[0] {
  if (record === null) return 'none'
  return record.status === 'failed' ? 'failed' : 'interrupted'
}

/** A file that was not edited says what it said, though another Limbeck or another runtime may put it in other words. */
function checkUnchanged(
  { revision, unfinished }: StageRunnerOptions,
  was: StageRecord,
  is: RecordedStage,
): void {
  if (unfinished?.checksum === revision.checksum || was.fingerprint === is.fingerprint) return
  throw new StageChanged(revision.id, is.ordinal, was.title, is.title)
}

/** The run's id, which `stageDone` gives. */
function idOf(results: readonly { readonly rows: readonly Row[] }[]): string | null {
  const id = results.at(-2)?.rows[0]?.['id']
  return id === undefined ? null : String(id)
}
