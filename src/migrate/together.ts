import type { Connection } from '../connection/connection.ts'
import { DatabaseError } from '../connection/connection.ts'
import { runForeign } from '../connection/prepared.ts'
import { type LockPatience, retryTransient } from '../connection/retry.ts'
import { cleanSession } from '../connection/session.ts'
import { LimbeckError } from '../error.ts'
import type { LedgerWriter } from '../ledger/record.ts'
import { type UnfinishedRun, unfinishedRunOf } from '../ledger/state.ts'
import type { PlannedRevision } from '../plan/plan.ts'
import { type PlannedStatement, type PlannedStep, stageSteps, summarize } from '../plan/stage.ts'
import { inlineSql } from '../sql/tag.ts'
import type { OnEvent } from './events.ts'
import { failedStatement } from './failed-statement.ts'
import { Interrupted, MigrationFailed } from './failure.ts'
import { type Hooks, watchesRevisions } from './hooks.ts'
import type { Watch } from './watch.ts'

/** Not everything that is pending can be one transaction. */
export class CannotRunTogether extends LimbeckError {
  readonly code = 'CANNOT_RUN_TOGETHER'
  readonly revision: string

  constructor(revision: string, reason: string) {
    super(`${revision} cannot run in one transaction with others: ${reason}`, {
      hint: 'Use one transaction a revision, which is the default; what fails there goes on where it stopped.',
    })
    this.revision = revision
  }
}

export type TogetherOptions = {
  readonly connection: Connection
  readonly ledger: LedgerWriter
  readonly plans: readonly {
    readonly planned: PlannedRevision
    readonly file: { readonly checksum: string }
  }[]
  /** What earlier runs began: one that has done a stage cannot be part of one transaction any more. */
  readonly unfinished: readonly UnfinishedRun[]
  readonly patience: LockPatience
  readonly signal: AbortSignal | undefined
  readonly onEvent: OnEvent
  readonly hooks: Hooks
  readonly watch: Watch
}

type Sent = {
  readonly text: string
  readonly planned: PlannedRevision
  readonly statement: PlannedStatement | null
}

/** Runs revisions in one transaction, the ledger's records with them: all of them are applied, or none. */
export async function runTogether(options: TogetherOptions) {
  const { connection, plans, patience, signal, onEvent } = options
  const [firstPlan] = plans
  if (firstPlan === undefined) return []
  if (watchesRevisions(options.hooks)) {
    const reason = 'a hook runs between revisions, where one transaction leaves no room for it.'
    throw new CannotRunTogether(firstPlan.planned.revision.id, reason)
  }
  const sent = plans.flatMap((plan) => textsOf(options, plan))
  const began = performance.now()
  let told: unknown = null
  const attempt = async () => {
    if (signal?.aborted) throw new Interrupted(null)
    try {
      const watched = { revision: firstPlan.planned.revision.id, onEvent }
      await options.watch.over(connection, watched, () => sendAll(connection, sent, patience))
    } catch (error) {
      told = error
      throw causeOf(error)
    }
  }
  for (const { planned } of plans) {
    const { id, message } = planned.revision
    onEvent({
      type: 'revision-started',
      revision: id,
      message,
      direction: planned.direction,
      resumed: false,
      warns: planned.warns,
      stages: 1,
    })
  }
  await retryTransient(attempt, {
    patience,
    signal,
    onRetry: ({ error, attempt, pause }) => {
      const revision = plans[0]?.planned.revision.id ?? ''
      onEvent({ type: 'retry', revision, reason: error.message, attempt, pauseMilliseconds: pause })
    },
  }).catch((error: unknown) => {
    // With its place, which a retry does not look at.
    throw told !== null && causeOf(told) === error ? told : error
  })
  const milliseconds = (performance.now() - began) / plans.length
  return plans.map(({ planned: { revision, direction } }) => {
    onEvent({ type: 'revision-done', revision: revision.id, direction, milliseconds })
    return { id: revision.id, message: revision.message, milliseconds }
  })
}

function textsOf(
  { ledger, unfinished, patience }: TogetherOptions,
  { planned, file }: TogetherOptions['plans'][number],
): readonly Sent[] {
  const { revision, direction } = planned
  const statements = onlyStatements(planned)
  const begun = unfinishedRunOf(unfinished, revision.id, direction)
  if (begun?.stages.some(({ status }) => status === 'done')) {
    throw new CannotRunTogether(revision.id, 'an earlier run has done a part of it.')
  }
  const stage = { type: 'transaction', statements } as const
  const recorded = { ...summarize(stage, 1), answers: [] }
  const record = ledger.revisionDone(
    { id: begun?.id ?? null, direction },
    { ...revision, checksum: file.checksum },
    recorded,
  )
  return [
    ...statements.map((statement) => ({ text: inlineSql(statement.sql), planned, statement })),
    { text: record, planned, statement: null },
    // SQL of the author's may have changed the session: the next revision starts with a clean one.
    ...(statements.some(({ handwritten }) => handwritten)
      ? [...cleanSession, lockTimeout(patience)].map((text) => ({ text, planned, statement: null }))
      : []),
  ]
}

function lockTimeout(patience: LockPatience): string {
  return `SET LOCAL lock_timeout = ${patience.lockTimeout}`
}

function onlyStatements(planned: PlannedRevision): readonly PlannedStatement[] {
  const { revision, stages, open } = planned
  if (open !== null) throw new CannotRunTogether(revision.id, 'it reads the database while it runs.')
  const steps: readonly PlannedStep[] = stages.flatMap(stageSteps)
  const apart = steps.find((step) => step.run !== 'statement' || !isShared(step) || step.rows !== undefined)
  if (apart !== undefined)
    throw new CannotRunTogether(revision.id, `"${apart.title}" needs a stage of its own.`)
  return steps.filter((step) => step.run === 'statement')
}

/** What only should be by itself the author may have with others. */
function isShared({ transaction, handwritten }: PlannedStatement): boolean {
  return transaction === 'shared' || (transaction === 'own' && handwritten)
}

function causeOf(error: unknown): unknown {
  return error instanceof MigrationFailed ? error.cause : error
}

async function sendAll(connection: Connection, sent: readonly Sent[], patience: LockPatience): Promise<void> {
  const opening = ['BEGIN', lockTimeout(patience)]
  const texts = [...opening, ...sent.map(({ text }) => text), 'COMMIT']
  try {
    await runForeign(connection, texts.join(';\n'))
  } catch (error) {
    if (connection.transaction() !== 'idle') await connection.run('ROLLBACK')
    if (!(error instanceof DatabaseError)) throw error
    const { index, position } = failedStatement(texts, error)
    const failed = sent[index - opening.length]
    if (failed === undefined) throw error
    throw new MigrationFailed(placeOf(failed, position), error, failed.statement?.hints)
  }
}

function placeOf({ planned, statement, text }: Sent, position: number | null) {
  return {
    revision: planned.revision.id,
    direction: planned.direction,
    file: planned.revision.file,
    stage: 1,
    title: statement?.title ?? null,
    line: statement?.at?.line ?? null,
    statement: text,
    position,
  }
}
