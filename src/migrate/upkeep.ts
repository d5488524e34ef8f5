import type { Connection } from '../connection/connection.ts'
import { type LockPatience, retryTransient } from '../connection/retry.ts'
import type { Directive } from '../operations/operation.ts'
import type { PlannedProcedure, PlannedStatement } from '../plan/stage.ts'
import { plannedSteps } from '../plan/steps.ts'
import { bindSql } from '../sql/tag.ts'
import { type Attempt, watched } from './attempt.ts'
import type { OnEvent } from './events.ts'
import { runCourse } from './procedure-runner.ts'
import type { Watch } from './watch.ts'

export type UpkeepOptions = {
  readonly connection: Connection
  readonly patience: LockPatience
  readonly signal: AbortSignal | undefined
  readonly onEvent: OnEvent
  readonly watch: Watch
}

/**
 * Runs directives that belong to no revision, each by itself: its statements in one transaction under the lock timeout, tried
 * again while its locks are not to be had. Each has to be one that looks for itself whether it is done already.
 */
export async function runUpkeep(options: UpkeepOptions, directive: Directive): Promise<void> {
  const { connection, patience, signal, onEvent } = options
  const steps = await plannedSteps({ directive, at: null }, connection)
  const procedures = steps.filter((step): step is PlannedProcedure => step.run === 'procedure')
  const statements = steps.filter((step): step is PlannedStatement => step.run === 'statement')
  for (const { procedure } of procedures) await runCourse(attemptOf(options), procedure.steps('interrupted'))
  if (statements.length === 0) return
  const texts = statements.map(({ sql }) => bindSql(sql).text)
  const message = ['BEGIN', `SET LOCAL lock_timeout = ${patience.lockTimeout}`, ...texts, 'COMMIT'].join(
    ';\n',
  )
  const once = async () => {
    try {
      await watched(attemptOf(options), () => connection.run(message))
    } catch (error) {
      if (connection.transaction() !== 'idle') await connection.run('ROLLBACK')
      throw error
    }
  }
  await retryTransient(once, {
    patience,
    signal,
    onRetry: ({ error, attempt, pause }) =>
      onEvent({
        type: 'retry',
        revision: upkeep.id,
        reason: error.message,
        attempt,
        pauseMilliseconds: pause,
      }),
  })
}

/** Stands where a run has its revision: for events and errors only. */
const upkeep = {
  id: 'partitions',
  downRevisions: [],
  dependsOn: [],
  replaces: [],
  message: '',
  checksum: '',
  file: '',
}

function attemptOf(options: UpkeepOptions): Attempt {
  return { ...options, revision: upkeep, direction: 'upgrade', hooks: {} }
}
