import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bench, openBench } from '../../operations/bench.ts'
import { servers } from '../../servers/databases.ts'
import { failureOf, type Sides, statementsTaken } from './attempt.ts'
import { twoSchemas } from './schema.ts'
import { smaller } from './smaller.ts'

/** `LIMBECK_RANDOM_RUNS` draws so many pairs, from `LIMBECK_RANDOM_SEED` on: a pair is the same again for the same number. */
const runs = Number(process.env['LIMBECK_RANDOM_RUNS'] ?? 12)
const first = Number(process.env['LIMBECK_RANDOM_SEED'] ?? 1)
const seeds = Array.from({ length: runs }, (_, at) => first + at)

/** The time that it takes to find out which statements of a pair make it fail. */
const patience = 600_000

describe.each(servers().slice(-1))('on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  test.for(seeds)('of one schema another is made, drawn by %i', { timeout: patience }, async (seed) => {
    const pair = await statementsTaken(bench, drawn(seed))
    const failure = await failureOf(bench, pair)
    if (failure === null) return
    const least = await smaller(pair, async (less) => (await failureOf(bench, less))?.sort === failure.sort)
    expect.fail(asCase(seed, least, (await failureOf(bench, least)) ?? failure))
  })
})

function drawn(seed: number): Sides {
  const [pair] = fc.sample(twoSchemas, { seed, numRuns: 1 })
  if (pair === undefined) throw new Error(`Nothing was drawn by ${seed}.`)
  return pair
}

/** As it can be put into the corpus. */
function asCase(seed: number, [before, after]: Sides, { message }: { readonly message: string }): string {
  const sql = (statements: readonly string[]) => statements.map((statement) => `${statement};\n`).join('')
  return `${message}\n\n-- case: drawn by ${seed}\n-- from\n${sql(before)}-- to\n${sql(after)}`
}
