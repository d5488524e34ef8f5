import fc from 'fast-check'

/** `LIMBECK_CRASH=full` tries every point on every server; without it a few are drawn, on the newest. */
export const full = process.env['LIMBECK_CRASH'] === 'full'

const seed = Number(process.env['LIMBECK_CRASH_SEED'] ?? Date.now() % 2 ** 31)
if (!full) console.log(`The points of these crashes come with LIMBECK_CRASH_SEED=${seed}.`)

/** All of them, or so many of them, drawn at random. */
export function draw<Item>(all: readonly Item[], count: number): readonly Item[] {
  if (full || all.length <= count) return all
  const some = fc.shuffledSubarray([...all], { minLength: count, maxLength: count })
  return fc.sample(some, { seed, numRuns: 1 })[0]!
}

/** So many numbers from 0 to `most`, drawn at random. */
export function drawNumbers(count: number, most: number): readonly number[] {
  return fc.sample(fc.integer({ min: 0, max: most }), { seed, numRuns: count })
}
