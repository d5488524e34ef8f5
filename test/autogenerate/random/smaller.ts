import type { Sides } from './attempt.ts'

/** Leaves out statements, many at a time and then one by one, as long as the pair goes on failing: what is left is what it takes. */
export async function smaller(pair: Sides, fails: (pair: Sides) => Promise<boolean>): Promise<Sides> {
  let least = pair
  for (let size = 8; size >= 1; size = Math.floor(size / 2)) {
    // The last first: what comes after a statement may need it.
    const all = [...new Set([...least[0], ...least[1]])].reverse()
    for (let at = 0; at < all.length; at += size) {
      const out = new Set(all.slice(at, at + size))
      const less: Sides = [without(least[0], out), without(least[1], out)]
      if (await fails(less)) least = less
    }
  }
  return least
}

function without(statements: readonly string[], out: ReadonlySet<string>): readonly string[] {
  return statements.filter((statement) => !out.has(statement))
}
