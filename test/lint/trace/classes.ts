import { type LockMode, strongest } from './locks.ts'
import type { Measured, Relation } from './measure.ts'
import type { Migration } from './migration.ts'
import type { Outcome } from './outcome.ts'
import { bulkChanged, grows, indexesBuilt, type Pair, relationOf, rewrites, scans } from './work.ts'

export const hazardClasses = [
  'blocks-reads-long',
  'blocks-writes-long',
  'bulk-row-locks',
  'data-loss',
  'breaks-old-code',
  'fails-always',
  'fails-on-data',
  'leaves-invalid-index',
  'hides-data',
] as const
export type HazardClass = (typeof hazardClasses)[number]

/** What is kept of a statement. */
export type StatementTruth = {
  readonly text: string
  readonly transaction: number
  readonly locks: readonly {
    readonly relation: string
    readonly mode: LockMode
    readonly existedBefore: boolean
  }[]
  readonly rewrites: readonly string[]
  readonly scans: readonly string[]
  readonly indexesBuilt: readonly string[]
  /** Tables of which most rows cannot be changed by others until the transaction ends. */
  readonly rowLocks: readonly string[]
  readonly error: { readonly code: string; readonly on: 'any' | 'rows' } | null
}

export type Truth = {
  readonly classes: readonly HazardClass[]
  readonly statements: readonly StatementTruth[]
  /** What worked before and fails after: relation, SQLSTATE, queries. */
  readonly broken: readonly string[]
}

export function truthOf(migration: Migration, pair: Pair): Truth {
  const broken = brokenBy(pair)
  const found = derivedClasses(pair, broken)
  for (const { sign, class: name } of migration.overrides) {
    if (sign === '+') found.add(name)
    else found.delete(name)
  }
  const count = Math.max(pair.rows.measured.length, pair.empty.measured.length)
  return {
    classes: hazardClasses.filter((name) => found.has(name)),
    statements: Array.from({ length: count }, (_, index) => statementTruth(pair, index)),
    broken: summary(broken),
  }
}

function derivedClasses(pair: Pair, broken: ReadonlyMap<string, string>): Set<HazardClass> {
  const { rows, empty } = pair
  const indexes = [...Array(Math.max(rows.measured.length, empty.measured.length)).keys()]
  const found = new Set<HazardClass>(indexes.flatMap((index) => longBlocks(pair, index)))
  if (indexes.some((index) => bulkChanged(pair, index).length > 0)) found.add('bulk-row-locks')
  if (rows.lostColumns.length > 0 || losesRows(rows)) found.add('data-loss')
  if (broken.size > 0) found.add('breaks-old-code')
  const fails = rows.measured.some(({ error }) => error)
  if (empty.measured.some(({ error }) => error)) found.add('fails-always')
  else if (fails) found.add('fails-on-data')
  if (leavesInvalidIndex(rows) || leavesInvalidIndex(empty)) found.add('leaves-invalid-index')
  if (hidesRows(rows)) found.add('hides-data')
  return found
}

/** The run in which the statement was seen to its end: that with rows, or where it fails there, that without. */
function seen(pair: Pair, index: number): { readonly outcome: Outcome; readonly measured: Measured } {
  const withRows = pair.rows.measured[index]
  const without = pair.empty.measured[index]
  if (withRows && (!withRows.error || !without || without.error))
    return { outcome: pair.rows, measured: withRows }
  return { outcome: pair.empty, measured: without! }
}

function statementTruth(pair: Pair, index: number): StatementTruth {
  const { outcome, measured } = seen(pair, index)
  const withRows = pair.rows.measured[index]
  const without = pair.empty.measured[index]
  const code = withRows?.error ?? without?.error
  return {
    text: measured.text,
    transaction: measured.transaction,
    locks: newLocks(outcome, index),
    rewrites: rewrites(pair, index),
    scans: scans(pair, index),
    indexesBuilt: indexesBuilt(pair, index),
    rowLocks: bulkChanged(pair, index),
    error: code ? { code, on: without?.error ? 'any' : 'rows' } : null,
  }
}

/** The relations on which the transaction has a stronger lock after the statement than before it. */
function newLocks(outcome: Outcome, index: number): StatementTruth['locks'] {
  const measured = outcome.measured[index]!
  const previous = outcome.measured[index - 1]
  const before = previous?.transaction === measured.transaction ? previous.held : undefined
  const held = [...measured.held].map(([oid, modes]) => ({ oid, mode: strongest(modes)! }))
  const stronger = held.filter(
    ({ oid, mode }) => strongest([mode, ...(before?.get(oid) ?? [])]) !== strongest(before?.get(oid) ?? []),
  )
  return [...stronger, ...measured.known]
    .flatMap(({ oid, mode }) => {
      const relation = relationOf({ outcome, measured, oid })
      if (!relation || isPlanned(relation, mode)) return []
      return [{ relation: relation.name, mode, existedBefore: outcome.before.relations.has(oid) }]
    })
    .toSorted((a, b) => (a.relation < b.relation || (a.relation === b.relation && a.existedBefore) ? -1 : 1))
}

