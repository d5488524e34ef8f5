import { unfinishedRunOf } from '../ledger/state.ts'
import { callHook, HookFailed, hookFacts, watchesRevisions } from '../migrate/hooks.ts'
import { runRevision } from '../migrate/revision-runner.ts'
import { runTogether } from '../migrate/together.ts'
import { nextVolley, sendVolley, volleyOf, volleyPace } from '../migrate/volley.ts'
import { type Watch, withWatch } from '../migrate/watch.ts'
import type { LoadedPlan } from './plan-all.ts'
import { watchOptions } from './project.ts'
import type { Session } from './session.ts'

export type TransactionMode = 'revision' | 'all'

/** A revision that this run brought to its end. */
export type DoneRevision = { readonly id: string; readonly message: string; readonly milliseconds: number }

/** Runs plans one after the other, or all in one transaction, with the project's hooks around them. */
export async function runAll(
  session: Session,
  plans: readonly LoadedPlan[],
  mode: TransactionMode,
): Promise<readonly DoneRevision[]> {
  const [first] = plans
  if (first === undefined) return []
  const { hooks } = session.project
  const facts = {
    ...hookFacts(session.connection, first.planned.direction),
    revisions: plans.map(({ planned }) => planned.revision.id),
  }
  await callHook(hooks, 'beforeRun', facts)
  try {
    const done = await withWatch(session.connection, watchOptions(session.project), (watch) =>
      runPlans(session, plans, { mode, watch }),
    )
    await callHook(hooks, 'afterRun', { ...facts, error: null })
    return done
  } catch (error) {
    if (error instanceof Error && !(error instanceof HookFailed && error.hook === 'afterRun'))
      // What the run ended with is to be told, whatever becomes of the hook.
      await callHook(hooks, 'afterRun', { ...facts, error }).catch((failed: unknown) =>
        Object.assign(error, { afterRun: failed }),
      )
    throw error
  }
}

async function runPlans(
  session: Session,
  plans: readonly LoadedPlan[],
  { mode, watch }: { readonly mode: TransactionMode; readonly watch: Watch },
): Promise<readonly DoneRevision[]> {
  const { connection, ledger, project, state } = session
  const { onEvent = () => {}, signal } = session.options
  const { patience, hooks } = project
  const run = { connection, ledger, patience, signal, onEvent, hooks, watch }
  if (mode === 'all') return runTogether({ ...run, plans, unfinished: state.unfinished })
  const begun = new Set(state.unfinished.map(({ revision }) => revision))
  const done: DoneRevision[] = []
  let size = volleyPace.firstBatch
  while (done.length < plans.length) {
    const began = performance.now()
    const ready = plans.slice(done.length, done.length + size)
    const volley = watchesRevisions(hooks) ? [] : volleyOf(ready, begun)
    const landed = volley.length > 1 ? await sendVolley(run, volley) : []
    done.push(...landed)
    const alone = landed.length === volley.length && landed.length > 0 ? undefined : plans[done.length]
    if (alone !== undefined) done.push(await runAlone(session, alone, watch))
    size = nextVolley(alone === undefined ? size : 1, performance.now() - began)
  }
  return done
}

async function runAlone(
  session: Session,
  { planned, file, vocabulary }: LoadedPlan,
  watch: Watch,
): Promise<DoneRevision> {
  const { connection, ledger, project, state } = session
  const { onEvent = () => {}, signal } = session.options
  const began = performance.now()
  const { id, message } = planned.revision
  await runRevision({
    connection,
    ledger,
    planned,
    schema: project.ledgerSchema,
    checksum: file.checksum,
    vocabulary,
    revise: planned.direction === 'upgrade' ? file.upgrade : (file.downgrade ?? (() => {})),
    unfinished: unfinishedRunOf(state.unfinished, id, planned.direction),
    patience: project.patience,
    backfills: project.backfills,
    signal,
    onEvent,
    hooks: project.hooks,
    watch,
  })
  return { id, message, milliseconds: performance.now() - began }
}
