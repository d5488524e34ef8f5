import type { Two } from './two.ts'

/** Leaves out statement after statement, as long as the pair goes on failing: what is left is what it takes. */
export async function smaller(
  pair: Two<readonly string[]>,
  fails: (pair: Two<readonly string[]>) => Promise<boolean>,
): Promise<Two<readonly string[]>> {
  let least = pair
  for (let size = 8; size >= 1; size = Math.floor(size / 2)) {
    const all = [...new Set([...least[0], ...least[1]])].reverse()
    for (let at = 0; at < all.length; at += size) {
      const out = new Set(all.slice(at, at + size))
      const less = without(least, (statement) => out.has(statement))
      if (await fails(less)) least = less
    }
  }
  // What one side alone has may be on neither or on both.
  for (const side of [0, 1] as const)
    for (const statement of least[side]) {
      const other = least[1 - side] ?? []
      if (other.includes(statement)) continue
      const both: Two<readonly string[]> = side === 0 ? [least[0], least[0]] : [least[1], least[1]]
      void both
    }
  return least
}

function without(
  [before, after]: Two<readonly string[]>,
  isOut: (statement: string) => boolean,
): Two<readonly string[]> {
  return [before.filter((statement) => !isOut(statement)), after.filter((statement) => !isOut(statement))]
}
