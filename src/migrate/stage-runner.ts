import type { Pace } from '../backfill/pace.ts'
import { runBackfill } from '../backfill/run.ts'
import { type Connection, DatabaseError, type Row } from '../connection/connection.ts'
import type { LockPatience } from '../connection/retry.ts'
import type { LedgerWriter, RecordedRevision, RecordedStage, RunReference } from '../ledger/record.ts'
import type { StageRecord, UnfinishedRun } from '../ledger/state.ts'
import type { Message, Procedure } from '../operations/operation.ts'
import type { Direction } from '../plan/plan.ts'
import {
  joins,
  type PlannedBackfill,
  type PlannedProcedure,
  type PlannedStatement,
  type PlannedStep,
  type Stage,
  stageFingerprint,
  stageTitle,
  stageTitles,
} from '../plan/stage.ts'
import { bindSql, inlineSql, type Sql } from '../sql/tag.ts'
import { watchBlockers } from './blockers.ts'
import type { OnEvent } from './events.ts'
import { failedStatement } from './failed-statement.ts'
import { type FailurePlace, Interrupted, MigrationFailed, StageChanged } from './failure.ts'

export type StageRunnerOptions = {
  readonly connection: Connection
  readonly ledger: LedgerWriter
  readonly revision: RecordedRevision & { readonly file: string }
  readonly direction: Direction
  /** What an earlier attempt left. */
  readonly unfinished: UnfinishedRun | null
  readonly patience: LockPatience
  readonly pace: Pace
  readonly signal: AbortSignal | undefined
  readonly onEvent: OnEvent
}

/** Runs one attempt at a revision, step by step, and keeps the ledger. */
export type StageRunner = {
  push(step: PlannedStep): Promise<void>
  query(sql: Sql, line: number | null): Promise<readonly Row[]>
  /** Ends the last stage and records the revision, in one transaction where there is one. */
  finish(): Promise<void>
  /** What the ledger should know of a failure: the run, and the stage that was under way. */
  current(): { readonly run: RunReference; readonly stage: RecordedStage | null }
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
  const send = async (stage: OpenStage, ending: string | null) => {
    const opening =
      stage.sent === 0 && connection.transaction() === 'idle' ? openTransaction(options.patience) : []
    const pending = stage.statements.slice(stage.sent)
    const results = await sendStatements(options, stage, { opening, pending, ending })
    stage.sent = stage.statements.length
    return results
  }

  const close = async (last: boolean) => {
    if (open === null) return
    const stage = open
    const recorded = recordStage({ type: 'transaction', statements: stage.statements }, stage)
    working = recorded
    const announced = {
      revision: revision.id,
      ordinal: stage.ordinal,
      kind: 'transaction',
      titles: stageTitles({ type: 'transaction', statements: stage.statements }),
    } as const
    if (stage.record?.status === 'done') {
      checkUnchanged(options, stage.record, recorded)
      onEvent({ type: 'stage-done', ...announced, milliseconds: 0, skipped: true })
      if (last) await connection.run(ledger.revisionDone(run, revision, null))
    } else {
      onEvent({ type: 'stage-started', ...announced })
      const record = last
        ? ledger.revisionDone(run, revision, recorded)
        : ledger.stageDone(run, revision, recorded)
      const results = await send(stage, record)
      run = { ...run, id: idOf(results) ?? run.id }
      const milliseconds = performance.now() - stage.began
      onEvent({ type: 'stage-done', ...announced, milliseconds, skipped: false })
    }
    working = null
    open = null
  }

  /** A stage with transactions of its own, between a record that it was begun and one that it is done. */
  const alone = async (step: PlannedProcedure | PlannedBackfill) => {
    await close(false)
    const { ordinal: number, record, began } = begin()
    const stage: Stage = step.run === 'procedure' ? { type: 'procedure', step } : { type: 'backfill', step }
    const recorded = recordStage(stage, { ordinal: number, answers: [] })
    const announced = { revision: revision.id, ordinal: number, kind: stage.type, titles: stageTitles(stage) }
    if (record?.status === 'done') {
      checkUnchanged(options, record, recorded)
      onEvent({ type: 'stage-done', ...announced, milliseconds: 0, skipped: true })
      return
    }
    working = recorded
    onEvent({ type: 'stage-started', ...announced })
    try {
      if (step.run === 'procedure' && record === null) await runCourse(options, step.procedure.guard?.())
      const [begun] = await connection.run(ledger.stageBegun(run, revision, recorded))
      run = { ...run, id: String(begun?.rows[0]?.['id']) }
      if (step.run === 'procedure') await runProcedure(options, step.procedure, record)
      else await backfill(options, step, String(run.id), number)
    } catch (error) {
      throw asFailure(options, number, step, error)
    }
    await connection.run(ledger.stageDone(run, revision, recorded))
    working = null
    onEvent({ type: 'stage-done', ...announced, milliseconds: performance.now() - began, skipped: false })
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
      const remembered =
        stage.record?.status === 'done' ? stage.record.answers[stage.answers.length] : undefined
      const rows = remembered ?? (await ask(options, stage, () => send(stage, null), sql, line))
      stage.answers.push(rows)
      return rows
    },
    async finish() {
      if (open !== null) return close(true)
      stopIfAsked(options)
      await connection.run(ledger.revisionDone(run, revision, null))
    },
    current: () => ({ run, stage: working }),
  }
}

