import type { Connection, Row } from '../connection/connection.ts'
import type { BackfillPlan } from '../operations/backfill-plan.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { inlineSql } from '../sql/tag.ts'
import type { Batch } from './batch.ts'
import { type KeyColumn, type KeyPosition, keyExpression, keyOrder, positionExpression } from './key.ts'
import { relation } from './relation.ts'

/** Where a page of a backfill's source lies: behind `after`, up to `upper`, so many rows at the most. */
export type PageBounds = {
  readonly plan: BackfillPlan
  readonly key: readonly KeyColumn[]
  readonly after: KeyPosition | null
  readonly upper: KeyPosition
  readonly limit: number | null
}

/** Rows of the source, with the key of each. */
export type Page = {
  readonly rows: readonly { readonly key: KeyPosition; readonly row: Row }[]
  /** The key of the last row; null where there is none. */
  readonly last: KeyPosition | null
  /** A digest of the keys and of the transactions that wrote the rows: it changes if one of them does. */
  readonly version: string
}

/** Gives the next page of a source; it may have something open, such as a file. */
export type PageReader = {
  /** Reads from outside of the database what the page will need, before a transaction is open. */
  fetch?(at: PagePlace): Promise<void>
  read(at: PagePlace): Promise<Page>
  close?(): Promise<void>
}
export type PagePlace = Omit<Batch, 'checkpoint'>

/** Reads the rows of a page, with all their columns and the key of each, as they stand. */
export async function readRows(connection: Connection, bounds: PageBounds): Promise<readonly Row[]> {
  const [result] = await connection.run(pageSql(bounds, `${pageColumns(bounds.key, [])}, *`))
  return result?.rows ?? []
}

/** Reads a page without locking it. */
export async function readPage(
  connection: Connection,
  bounds: PageBounds,
  columns: readonly string[],
): Promise<Page> {
  const [result] = await connection.run(
    `SELECT ${pageColumns(bounds.key, columns)}, sum(${rowVersion(bounds.key)}) OVER () AS limbeck_version
    FROM (${pageSql(bounds, '*, xmin AS limbeck_xmin')}) page ORDER BY ${keyOrder(bounds.key)}`,
  )
  return pageOf(bounds.key, result?.rows ?? [])
}

/** Reads a page and locks its rows until the transaction that is open ends. */
export async function readLockedPage(
  connection: Connection,
  bounds: PageBounds,
  columns: readonly string[],
  strength: 'SHARE' | 'UPDATE' = 'SHARE',
): Promise<Page> {
  const [ends] = await connection.run(pageSql(bounds, pageColumns(bounds.key, [])))
  const last = pageOf(bounds.key, ends?.rows ?? []).last
  if (last === null) return pageOf(bounds.key, [])
  // The end is fixed before: a row that waits for its lock may come out of it with another key.
  const within = { ...bounds, upper: last, limit: null }
  const [result] = await connection.run(
    `${pageSql(within, pageColumns(bounds.key, columns))} FOR ${strength}`,
  )
  return { ...pageOf(bounds.key, result?.rows ?? []), last }
}

/** A query whose one row says whether a page is still what was read; it locks the page's rows FOR SHARE. */
export function unchangedSql(bounds: Omit<PageBounds, 'upper' | 'limit'>, page: Page): string {
  const rows = pageSql({ ...bounds, upper: page.last ?? [], limit: null }, '*, xmin AS limbeck_xmin')
  return `SELECT count(*) = ${page.rows.length} AND sum(${rowVersion(bounds.key)}) = ${page.version} AS unchanged
    FROM (${rows} FOR SHARE) page`
}

function pageSql({ plan, key, after, upper, limit }: PageBounds, columns: string): string {
  const conditions = [
    ...(after === null ? [] : [`${keyExpression(key)} > ${positionExpression(key, after, quoteLiteral)}`]),
    `${keyExpression(key)} <= ${positionExpression(key, upper, quoteLiteral)}`,
    ...(plan.where === undefined ? [] : [`(${inlineSql(plan.where)})`]),
  ]
  const some = limit === null ? '' : ` LIMIT ${limit}`
  return `SELECT ${columns} FROM ${relation(plan)} WHERE ${conditions.join(' AND ')} ORDER BY ${keyOrder(key)}${some}`
}

function pageColumns(key: readonly KeyColumn[], columns: readonly string[]): string {
  const keys = key.map(({ name }, n) => `${quoteIdentifier(name)}::text AS ${keyAlias(n)}`)
  return [...keys, ...columns.map(quoteIdentifier)].join(', ')
}

/** Rows as they were read, taken apart into keys and what the revision's function is given. */
export function pageOf(key: readonly KeyColumn[], found: readonly Row[]): Page {
  const aliases = key.map((_, n) => keyAlias(n))
  const hidden = new Set([...aliases, 'limbeck_version'])
  const rows = found.map((row) => ({
    key: aliases.map((alias) => String(row[alias])),
    row: Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.has(name))),
  }))
  return { rows, last: rows.at(-1)?.key ?? null, version: String(found.at(-1)?.['limbeck_version'] ?? 0) }
}

function keyAlias(n: number): string {
  return `limbeck_key_${n}`
}

/** xmin is the transaction that wrote the row as it stands. */
function rowVersion(key: readonly KeyColumn[]): string {
  const parts = [...key.map(({ name }) => `${quoteIdentifier(name)}::text`), 'limbeck_xmin::text']
  return `hashtextextended(${parts.join(" || ' ' || ")}, 0)`
}
