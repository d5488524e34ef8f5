import { afterAll, beforeAll, test } from 'vitest'
import { changeBetween } from '../../src/autogenerate/directives.ts'
import { renamesBetween } from '../../src/autogenerate/renames.ts'
import { knowsPartitioned } from '../../src/catalog/partitioned.ts'
import type { Snapshot } from '../../src/catalog/snapshot.ts'
import type { Directive } from '../../src/operations/operation.ts'
import { sqlText } from '../../src/script/revision-text.ts'
import { parseStatements } from '../../src/sql/statements.ts'
import { newestServer } from '../cli/sample.ts'
import { type Bench, openBench } from '../operations/bench.ts'
import { expectAlike } from './alike.ts'
import { type Pair, pairs } from './corpus.ts'

/** What `limbeck diff --sql` prints, as somebody runs it who has no Limbeck. */
const target = newestServer()
let bench: Bench
beforeAll(async () => {
  bench = await openBench(target)
})
afterAll(() => bench.close())

const runnable = pairs.filter(
  ({ since, until, refused }) => since <= target.major && target.major <= until && refused === null,
)

/** One in six where not all is asked. */
const asked =
  process.env['LIMBECK_TEST_MAJORS'] === 'all' ? runnable : runnable.filter((_, at) => at % 6 === 0)

test.for(asked.map((pair) => [pair.name, pair] as const))('%s', async ([, pair]) => {
  await bench.prepare(pair.to)
  const [to, wanted] = [await bench.snapshot(), await bench.catalog()]
  await bench.prepare(pair.from)
  const { directives, seen } = await difference(pair, to)
  await bench.prepare(pair.from)
  const server = { major: target.major, isPartitioned: knowsPartitioned([...seen, to]) }
  const sql = sqlText(directives, server)
  // A password is not printed, nor what tells where a subscription is from.
  if (sql.includes("'********'")) return
  for (const { text } of await parseStatements(sql)) await bench.rows(text)
  expectAlike(await bench.catalog(), wanted)
})

type Found = { readonly directives: readonly Directive[]; readonly seen: readonly Snapshot[] }

async function difference(pair: Pair, to: Snapshot): Promise<Found> {
  const told = pair.renames.map((text) => {
    const at = text.lastIndexOf('=')
    return { from: text.slice(0, at), to: text.slice(at + 1) }
  })
  const renaming: Directive[] = []
  const seen: Snapshot[] = []
  for (;;) {
    const from = await bench.snapshot()
    seen.push(from)
    const { certain } = renamesBetween(from, to, told)
    if (certain.length === 0)
      return { directives: [...renaming, ...changeBetween(from, to, { rows: 'go' }).directives], seen }
    const directives = certain.flatMap((one) => one.directives)
    await bench.apply(directives)
    renaming.push(...directives)
  }
}
