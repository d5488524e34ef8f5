import type { Measured, Relation } from './measure.ts'
import type { Outcome } from './outcome.ts'

/** One migration on one major: on a copy with rows and on one without. */
export type Pair = { readonly rows: Outcome; readonly empty: Outcome }

/** Fewer rows than this say nothing of how work grows. */
const manyRows = 50

/** Of a table's rows: from here on a statement is taken to touch as many as there are. */
const largeShare = 0.2

/** Whether a statement does work that takes longer the more rows there are. */
export function grows(pair: Pair, index: number): boolean {
  const moved = [...growths(pair, index).values()]
  return (
    rewrites(pair, index).length > 0 ||
    scans(pair, index).length > 0 ||
    indexesBuilt(pair, index).length > 0 ||
    moved.some(({ read, inserted, changed }) => Math.max(read, inserted, changed) >= manyRows)
  )
}

/** Tables and materialized views that get a new file, by notice or by file; TRUNCATE rewrites nothing. */
export function rewrites(pair: Pair, index: number): readonly string[] {
  const said = noticed(pair, { index, pattern: /^rewriting table "(?<table>.*?)"/ })
    .map(({ table }) => table)
    .filter((table) => isOfRows(pair, { index, table }))
  return sorted([...said, ...changedFiles(pair.rows, { index, kinds: 'rm' })])
}

/** Indexes that are built over rows, by notice or by file; of REINDEX CONCURRENTLY under the name that they keep. */
export function indexesBuilt(pair: Pair, index: number): readonly string[] {
  const said = noticed(pair, { index, pattern: /^building index "(?<name>.*?)" on table "(?<table>.*?)"/ })
    .filter(({ table, name }) => !name.startsWith('pg_toast') && isOfRows(pair, { index, table }))
    .map(({ name }) => name.replace(/_ccnew\d*$/, ''))
  return sorted([...said, ...changedFiles(pair.rows, { index, kinds: 'i' })])
}

/** Tables that are read: verified, validated, or read of more rows than on the copy without. */
export function scans(pair: Pair, index: number): readonly string[] {
  const said = noticed(pair, { index, pattern: /^verifying table "(?<table>.*?)"/ }).map(({ table }) => table)
  const validated = [pair.rows, pair.empty].flatMap((outcome) => {
    const measured = outcome.measured[index]
    return (measured?.validated ?? []).flatMap(
      (oid) => relationOf({ outcome, measured: measured!, oid })?.name ?? [],
    )
  })
  const read = [...growths(pair, index)].filter(([, growth]) => growth.read >= manyRows).map(([name]) => name)
  return sorted([...said, ...validated, ...read].filter((table) => isOfRows(pair, { index, table })))
}

/** Tables that were there and of whose rows a large share is changed, deleted or locked. */
export function bulkChanged(pair: Pair, index: number): readonly string[] {
  const named = new Map([...pair.rows.before.relations.values()].map(({ name, oid }) => [name, oid]))
  return [...growths(pair, index)]
    .filter(([name, { changed }]) => {
      const total = pair.rows.before.rows.get(named.get(name) ?? 0)
      return total !== undefined && changed >= manyRows && changed >= total * largeShare
    })
    .map(([name]) => name)
    .toSorted()
}

/** By its name before the migration. */
export function relationOf(at: {
  readonly outcome: Outcome
  readonly measured: Measured
  readonly oid: number
}): Relation | undefined {
  const { outcome, measured, oid } = at
  return outcome.before.relations.get(oid) ?? measured.after.get(oid) ?? measured.before.get(oid)
}

/** A table that was there before the migration, or that it has filled with what grows; and not emptied just now. */
function isOfRows(pair: Pair, { index, table }: { readonly index: number; readonly table: string }): boolean {
  const { before, measured } = pair.rows
  if (measured[index]?.emptied.some((oid) => before.relations.get(oid)?.name === table)) return false
  const known = [...pair.rows.before.relations.values()].some(({ name }) => name === table)
  const isThatOne = known && !madeAnew(pair.rows, table)
  return isThatOne || insertedUpTo(pair, { index, table }) >= manyRows
}

/** Of a name that was there, but is another table's now. */
function madeAnew(outcome: Outcome, name: string): boolean {
  const old = [...outcome.before.relations.values()].find((relation) => relation.name === name)
  const last = outcome.measured.at(-1)?.after
  const now = last && [...last.values()].find((relation) => relation.name === name)
  return old !== undefined && now !== undefined && old.oid !== now.oid
}

function insertedUpTo(
  pair: Pair,
  { index, table }: { readonly index: number; readonly table: string },
): number {
  const steps = [...Array(index + 1).keys()]
  return steps.reduce((sum, step) => sum + (growths(pair, step).get(table)?.inserted ?? 0), 0)
}

type Growth = { readonly read: number; readonly inserted: number; readonly changed: number }

/** What a statement did more where there are rows than where there are none, by table. */
function growths(pair: Pair, index: number): ReadonlyMap<string, Growth> {
  const without = workByName(pair.empty, index)
  const none = { read: 0, inserted: 0, changed: 0 }
  return new Map(
    [...workByName(pair.rows, index)].map(([name, work]) => {
      const base = without.get(name) ?? none
      const growth = {
        read: work.read - base.read,
        inserted: work.inserted - base.inserted,
        changed: work.changed - base.changed,
      }
      return [name, growth]
    }),
  )
}

function workByName(outcome: Outcome, index: number): ReadonlyMap<string, Growth> {
  const measured = outcome.measured[index]
  if (!measured) return new Map()
  const counted = measured.counters.map((counter) => {
    const locked = measured.locked.get(counter.oid) ?? 0
    const name = relationOf({ outcome, measured, oid: counter.oid })?.name ?? ''
    return [name, { ...counter, changed: Math.max(counter.changed, locked) }] as const
  })
  return new Map(counted)
}

/** Name and table, or the table alone, of each notice that fits; on the copies with and without rows. */
function noticed(
  pair: Pair,
  { index, pattern }: { readonly index: number; readonly pattern: RegExp },
): readonly { readonly name: string; readonly table: string }[] {
  const notices = [pair.rows, pair.empty].flatMap((outcome) => outcome.measured[index]?.notices ?? [])
  return notices.flatMap(({ message }) => {
    const { name = '', table } = pattern.exec(message)?.groups ?? {}
    return table === undefined ? [] : [{ name, table }]
  })
}

/** Relations with another file than before the statement, unless that is an empty one, as TRUNCATE gives it. */
function changedFiles(
  outcome: Outcome,
  { index, kinds }: { readonly index: number; readonly kinds: string },
): readonly string[] {
  const measured = outcome.measured[index]
  if (!measured || measured.error) return []
  return [...measured.before.values()].flatMap(({ oid, kind, file, table }) => {
    const now = measured.after.get(oid)
    const isChanged = kinds.includes(kind) && now && now.file !== file
    if (!isChanged || measured.emptied.includes(table ?? oid) || !outcome.before.relations.has(oid)) return []
    return [relationOf({ outcome, measured, oid })!.name]
  })
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted()
}
