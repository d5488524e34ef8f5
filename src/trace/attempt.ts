import type { Connection } from '../connection/connection.ts'
import type { Block } from './block.ts'
import { countRows, type FewerRows, fewerRows, takeRows, withoutReferring } from './fewer-rows.ts'
import { type Look, look } from './look.ts'
import { tellsWork } from './notes.ts'
import type { ObservedError } from './observation.ts'
import { isOfAssertion, isOfTransaction, observedError } from './observed-error.ts'
import { type Picture, type PicturedRelation, readPicture } from './picture.ts'
import type { TracedStatement } from './subject.ts'
import { isOfReckoning, usualValues } from './usual-values.ts'
import { type MakingOf, runInBlock } from './with-making.ts'
import { wordsOf } from './words.ts'

/** What came of a statement in a block. */
export type Attempt = {
  readonly notes: readonly string[]
  readonly error: ObservedError | null
  /** From where on it is looked at what the statement does. */
  readonly since: Look
  readonly before: Picture
  /** Rows that were taken away first, one after the other. */
  readonly taken: readonly FewerRows[]
  /** Whether samples have other values since. */
  readonly isRevalued: boolean
  /** How many rows the tables have left of which some were taken, by oid. */
  readonly left: ReadonlyMap<number, number>
}

/** Runs a statement in a block; where it fails on rows, with fewer of them, and in the end without any. `rows`: how many each table has, by its oid; `given`: those whose rows are no samples. */
export async function attempt(
  { parsed: { text, tree } }: TracedStatement,
  {
    connection,
    block,
    seen,
    picture,
    rows,
    given,
    ignored,
    makingOf,
    revalued,
  }: {
    readonly connection: Connection
    readonly block: Block
    readonly seen: Look
    readonly picture: Picture
    readonly rows: ReadonlyMap<number, number>
    readonly given: ReadonlySet<number>
    readonly ignored: readonly string[]
    readonly makingOf: MakingOf
    /** Called once samples have other values, before the statement is tried with them. */
    readonly revalued: () => Promise<void>
  },
): Promise<Attempt> {
  const heard: string[] = []
  const taken: FewerRows[] = []
  const left = new Map<number, number>()
  let isRevalued = false
  const send = () => runInBlock(block, text, { connection, makingOf })
  const done = (error: ObservedError | null, since: Look, before: Picture): Attempt => ({
    notes: heard.filter(tellsWork),
    error,
    since,
    before,
    taken,
    isRevalued,
    left,
  })
  const anew = async () => [await look(connection, ignored), await readPicture(connection, ignored)] as const
  const stop = connection.listen((note) => heard.push(note))
  try {
    const failed = await send()
    if (failed === null) return done(null, seen, picture)
    const error = observedError(failed, 'always')
    if (isOfAssertion(error)) return done(null, ...(await anew()))
    const tables = await tablesWithRows(connection, picture, rows)
    const words = wordsOf(tree)
    let refusal = failed
    const sendWith = async (fewer: FewerRows): Promise<Attempt | null> => {
      const counts = await takeRows(connection, block, fewer)
      if (counts === null) return null
      taken.push(fewer)
      for (const [oid, count] of counts) left.set(oid, count)
      // What was done before has been done again since, in other files.
      const now = await anew()
      heard.length = 0
      const next = await send()
      if (next !== null) refusal = next
      return next === null ? done({ ...error, when: 'rows' }, ...now) : null
    }
    // Each time another table may refer to what is taken away.
    const samples = tables.filter(({ oid }) => !given.has(oid))
    if (isOfReckoning(error, tree)) {
      // A row that its own transaction has changed is looked at by foreign keys once more.
      await block.outside([usualValues(samples)])
      isRevalued = true
      await revalued()
      const now = await anew()
      heard.length = 0
      if ((await send()) === null) return done(null, ...now)
    }
    for (;;) {
      const there = samples.filter(({ oid }) => !left.has(oid))
      const fewer = await withoutReferring(connection, there, { refusal, words })
      if (fewer === null) break
      const made = await sendWith(fewer)
      if (made !== null) return made
    }
    for (const fewer of isOfTransaction(error) ? [] : fewerRows(tables, words)) {
      const made = await sendWith(fewer)
      if (made !== null) return made
    }
    heard.length = 0
    return done(error, ...(await anew()))
  } finally {
    stop()
  }
}

/** What is made in the transaction has another oid each time that it is made again, and its rows are counted. */
async function tablesWithRows(
  connection: Connection,
  picture: Picture,
  rows: ReadonlyMap<number, number>,
): Promise<readonly PicturedRelation[]> {
  const tables = [...picture.values()].filter(({ kind }) => kind === 'r')
  const unknown = tables.filter(({ oid, isTemporary }) => !rows.has(oid) && !isTemporary)
  const counted = unknown.length === 0 ? rows : new Map([...rows, ...(await countRows(connection, unknown))])
  return tables.filter(({ oid }) => (counted.get(oid) ?? 0) > 0)
}
