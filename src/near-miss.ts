const MOST = 3

/** The few names that a person may have meant: those that `name` begins, then those a few letters away. */
export function nearMisses(name: string, among: Iterable<string>): readonly string[] {
  const allowed = Math.max(1, Math.floor(name.length / 3))
  const found: { readonly candidate: string; readonly distance: number }[] = []
  for (const candidate of among) {
    const distance = candidate.startsWith(name) ? 0 : editDistance(name, candidate, allowed)
    if (distance <= allowed) found.push({ candidate, distance })
  }
  found.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
  return found.slice(0, MOST).map(({ candidate }) => candidate)
}

/** Levenshtein's distance, with two neighbours in each other's place as one step, given up as soon as it must exceed `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: readonly number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let line = 1; line <= a.length; line++) {
    const next = [line]
    for (let column = 1; column <= b.length; column++) {
      const replaced = row[column - 1]! + (a[line - 1] === b[column - 1] ? 0 : 1)
      const swapped =
        a[line - 1] === b[column - 2] && a[line - 2] === b[column - 1]
          ? (before[column - 2] ?? limit) + 1
          : replaced
      next.push(Math.min(replaced, swapped, row[column]! + 1, next[column - 1]! + 1))
    }
    if (Math.min(...next, ...row) > limit) return limit + 1
    before = row
    row = next
  }
  return row[b.length]!
}

/** " Did you mean a, b?" for the end of a hint, or nothing. */
export function didYouMean(candidates: readonly string[]): string {
  return candidates.length === 0 ? '' : ` Did you mean ${candidates.join(' or ')}?`
}
