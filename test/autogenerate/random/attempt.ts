import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import { changeBetween } from '../../../src/autogenerate/directives.ts'
import { factsOf } from '../../../src/operations/operations.ts'
import type { Bench } from '../../operations/bench.ts'
import { expectAlike } from '../alike.ts'
import { empty, fill, inBoth, isAboutRows, rowsIn, tablesOf } from '../rows.ts'
import { doesLose, isInvertible } from '../way-back.ts'
import type { Two } from './two.ts'

/** Two schemas, as the statements that make them. */
export type Sides = Two<readonly string[]>

export type Failure = {
  /** What is the same in failures of one cause. */
  readonly sort: string
  readonly message: string
}

/** What PostgreSQL takes of what was drawn: the rest names what is not there, or is none of the right type. */
export async function statementsTaken(bench: Bench, [before, after]: Sides): Promise<Sides> {
  return [await taken(bench, before), await taken(bench, after)]
}

async function taken(bench: Bench, statements: readonly string[]): Promise<readonly string[]> {
  await bench.prepare()
  const done: string[] = []
  for (const statement of statements) {
    const isTaken = await bench.rows(statement).then(
      () => true,
      () => false,
    )
    if (isTaken) done.push(statement)
  }
  return done
}

/** Makes of one the other and that one the first again; null where both are right. */
export async function failureOf(bench: Bench, sides: Sides): Promise<Failure | null> {
  try {
    await expectThereAndBack(bench, sides)
    return null
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return isRefusedByPostgres(error) ? null : { sort: sortOf(error), message: error.message }
  }
}

/** PostgreSQL itself does not change what values are of elsewhere, even where there are none; and looks at a default that is no value of its type. */
function isRefusedByPostgres(error: Error): boolean {
  if (isAboutRows(error)) return true
  return /cannot alter (?:table|type) ".*" because column ".*" uses/.test(error.message)
}

function sortOf({ name, message, cause }: Error): string {
  const [line = '', next = ''] = message.split('\n')
  const reason = cause instanceof Error ? cause.message : ''
  return `${name} ${line} ${next} ${reason}`.replace(/"[^"]*"|[\w."]*\d\b|\d+/g, '…').slice(0, 120)
}

async function expectThereAndBack(bench: Bench, [before, after]: Sides): Promise<void> {
  const to = await made(bench, after)
  const tables = await tablesOf(bench)
  const from = await made(bench, before)
  // What refuses to go on over rows that are there is dropped with them: it is said what is lost.
  const { directives, unsaid } = changeBetween(from.snapshot, to.snapshot, { rows: 'go' })
  await fill(bench)
  const shared = inBoth(await tablesOf(bench), tables)
  const rows = await rowsIn(bench, shared)
  const areThere = await bench.apply(directives).then(
    () => true,
    async (error: unknown) => {
      if (!isAboutRows(error)) throw error
      await made(bench, before)
      await bench.apply(directives)
      return false
    },
  )
  if (areThere && !doesLose(directives)) expect(await rowsIn(bench, shared)).toEqual(rows)
  expectAlike((await bench.catalog()).map(withoutPast), to.catalog.map(withoutPast))
  const again = changeBetween(await bench.snapshot(), to.snapshot, { rows: 'go' })
  expect(again.directives.map((directive) => factsOf(directive).title)).toEqual([])

  await empty(bench)
  const isBack = async () =>
    isDeepStrictEqual((await bench.catalog()).map(withoutPast), from.catalog.map(withoutPast))
  const isUndone =
    unsaid.length === 0 &&
    isInvertible(directives) &&
    (await bench.undo(directives).then(isBack, () => false))
  if (isUndone) return
  // As autogenerate does: where the inverse does not lead back, the way back is found as the way there was.
  await made(bench, after)
  await bench.apply(changeBetween(to.snapshot, from.snapshot, { rows: 'go' }).directives)
  expectAlike((await bench.catalog()).map(withoutPast), from.catalog.map(withoutPast))
}

async function made(bench: Bench, statements: readonly string[]) {
  await bench.prepare()
  for (const statement of statements) await bench.rows(statement).catch(() => null)
  return { snapshot: await bench.snapshot(), catalog: await bench.catalog() }
}

/**
 * A catalog's line without what only tells how it came to be: whether a table had its columns before it joined a parent, and a check of a parent's
 * that nobody has validated was made before its child; and whether a materialized view is filled.
 */
function withoutPast(line: string): string {
  if (line.startsWith('materialized view ')) return line.replace(/ populated [tf]$/, '')
  if (!/^(?:column|constraint) /.test(line)) return line
  const past = line.replace(/ inherited [1-9]\d*(?: [tf])?/, ' inherited')
  return past === line ? line : past.replace(/ NOT VALID| valid [tf]|(?<=identity) [ad]?/g, '')
}
