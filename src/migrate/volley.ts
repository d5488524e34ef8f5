import { nextBatch, type Pace } from '../backfill/pace.ts'
import { DatabaseError } from '../connection/connection.ts'
import { runForeign } from '../connection/prepared.ts'
import type { LedgerWriter } from '../ledger/record.ts'
import type { PlannedRevision } from '../plan/plan.ts'
import { type PlannedStatement, type Stage, stageTitles, summarize } from '../plan/stage.ts'
import { bindSql } from '../sql/tag.ts'
import { type Attempt, watched } from './attempt.ts'
import { Interrupted } from './failure.ts'
import { fullMessage } from './send.ts'

/** A revision that is ready to run. */
type Ready = { readonly planned: PlannedRevision; readonly file: { readonly checksum: string } }

export type VolleyOptions = Pick<
  Attempt,
  'connection' | 'patience' | 'signal' | 'onEvent' | 'hooks' | 'watch'
> & {
  readonly ledger: LedgerWriter
}

/** Few revisions at first: an interruption waits for the message that is under way. */
export const volleyPace: Pace = { firstBatch: 4, targetMilliseconds: 100, smallestBatch: 1, largestBatch: 64 }

/**
 * The revisions from the first on that can be a volley: each is one transaction of statements that Limbeck wrote, and
 * nobody has begun any of them.
 */
export function volleyOf<Plan extends Ready>(
  plans: readonly Plan[],
  begun: ReadonlySet<string>,
): readonly Plan[] {
  const end = plans.findIndex(({ planned }) => begun.has(planned.revision.id) || onlyStage(planned) === null)
  return end === -1 ? plans : plans.slice(0, end)
}

/**
 * Sends revisions as one message, each still a transaction of its own with its ledger record in it. PostgreSQL skips
 * the rest of a message after an error, so what failed and all that comes after it has not happened. Gives what is
 * done; the first that is not is then to be run by itself, which retries, or tells what is wrong with it.
 */
export async function sendVolley(options: VolleyOptions, plans: readonly Ready[]) {
  const { connection, patience, signal, onEvent } = options
  const [first] = plans
  if (first === undefined) return []
  if (signal?.aborted) throw new Interrupted(first.planned.revision.id)
  const record = options.ledger.onlyStageDone(first.planned.direction)
  const opening = [`SET lock_timeout = ${patience.lockTimeout}`, record.prepare]
  const transactions = plans.map((plan) =>
    transactionOf(plan, record.execute, options.ledger.versionsChanged),
  )
  const closing = [record.forget, 'RESET lock_timeout']
  const texts = [...opening, ...transactions.flat(), ...closing]
  onEvent({ type: 'volley-sent', revisions: plans.map(({ planned }) => planned.revision.id) })
  try {
    const results = await watched(attemptOf(options, first), () => connection.run(texts.join(';\n')))
    // The record gives the one row of its transaction; it stands before the COMMIT.
    const times = ends(opening.length, transactions).map((end) => results[end - 2]?.rows[0]?.['milliseconds'])
    return plans.map(({ planned }, n) => tellDone(options, planned, Number(times[n])))
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    if (connection.transaction() !== 'idle') await connection.run('ROLLBACK')
    await runForeign(connection, 'DEALLOCATE ALL;\nRESET lock_timeout')
    const done = ends(opening.length, transactions).filter((end) => end <= error.completed).length
    return plans.slice(0, done).map(({ planned }) => tellDone(options, planned, 0))
  }
}

/** How many statements of the message are done when each transaction is. */
function ends(start: number, transactions: readonly (readonly string[])[]): readonly number[] {
  let end = start
  return transactions.map((transaction) => {
    end += transaction.length
    return end
  })
}

function attemptOf(options: VolleyOptions, { planned, file }: Ready): Attempt {
  return { ...options, ...planned, revision: { ...planned.revision, checksum: file.checksum } }
}

/** The next volley's size, from what the last one took. */
export function nextVolley(size: number, milliseconds: number): number {
  return nextBatch(volleyPace, size, milliseconds)
}

function tellDone({ onEvent }: VolleyOptions, planned: PlannedRevision, milliseconds: number) {
  const { revision, direction, warns } = planned
  const { id, message } = revision
  const titles = planned.stages.flatMap(stageTitles)
  const stage = { revision: id, ordinal: 1, kind: 'transaction', titles } as const
  onEvent({ type: 'revision-started', revision: id, message, direction, resumed: false, warns, stages: 1 })
  onEvent({ type: 'stage-done', ...stage, milliseconds, skipped: false })
  onEvent({ type: 'revision-done', revision: id, direction, milliseconds })
  return { id, message, milliseconds }
}

function transactionOf(
  { planned, file }: Ready,
  record: ReturnType<LedgerWriter['onlyStageDone']>['execute'],
  versionsChanged: LedgerWriter['versionsChanged'],
): readonly string[] {
  const stage = onlyStage(planned)
  if (stage === null) return []
  const recorded = record({ ...planned.revision, checksum: file.checksum }, summarize(stage, 1))
  const { direction, revision } = planned
  const statements = stage.statements.map(({ sql }) => bindSql(sql).text)
  return ['BEGIN', ...statements, ...versionsChanged(direction, revision), recorded, 'COMMIT']
}

type TransactionStage = Extract<Stage, { readonly type: 'transaction' }>

function onlyStage({ stages, open }: PlannedRevision): TransactionStage | null {
  const [stage] = stages
  if (open !== null || stages.length !== 1 || stage?.type !== 'transaction') return null
  const { statements } = stage
  return statements.every(isPlain) && !isLarge(statements) ? stage : null
}

/** More than one message would hold. */
function isLarge(statements: readonly PlannedStatement[]): boolean {
  return statements.reduce((sum, { sql }) => sum + (sql.sql[0]?.length ?? 0), 0) > fullMessage
}

/** Without parameters and rows of its own, and without SQL of the author's, after which the session is reset. */
function isPlain({ sql, rows, handwritten }: PlannedStatement): boolean {
  return sql.values.length === 0 && rows === undefined && !handwritten
}
