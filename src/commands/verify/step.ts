import { LimbeckError } from '../../error.ts'
import type { Revision } from '../../graph/revision.ts'
import type { CannotRunOffline } from '../../migrate/offline.ts'
import type { Direction } from '../../plan/plan.ts'
import { type LoadedPlan, whyIrreversible } from '../plan-all.ts'
import { runPlanned, runUntried } from '../shadow.ts'
import { plansOf } from './plans-of.ts'
import { emptyTables, otherRows } from './rows.ts'
import { runAsScript } from './run-as-script.ts'
import { difference, type Standing } from './standing.ts'
import type { Tried } from './tried.ts'

/** A revision up, down and up again. */
export type Step = {
  readonly revision: Revision
  readonly before: Standing
  /** Null where it cannot run. */
  readonly up: Standing | null
  /** Null where it cannot be undone. */
  readonly down: Standing | null
  readonly again: Standing | null
  /** Whether the second time up was by its script; why there can be none; null where that was not tried. */
  readonly script: 'did the same' | CannotRunOffline | null
  /** Why it did not go on, and which way that was. */
  readonly failure: { readonly direction: Direction; readonly error: Error } | null
  /** Why it cannot be undone, where the revision says so. */
  readonly irreversible: string | null
  /** Why it was tried without any rows. */
  readonly withoutRows: Error | null
  /** What either direction says that it loses. */
  readonly loses: readonly string[]
}

/** null where the second time up is other than the first, and it may be the script that is to blame. */
export async function stepOf(
  database: Tried,
  revision: Revision,
  { before, again }: { readonly before: Standing; readonly again: Again },
): Promise<Step | null> {
  const [upgrade] = await plansOf(database.session, [revision], 'upgrade')
  if (upgrade === undefined) throw new Error('A revision has a plan.')
  const rising = await rise(database, upgrade, before)
  const none = { down: null, again: null, script: null, failure: null, irreversible: null }
  const begun: Step = { revision, ...rising, ...none, loses: upgrade.planned.loses }
  if (rising.error !== null) return { ...begun, failure: { direction: 'upgrade', error: rising.error } }
  const { file } = upgrade
  // What is written for it has to be able to run.
  const isWritten = file.downgrade !== null && file.irreversible === null
  const irreversible = isWritten ? null : await whyIrreversible(upgrade)
  if (irreversible !== null) return { ...begun, irreversible }
  return backAndAgain(database, begun, again)
}

type Rising = Pick<Step, 'before' | 'up' | 'withoutRows'> & { readonly error: Error | null }

/** Where rows are in its way it goes on with plainer ones, or without any, from where it stopped, as it would on a server. */
async function rise(database: Tried, plan: LoadedPlan, full: Standing): Promise<Rising> {
  const { session } = database
  const first = await failureOf(() => runUntried(session, [plan]))
  if (first === null) return { before: full, up: await database.read(), withoutRows: null, error: null }
  const empty = { catalog: full.catalog, rows: new Map() }
  if (full.rows.size === 0) return { before: empty, up: null, withoutRows: null, error: first }
  await session.connection.reset()
  const said = JSON.stringify(plan.planned.directives.map(({ directive }) => directive))
  const plain = await database.plain(full, (table) => said.includes(table))
  if (plain !== null && (await failureOf(() => runPlanned(session, [plan]))) === null)
    return { before: plain, up: await database.read(), withoutRows: null, error: null }
  await session.connection.reset()
  // What is half done may have made tables, and dropped some.
  await emptyTables(session.connection, session.project.ledgerSchema)
  const error = await failureOf(() => runPlanned(session, [plan]))
  const up = error === null ? await database.read() : null
  return { before: empty, up, withoutRows: error === null ? first : null, error }
}

async function backAndAgain(database: Tried, step: Step, again: Again): Promise<Step | null> {
  const { session } = database
  let { loses } = step
  const back = await failureOf(async () => {
    const plans = await plansOf(session, [step.revision], 'downgrade')
    loses = [...loses, ...plans.flatMap(({ planned }) => planned.loses)]
    await runUntried(session, plans)
  })
  if (back !== null) return { ...step, loses, failure: { direction: 'downgrade', error: back } }
  return again(database, { ...step, loses, down: await database.read() })
}

/** The second time up. */
type Again = (database: Tried, step: Step) => Promise<Step | null>

export async function runAgain(database: Tried, step: Step): Promise<Step> {
  const { session } = database
  const error = await failureOf(async () =>
    runUntried(session, await plansOf(session, [step.revision], 'upgrade')),
  )
  if (error !== null) return { ...step, failure: { direction: 'upgrade', error } }
  return { ...step, again: await database.read() }
}

export async function scriptAgain(database: Tried, step: Step): Promise<Step | null> {
  const came = await runAsScript(database.session, step.revision).catch((error: unknown) => {
    if (error instanceof LimbeckError) return 'failed' as const
    throw error
  })
  if (came === 'failed') return null
  if (came !== null) return runAgain(database, { ...step, script: came })
  const again = await database.read()
  return isSame(step, again) ? { ...step, again, script: 'did the same' } : null
}

function isSame({ before, up }: Step, again: Standing): boolean {
  if (up === null) return false
  return difference(up, again).length === 0 && otherRows(up.rows, again.rows, before.rows).length === 0
}

/** A mistake of a revision is an answer; one of ours is none. */
async function failureOf(work: () => Promise<void>): Promise<Error | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof LimbeckError) return error
    throw error
  }
}
