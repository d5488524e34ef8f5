import { availableParallelism } from 'node:os'
import { LimbeckError } from '../../error.ts'
import type { Revision } from '../../graph/revision.ts'
import type { Direction } from '../../plan/plan.ts'
import { type LoadedPlan, planAll, whyIrreversible } from '../plan-all.ts'
import type { Project } from '../project.ts'
import { onShadow } from '../prove.ts'
import { fillEmpty } from '../sample-rows.ts'
import type { Session } from '../session.ts'
import { runPlanned, schemaReader, tryingVocabulary } from '../shadow.ts'
import { emptyTables, followRows, type Rows } from './rows.ts'

/** Every revision up, down and up again, each where those before it have run, with sample rows in the tables. */
export type Walk = readonly Step[]

/** What a database has at one moment. */
export type Standing = { readonly catalog: readonly string[]; readonly rows: Rows }

export type Step = {
  readonly revision: Revision
  readonly before: Standing
  /** Null where it cannot run. */
  readonly up: Standing | null
  /** Null where it cannot be undone. */
  readonly down: Standing | null
  readonly again: Standing | null
  /** Why it did not go on, and which way that was. */
  readonly failure: { readonly direction: Direction; readonly error: Error } | null
  /** Why it cannot be undone, where the revision says so. */
  readonly irreversible: string | null
  /** Why it was tried without any rows. */
  readonly withoutRows: Error | null
  /** What either direction says that it loses. */
  readonly loses: readonly string[]
}

type Tried = {
  readonly session: Session
  readSchema(): Promise<Standing['catalog']>
  readRows(): Promise<Rows>
  /** Tables that samples were tried for, and that have none. */
  readonly unfillable: Set<string>
}

/** Fewer revisions are not worth a database of their own. */
const leastOfPart = 20

/** Each has a database, which takes some 200 MB where it is embedded. */
const mostParts = 4

/**
 * Walks up revisions, from the `first` of them on, in a few parts at a time where there are as many processors. One that fails on its
 * way up ends it: nothing after it can be tried.
 */
export async function walk(project: Project, revisions: readonly Revision[], first: number): Promise<Walk> {
  const left = revisions.length - first
  const parts = Math.max(1, Math.min(availableParallelism(), mostParts, Math.floor(left / leastOfPart)))
  const starts = Array.from({ length: parts }, (_, part) => first + Math.floor((left * part) / parts))
  const walked = await Promise.allSettled(
    starts.map((start, part) => walkPart(project, revisions.slice(0, starts[part + 1]), start)),
  )
  const steps: Step[] = []
  for (const part of walked) {
    // Where one before fails, they cannot begin either.
    if (steps.at(-1)?.up === null) break
    if (part.status === 'rejected') throw part.reason
    steps.push(...part.value)
  }
  return steps
}

async function walkPart(project: Project, revisions: readonly Revision[], first: number): Promise<Walk> {
  const steps: Step[] = []
  while (first + steps.length < revisions.length && steps.at(-1)?.up !== null)
    steps.push(...(await walkFrom(project, revisions, first + steps.length)))
  return steps
}

/** What failed halfway leaves a database in which nothing more can be tried: the next one is made anew. */
function walkFrom(project: Project, revisions: readonly Revision[], first: number): Promise<Walk> {
  return onShadow(project, async (session) => {
    const database = {
      session,
      readSchema: await schemaReader(session),
      readRows: followRows(session.connection, project.ledgerSchema),
      unfillable: new Set<string>(),
    }
    await runPlanned(session, await plansOf(session, revisions.slice(0, first), 'upgrade'))
    const steps: Step[] = []
    let before = await standing(database)
    for (const revision of revisions.slice(first)) {
      before = await filled(database, before)
      const step = await stepOf(database, revision, before)
      steps.push(step)
      if (step.failure !== null) break
      before = step.again ?? step.up ?? before
    }
    return steps
  })
}

/** With rows in the tables that are new, or have lost theirs; those that can have none are not asked again. */
async function filled(database: Tried, before: Standing): Promise<Standing> {
  const { session, readRows, unfillable } = database
  const empty = [...before.rows].filter(([table, rows]) => rows.length === 0 && !unfillable.has(table))
  if (empty.length === 0) return before
  const { connection, project } = session
  await fillEmpty(connection, project.ledgerSchema)
  // The schema is what it was.
  const after = await readRows()
  for (const [table, rows] of after) if (rows.length === 0) unfillable.add(table)
  return { ...before, rows: after }
}

async function standing({ readSchema, readRows }: Tried): Promise<Standing> {
  return { catalog: await readSchema(), rows: await readRows() }
}

async function stepOf(database: Tried, revision: Revision, full: Standing): Promise<Step> {
  const [upgrade] = await plansOf(database.session, [revision], 'upgrade')
  if (upgrade === undefined) throw new Error('A revision has a plan.')
  const rising = await rise(database, upgrade, full)
  const none = { down: null, again: null, failure: null, irreversible: null }
  const begun: Step = { revision, ...rising, ...none, loses: upgrade.planned.loses }
  if (rising.error !== null) return { ...begun, failure: { direction: 'upgrade', error: rising.error } }
  const irreversible = await whyIrreversible(upgrade)
  if (irreversible !== null) return { ...begun, irreversible }
  return backAndAgain(database, begun)
}

type Rising = Pick<Step, 'before' | 'up' | 'withoutRows'> & { readonly error: Error | null }

/** Where rows are in its way it goes on without any, from where it stopped, as it would on a server. */
async function rise(database: Tried, plan: LoadedPlan, full: Standing): Promise<Rising> {
  const { session } = database
  const first = await failureOf(() => runPlanned(session, [plan]))
  if (first === null) return { before: full, up: await standing(database), withoutRows: null, error: null }
  const empty = { catalog: full.catalog, rows: new Map() }
  if (full.rows.size === 0) return { before: empty, up: null, withoutRows: null, error: first }
  await session.connection.reset()
  // What is half done may have made tables, and dropped some.
  await emptyTables(session.connection, session.project.ledgerSchema)
  const error = await failureOf(() => runPlanned(session, [plan]))
  const up = error === null ? await standing(database) : null
  return { before: empty, up, withoutRows: error === null ? first : null, error }
}

async function backAndAgain(database: Tried, step: Step): Promise<Step> {
  const { session } = database
  let { loses } = step
  const back = await failureOf(async () => {
    const plans = await plansOf(session, [step.revision], 'downgrade')
    loses = [...loses, ...plans.flatMap(({ planned }) => planned.loses)]
    await runPlanned(session, plans)
  })
  if (back !== null) return { ...step, loses, failure: { direction: 'downgrade', error: back } }
  const down = await standing(database)
  const again = await failureOf(async () =>
    runPlanned(session, await plansOf(session, [step.revision], 'upgrade')),
  )
  if (again !== null) return { ...step, loses, down, failure: { direction: 'upgrade', error: again } }
  return { ...step, loses, down, again: await standing(database) }
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

/** Of what is only tried, functions that make a row of a row are called, and no others. */
export function plansOf(session: Session, revisions: readonly Revision[], direction: Direction) {
  const { operations } = session.project
  const vocabulary = tryingVocabulary(operations)
  return planAll(revisions, direction, { server: session.connection, operations, vocabulary })
}
