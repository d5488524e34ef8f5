import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeBetween } from '../../src/autogenerate/directives.ts'
import type { Snapshot } from '../../src/catalog/snapshot.ts'
import { type Bench, openBench } from '../operations/bench.ts'
import { cases, isRunnable } from '../operations/examples.ts'
import { isWhole, oneTarget } from '../servers/databases.ts'
import { expectAlike } from './alike.ts'

/** What is not made again, or not found, and why: part of the name of an example, for both tests or for one. */
const left: readonly (readonly [name: RegExp, why: string, only?: 'made' | 'found'])[] = [
  [/ExtensionMember: /, 'what belongs to an extension is none of ours, as it is none of pg_dump'],
  [/dropCast: drop cast from "My App"/, 'PostgreSQL cannot make a view again whose cast was dropped', 'made'],
  [/Collation\w*: .*(Without case|My order)/, "a version of a collation is the server's affair"],
  [
    /(createIndex: create index|attachIndexPartition: attach index) (events_id_idx on events|Events by day)/,
    'an index that waits for its parts is on its way, and a new partition brings its own',
  ],
  [
    /RangeType: .* range type days/,
    'a canonical function and its range need each other, and no operation makes the shell between',
  ],
  [
    /createTable: create table the "copy"/,
    'LIKE makes a sequence wider than its column, which nothing can say',
  ],
  [/alterExtension: /, 'an extension has no way back to its old version', 'found'],
  [
    /createOperator: create operator <<< /,
    'what takes the operator back leaves the shell of its commutator',
    'found',
  ],
  [
    /(copyIntoPartitions|returnFromPartitions|partitionTable): /,
    'a table that becomes partitioned is refused: its rows are in the way',
    'found',
  ],
  [/refreshMaterializedView: /, 'whether it is filled is an affair of rows', 'found'],
  [
    /replaceView: replace view v/,
    'a view that is made again has the privileges that are the default now',
    'found',
  ],
  [
    /(alterColumn: .*age|replaceEnum: |expandColumn: |expandKey: |expandCheck: |setNotNull: .*country|splitDefaultPartition: |createForeignKey: .*orders_user_fkey)/,
    'the example has rows for which the operation does more than the schema says',
    'found',
  ],
]

const isLeft = (name: string, test: 'made' | 'found') =>
  left.some(([pattern, , only = test]) => only === test && pattern.test(name))

describe.each(oneTarget)('on $name', (target) => {
  let bench: Bench
  let empty: Snapshot
  beforeAll(async () => {
    bench = await openBench(target)
    await bench.prepare()
    empty = await bench.snapshot()
  })
  afterAll(() => bench.close())

  // Both tests read the same, and the corpus reads it too: every second example is for one of them in turn, where not all are for both.
  const isAsked = (n: number, test: 'made' | 'found') => isWhole || n % 4 === { made: 0, found: 2 }[test]
  const runnable = (test: 'made' | 'found') =>
    cases
      .filter((one, n) => isRunnable(one, target) && isAsked(n, test) && !isLeft(one.name, test))
      .map((one) => [one.name, one] as const)

  test.for(runnable('made'))('what is read of %s makes it again', async ([, { directive, example }]) => {
    await bench.prepare(example.given)
    await bench.apply([directive])
    const [made, catalog] = [await bench.snapshot(), await bench.catalog()]
    await bench.prepare()
    await bench.apply(changeBetween(empty, made).directives)
    expectAlike(await bench.catalog(), catalog)
    expect(changeBetween(await bench.snapshot(), made).directives).toEqual([])
  })

  test.for(runnable('found'))(
    'the difference that %s makes is found, there and back',
    async ([, { directive, example }]) => {
      await bench.prepare(example.given)
      const [from, catalogFrom] = [await bench.snapshot(), await bench.catalog()]
      await bench.apply([directive])
      const [to, catalogTo] = [await bench.snapshot(), await bench.catalog()]
      await bench.apply(changeBetween(to, from).directives)
      expectAlike(await bench.catalog(), catalogFrom)
      await bench.prepare(example.given)
      await bench.apply(changeBetween(from, to).directives)
      expectAlike(await bench.catalog(), catalogTo)
    },
  )
})
