import type { Snapshot } from '../catalog/snapshot.ts'
import type { Directive } from '../operations/operation.ts'
import { factsOf, together } from '../operations/operations.ts'

/** What is done with one object, as directives. */
export type Piece = {
  readonly does: 'drop' | 'create' | 'change' | 'release'
  readonly key: string
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
    to,
    disturbs,
  }: {
    readonly from: Snapshot
    readonly to: Snapshot
    /** Whether what depends on an object has to step aside while it changes. */
    disturbs(key: string): boolean
  },
): readonly Piece[] {
  let result = pieces
  for (const { key, directives } of pieces) {
    const from = result.findIndex((piece) => piece.does === 'drop' && piece.key === key)
    const end = result.findIndex((piece) => piece.does === 'create' && piece.key === key)
    if (from === -1 || end <= from || directives.some(commits)) continue
    const within = result.slice(from + 1, end)
    const later = within.filter((piece, at) =>
      isPostponed(piece, [...within.slice(at + 1), ...result.slice(end, end + 1)], to),
    )
    const earlier = within.filter((piece, at) => {
      const passed = [...result.slice(from, from + 1), ...within.slice(0, at)]
      return piece.does === 'change'
        ? piece.directives.some(commits) && !disturbs(piece.key) && !needsMade(piece.key, passed, to)
        : isAdvanced(piece, passed, before)
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
function isPostponed(piece: Piece, after: readonly Piece[], to: Snapshot): boolean {
  if (piece.does !== 'create' || !piece.directives.some(commits)) return false
  // What joins another has to have it before.
  if (to.get(piece.key)?.kept === 'demanded') return false
  return !after.some((other) => other.key !== piece.key && doesNeed(other.key, piece.key, to))
}

/** It commits what came before it, and nothing that goes before it needed it. */
function isAdvanced(piece: Piece, before: readonly Piece[], from: Snapshot): boolean {
  if (piece.does !== 'drop' || !piece.directives.some(commits)) return false
  return !before.some((other) => doesNeed(other.key, piece.key, from))
}

/** Whether an object needs what these pieces make or change. */
function needsMade(key: string, pieces: readonly Piece[], to: Snapshot): boolean {
  return pieces.some((piece) => piece.does !== 'drop' && doesNeed(key, piece.key, to))
}

/** Whether it ends the transaction of what came before it, or that of its own before what comes after it. */
function commits(directive: Directive): boolean {
  return factsOf(directive)
    .steps({ major: 18 })
    .some((step) => step.run !== 'statement' || step.transaction !== 'shared')
}

function doesNeed(key: string, needed: string, snapshot: Snapshot, seen = new Set<string>()): boolean {
  if (seen.has(key)) return false
  seen.add(key)
  const needs = snapshot.get(key)?.needs ?? []
  return needs.includes(needed) || needs.some((need) => doesNeed(need, needed, snapshot, seen))
}
