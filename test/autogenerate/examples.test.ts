import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeBetween } from '../../src/autogenerate/directives.ts'
import { readSnapshot } from '../../src/catalog/read-snapshot.ts'
import type { Snapshot } from '../../src/catalog/snapshot.ts'
import { type Bench, openBench } from '../operations/bench.ts'
import { cases, isRunnable } from '../operations/examples.ts'
import { targets } from '../servers/databases.ts'

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

/** Two catalogs are alike; else the error has the lines in which they are not. */
function expectAlike(found: readonly string[], wanted: readonly string[]): void {
  const [one, other] = [withoutNamesOfParts(found), withoutNamesOfParts(wanted)]
  const lines = [
    ...one.filter((line) => !other.includes(line)).map((line) => `+ ${line}`),
    ...other.filter((line) => !one.includes(line)).map((line) => `- ${line}`),
  ]
  if (lines.length > 0) expect.fail(`The catalogs differ:\n${lines.join('\n')}`)
}

/** What a partition has of an index or a constraint of its table is there by itself, under a name that is PostgreSQL's affair. */
function withoutNamesOfParts(lines: readonly string[]): readonly string[] {
  const parts = lines.flatMap((line) => line.match(/^(.*) inherits from .* $/)?.[1] ?? [])
  return lines.filter((line) => {
    const named = line.match(/^index CREATE (?:UNIQUE )?INDEX (.*) ON (?:ONLY )?(.*?)\./)
    const qualified = named === null ? [] : [named[1], `${named[2]}.${named[1]}`]
    return (
      !/^(.*) inherits from .* $/.test(line) &&
      !qualified.some((name) => parts.includes(name ?? '')) &&
      !/^constraint .* inherited 1 /.test(line)
    )
  })
}
