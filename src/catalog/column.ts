import { isDeepStrictEqual } from 'node:util'
import { alterColumn } from '../operations/alter-column.ts'
import { addColumn, renameColumn } from '../operations/column.ts'
import {
  type Column,
  type ColumnCompression,
  type ColumnOptions,
  type ColumnStorage,
  generatedExpression,
} from '../operations/column-definition.ts'
import { columnOptions } from '../operations/column-options.ts'
import { isOf, withFields } from '../operations/operation.ts'
import { inSchema } from '../operations/relation.ts'
import { createTable } from '../operations/table.ts'
import { rawSql } from '../sql/tag.ts'
import { type CastableColumn, castBetween, isAssigned } from './cast-between.ts'
import { changedFields } from './change.ts'
import { withoutParentheses } from './expression-list.ts'
import { columnKey, relationKey } from './key.ts'
import { type Changed, objectKind } from './object-kind.ts'
import { type ObjectNameRow, objectNameOf, objectNameRow } from './object-name.ts'
import { parameterChanges, parametersOf } from './parameters.ts'
import { printedSql } from './printed.ts'
import { firstUserOid } from './scope.ts'
import { typeName } from './type-name.ts'

type TableColumn = CastableColumn & {
  readonly schema?: string
  readonly table: string
  readonly column: Column
  /** How values of its type are kept where nothing is said. */
  readonly usualStorage: ColumnStorage
  /** PostgreSQL does not change its expression: before 17 of none, and of no virtual column of a table that has checks. */
  readonly fixed?: true
  /** Its table has partitions that have some: PostgreSQL then makes no plain column of a generated one. */
  readonly bound?: true
}

type Found = {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly type: string
  readonly collation: ObjectNameRow | null
  readonly generated: '' | 's' | 'v'
  readonly expression: string | null
  readonly storage: StorageLetter
  readonly usual_storage: StorageLetter
  readonly domain_over: string | null
  readonly has_casts: boolean
  readonly fixed: boolean
  readonly bound: boolean
  readonly compression: '' | 'p' | 'l'
  readonly statistics: number | null
  readonly options: readonly string[] | null
  /** It has come from elsewhere, and goes with that. */
  readonly derived: boolean
  readonly parent_schema: string | null
  readonly parent_table: string | null
  /** The attributes of the composite type, or columns of the table, that it, its elements or its domain are of: they cannot be of another type meanwhile. */
  readonly attributes: readonly (readonly [schema: string, type: string, name: string])[] | null
}

