import type { Connection } from '../connection/connection.ts'
import { locksOfMajor } from '../lint/locks-of-major.ts'
import { staticObservations } from '../lint/static/observe.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { traceApart } from '../trace/apart.ts'
import { givenRows } from '../trace/given-rows.ts'
import { isStronger } from '../trace/locks.ts'
import type { Observation } from '../trace/observation.ts'
import { type Picture, readPicture } from '../trace/picture.ts'
import type { PlannedQuery } from '../trace/planned.ts'
import { sampleCounts } from '../trace/sample-counts.ts'
import type { TracedStatement, TracedTransaction } from '../trace/subject.ts'
import { trace } from '../trace/trace.ts'
import { runUnseen, touchesNothing } from '../trace/unseen.ts'
import { recipesOn } from './lint-recipes.ts'
import type { Seen } from './lint-report.ts'
import type { LintSubject } from './lint-subjects.ts'
import type { Twins } from './lint-twins.ts'
import type { Project } from './project.ts'
import { fillEmpty } from './sample-rows.ts'
import { makingOf } from './server-objects.ts'

/** Runs them one after the other on both copies, and looks. `apart`: each goes out by itself, so that what one of them makes is in use when the next one comes. */
export async function traceOn(
  { filled, empty }: Twins,
  subjects: readonly LintSubject[],
  {
    project,
    major,
    apart,
    recipes: hasRecipes,
    queries,
  }: {
    readonly project: Project
    readonly major: number
    readonly apart: boolean
    readonly recipes: boolean
    readonly queries: readonly PlannedQuery[]
  },
): Promise<readonly Seen[]> {
  const ignored = [project.ledgerSchema]
  const first = await readPicture(filled, ignored)
  let old: ReadonlySet<number> = new Set(first.keys())
  const given = await givenRows(empty, first)
  if (given.size > 0) await emptyTables(empty, first)
  const seen: Seen[] = []
  let isUnfilled = false
  for (const subject of subjects) {
    const { transactions } = subject
    const recipes = hasRecipes ? recipesOn(empty, project) : null
    const watching = recipes === null ? {} : { watcher: recipes }
    const before = seen.length === 0 ? first : await readPicture(filled, ignored)
    isUnfilled ||= apart && [...before.keys()].some((oid) => !old.has(oid))
    if (apart) old = new Set(before.keys())
    const isNewAlone = touchesNothing(transactions, before)
    if (isUnfilled && !isNewAlone) await fillEmpty(filled, project.ledgerSchema)
    isUnfilled &&= isNewAlone
    const rows = isNewAlone ? new Map<number, number>() : await sampleCounts(filled, before)
    const common = { ignored, old, given, makingOf, queries }
    const onFilled = () => trace(filled, transactions, { ...common, picture: before, rows, tries: true })
    const onEmpty = (some: readonly TracedTransaction[]) =>
      traceApart(empty, some, { ...common, rows: new Map(), tries: false, ...watching })
    const [together, alone] =
      isNewAlone && recipes === null
        ? await withoutLooks(empty, transactions, { onFilled, onEmpty })
        : await Promise.all([onFilled(), onEmpty(transactions)])
    const counts = Map.groupBy(together, ({ transaction }) => transaction)
    const all: Observation[] = []
    for (const one of together) {
      const isSingle = counts.get(one.transaction)?.length === 1
      const follows = all.some(
        ({ error, transaction }) => error?.when === 'rows' && transaction < one.transaction,
      )
      all.push(withAlone(one, alone.get(one.statement), isSingle || follows))
    }
    seen.push({
      subject,
      observations: whereItLacks(subject, all).map((one) => ({ ...one, locks: locksOfMajor(one, major) })),
      recipe: recipes?.of ?? (() => null),
    })
  }
  return seen
}

/** Where each statement can be seen to take all that it takes, it need not be seen alone. */
async function withoutLooks(
  empty: Connection,
  transactions: readonly TracedTransaction[],
  {
    onFilled,
    onEmpty,
  }: {
    onFilled(): ReturnType<typeof trace>
    onEmpty(some: readonly TracedTransaction[]): ReturnType<typeof traceApart>
  },
) {
  const together = await onFilled()
  const run = together.every(({ error }) => error === null) ? await runUnseen(empty, transactions) : 0
  const left = transactions.slice(run)
  return [
    together,
    left.length === 0 ? new Map<TracedStatement, Observation>() : await onEmpty(left),
  ] as const
}

/** What could not run for an extension that is lacking here is known by its tree alone. */
function whereItLacks(
  { lacking, transactions }: LintSubject,
  observations: readonly Observation[],
): readonly Observation[] {
  if (lacking.length === 0) return observations
  const known = new Map<TracedStatement, Observation>(
    staticObservations(transactions).map((one) => [one.statement, one]),
  )
  const isOfLack = ({ error }: Observation) =>
    error?.when === 'always' && ['42704', '42883', '42P01', '42703'].includes(error.sqlState)
  return observations.map((one) => (isOfLack(one) ? (known.get(one.statement) ?? one) : one))
}

/** The copy without rows has none of the schema's own either. */
async function emptyTables(connection: Twins['empty'], picture: Picture): Promise<void> {
  const tables = [...picture.values()].filter(({ kind }) => kind === 'r' || kind === 'p')
  const sequences = [...picture.values()].filter(({ kind }) => kind === 'S')
  if (tables.length > 0) await connection.run(`TRUNCATE ${tables.map(qualifiedName).join(', ')}`)
  // Nothing was ever drawn where nothing was written.
  for (const sequence of sequences) await connection.run(`ALTER SEQUENCE ${qualifiedName(sequence)} RESTART`)
}

/** What the statement takes itself, with what of it was seen only where it stood alone; and whether it fails where there are no rows. `mayBeOfRows`: what it fails on may be what rows have left behind. */
function withAlone(one: Observation, alone: Observation | undefined, mayBeOfRows: boolean): Observation {
  if (alone === undefined) return one
  if (alone.error !== null) {
    // What was put off to the end of the transaction fails without any rows too.
    const isAlways = one.error?.sqlState === alone.error.sqlState
    return isAlways && one.error !== null ? { ...one, error: { ...one.error, when: 'always' } } : one
  }
  const { error } = one
  // In a block it was tried again without rows there; what refuses one was not. What rows have left behind, as what was drawn of a sequence, stays there.
  const isOfRows = error !== null && (!one.isBlock || mayBeOfRows)
  // It stands alone only since what came before it had committed.
  if (error?.when === 'always' && !isOfRows) return one
  const byRelation = new Map(one.locks.map((lock) => [lock.relation, lock]))
  for (const lock of alone.locks) {
    const other = byRelation.get(lock.relation)
    // Without rows a loop does not come to what it locks, and no key is looked for.
    if (other === undefined || isStronger(lock.mode, other.mode))
      byRelation.set(lock.relation, { ...lock, existedBefore: (other ?? lock).existedBefore })
  }
  return { ...one, locks: [...byRelation.values()], error: isOfRows ? { ...error, when: 'rows' } : error }
}
