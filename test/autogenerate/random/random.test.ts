import { appendFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RowsInTheWay } from '../../../src/autogenerate/compare.ts'
import { changeBetween } from '../../../src/autogenerate/directives.ts'
import { readSnapshot } from '../../../src/catalog/read-snapshot.ts'
import { factsOf } from '../../../src/operations/operations.ts'
import { type Bench, openBench } from '../../operations/bench.ts'
import { servers } from '../../servers/databases.ts'
import { expectAlike } from '../alike.ts'
import { twoSchemas } from './schema.ts'
import { smaller } from './smaller.ts'
import type { Two } from './two.ts'

const runs = Number(process.env['LIMBECK_RANDOM_RUNS'] ?? 20)
const first = Number(process.env['LIMBECK_RANDOM_SEED'] ?? 1)
const log = process.env['LIMBECK_RANDOM_LOG']

const newest = servers().at(-1)!
describe(`on ${newest.name}`, () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(newest)
  })
  afterAll(() => bench.close())

  test.for(Array.from({ length: runs }, (_, at) => first + at))(
    'pair %i',
    { timeout: 600_000 },
    async (seed) => {
      const [drawn] = fc.sample(twoSchemas, { seed, numRuns: 1 })
      const pair: Two<readonly string[]> = [await taken(bench, drawn![0]), await taken(bench, drawn![1])]
      const error = await failure(bench, pair)
      if (log)
        appendFileSync(
          log,
          `${seed}\t${pair[0].length}\t${pair[1].length}\t${error === null ? 'ok' : sort(error)}\n`,
        )
      if (error === null || (error instanceof RowsInTheWay && !process.env['LIMBECK_RANDOM_STRICT'])) return
      const least = await smaller(pair, async (less) => {
        const other = await failure(bench, less)
        return other !== null && sort(other) === sort(error)
      })
      const last = await failure(bench, least)
      const text = `-- case: drawn ${seed}: ${String(last?.message).slice(0, 1500).replaceAll('\n', '\n--   ')}\n-- from\n${least[0].map((s) => `${s};\n`).join('')}-- to\n${least[1].map((s) => `${s};\n`).join('')}`
      if (log) appendFileSync(`${log}.sql`, `${text}\n`)
      expect.fail(text)
    },
  )
})

/** What is the same in errors of one cause. */
function sort(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause.message : ''
  const lines = error.message.split('\n').slice(0, 2).join(' ')
  return `${error.name} ${lines} ${cause.split('\n')[0]}`
    .replace(/"[^"]*"|[\w."]*\d\b|\d+/g, '…')
    .slice(0, 110)
}

async function taken(bench: Bench, statements: readonly string[]): Promise<readonly string[]> {
  await bench.prepare()
  const done: string[] = []
  for (const statement of statements) {
    const fine = await bench.rows(statement).then(
      () => true,
      () => false,
    )
    if (fine) done.push(statement)
  }
  return done
}

async function failure(bench: Bench, pair: Two<readonly string[]>): Promise<Error | null> {
  try {
    await expectThereAndBack(bench, pair)
    return null
  } catch (error) {
    return error as Error
  }
}

// What joins a parent had its columns before that.
const x = (line: string) =>
  line.startsWith('materialized view ')
    ? line.replace(/ populated [tf]$/, '')
    : line.startsWith('column ') || line.startsWith('constraint ')
      ? line.replace(/ inherited [1-9]\d* [tf]/, ' inherited')
      : line

async function made(bench: Bench, statements: readonly string[]) {
  // One that is refused once others are left out is left out too.
  await bench.prepare()
  try {
    if (statements.length > 0) await bench.rows(statements.join(';\n'))
  } catch {
    await bench.prepare()
    for (const statement of statements) await bench.rows(statement).catch(() => null)
  }
  return { snapshot: await readSnapshot(bench.connection), catalog: await bench.catalog() }
}

async function expectThereAndBack(bench: Bench, [before, after]: Two<readonly string[]>): Promise<void> {
  const to = await made(bench, after)
  const from = await made(bench, before)
  const { directives } = changeBetween(from.snapshot, to.snapshot, { rows: 'go' })
  await bench.apply(directives)
  expectAlike((await bench.catalog()).map(x), to.catalog.map(x))
  const now = await readSnapshot(bench.connection)
  expect(changeBetween(now, to.snapshot).directives.map((directive) => factsOf(directive).title)).toEqual([])
  void fc
}