function openTransaction(patience: LockPatience): readonly string[] {
  return ['BEGIN', `SET LOCAL lock_timeout = ${patience.lockTimeout}`]
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
    return (await options.connection.query(text, values)).rows
  } catch (error) {
    throw new MigrationFailed(
      { ...placeOf(options, stage.ordinal, null), line, statement: text, position: positionOf(error) },
      error,
    )
  }
}

/**
 * Sends a stage's statements in as few messages as there can be: one for a run of statements without parameters, the
 * record and the COMMIT with them. A statement with parameters is a message of its own.
 */
async function sendStatements(
  options: StageRunnerOptions,
  stage: OpenStage,
  message: {
    readonly opening: readonly string[]
    readonly pending: readonly PlannedStatement[]
    readonly ending: string | null
  },
) {
  const { connection } = options
  let texts: string[] = [...message.opening]
  let behind: (PlannedStatement | null)[] = message.opening.map(() => null)
  const flush = async () => {
    if (texts.length === 0) return []
    const sending = { texts, statements: behind }
    ;[texts, behind] = [[], []]
    try {
      return await watched(options, () => connection.run(sending.texts.join(';\n')))
    } catch (error) {
      throw failureOf(options, stage, sending, error)
    }
  }
  for (const statement of message.pending) {
    const { text, values } = bindSql(statement.sql)
    if (values.length === 0) {
      texts.push(text)
      behind.push(statement)
      continue
    }
    await flush()
    try {
      await watched(options, () => connection.query(text, values))
    } catch (error) {
      throw failureOf(options, stage, { texts: [text], statements: [statement] }, error)
    }
  }
  if (message.ending !== null) {
    texts.push(message.ending, 'COMMIT')
    behind.push(null, null)
  }
  return flush()
}

function failureOf(
  options: StageRunnerOptions,
  stage: OpenStage,
  sent: { readonly texts: readonly string[]; readonly statements: readonly (PlannedStatement | null)[] },
  error: unknown,
): unknown {
  if (!(error instanceof DatabaseError)) return error
  const found = failedStatement(sent.texts, error)
  const statement = sent.statements[found.index] ?? null
  const place = {
    ...placeOf(options, stage.ordinal, statement),
    statement: sent.texts[found.index] ?? null,
    position: found.position,
  }
  return new MigrationFailed(place, error)
}

async function runProcedure(
  options: StageRunnerOptions,
  procedure: Procedure,
  record: StageRecord | null,
): Promise<void> {
  const before = record === null ? 'none' : record.status === 'failed' ? 'failed' : 'interrupted'
  await runCourse(options, procedure.steps(before))
}

