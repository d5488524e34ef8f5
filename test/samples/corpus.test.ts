import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillWithSamples } from '../../src/samples/fill.ts'
import { pairs } from '../autogenerate/corpus.ts'
import { type Bench, openBench } from '../operations/bench.ts'
import { servers, targets } from '../servers/databases.ts'
import { again } from './again.ts'

const isWhole = process.env['LIMBECK_TEST_MAJORS'] === 'all'

/** All targets and all pairs where all are asked; else the newest server, with one pair in four. */
const asked = isWhole ? targets : servers().slice(-1)
const step = isWhole ? 1 : 4

describe.each(asked)('on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const runnable = pairs.filter(
    ({ since, until, notEmbedded }, n) =>
      n % step === 0 &&
      since <= target.major &&
      target.major <= until &&
      !(target.kind === 'pglite' && notEmbedded !== null),
  )

  test.for(runnable.map((pair) => [pair.name, pair] as const))('%s', async ([name, pair]) => {
    for (const schema of [pair.from, pair.to]) {
      await bench.prepare(schema)
      const { tables } = await fillWithSamples(bench.connection)
      const empty = tables.filter(({ rows }) => rows === 0)
      const known = circular.has(name) ? isWithoutBeginning : isKnown
      expect(empty.map(({ table, reason }) => `${table}: ${reason}`).filter((one) => !known(one))).toEqual([])
      expect(await again(bench.rows)).toEqual([])
    }
  })
})

/** A partitioned table without partitions, or of foreign ones alone, takes no rows. */
function isKnown(outcome: string): boolean {
  return outcome.endsWith('it has no partition that takes rows')
}

/** Partitioned tables of which each refers to the other by the key of its partitions: no row can be the first. */
const circular = new Set([
  'partitions: partitions of tables that reference each other get other tables',
  'partitions: tables with partitions that reference each other go',
  "partitions: partitions that are referenced by each other's tables go",
])

function isWithoutBeginning(outcome: string): boolean {
  return isKnown(outcome) || outcome.includes('no values were found that satisfy ((k IS NOT NULL) AND')
}
