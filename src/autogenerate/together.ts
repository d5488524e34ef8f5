import type { Snapshot } from '../catalog/snapshot.ts'
import type { Directive } from '../operations/operation.ts'
import { factsOf, together } from '../operations/operations.ts'
import { append } from './append.ts'

/** What is done with one object, as directives. */
export type Piece = {
  readonly does: 'drop' | 'create' | 'change' | 'release'
  readonly key: string
  /** Objects that are said in its directives too, or go along: the foreign key in a table. */
  readonly parts: readonly string[]
  readonly directives: readonly Directive[]
}

/**
 * Keeps together what has to step aside, what it steps aside for and that it comes back, so that all of it is one transaction: what takes
 * long or commits in between, as an index that is built or dropped concurrently does, is done afterwards or before. A policy that is dropped and made again is then never
 * missing.
 */
export function keptTogether(
  pieces: readonly Piece[],
  {
    from: before,
    to: after,
    disturbs,
  }: {
    readonly from: Snapshot
    readonly to: Snapshot
    /** Whether what depends on an object has to step aside while it changes. */
    disturbs(key: string): boolean
  },
): readonly Piece[] {
  let result = pieces
  const [needers, neededBefore] = [needersIn(after), needersIn(before)]
  for (const { key, directives } of pieces) {
    const from = result.findIndex((piece) => piece.does === 'drop' && piece.key === key)
    const end = result.findIndex((piece) => piece.does === 'create' && piece.key === key)
    if (from === -1 || end <= from || directives.some(commits)) continue
    const within = result.slice(from + 1, end)
    const later = within.filter((piece, at) =>
      isPostponed(piece, [...within.slice(at + 1), ...result.slice(end, end + 1)], needers),
    )
    const earlier = within.filter((piece, at) => {
      const passed = [...result.slice(from, from + 1), ...within.slice(0, at)]
      return piece.does === 'change'
        ? piece.directives.some(commits) && !disturbs(piece.key) && !needsMade(piece, passed, needers)
        : isAdvanced(piece, passed, neededBefore)
    })
    const kept = within.filter((piece) => !later.includes(piece) && !earlier.includes(piece))
    if (later.length + earlier.length === 0 && !kept.some((piece) => piece.directives.some(commits))) continue
    result = [
      ...result.slice(0, from),
      ...earlier,
      ...result.slice(from, from + 1),
      ...kept.map((piece) => ({ ...piece, directives: piece.directives.map((one) => together(one) ?? one) })),
      ...result.slice(end, end + 1),
      ...later,
      ...result.slice(end + 1),
    ]
  }
  return result
}

/** It commits what came before it, and nothing quick that comes after it needs it. */
function isPostponed(piece: Piece, after: readonly Piece[], to: Needers): boolean {
  if (piece.does !== 'create' || !piece.directives.some(commits)) return false
  // What joins another has to have it before.
  if (to.snapshot.get(piece.key)?.kept === 'demanded') return false
  return !after.some((other) => other.key !== piece.key && to.isNeeded(piece.key, other))
}

/** It commits what came before it, and nothing that goes before it needed it. */
function isAdvanced(piece: Piece, before: readonly Piece[], from: Needers): boolean {
  if (piece.does !== 'drop' || !piece.directives.some(commits)) return false
  return !before.some((other) => from.isNeeded(piece.key, other))
}

/** Whether an object needs what these pieces make or change. */
function needsMade(piece: Piece, passed: readonly Piece[], to: Needers): boolean {
  return passed.some(
    ({ does, key, parts }) => does !== 'drop' && [key, ...parts].some((made) => to.isNeeded(made, piece)),
  )
}

/** Whether it ends the transaction of what came before it, or that of its own before what comes after it. */
function commits(directive: Directive): boolean {
  return factsOf(directive)
    .steps({ major: 18 })
    .some((step) => step.run !== 'statement' || step.transaction !== 'shared')
}

/** Who needs what, by way of any number of others. */
type Needers = {
  readonly snapshot: Snapshot
  isNeeded(key: string, by: Pick<Piece, 'key' | 'parts'>): boolean
}

function needersIn(snapshot: Snapshot): Needers {
  const direct = new Map<string, string[]>()
  for (const { key, needs } of snapshot.values()) for (const need of needs) append(direct, need, key)
  const known = new Map<string, ReadonlySet<string>>()
  const needersOf = (key: string) => {
    const found = known.get(key) ?? reached(key, direct)
    known.set(key, found)
    return found
  }
  return {
    snapshot,
    isNeeded: (needed, { key, parts }) => [key, ...parts].some((one) => needersOf(needed).has(one)),
  }
}

function reached(start: string, direct: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>()
  const queue = [start]
  for (let key = queue.pop(); key !== undefined; key = queue.pop())
    for (const next of direct.get(key) ?? []) {
      if (found.has(next)) continue
      found.add(next)
      queue.push(next)
    }
  return found
}