/** Sends what a course says and gives it the rows. An error goes to the course first, so that it can clean up. */
async function runCourse(options: StageRunnerOptions, course: ReturnType<Procedure['steps']> | undefined) {
  if (course === undefined) return
  const send = messageSender(options)
  try {
    let next = course.next([])
    while (!next.done) {
      const outcome = await send(next.value).then(
        (rows) => ({ rows }),
        (error: unknown) => ({ error }),
      )
      next = 'error' in outcome ? course.throw(outcome.error) : course.next(outcome.rows)
    }
  } finally {
    // Where the connection is gone, so is its setting, and the error that is on its way is the one to tell.
    await options.connection.run('RESET lock_timeout').catch(() => {})
  }
}

/** The lock timeout is set when it changes: it cannot travel with a statement that refuses a transaction. */
function messageSender(options: StageRunnerOptions): (message: Message) => Promise<readonly Row[]> {
  const { connection, patience } = options
  let lockTimeout: number | null = null
  return async (message) => {
    const text = typeof message === 'string' ? message : message.patiently
    const wanted = typeof message === 'string' ? patience.lockTimeout : 0
    if (wanted !== lockTimeout) await connection.run(`SET lock_timeout = ${wanted}`)
    lockTimeout = wanted
    try {
      const results = await watched(options, () => connection.run(text))
      return results.findLast((result) => result.rows.length > 0)?.rows ?? []
    } catch (error) {
      if (connection.transaction() !== 'idle') await connection.run('ROLLBACK')
      throw error
    }
  }
}

async function backfill(options: StageRunnerOptions, step: PlannedBackfill, run: string, stage: number) {
  const { connection, ledger, patience, pace, signal, onEvent, revision } = options
  try {
    await runBackfill({
      connection,
      ledger,
      run,
      stage,
      plan: step.backfill,
      pace,
      patience,
      signal,
      onProgress: (progress) => onEvent({ type: 'backfill', revision: revision.id, progress }),
      onRetry: ({ error, attempt, pause }) =>
        onEvent({
          type: 'retry',
          revision: revision.id,
          reason: error.message,
          attempt,
          pauseMilliseconds: pause,
        }),
    })
  } catch (error) {
    if (signal?.aborted && error === signal.reason) throw new Interrupted(revision.id)
    throw error
  }
}

function watched<Answer>(options: StageRunnerOptions, work: () => Promise<Answer>): Promise<Answer> {
  const { connection, revision, onEvent } = options
  return watchBlockers(
    connection,
    (blockers) => onEvent({ type: 'blocked', revision: revision.id, blockers }),
    work,
  )
}

function asFailure(options: StageRunnerOptions, ordinal: number, step: PlannedStep, error: unknown): unknown {
  if (error instanceof Interrupted || !(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'CONNECTION_LOST') return error
  return new MigrationFailed({ ...placeOf(options, ordinal, step), position: positionOf(error) }, error)
}

function placeOf(options: StageRunnerOptions, stage: number, step: PlannedStep | null): FailurePlace {
  return {
    revision: options.revision.id,
    direction: options.direction,
    file: options.revision.file,
    stage,
    title: step?.title ?? null,
    line: step?.at?.line ?? null,
    statement: step?.run === 'statement' ? inlineSql(step.sql) : null,
    position: null,
  }
}

function positionOf(error: unknown): number | null {
  return error instanceof DatabaseError ? (error.server.position ?? null) : null
}

function recordStage(
  stage: Stage,
  opened: { readonly ordinal: number; readonly answers: readonly (readonly Row[])[] },
): RecordedStage {
  return {
    ordinal: opened.ordinal,
    title: stageTitle(stage),
    fingerprint: stageFingerprint(stage),
    answers: opened.answers,
  }
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

function stopIfAsked(options: StageRunnerOptions): void {
  if (options.signal?.aborted) throw new Interrupted(options.revision.id)
}

/** The run's id, which `stageDone` gives. */
function idOf(results: readonly { readonly rows: readonly Row[] }[]): string | null {
  const id = results.at(-2)?.rows[0]?.['id']
  return id === undefined ? null : String(id)
}
