import { alterColumn } from '../operations/alter-column.ts'
import type { ColumnOptions, ColumnStorage } from '../operations/column-definition.ts'
import { columnOptions } from '../operations/column-options.ts'
import { inSchema } from '../operations/relation.ts'
import { changedFields } from './change.ts'
import { storages } from './column.ts'
import { columnKey, keyOf, relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { parameterChanges, parametersOf } from './parameters.ts'

type Inherited = {
  readonly schema?: string
  readonly table: string
  readonly name: string
  readonly storage: ColumnStorage
  readonly statistics: number
  readonly options?: ColumnOptions
  /** As it is where nothing is said of it here. */
  readonly above: { readonly storage: ColumnStorage; readonly statistics: number }
}

type Found = {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly storage: 'p' | 'e' | 'm' | 'x'
  readonly statistics: number
  readonly storage_above: 'p' | 'e' | 'm' | 'x'
  readonly statistics_above: number
  readonly options: readonly string[] | null
}

/**
 * What a table says for itself of a column that it has from elsewhere: from the table of which it is a partition, from one from which it
 * inherits, or from the composite type that it is of.
 */
export const inheritedColumn = objectKind<Inherited, Found>({
  kind: 'inherited column',
  traces: 'pg_inherits UNION ALL SELECT FROM pg_class WHERE reloftype <> 0',
  query: ({ isOurs, ofNoExtension }) => `SELECT * FROM (
    SELECT n.nspname AS schema, c.relname AS table, a.attname AS name, a.attstorage::text AS storage,
      coalesce(above.attstorage, t.typstorage)::text AS storage_above, coalesce(a.attstattarget, -1)::int AS statistics,
      coalesce(above.attstattarget, -1)::int AS statistics_above, ${columnOptions('a.attoptions')} AS options
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN LATERAL (SELECT pa.attstorage, pa.attstattarget FROM pg_inherits
      JOIN pg_attribute pa ON pa.attrelid = inhparent AND pa.attname = a.attname AND NOT pa.attisdropped
      WHERE inhrelid = c.oid ORDER BY inhseqno LIMIT 1) above ON a.attinhcount > 0
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
      AND (a.attinhcount > 0 OR c.reloftype <> 0)
      AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}) found
    WHERE storage <> storage_above OR statistics <> statistics_above OR statistics <> -1 OR options IS NOT NULL
    ORDER BY schema, "table", name`,
  read({ schema, table, name, options: texts, ...row }, { inSchema }) {
    const options = parametersOf(texts)
    return {
      key: keyOf('inherited column', schema, table, name),
      parent: relationKey(schema, table),
      goesWith: columnKey(schema, table, name),
      kept: true,
      needs: [columnKey(schema, table, name)],
      fields: {
        ...inSchema(schema),
        table,
        name,
        storage: storages[row.storage],
        statistics: row.statistics,
        ...(options === undefined ? {} : { options: options as ColumnOptions }),
        above: { storage: storages[row.storage_above], statistics: row.statistics_above },
      },
    }
  },
  // What is made has the storage of its parent, and no statistics.
  create: (fields, { ofNew }) =>
    alteration(ofNew ? { ...fields.above, statistics: -1 } : fields.above, fields),
  change: alteration,
})

type Properties = Pick<Inherited, 'storage' | 'statistics' | 'options'>

function alteration(before: Properties, after: Inherited) {
  const { schema, table, name } = after
  const { was, ...changed } = changedFields(
    { storage: before.storage, statistics: before.statistics },
    { storage: after.storage, statistics: after.statistics },
  )
  const [options, optionsWere] = [
    parameterChanges(before.options, after.options),
    parameterChanges(after.options, before.options),
  ]
  const change = { ...changed, ...(options === undefined ? {} : { options }) }
  if (Object.keys(change).length === 0) return []
  return [
    alterColumn({
      ...inSchema({ schema }),
      table,
      name,
      ...change,
      was: { ...was, ...(optionsWere === undefined ? {} : { options: optionsWere }) },
    }),
  ]
}
