import fc from 'fast-check'

/** `LIMBECK_CRASH=full` tries every point on every server; without it a few are drawn, on the newest. */
export const full = process.env['LIMBECK_CRASH'] === 'full'

const seed = Number(process.env['LIMBECK_CRASH_SEED'] ?? Date.now() % 2 ** 31)
if (!full) console.log(`The points of these crashes come with LIMBECK_CRASH_SEED=${seed}.`)

/** Random choices that are the same again for the same seed. `turn` tells one series of them from another. */
export function chooser(turn: number) {
  const sample = <Value>(values: fc.Arbitrary<Value>, count: number) =>
    fc.sample(values, { seed: seed + turn, numRuns: count })
  return {
    /** So many numbers from 0 to `most`. */
    numbers: (count: number, most: number) => sample(fc.integer({ min: 0, max: most }), count),
    /** All of them, or so many of them. */
    some<Item>(all: readonly Item[], count: number): readonly Item[] {
      if (full || all.length <= count) return all
      return sample(fc.shuffledSubarray([...all], { minLength: count, maxLength: count }), 1)[0]!
    },
  }
}
