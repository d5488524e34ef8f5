import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeBetween } from '../../src/autogenerate/directives.ts'
import { renamesBetween, type ToldRename } from '../../src/autogenerate/renames.ts'
import type { Snapshot } from '../../src/catalog/snapshot.ts'
import type { Directive } from '../../src/operations/operation.ts'
import { factsOf } from '../../src/operations/operations.ts'
import { type Bench, openBench } from '../operations/bench.ts'
import { everySecond, inTurn, isWhole, servers, targets } from '../servers/databases.ts'
import { expectAlike } from './alike.ts'
import { type Pair, pairs } from './corpus.ts'
import { dumpOf } from './dump.ts'
import { empty, fill, inBoth, isAboutRows, rowsIn, tablesOf } from './rows.ts'
import { doesLose, isInvertible } from './way-back.ts'

/** The oldest and the newest server; the embedded database is the newest once more, and is asked where all are. */
const asked = isWhole ? targets : servers()

const pairsOf = inTurn(
  everySecond(pairs),
  asked,
  ({ since, until, notEmbedded }, target) =>
    since <= target.major && target.major <= until && !(target.kind === 'pglite' && notEmbedded !== null),
)

describe.each(asked)('on $name', (target) => {
  let bench: Bench
  /** Where pg_dump looks, there are none. */
  const hasRows = target.major === 18
  const dump =
    target.kind === 'pglite' ? { none: 'pg_dump reads no database in this process.' } : dumpOf(target.major)
  // A process of its own each time: it looks at some, where not all are asked for all.
  const dumped = async (n: number) =>
    'none' in dump || !(isWhole || n % 4 === 0) ? [] : dump.entries(bench.url)
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  test.for(pairsOf(target).map((pair, n) => [pair.name, pair, n] as const))('%s', async ([, pair, n]) => {
    const to = await made(bench, pair.to)
    const [entries, tables] = [await dumped(n), await tablesOf(bench)]
    const from = await made(bench, pair.from)
    if (pair.refused !== null) {
      await expect(there(bench, pair, to.snapshot)).rejects.toThrow(pair.refused)
      return
    }
    if (pair.rows !== '') await bench.rows(pair.rows)
    const rows = pair.same === null ? null : await bench.rows(pair.same)
    if (hasRows && pair.rows === '') await fill(bench)
    const shared = inBoth(await tablesOf(bench), tables)
    const filled = await rowsIn(bench, shared)
    const { directives, unsaid } = await there(bench, pair, to.snapshot).catch(async (error: unknown) => {
      if (!hasRows || pair.rows !== '' || !isAboutRows(error)) throw error
      await made(bench, pair.from)
      filled.length = 0
      return there(bench, pair, to.snapshot)
    })
    if (filled.length > 0 && pair.renames.length === 0 && !doesLose(directives))
      expect(await rowsIn(bench, shared)).toEqual(filled)
    expectAlike(await bench.catalog(), to.catalog)
    expect(await dumped(n)).toEqual(entries)
    const again = changeBetween(await bench.snapshot(), to.snapshot)
    expect(again.directives.map((directive) => factsOf(directive).title)).toEqual([])
    if (pair.same !== null) expect(await bench.rows(pair.same)).toEqual(rows)

    if (pair.oneWay !== null) return
    if (hasRows && pair.rows === '') await empty(bench)
    // Where the inverse cannot bring all back, the way back is found as the way there was.
    if (unsaid.length === 0 && isInvertible(directives)) await bench.undo(directives)
    else await bench.apply(await wayBack(bench, pair, from.snapshot, to.snapshot))
    expectAlike(await bench.catalog(), from.catalog)
  })

  test('pg_dump has seen it too', ({ skip }) => {
    if ('none' in dump) skip(dump.none)
  })
})

async function made(bench: Bench, sql: string) {
  await bench.prepare(sql)
  return { snapshot: await bench.snapshot(), catalog: await bench.catalog() }
}

/** Makes of the database the other, with what has another name first. */
async function there(bench: Bench, pair: Pair, to: Snapshot) {
  const renaming = await rename(bench, to, told(pair))
  const { directives, unsaid } = changeBetween(await bench.snapshot(), to)
  await bench.apply(directives)
  return { directives: [...renaming, ...directives], unsaid }
}

async function rename(
  bench: Bench,
  to: Snapshot,
  names: readonly ToldRename[],
): Promise<readonly Directive[]> {
  const all: Directive[] = []
  for (;;) {
    const { certain } = renamesBetween(await bench.snapshot(), to, names)
    if (certain.length === 0) return all
    const directives = certain.flatMap((one) => one.directives)
    await bench.apply(directives)
    all.push(...directives)
  }
}

async function wayBack(bench: Bench, pair: Pair, from: Snapshot, to: Snapshot) {
  const renaming = await made(bench, pair.from).then(() => rename(bench, to, told(pair)))
  const renamed = await bench.snapshot()
  const { directives } = changeBetween(renamed, to)
  await bench.apply(directives)
  const inverse = [...renaming].reverse().flatMap((directive) => {
    const undone = factsOf(directive).inverse()
    return 'irreversible' in undone ? [] : undone
  })
  // Only so that it is said: what has its old name again is what it was.
  expect(from.size).toBe(renamed.size)
  return [...changeBetween(to, renamed).directives, ...inverse]
}

function told({ renames }: Pair): readonly ToldRename[] {
  return renames.map((text) => {
    const at = text.lastIndexOf('=')
    return { from: text.slice(0, at), to: text.slice(at + 1) || null }
  })
}
