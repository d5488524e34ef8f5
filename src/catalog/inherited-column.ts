import { alterColumn } from '../operations/alter-column.ts'
import type { ColumnOptions, ColumnStorage } from '../operations/column-definition.ts'
import { dropNotNull, setNotNull } from '../operations/not-null.ts'
import { changedFields } from './change.ts'
import { keyOf, relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { parameterChanges, parametersOf } from './parameters.ts'

type Inherited = {
  readonly schema?: string
  readonly table: string
  readonly name: string
  readonly notNull?: true
  readonly storage?: ColumnStorage
  readonly statistics?: number
  readonly options?: ColumnOptions
}

type Found = {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly not_null: boolean
  readonly storage: 'p' | 'e' | 'm' | 'x' | null
  readonly statistics: number | null
  readonly options: readonly string[] | null
}

/**
 * What a table says for itself of a column that it has from elsewhere: from the table of which it is a partition, from one from which it
 * inherits, or from the composite type that it is of.
 */
export const inheritedColumn = objectKind<Inherited, Found>({
  kind: 'inherited column',
  query: ({ isOurs, ofNoExtension }) => `SELECT * FROM (
    SELECT 'pg_class'::regclass::oid AS classid, a.attrelid AS objid, a.attnum AS objsubid, n.nspname AS schema, c.relname AS table, a.attname AS name,
      a.attnotnull AND a.attidentity = '' AND NOT coalesce(above.attnotnull, false) AS not_null,
      CASE WHEN a.attstorage <> coalesce(above.attstorage, t.typstorage) THEN a.attstorage::text END AS storage,
      CASE WHEN nullif(a.attstattarget, -1) IS DISTINCT FROM nullif(above.attstattarget, -1)
        THEN coalesce(nullif(a.attstattarget, -1), -1)::int END AS statistics, a.attoptions AS options
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN LATERAL (SELECT pa.* FROM pg_inherits
      JOIN pg_attribute pa ON pa.attrelid = inhparent AND pa.attname = a.attname AND NOT pa.attisdropped
      WHERE inhrelid = c.oid ORDER BY inhseqno LIMIT 1) above ON a.attinhcount > 0
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
      AND (c.relispartition OR NOT a.attislocal OR c.reloftype <> 0)
      AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}) found
    WHERE not_null OR storage IS NOT NULL OR statistics IS NOT NULL OR options IS NOT NULL
    ORDER BY schema, "table", name`,
  read({ schema, table, name, not_null, storage, statistics, options: texts }, { inSchema }) {
    const options = parametersOf(texts)
    return {
      key: keyOf('inherited column', schema, table, name),
      parent: relationKey(schema, table),
      fields: {
        ...inSchema(schema),
        table,
        name,
        ...(not_null ? { notNull: true } : {}),
        ...(storage === null ? {} : { storage: storages[storage] }),
        ...(statistics === null ? {} : { statistics }),
        ...(options === undefined ? {} : { options: options as ColumnOptions }),
      },
    }
  },
  create: (fields) => changes({ ...table(fields), name: fields.name }, fields),
  change: (before, after) => changes(before, after),
})

const storages: { readonly [letter: string]: ColumnStorage } = {
  p: 'plain',
  e: 'external',
  m: 'main',
  x: 'extended',
}

function table({ schema, table: name }: Inherited) {
  return { ...(schema === undefined ? {} : { schema }), table: name }
}

function changes(before: Inherited, after: Inherited) {
  const { was, ...changed } = changedFields(
    { storage: before.storage ?? 'default', statistics: before.statistics ?? -1 },
    { storage: after.storage ?? 'default', statistics: after.statistics ?? -1 },
  )
  const options = parameterChanges(before.options, after.options)
  const change = { ...changed, ...(options === undefined ? {} : { options }) }
  const column = { ...table(after), column: after.name }
  return [
    ...(after.notNull === true && before.notNull !== true ? [setNotNull(column)] : []),
    ...(after.notNull !== true && before.notNull === true ? [dropNotNull(column)] : []),
    ...(Object.keys(change).length === 0
      ? []
      : [
          alterColumn({
            ...table(after),
            name: after.name,
            ...change,
            was: {
              ...was,
              ...(options === undefined
                ? {}
                : { options: parameterChanges(after.options, before.options) ?? {} }),
            },
          }),
        ]),
  ]
}
