import type { Snapshot } from '../catalog/snapshot.ts'
import type { Directive } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'

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
  { from: before, to }: { readonly from: Snapshot; readonly to: Snapshot },
): readonly Piece[] {
  let result = pieces
  for (const { key, directives } of pieces) {
    const from = result.findIndex((piece) => piece.does === 'drop' && piece.key === key)
    const end = result.findIndex((piece) => piece.does === 'create' && piece.key === key)
    if (from === -1 || end <= from || directives.some(isSlow)) continue
    const within = result.slice(from + 1, end)
    const later = within.filter((piece, at) =>
      isPostponed(piece, [...within.slice(at + 1), ...result.slice(end, end + 1)], to),
    )
    const earlier = within.filter((piece, at) =>
      isAdvanced(piece, [...result.slice(from, from + 1), ...within.slice(0, at)], before),
    )
    if (later.length + earlier.length === 0) continue
    result = [
      ...result.slice(0, from),
      ...earlier,
      ...result.slice(from, from + 1),
      ...within.filter((piece) => !later.includes(piece) && !earlier.includes(piece)),
      ...result.slice(end, end + 1),
      ...later,
      ...result.slice(end + 1),
    ]
  }
  return result
}

/** It commits what came before it, and nothing quick that comes after it needs it. */
function isPostponed(piece: Piece, after: readonly Piece[], to: Snapshot): boolean {
  if (piece.does !== 'create' || !piece.directives.some(isSlow)) return false
  // What joins another has to have it before.
  if (to.get(piece.key)?.kept === 'demanded') return false
  return !after.some((other) => other.key !== piece.key && doesNeed(other.key, piece.key, to))
}

/** It commits what came before it, and nothing that goes before it needed it. */
function isAdvanced(piece: Piece, before: readonly Piece[], from: Snapshot): boolean {
  if (piece.does !== 'drop' || !piece.directives.some(isSlow)) return false
  return !before.some((other) => doesNeed(other.key, piece.key, from))
}

function isSlow(directive: Directive): boolean {
  return factsOf(directive)
    .steps({ major: 18 })
    .some((step) => step.run !== 'statement' || step.transaction === 'own')
}

function doesNeed(key: string, needed: string, snapshot: Snapshot, seen = new Set<string>()): boolean {
  if (seen.has(key)) return false
  seen.add(key)
  const needs = snapshot.get(key)?.needs ?? []
  return needs.includes(needed) || needs.some((need) => doesNeed(need, needed, snapshot, seen))
}
