import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeBetween } from '../../src/autogenerate/directives.ts'
import { readSnapshot } from '../../src/catalog/read-snapshot.ts'
import type { Snapshot } from '../../src/catalog/snapshot.ts'
import { type Bench, openBench } from '../operations/bench.ts'
import { cases, isRunnable } from '../operations/examples.ts'
import { targets } from '../servers/databases.ts'
import { expectAlike } from './alike.ts'

describe.each(targets)('on $name', (target) => {
  let bench: Bench
  let empty: Snapshot
  beforeAll(async () => {
    bench = await openBench(target)
    await bench.prepare()
    empty = await readSnapshot(bench.connection)
  })
  afterAll(() => bench.close())

  const runnable = cases.filter((one) => isRunnable(one, target))

  test.for(runnable.map((one) => [one.name, one] as const))(
    'what is read of %s makes it again',
    async ([, { directive, example }]) => {
      await bench.prepare(example.given)
      await bench.apply([directive])
      const [made, catalog] = [await readSnapshot(bench.connection), await bench.catalog()]
      await bench.prepare()
      await bench.apply(changeBetween(empty, made).directives)
      expectAlike(await bench.catalog(), catalog)
      expect(changeBetween(await readSnapshot(bench.connection), made).directives).toEqual([])
    },
  )

  test.for(runnable.map((one) => [one.name, one] as const))(
    'the difference that %s makes is found, there and back',
    async ([, { directive, example }]) => {
      await bench.prepare(example.given)
      const [from, catalogFrom] = [await readSnapshot(bench.connection), await bench.catalog()]
      await bench.apply([directive])
      const [to, catalogTo] = [await readSnapshot(bench.connection), await bench.catalog()]
      await bench.apply(changeBetween(to, from).directives)
      expectAlike(await bench.catalog(), catalogFrom)
      await bench.prepare(example.given)
      await bench.apply(changeBetween(from, to).directives)
      expectAlike(await bench.catalog(), catalogTo)
    },
  )
})
