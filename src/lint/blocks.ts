import type { LockMode } from '../operations/operation.ts'
import { hasFewRows } from '../trace/given-rows.ts'
import { isStronger } from '../trace/locks.ts'
import type { Observation, ObservedLock } from '../trace/observation.ts'
import { type Picture, relationName } from '../trace/picture.ts'
import type { TracedStatement } from '../trace/subject.ts'
import type { HazardClass } from './hazard.ts'
import type { Work } from './work.ts'

/** Relations that others cannot use as long as a statement works at something that grows with the rows of a table. */
export type Block = {
  readonly class: HazardClass & ('blocks-reads-long' | 'blocks-writes-long')
  readonly relations: readonly string[]
  readonly mode: LockMode
  /** Statements before it whose locks these are; none where the statement takes them itself. */
  readonly since: readonly TracedStatement[]
  readonly work: readonly Work[]
}

/** What stops writes: all that conflicts with ROW EXCLUSIVE; ACCESS EXCLUSIVE stops reads too. https://www.postgresql.org/docs/current/explicit-locking.html */
const stopping: readonly LockMode[] = ['Share', 'ShareRowExclusive', 'Exclusive', 'AccessExclusive']

/**
 * The blocks of a statement. A relation that it locks itself so that others wait is its own doing, also where one before it holds it even more
 * strongly; the strongest lock says whether reads wait too.
 */
export function blocksOf(observation: Observation): readonly Block[] {
  const work = workOf(observation)
  if (work.length === 0) return []
  const relations = new Map<string, ClosedRelation>()
  for (const { by, lock } of [
    ...observation.held.map((lock) => ({ by: lock.by, lock })),
    ...observation.locks.map((lock) => ({ by: null, lock })),
  ]) {
    if (!stops(lock)) continue
    const known = relations.get(lock.relation)
    relations.set(lock.relation, {
      name: usedName(lock.relation, observation),
      mode: known === undefined || isStronger(lock.mode, known.mode) ? lock.mode : known.mode,
      // Whatever it holds itself comes last.
      by,
    })
  }
  const closed = [...relations.values()]
  return [true, false].flatMap((isOwn) =>
    [
      closed.filter(({ by, mode }) => (by === null) === isOwn && mode === 'AccessExclusive'),
      closed.filter(({ by, mode }) => (by === null) === isOwn && mode !== 'AccessExclusive'),
    ].flatMap((some) => (some.length === 0 ? [] : [block(some, work)])),
  )
}

type ClosedRelation = {
  readonly name: string
  readonly mode: LockMode
  readonly by: TracedStatement | null
}

function block(closed: readonly ClosedRelation[], work: readonly Work[]): Block {
  const mode = closed[0]?.mode ?? 'AccessExclusive'
  return {
    class: mode === 'AccessExclusive' ? 'blocks-reads-long' : 'blocks-writes-long',
    relations: [...new Set(closed.map(({ name }) => name))],
    mode,
    since: [...new Set(closed.flatMap(({ by }) => by ?? []))],
    work,
  }
}

/** Of what was there before, and of what an application uses: a sequence goes on with what it has, a type is no relation, and nobody writes to a materialized view. */
function stops({ mode, existedBefore, kind }: ObservedLock): boolean {
  const isUsed = ['r', 'p', 'v', 'f', 'i', 'I'].includes(kind) || (kind === 'm' && mode === 'AccessExclusive')
  return existedBefore && stopping.includes(mode) && isUsed
}

/** Who reads a table opens all its indexes when the query is planned: one that is closed closes the table. */
function usedName(relation: string, { before }: Observation): string {
  const known = tablesOfIndexes.get(before) ?? namesOfTables(before)
  tablesOfIndexes.set(before, known)
  return known.get(relation) ?? relation
}

/** Asked for each lock of each statement: a picture is gone over once. */
const tablesOfIndexes = new WeakMap<Picture, ReadonlyMap<string, string>>()

function namesOfTables(picture: Picture): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const one of picture.values()) {
    const table = one.table === null ? undefined : picture.get(one.table)
    if (table !== undefined) names.set(relationName(one), relationName(table))
  }
  return names
}

/** What takes the longer, the more rows there are. */
export function workOf(observation: Observation): readonly Work[] {
  // Its indexes are built over no rows.
  const { kind, node } = observation.statement.parsed.tree
  if (kind === 'TruncateStmt' || (kind === 'RefreshMatViewStmt' && node['skipData'] === true)) return []
  const work: Work[] = [
    ...observation.rewrites.map((relation) => {
      const table = usedName(relation, observation)
      return { what: table === relation ? 'rewrite' : 'index', relation: table } as const
    }),
    ...observation.indexesBuilt.map(({ table }) => ({ what: 'index', relation: table }) as const),
    ...observation.scans.map((relation) => ({ what: 'scan', relation }) as const),
    ...observation.written
      .filter(
        ({ oid, of, updated, deleted }) =>
          of > 0 && (updated + deleted) * 5 >= of && !hasFewRows(oid, observation),
      )
      .map(({ relation }) => ({ what: 'rows', relation }) as const),
  ]
  return work.filter(
    ({ what, relation }, at) =>
      work.findIndex((other) => other.what === what && other.relation === relation) === at,
  )
}

/** How a block is told. */
export function blockMessage({ class: kind, relations, work }: Block): string {
  const who = kind === 'blocks-reads-long' ? 'Nobody can read' : 'Nobody can write to'
  return `${who} ${listed(relations)} while ${listed(work.map(workText))}.`
}

export function blockEvidence(one: Block, { notes, scans }: Observation): readonly string[] {
  const seen = scans.map((relation) => `all rows of ${relation} are read`)
  return [`${one.mode} on ${listed(one.relations)}`, ...notes, ...(notes.length > 0 ? [] : seen)]
}

function workText({ what, relation }: Work): string {
  switch (what) {
    case 'rewrite':
      return `${relation} is written anew`
    case 'index':
      return `an index on ${relation} is built`
    case 'scan':
      return `all rows of ${relation} are read`
    case 'rows':
      return `many rows of ${relation} are changed`
  }
}

export function listed(words: readonly string[]): string {
  const each = [...new Set(words)]
  return each.length < 2 ? (each[0] ?? '') : `${each.slice(0, -1).join(', ')} and ${each.at(-1)}`
}
