import { isDeepStrictEqual } from 'node:util'
import { columnOptions } from '../operations/column-options.ts'
import {
  type AlterMaterializedView,
  alterMaterializedView,
  createMaterializedView,
} from '../operations/materialized-view.ts'
import type { MaterializedViewColumn } from '../operations/materialized-view-change.ts'
import type { Directive } from '../operations/operation.ts'
import { inSchema } from '../operations/relation.ts'
import type { StorageParameters } from '../operations/storage-parameters.ts'
import type { Sql } from '../sql/tag.ts'
import { changedFields } from './change.ts'
import { columnKey, relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { parameterChanges, parametersOf } from './parameters.ts'
import { printedQuery } from './printed.ts'
import { renamable } from './renaming.ts'
import { made } from './scope.ts'

type Storage = NonNullable<MaterializedViewColumn['storage']>

type ColumnSettings = {
  readonly statistics?: number
  readonly options?: StorageParameters
  readonly storage?: Storage
  readonly compression?: 'pglz' | 'lz4'
}

type MaterializedView = {
  readonly schema?: string
  readonly name: string
  readonly query: Sql
  readonly using?: string
  readonly with?: StorageParameters
  readonly tablespace?: string
  readonly withData?: false
  readonly columnSettings?: { readonly [column: string]: ColumnSettings }
  /** How columns with another `storage` would be stored by their types, for a way back. */
  readonly storageOfTypes?: { readonly [column: string]: Storage }
}

type ColumnRow = {
  readonly name: string
  readonly statistics: number | null
  readonly options: readonly string[] | null
  readonly storage: StorageLetter | null
  readonly type_storage: StorageLetter
  readonly compression: '' | 'p' | 'l'
}

type Found = {
  readonly schema: string
  readonly name: string
  readonly definition: string
  readonly populated: boolean
  readonly access_method: string | null
  readonly options: readonly string[] | null
  readonly toast_options: readonly string[] | null
  readonly tablespace: string | null
  /** Those of which something is said. */
  readonly columns: readonly ColumnRow[] | null
  /** The columns of tables whose rows it keeps whole. */
  readonly kept_rows: readonly (readonly [schema: string, table: string, column: string])[] | null
}

/** A materialized view; its indexes are objects of their own. */
export const materializedView = objectKind<MaterializedView, Found>({
  kind: 'materialized view',
  traces: made('pg_class', "relkind = 'm'"),
  query: ({
    major,
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid,
      n.nspname AS schema, c.relname AS name, pg_get_viewdef(c.oid) AS definition, c.relispopulated AS populated,
      CASE WHEN m.amname <> current_setting('default_table_access_method') THEN m.amname END AS access_method,
      c.reloptions AS options, toast.reloptions AS toast_options, s.spcname AS tablespace,
      (SELECT json_agg(json_build_object('name', a.attname, 'statistics', nullif(a.attstattarget, -1), 'options', ${columnOptions('a.attoptions')},
          'storage', CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END, 'type_storage', t.typstorage,
          'compression', ${compression(major)}) ORDER BY a.attnum)
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = c.oid AND a.attnum > 0 AND (${columnOptions('a.attoptions')} IS NOT NULL
          OR nullif(a.attstattarget, -1) IS NOT NULL OR a.attstorage <> t.typstorage OR ${compression(major)} <> '')) AS columns,
      (SELECT json_agg(DISTINCT jsonb_build_array(rn.nspname, r.relname, ra.attname)) FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_type element ON element.oid = t.typelem AND t.typcategory = 'A'
        JOIN pg_class r ON r.oid = coalesce(element.typrelid, t.typrelid) AND r.relkind IN ('r', 'p') JOIN pg_namespace rn ON rn.oid = r.relnamespace
        JOIN pg_attribute ra ON ra.attrelid = r.oid AND ra.attnum > 0 AND NOT ra.attisdropped WHERE a.attrelid = c.oid) AS kept_rows
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am m ON m.oid = c.relam
    LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
    WHERE c.relkind = 'm' AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname`,
  read(row, { inSchema }) {
    const parameters = parametersOf([
      ...(row.options ?? []),
      ...(row.toast_options ?? []).map((option) => `toast.${option}`),
    ])
    return {
      key: relationKey(row.schema, row.name),
      reference: { ...inSchema(row.schema), materializedView: row.name },
      // PostgreSQL changes no type of a table's column while rows of it are kept elsewhere, and records that only of the table.
      needs: (row.kept_rows ?? []).map(([schema, table, column]) => columnKey(schema, table, column)),
      fields: {
        ...inSchema(row.schema),
        name: row.name,
        query: printedQuery(row.definition),
        ...(row.access_method === null ? {} : { using: row.access_method }),
        ...(parameters === undefined ? {} : { with: parameters }),
        ...(row.tablespace === null ? {} : { tablespace: row.tablespace }),
        ...(row.populated ? {} : { withData: false }),
        ...columnsOf(row.columns ?? []),
      },
    }
  },
  ...renamable<MaterializedView>(),
  create: ({ storageOfTypes: _, ...fields }) => [createMaterializedView(fields)],
  change(before, after) {
    if (!isDeepStrictEqual(before.query, after.query)) return null
    // Whether it is filled is an affair of its rows: one that is refreshed by another hand is not emptied here.
    return alteration(before, after)
  },
})

const compression = (major: number) => (major < 14 ? "''" : 'a.attcompression')

type StorageLetter = 'p' | 'e' | 'm' | 'x'

const storages = { p: 'plain', e: 'external', m: 'main', x: 'extended' } as const

const compressions = { p: 'pglz', l: 'lz4' } as const

function columnsOf(
  columns: readonly ColumnRow[],
): Pick<MaterializedView, 'columnSettings' | 'storageOfTypes'> {
  if (columns.length === 0) return {}
  const stored = columns.filter(({ storage }) => storage !== null)
  return {
    columnSettings: Object.fromEntries(columns.map((column) => [column.name, settingsOf(column)])),
    ...(stored.length === 0
      ? {}
      : {
          storageOfTypes: Object.fromEntries(
            stored.map(({ name, type_storage }) => [name, storages[type_storage]]),
          ),
        }),
  }
}

function settingsOf({ statistics, options: texts, storage, compression }: ColumnRow): ColumnSettings {
  const options = parametersOf(texts)
  return {
    ...(statistics === null ? {} : { statistics }),
    ...(options === undefined ? {} : { options }),
    ...(storage === null ? {} : { storage: storages[storage] }),
    ...(compression === '' ? {} : { compression: compressions[compression] }),
  }
}

function alteration(before: MaterializedView, after: MaterializedView): readonly Directive[] {
  const columns = columnNames(before, after)
  const [change, was] = [difference(before, after, columns), difference(after, before, columns)]
  if (Object.keys(change).length === 0) return []
  const { schema, name } = after
  return [
    alterMaterializedView({
      ...inSchema({ schema }),
      name,
      ...change,
      was,
    } as AlterMaterializedView),
  ]
}

/** What has to be said to come from one to the other. */
function difference(before: MaterializedView, after: MaterializedView, columns: readonly string[]) {
  const parameters = parameterChanges(before.with, after.with)
  const settings = columns.flatMap((column) => {
    const change = columnDifference(settingsIn(before, after, column), settingsIn(after, before, column))
    return Object.keys(change).length === 0 ? [] : [[column, change] as const]
  })
  const { was: _, ...stored } = changedFields(storedIn(before), storedIn(after))
  return {
    ...(parameters === undefined ? {} : { with: parameters }),
    ...stored,
    ...(settings.length === 0 ? {} : { columnSettings: Object.fromEntries(settings) }),
  }
}

function storedIn({ tablespace = 'pg_default', using = 'heap' }: MaterializedView) {
  return { tablespace, accessMethod: using }
}

function columnNames(...views: readonly MaterializedView[]): readonly string[] {
  return [...new Set(views.flatMap(({ columnSettings = {} }) => Object.keys(columnSettings)))]
}

/** The settings of a column, said or not; how its type has it stored, one of two knows that differ in it. */
function settingsIn(view: MaterializedView, other: MaterializedView, column: string) {
  const { statistics = null, options, storage, compression = null } = view.columnSettings?.[column] ?? {}
  const ofType = view.storageOfTypes?.[column] ?? other.storageOfTypes?.[column]
  return { options, others: { statistics, storage: storage ?? ofType, compression } }
}

type Settings = ReturnType<typeof settingsIn>

function columnDifference(before: Settings, after: Settings) {
  const options = parameterChanges(before.options, after.options)
  const { was: _, ...changed } = changedFields(before.others, after.others)
  return { ...changed, ...(options === undefined ? {} : { options }) }
}