/** A column without its default, its identity and its NOT NULL, which are objects of their own. */
export const column = objectKind<TableColumn, Found>({
  kind: 'column',
  query: ({
    major,
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_class'::regclass::oid AS classid, a.attrelid AS objid, a.attnum AS objsubid,
      n.nspname AS schema, c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
      CASE WHEN a.attcollation <> t.typcollation THEN ${objectNameRow('collation', 'a.attcollation')} END AS collation, a.attgenerated::text AS generated,
      CASE WHEN a.attgenerated <> '' THEN pg_get_expr(e.adbin, e.adrelid) END AS expression,
      t.typstorage::text AS usual_storage,
      -- What it has otherwise than a parent is an object of its own.
      CASE WHEN c.reloftype <> 0 THEN t.typstorage WHEN a.attinhcount = 0 THEN a.attstorage WHEN a.attislocal AND NOT c.relispartition THEN t.typstorage ELSE above.attstorage END::text AS storage,
      CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END AS domain_over,
      coalesce(element.oid, t.oid) >= ${firstUserOid} AND coalesce(element.typtype, t.typtype) = 'b' AS has_casts,
      a.attgenerated <> '' AND (${major < 17} OR a.attgenerated = 'v'
        AND EXISTS (SELECT FROM pg_constraint WHERE conrelid = c.oid AND contype = 'c')) AS fixed,
      a.attgenerated <> '' AND EXISTS (SELECT FROM pg_inherits child JOIN pg_inherits below ON below.inhparent = child.inhrelid
        WHERE child.inhparent = c.oid) AS bound,
      ${major < 14 ? "''" : 'a.attcompression::text'} AS compression,
      nullif(CASE WHEN c.reloftype <> 0 THEN -1 WHEN a.attinhcount = 0 THEN a.attstattarget WHEN NOT a.attislocal OR c.relispartition THEN above.attstattarget END, -1)::int AS statistics,
      CASE WHEN a.attinhcount = 0 AND c.reloftype = 0 THEN ${columnOptions('a.attoptions')} END AS options,
      c.relispartition OR NOT a.attislocal OR c.reloftype <> 0 AS derived, coalesce(above.nspname, yn.nspname) AS parent_schema, coalesce(above.relname, y.typname) AS parent_table,
      CASE WHEN coalesce(element.typtype, t.typtype) IN ('c', 'd') THEN (SELECT json_agg(json_build_array(kn.nspname, k.relname, ka.attname)) FROM pg_type held
        JOIN pg_class k ON k.oid = held.typrelid AND k.relkind IN ('c', 'r', 'p') JOIN pg_namespace kn ON kn.oid = k.relnamespace
        JOIN pg_attribute ka ON ka.attrelid = k.oid AND ka.attnum > 0 AND NOT ka.attisdropped
        WHERE held.oid IN (t.oid, element.oid, t.typbasetype, element.typbasetype)) END AS attributes
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type element ON element.oid = t.typelem AND t.typcategory = 'A'
    LEFT JOIN pg_type y ON y.oid = c.reloftype LEFT JOIN pg_namespace yn ON yn.oid = y.typnamespace
    LEFT JOIN pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum AND a.attgenerated <> ''
    LEFT JOIN LATERAL (SELECT pn.nspname, p.relname, pa.attstorage, pa.attstattarget FROM pg_inherits JOIN pg_class p ON p.oid = inhparent
      JOIN pg_namespace pn ON pn.oid = p.relnamespace
      JOIN pg_attribute pa ON pa.attrelid = p.oid AND pa.attname = a.attname AND NOT pa.attisdropped
      WHERE inhrelid = c.oid ORDER BY inhseqno LIMIT 1) above ON a.attinhcount > 0
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
      AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname, a.attnum`,
  read(row, { inSchema }) {
    const { schema, table, name, parent_schema, parent_table } = row
    const above =
      parent_schema === null || parent_table === null ? null : columnKey(parent_schema, parent_table, name)
    return {
      key: columnKey(schema, table, name),
      parent: relationKey(schema, table),
      ...(row.derived ? { derived: true } : {}),
      ...(above === null ? {} : { kept: 'demanded' }),
      ...(row.derived && above !== null ? { goesWith: above } : {}),
      needs: [
        ...(above === null ? [] : [above]),
        ...(row.attributes ?? []).map(([of, type, attribute]) => columnKey(of, type, attribute)),
      ],
      reference: { column: { ...inSchema(schema), table, name } },
      fields: {
        ...inSchema(schema),
        table,
        column: {
          name,
          type: typeName(row.type),
          ...(row.collation === null ? {} : { collation: objectNameOf(row.collation, inSchema) }),
          ...generatedOf(row),
          ...(row.compression === '' ? {} : { compression: compressions[row.compression] }),
          ...keptOf(row),
        },
        usualStorage: storages[row.usual_storage],
        ...(row.domain_over === null ? {} : { domainOver: typeName(row.domain_over) }),
        ...(row.has_casts ? { hasCasts: true } : {}),
        ...(row.fixed ? { fixed: true } : {}),
        ...(row.bound ? { bound: true } : {}),
      },
    }
  },
  create: ({ schema, table, column }) => [addColumn({ ...inSchema({ schema }), table, column })],
  change(before, after) {
    const { schema, table, column } = after
    if (!isAlterable(before, after)) return null
    return stages(before, after).flatMap(([one, next]) => {
      const altered = alteration(one, next)
      return altered === null
        ? []
        : [alterColumn({ ...inSchema({ schema }), table, name: column.name, ...altered })]
    })
  },
  disturbs: ({ column: before }, { column: after }) =>
    before.type !== after.type ||
    !isDeepStrictEqual(before.collation, after.collation) ||
    !isDeepStrictEqual(before.generated, after.generated),
  rename({ fields: { schema, table, column } }, { fields: after }) {
    const named = { ...inSchema({ schema }), table }
    return [renameColumn({ ...named, from: column.name, to: after.column.name })]
  },
  nameless: ({ column: { name: _, ...rest } }) => rest,
  holdsRows: ({ column }) => column.generated === undefined,
  fold(into, { column }) {
    if (!isOf(createTable, into) || into.columns === undefined) return null
    return withFields(into, { columns: [...into.columns, column] })
  },
})

/** Whether values of a column that gets another type can be compared with those that another one has still. */
export function staysComparable({ kind, before, after }: Changed): boolean {
  if (kind !== column.kind) return true
  return isAssigned((before as TableColumn).column.type, (after as TableColumn).column.type)
}

type StorageLetter = 'p' | 'e' | 'm' | 'x'

export const storages: { readonly [letter in StorageLetter]: ColumnStorage } = {
  p: 'plain',
  e: 'external',
  m: 'main',
  x: 'extended',
}

const compressions: { readonly [letter in 'p' | 'l']: ColumnCompression } = { p: 'pglz', l: 'lz4' }

function keptOf({ storage, usual_storage, statistics, options }: Found): Partial<Column> {
  const parameters = parametersOf(options)
  return {
    ...(storage === usual_storage ? {} : { storage: storages[storage] }),
    ...(statistics === null ? {} : { statistics }),
    ...(parameters === undefined ? {} : { options: parameters as ColumnOptions }),
  }
}

function generatedOf({ generated, expression }: Found): Pick<Column, 'generated'> {
  if (generated === '' || expression === null) return {}
  const text = printedSql(withoutParentheses(expression))
  return { generated: generated === 's' ? text : { expression: text, kind: 'virtual' } }
}

function generation({ generated }: Column): 'none' | 'stored' | 'virtual' {
  if (generated === undefined) return 'none'
  return 'kind' in generated ? generated.kind : 'stored'
}

/** A plain column does not become a generated one, nor a virtual one any other; and not every one gets another expression. */
function isAlterable(before: TableColumn, after: TableColumn): boolean {
  const [was, is] = [generation(before.column), generation(after.column)]
  if (was !== is) return was === 'stored' && is === 'none' && before.bound !== true
  // Its values come of its expression, and nobody can say how they are cast.
  if (was !== 'none' && is !== 'none' && castBetween(before, after) !== null) return false
  if (isDeepStrictEqual(before.column.generated, after.column.generated)) return true
  return before.fixed !== true && after.fixed !== true
}

/** What a column becomes one after the other: no generated one any more, before it is said how its values are cast. */
function stages(
  before: TableColumn,
  after: TableColumn,
): readonly (readonly [one: TableColumn, next: TableColumn])[] {
  if (generation(before.column) === generation(after.column) || castBetween(before, after) === null)
    return [[before, after]]
  const { generated: _, ...column } = before.column
  const freed = { ...before, column }
  return [
    [before, freed],
    [freed, after],
  ]
}

/** What alterColumn says to make one of the other; null where that is nothing. */
function alteration(before: TableColumn, after: TableColumn) {
  const change = changeOf(before, after)
  if (Object.keys(change).length === 0) return null
  return { ...change, was: changeOf(after, before) }
}

function changeOf(before: TableColumn, after: TableColumn) {
  const { was: _, storage, compression, ...changed } = changedFields(properties(before), properties(after))
  const options = parameterChanges(before.column.options, after.column.options)
  const kept: { readonly [property: string]: unknown } = {
    ...(storage === undefined ? {} : { storage }),
    ...(compression === undefined ? {} : { compression }),
  }
  return {
    ...withType(changed, before, after),
    // With a new type PostgreSQL forgets how values were kept.
    ...(isRetyped(before, after) ? keptAgain(before, after) : kept),
    ...(options === undefined ? {} : { options }),
  }
}

function isRetyped({ column: before }: TableColumn, { column: after }: TableColumn): boolean {
  return before.type !== after.type || !isDeepStrictEqual(before.collation, after.collation)
}

function keptAgain(before: TableColumn, after: TableColumn) {
  const [was, is] = [properties(before), properties(after)]
  return {
    ...(before.column.storage === undefined && after.column.storage === undefined
      ? {}
      : { storage: is.storage }),
    ...(was.compression === 'default' && is.compression === 'default' ? {} : { compression: is.compression }),
  }
}

/** A collation is said beside a type; and how values become those of another type, since not every type knows it by itself. */
function withType(
  changed: { readonly [property: string]: unknown },
  before: TableColumn,
  after: TableColumn,
) {
  const { type: retyped, collation: collated, ...others } = changed
  if (retyped === undefined && collated === undefined) return others
  const { type, collation } = after.column
  const using = castBetween(before, after)
  return {
    ...others,
    type,
    ...(using === null ? {} : { using: rawSql(using) }),
    ...(collation === undefined ? {} : { collation }),
  }
}

function properties({ column, usualStorage }: TableColumn) {
  const {
    type,
    collation = null,
    generated,
    storage = usualStorage,
    compression = 'default',
    statistics = -1,
  } = column
  return {
    type,
    collation,
    generated: generated === undefined ? null : rawSql(generatedExpression(generated)),
    storage,
    compression,
    statistics,
  }
}