/** The planner's lock on an index: which it takes depends on the plan and the major, and it is in nobody's way. */
function isPlanned({ kind }: Relation, mode: LockMode): boolean {
  return 'iI'.includes(kind) && (mode === 'AccessShare' || mode === 'RowExclusive' || mode === 'RowShare')
}

/** What is locked too strongly while the statement does work that grows with the rows. */
function longBlocks(pair: Pair, index: number): readonly HazardClass[] {
  if (!grows(pair, index)) return []
  const { outcome, measured } = seen(pair, index)
  const held = [
    ...[...measured.held].map(([oid, modes]) => ({ oid, mode: strongest(modes)! })),
    ...measured.known,
  ]
  return held.flatMap(({ oid, mode }): readonly HazardClass[] => {
    const relation = outcome.before.relations.get(oid)
    if (!relation || isGone(outcome, { measured, relation })) return []
    // The planner locks every index of a table that it reads.
    if (mode === 'AccessExclusive') return 'rpmvfiI'.includes(relation.kind) ? ['blocks-reads-long'] : []
    const blocksWrites = mode === 'Share' || mode === 'ShareRowExclusive' || mode === 'Exclusive'
    return blocksWrites && 'rpvf'.includes(relation.kind) ? ['blocks-writes-long'] : []
  })
}

/** Who reads what has been dropped without a successor waits for an error. */
function isGone(outcome: Outcome, at: { readonly measured: Measured; readonly relation: Relation }): boolean {
  if (at.measured.after.has(at.relation.oid)) return false
  return [...outcome.after.relations.values()].every(({ name }) => name !== at.relation.name)
}

/** Rows that are in another table now are not lost: the sum says so. */
function losesRows({ before, after }: Outcome): boolean {
  const names = new Map([...after.relations.values()].map(({ name, oid }) => [name, oid]))
  const fewer = [...before.rows].filter(([oid, count]) => {
    const sameName = names.get(before.relations.get(oid)?.name ?? '')
    const now = after.rows.get(oid) ?? (sameName === undefined ? undefined : after.rows.get(sameName))
    return now === undefined || now < count
  })
  return fewer.length > 0 && sum(after.rows) <= sum(before.rows) && !isMoved({ before, after })
}

/** An empty table that is dropped changes no sum, but there is a relation less. */
function isMoved({ before, after }: Pick<Outcome, 'before' | 'after'>): boolean {
  return (
    sum(before.rows) > 0 &&
    sum(after.rows) === sum(before.rows) &&
    after.relations.size >= before.relations.size
  )
}

/** Fewer rows are read through a name that still answers, although no row is gone. */
function hidesRows({ before, after }: Outcome): boolean {
  const fewer = [...after.visible].some(([name, count]) => count < (before.visible.get(name) ?? 0))
  return fewer && sum(after.rows) >= sum(before.rows)
}

function sum(rows: ReadonlyMap<number, number>): number {
  return [...rows.values()].reduce((total, count) => total + count, 0)
}

function leavesInvalidIndex(outcome: Outcome): boolean {
  const invalid = [...outcome.after.relations.values()].filter(
    ({ kind, valid }) => kind === 'i' && valid === false,
  )
  const wasInvalid = (oid: number) => outcome.before.relations.get(oid)?.valid === false
  const skipped = outcome.measured.flatMap(({ notices }) =>
    notices.flatMap(({ message }) => /^relation "(.*)" already exists, skipping$/.exec(message)?.[1] ?? []),
  )
  return invalid.some(({ oid, name }) => !wasInvalid(oid) || skipped.includes(name))
}

function brokenBy({ rows, empty }: Pair): ReadonlyMap<string, string> {
  // Where rows are lost, what refers to them fails: that is the loss.
  const isLoss = (state: string) => state === '23503' && losesRows(rows)
  const broken = [rows, empty].flatMap(({ before, after }) =>
    [...after.failures].filter(([name, state]) => !before.failures.has(name) && !isLoss(state)),
  )
  return new Map(broken.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** `users 42703: select name, update name`, with no more than four queries each. */
function summary(broken: ReadonlyMap<string, string>): readonly string[] {
  const groups = Map.groupBy(broken, ([name, state]) => `${name.split(' ')[0]} ${state}`)
  return [...groups].map(([group, all]) => {
    const queries = all.map(([name]) => name.split(' ').slice(1).join(' '))
    const more = queries.length > 4 ? ` and ${queries.length - 4} more` : ''
    return `${group}: ${queries.slice(0, 4).join(', ')}${more}`
  })
}
