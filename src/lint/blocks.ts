import type { LockMode } from '../operations/operation.ts'
import type { Observation, ObservedLock } from '../trace/observation.ts'
import { relationName } from '../trace/picture.ts'
import type { TracedStatement } from '../trace/subject.ts'
import type { HazardClass } from './hazard.ts'

/** Relations that others cannot use as long as a statement works at something that grows with the rows of a table. */
export type Block = {
  readonly class: HazardClass & ('blocks-reads-long' | 'blocks-writes-long')
  readonly relations: readonly string[]
  readonly mode: LockMode
  /** Statements before it whose locks these are; none where the statement takes them itself. */
  readonly since: readonly TracedStatement[]
  readonly work: readonly Work[]
}

export type Work = {
  readonly what: 'rewrite' | 'scan' | 'index' | 'rows'
  /** The table that is worked at. */
  readonly relation: string
}

/** What stops each: reads by ACCESS EXCLUSIVE alone, writes by all that conflict with ROW EXCLUSIVE. https://www.postgresql.org/docs/current/explicit-locking.html */
const stopsReads: readonly LockMode[] = ['AccessExclusive']
const stopsWrites: readonly LockMode[] = ['Share', 'ShareRowExclusive', 'Exclusive']

/** The blocks of a statement: by its own locks, or by those of statements before it in its transaction. */
export function blocksOf(observation: Observation): readonly Block[] {
  const work = workOf(observation)
  if (work.length === 0) return []
  const own = new Set(observation.locks.map(({ relation }) => relation))
  const earlier = observation.held.filter(({ relation, mode }) => {
    const again = observation.locks.find((lock) => lock.relation === relation)
    return again === undefined || again.mode !== mode || !own.has(relation)
  })
  return (
    [
      ['blocks-reads-long', stopsReads],
      ['blocks-writes-long', stopsWrites],
    ] as const
  ).flatMap(([kind, modes]) => {
    const blocks: Block[] = []
    const mine = observation.locks.filter((lock) => stops(lock, modes))
    if (mine.length > 0) blocks.push(block(kind, { locks: mine, since: [], work, observation }))
    const mineNames = new Set(mine.map((lock) => usedName(lock.relation, observation)))
    const held = earlier.filter(
      (lock) => stops(lock, modes) && !mineNames.has(usedName(lock.relation, observation)),
    )
    if (held.length > 0)
      blocks.push(block(kind, { locks: held, since: held.map(({ by }) => by), work, observation }))
    return blocks
  })
}

function block(
  kind: Block['class'],
  {
    locks,
    since,
    work,
    observation,
  }: {
    readonly locks: readonly ObservedLock[]
    readonly since: readonly TracedStatement[]
    readonly work: readonly Work[]
    readonly observation: Observation
  },
): Block {
  const names = locks.map((lock) => usedName(lock.relation, observation))
  return {
    class: kind,
    relations: [...new Set(names)],
    mode: locks[0]?.mode ?? 'AccessExclusive',
    since: [...new Set(since)],
    work,
  }
}

/** Of what was there before, and of what an application uses: a sequence goes on with what it has, a type is no relation. */
function stops({ mode, existedBefore, kind }: ObservedLock, modes: readonly LockMode[]): boolean {
  return existedBefore && modes.includes(mode) && ['r', 'p', 'm', 'v', 'f', 'i', 'I'].includes(kind)
}

/** Who reads a table opens all its indexes when the query is planned: one that is closed closes the table. */
function usedName(relation: string, { before }: Observation): string {
  for (const one of before.values()) {
    if (relationName(one) !== relation || one.table === null) continue
    const table = before.get(one.table)
    if (table !== undefined) return relationName(table)
  }
  return relation
}

/** What takes the longer, the more rows there are. */
export function workOf(observation: Observation): readonly Work[] {
  const work: Work[] = [
    ...observation.rewrites.map((relation) => {
      const table = usedName(relation, observation)
      return { what: table === relation ? 'rewrite' : 'index', relation: table } as const
    }),
    ...observation.indexesBuilt.map(({ table }) => ({ what: 'index', relation: table }) as const),
    ...observation.scans.map((relation) => ({ what: 'scan', relation }) as const),
    ...observation.written
      .filter((rows) => rows.of > 0 && rows.updated + rows.deleted >= rows.of / 2)
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
  const seen = scans.map((relation) => `all rows of ${relation} were read`)
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
      return `most rows of ${relation} are changed`
  }
}

export function listed(words: readonly string[]): string {
  const each = [...new Set(words)]
  return each.length < 2 ? (each[0] ?? '') : `${each.slice(0, -1).join(', ')} and ${each.at(-1)}`
}
