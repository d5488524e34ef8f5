import type { ColumnOptions, ColumnStorage } from '../operations/column-definition.ts'
import { columnOptions } from '../operations/column-options.ts'
import type { ForeignColumn } from '../operations/foreign-table-definition.ts'
import type { Sql } from '../sql/tag.ts'
import { storages } from './column.ts'
import { foreignOptionsOf } from './foreign-options.ts'
import type { Reading } from './object-kind.ts'
import { type ObjectNameRow, objectNameOf, objectNameRow } from './object-name.ts'
import { parametersOf } from './parameters.ts'
import { printedSql } from './printed.ts'
import { typeName } from './type-name.ts'

type StorageLetter = keyof typeof storages

/** `above`: as it is where nothing is said here, by the parent or by the type. */
export type ForeignColumnRow = {
  readonly name: string
  readonly type: string
  /** It does not come from a parent alone. */
  readonly own: boolean
  readonly not_null: boolean
  readonly not_null_above: boolean
  readonly collation: ObjectNameRow | null
  readonly generated: '' | 's' | 'v'
  readonly expression: string | null
  readonly expression_above: string | null
  readonly storage: StorageLetter
  readonly storage_above: StorageLetter
  readonly compression: '' | 'p' | 'l'
  readonly statistics: number
  readonly statistics_above: number
  readonly options: readonly string[] | null
  readonly foreign_options: readonly string[] | null
}

/** The columns of a foreign table c, as an array of rows. */
export const foreignColumns = (major: number) => `(SELECT json_agg(json_build_object('name', a.attname,
    'type', format_type(a.atttypid, a.atttypmod), 'own', a.attislocal AND NOT c.relispartition,
    'not_null', a.attnotnull, 'not_null_above', coalesce(above.attnotnull, false),
    'collation', CASE WHEN a.attcollation <> t.typcollation THEN ${objectNameRow('collation', 'a.attcollation')} END,
    'generated', a.attgenerated, 'expression', pg_get_expr(d.adbin, d.adrelid), 'expression_above', above.expression,
    'storage', a.attstorage, 'storage_above', coalesce(above.attstorage, t.typstorage),
    'compression', ${major < 14 ? "''" : 'a.attcompression'}, 'statistics', coalesce(a.attstattarget, -1),
    'statistics_above', coalesce(above.attstattarget, -1), 'options', ${columnOptions('a.attoptions')}, 'foreign_options', a.attfdwoptions) ORDER BY a.attnum)
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN LATERAL (SELECT pa.attnotnull, pa.attstorage, pa.attstattarget, pg_get_expr(pd.adbin, pd.adrelid) AS expression
    FROM pg_inherits JOIN pg_attribute pa ON pa.attrelid = inhparent AND pa.attname = a.attname AND NOT pa.attisdropped
    LEFT JOIN pg_attrdef pd ON pd.adrelid = pa.attrelid AND pd.adnum = pa.attnum
    WHERE inhrelid = c.oid ORDER BY inhseqno LIMIT 1) above ON a.attinhcount > 0
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)`

/** What CREATE FOREIGN TABLE says of a column. */
export function foreignColumn(row: ForeignColumnRow, inSchema: Reading['inSchema']): ForeignColumn {
  const { name, type, collation, not_null, compression, generated, expression, foreign_options } = row
  const value = expression === null ? null : printedSql(expression)
  const column = {
    name,
    type: typeName(type),
    ...(collation === null ? {} : { collation: objectNameOf(collation, inSchema) }),
    ...(compression === '' ? {} : { compression: compression === 'p' ? 'pglz' : 'lz4' }),
    ...(value === null
      ? {}
      : generated === ''
        ? { default: value }
        : { generated: generated === 's' ? value : { expression: value, kind: 'virtual' } }),
    ...(not_null ? { notNull: true } : {}),
    ...foreignOptionsOf(foreign_options),
  }
  return column as ForeignColumn
}

/** What is said of a column once the table is there, and of one that comes from a parent all that is other than there. */
export type ColumnSettings = {
  readonly notNull?: true
  readonly default?: Sql | null
  readonly storage?: ColumnStorage
  readonly statistics?: number
  readonly options?: ColumnOptions
  /** The same as they are where nothing is said. */
  readonly was?: {
    readonly default?: Sql | null
    readonly storage?: ColumnStorage
    readonly statistics?: number
    readonly options?: { readonly [option: string]: null }
  }
}

/** null where there is nothing to say. */
export function columnSettings(row: ForeignColumnRow): ColumnSettings | null {
  const options = parametersOf(row.options)
  const defaults = { is: expressionOf(row.expression), was: expressionOf(row.expression_above) }
  const hasOwnDefault = !row.own && row.generated === '' && row.expression !== row.expression_above
  const [storage, statistics] = [row.storage !== row.storage_above, row.statistics !== row.statistics_above]
  const settings = {
    ...(hasOwnDefault ? { default: defaults.is } : {}),
    ...(storage ? { storage: storages[row.storage] } : {}),
    ...(statistics ? { statistics: row.statistics } : {}),
    ...(options === undefined ? {} : { options: options as ColumnOptions }),
  }
  const was = {
    ...(hasOwnDefault ? { default: defaults.was } : {}),
    ...(storage ? { storage: storages[row.storage_above] } : {}),
    ...(statistics ? { statistics: row.statistics_above } : {}),
    ...(options === undefined
      ? {}
      : { options: Object.fromEntries(Object.keys(options).map((name) => [name, null])) }),
  }
  const notNull = !row.own && row.not_null && !row.not_null_above
  if (!notNull && Object.keys(settings).length === 0) return null
  return {
    ...(notNull ? { notNull } : {}),
    ...settings,
    ...(Object.keys(was).length === 0 ? {} : { was }),
  }
}

function expressionOf(text: string | null): Sql | null {
  return text === null ? null : printedSql(text)
}
