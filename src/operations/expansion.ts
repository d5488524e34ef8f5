import { derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { id, inlineSql, rawSql, type Sql, sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import { type CollationName, type ColumnType, collationName } from './column-definition.ts'
import { inSchema, type TableReference } from './relation.ts'

/** A column that is to take the place of others. */
export type NewColumn = {
  readonly name: string
  readonly type: ColumnType
  readonly collation?: CollationName
  /** Its default from the contract on. Left out, that of the old column if it is the same value under another type; else none. */
  readonly default?: Value | Sql
}

/** A new column that is computed. */
export type ComputedColumn = NewColumn & {
  /** Its value, from the old columns: `(amount * 100)::bigint`. It has to give one for every row that is there or comes. */
  readonly up: Sql
}

/** A column under a new name. */
export type Renaming = {
  /** The column that the old application uses. */
  readonly from: string
  /** The column's new name, which is added and kept equal. */
  readonly to: string
}

/** The same value under another type: PostgreSQL's casts lead there and back. */
export type Recasting = {
  readonly from: string
  readonly to: NewColumn & { readonly up?: never }
}

/** A value that is said in another way: in another unit, by other labels. */
export type Conversion = {
  readonly from: string
  readonly to: ComputedColumn
  /** The value of the old column, from the new one: what the old application reads once the new one has written. */
  readonly down: { readonly [column: string]: Sql }
  /**
   * Carries indexes, constraints and NOT NULL over, as for a column that only gets another type. Say it where these hold
   * word for word of the new values too: not for `CHECK (amount < 100)` where the new column has cents.
   */
  readonly carry?: true
}

/** Columns of another meaning: the parts of one column, one made of several. */
export type Replacement = {
  /** The columns that the old application uses. */
  readonly from: string | readonly [string, ...string[]]
  readonly to: ComputedColumn | readonly [ComputedColumn, ...ComputedColumn[]]
  /** The value of each old column, from the new ones. */
  readonly down: { readonly [column: string]: Sql }
  readonly carry?: never
}

/** Columns that are there twice for a time: as the old application knows them, and as the new one does. */
export type Expansion = TableReference & (Renaming | Recasting | Conversion | Replacement)

/** A new column, and the expression that fills it; the type is null where it is the old column's. */
export type FilledColumn = {
  readonly name: string
  readonly type: string | null
  readonly collation?: CollationName
  readonly default?: Value | Sql
  readonly up: Sql
}

/** The new columns, each with its expression. */
export function newColumns({ from, to }: Expansion): readonly FilledColumn[] {
  if (typeof to === 'string') return [{ name: to, type: null, up: id(String(from)) }]
  const columns: readonly (NewColumn & { readonly up?: Sql })[] = 'name' in to ? [to] : to
  return columns.map((column) => ({ ...column, up: column.up ?? cast(String(from), column) }))
}

export function newNames(expansion: Expansion): readonly string[] {
  return newColumns(expansion).map(({ name }) => name)
}

export function oldNames({ from }: Expansion): readonly string[] {
  return typeof from === 'string' ? [from] : from
}

/** What the old columns are set to, by name. */
export function downward(expansion: Expansion): { readonly [column: string]: Sql } {
  if ('down' in expansion) return expansion.down
  const [to = ''] = newNames(expansion)
  return { [expansion.from]: id(to) }
}

/** What the new columns are set to, by name. */
export function upward(expansion: Expansion): { readonly [column: string]: Sql } {
  return Object.fromEntries(newColumns(expansion).map(({ name, up }) => [name, up]))
}

/** The one column and the one that has the same value: what is said of the one holds of the other. Null where the meaning changes. */
export function sameValue(expansion: Expansion): (TableReference & { from: string; to: string }) | null {
  const { from } = expansion
  if (typeof from !== 'string' || ('down' in expansion && expansion.carry !== true)) return null
  const [to = ''] = newNames(expansion)
  return { ...inSchema(expansion), table: expansion.table, from, to }
}

/** The fields of an expansion alone. */
export function expansionOf(fields: Expansion): Expansion {
  const { schema, table, from, to } = fields
  // The fields come from one expansion, of whichever sort, and make the same again.
  const carry = 'carry' in fields && fields.carry === true ? { carry: fields.carry } : {}
  const sides = 'down' in fields ? { from, to, down: fields.down, ...carry } : { from, to }
  return { ...inSchema({ schema }), table, ...sides } as Expansion
}

/** `users.email to email_address`. */
export function titleOf(expansion: Expansion): string {
  return `${expansion.table}.${oldNames(expansion).join(', ')} to ${newNames(expansion).join(', ')}`
}

/** By this the triggers know the writes of their own backfill; those of any other are the application's to them. */
export function expansionKey(expansion: Expansion): string {
  return JSON.stringify([
    expansion.schema ?? '',
    expansion.table,
    ...oldNames(expansion),
    ...newNames(expansion),
  ])
}

/** The names of the function and the triggers that keep the columns in step. */
export function syncNames(expansion: Expansion) {
  const columns = [...oldNames(expansion), ...newNames(expansion)]
  const name = (purpose: string) => derivedName('limbeck', purpose, expansion.table, ...columns)
  // Triggers fire in the order of their names, and these have the last word.
  const last = (purpose: string) => quoteIdentifier(derivedName('zz', name(purpose)))
  return {
    function: qualifiedName({ ...inSchema(expansion), name: name('sync') }),
    onInsert: last('sync_insert'),
    onUpdate: last('sync_update'),
  }
}

/** A condition: the new columns of a row are still to be filled. What has a meaning of its own is never computed over what is there. */
export function isUnfilled(expansion: Expansion): Sql {
  const conditions = newColumns(expansion).map(({ name, up }) =>
    'down' in expansion ? sql`${id(name)} IS NULL` : sql`ROW(${id(name)})::record *<> ROW(${up})::record`,
  )
  return conditions.reduce((all, condition) => sql`${all} AND ${condition}`)
}

/**
 * A condition: neither side follows from the other. One direction is enough, since either may lose something: a name that
 * was put together and is split again need not be split in the same place.
 */
export function isApart(expansion: Expansion): string {
  if (!('down' in expansion)) return inlineSql(isUnfilled(expansion))
  const fromUp = newColumns(expansion).map(
    ({ name, type, up }) =>
      `ROW(${quoteIdentifier(name)})::record *<> ROW((${inlineSql(up)})::${type})::record`,
  )
  const fromDown = Object.entries(expansion.down).map(
    ([name, down]) => `${quoteIdentifier(name)} IS DISTINCT FROM (${inlineSql(down)})`,
  )
  return `(${fromUp.join(' OR ')}) AND (${fromDown.join(' OR ')})`
}

/** A new column as it follows ADD COLUMN. Its default comes with the contract: till then a value says who wrote. */
export function newColumnClause({ name, type, collation }: FilledColumn): string {
  return `${quoteIdentifier(name)} ${type}${collateClause(collation)}`
}

function cast(column: string, { type, collation }: NewColumn): Sql {
  return rawSql(`${quoteIdentifier(column)}::${type}${collateClause(collation)}`)
}

function collateClause(collation: CollationName | undefined): string {
  return collation === undefined ? '' : ` COLLATE ${collationName(collation)}`
}
