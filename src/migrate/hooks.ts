import type { Connection, Row } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'
import type { Direction } from '../plan/plan.ts'
import type { Stage } from '../plan/stage.ts'
import { bindSql, rawSql, type Sql } from '../sql/tag.ts'

/** What a hook is given in every case. */
export type HookFacts = {
  readonly database: string
  readonly direction: Direction
  /** Runs SQL in the session that does the work, outside of its transactions, and gives the rows. */
  query(sql: string | Sql): Promise<readonly Row[]>
}

export type RunFacts = HookFacts & {
  /** Revisions, or backfills that revisions were recorded without. */
  readonly work: 'revisions' | 'backfills'
  /** The ids of what is to run, in order; or of those whose backfills it is. */
  readonly revisions: readonly string[]
}
export type RevisionFacts = HookFacts & Pick<Revision, 'message' | 'file'> & { readonly revision: string }
export type StageFacts = RevisionFacts & {
  /** Counted from 1 in its revision. */
  readonly ordinal: number
  readonly kind: Stage['type']
  /** What it does, a line each directive. */
  readonly titles: readonly string[]
}

/**
 * What a project does around its migrations. Each is waited for. One that throws stops the run: before a thing, nothing
 * of it is done; after it, it is done and recorded. A stage or revision that was done by an earlier run has no hooks. A
 * detached backfill has its stage's hooks where it is worked at, in each process that does so, and none where it is recorded.
 */
export type Hooks = {
  /** Before the first revision, if there is one. */
  beforeRun?(facts: RunFacts): unknown
  /** After the last, or after the one that failed. */
  afterRun?(facts: RunFacts & { readonly error: Error | null }): unknown
  beforeRevision?(facts: RevisionFacts): unknown
  afterRevision?(facts: RevisionFacts): unknown
  beforeStage?(facts: StageFacts): unknown
  afterStage?(facts: StageFacts): unknown
}

/** A hook of the project's threw. */
export class HookFailed extends LimbeckError {
  readonly code = 'HOOK_FAILED'
  readonly hook: keyof Hooks

  constructor(hook: keyof Hooks, where: string, cause: unknown) {
    super(`The hook ${hook} failed ${where}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      hint: 'Mend the hook in the config file and run the command again: it goes on where it stopped.',
      cause,
    })
    this.hook = hook
  }
}

/** Whether a project wants to know of more than the run as a whole. */
export function watchesRevisions({ beforeRevision, afterRevision, beforeStage, afterStage }: Hooks): boolean {
  return [beforeRevision, afterRevision, beforeStage, afterStage].some((hook) => hook !== undefined)
}

/** What every hook is given, for a session and a direction. */
export function hookFacts(connection: Connection, direction: Direction): HookFacts {
  return {
    database: connection.database,
    direction,
    async query(sql) {
      const { text, values } = bindSql(typeof sql === 'string' ? rawSql(sql) : sql)
      if (values.length > 0) return (await connection.query(text, values)).rows
      return (await connection.run(text)).at(-1)?.rows ?? []
    },
  }
}

/** Calls a hook, if the project has it. */
export async function callHook<Hook extends keyof Hooks>(
  hooks: Hooks,
  hook: Hook,
  facts: Parameters<NonNullable<Hooks[Hook]>>[0],
): Promise<void> {
  try {
    await (hooks[hook] as ((facts: unknown) => unknown) | undefined)?.(facts)
  } catch (error) {
    const where = 'revision' in facts ? `at ${facts.revision}` : `in the ${facts.direction}`
    throw new HookFailed(hook, where, error)
  }
}

/** Does a run with its hooks around it. What it ended with is told, whatever becomes of the hook after it. */
export async function withRunHooks<Answer>(
  hooks: Hooks,
  facts: RunFacts,
  run: () => Promise<Answer>,
): Promise<Answer> {
  await callHook(hooks, 'beforeRun', facts)
  try {
    const answer = await run()
    await callHook(hooks, 'afterRun', { ...facts, error: null })
    return answer
  } catch (error) {
    if (error instanceof Error && !(error instanceof HookFailed && error.hook === 'afterRun'))
      await callHook(hooks, 'afterRun', { ...facts, error }).catch((failed: unknown) =>
        Object.assign(error, { afterRun: failed }),
      )
    throw error
  }
}
