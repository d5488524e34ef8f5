import { isDeepStrictEqual } from 'node:util'
import { alterColumn } from '../operations/alter-column.ts'
import { addColumn } from '../operations/column.ts'
import {
  type Column,
  type ColumnCompression,
  type ColumnOptions,
  type ColumnStorage,
  generatedExpression,
} from '../operations/column-definition.ts'
import type { Identity } from '../operations/identity.ts'
import { dropNotNull, setNotNull } from '../operations/not-null.ts'
import { isOf, withFields } from '../operations/operation.ts'
import { createTable } from '../operations/table.ts'
import { rawSql } from '../sql/tag.ts'
import { changedFields } from './change.ts'
import { columnKey, relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { parameterChanges, parametersOf } from './parameters.ts'
import { type SequenceRow, sequenceColumns, sequenceOptions } from './sequence-options.ts'
import { typeName } from './type-name.ts'

type TableColumn = { readonly schema?: string; readonly table: string; readonly column: Column }

type Found = SequenceRow & {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly column_type: string
  readonly not_null: boolean
  readonly collation_schema: string | null
  readonly collation: string | null
  readonly identity: '' | 'a' | 'd'
  readonly sequence: string | null
  readonly generated: '' | 's' | 'v'
  readonly expression: string | null
  readonly storage: 'p' | 'e' | 'm' | 'x' | null
  readonly compression: '' | 'p' | 'l'
  readonly statistics: number | null
  readonly options: readonly string[] | null
}

/** A column that a table says itself, without its default, which may need what needs the column. */
export const column = objectKind<TableColumn, Found>({
  kind: 'column',
  query: ({
    major,
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_class'::regclass::oid AS classid, a.attrelid AS objid, a.attnum AS objsubid,
      n.nspname AS schema, c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS column_type,
      a.attnotnull AS not_null, cn.nspname AS collation_schema, o.collname AS collation,
      a.attidentity::text AS identity, sc.relname AS sequence, ${sequenceColumns('s')},
      a.attgenerated::text AS generated,
      CASE WHEN a.attgenerated <> '' THEN pg_get_expr(e.adbin, e.adrelid) END AS expression,
      CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END AS storage,
      ${major < 14 ? "''" : 'a.attcompression::text'} AS compression,
      nullif(a.attstattarget, -1)::int AS statistics, a.attoptions AS options
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_collation o ON o.oid = a.attcollation AND a.attcollation <> t.typcollation
    LEFT JOIN pg_namespace cn ON cn.oid = o.collnamespace
    LEFT JOIN pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum AND a.attgenerated <> ''
    LEFT JOIN pg_depend d ON a.attidentity <> '' AND d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid
      AND d.refobjsubid = a.attnum AND d.deptype = 'i' AND d.classid = 'pg_class'::regclass
    LEFT JOIN pg_sequence s ON s.seqrelid = d.objid LEFT JOIN pg_class sc ON sc.oid = s.seqrelid
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND c.reloftype = 0
      AND NOT c.relispartition AND a.attislocal AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname, a.attnum`,
  read(row, { inSchema }) {
    const { schema, table, name } = row
    const options = parametersOf(row.options)
    return {
      key: columnKey(schema, table, name),
      parent: relationKey(schema, table),
      reference: { column: { ...inSchema(schema), table, name } },
      fields: {
        ...inSchema(schema),
        table,
        column: {
          name,
          type: typeName(row.column_type),
          ...(row.collation === null || row.collation_schema === null
            ? {}
            : {
                collation:
                  row.collation_schema === 'pg_catalog'
                    ? row.collation
                    : { ...inSchema(row.collation_schema), name: row.collation },
              }),
          ...(row.identity === '' ? {} : { identity: identityOf(row) }),
          // What an identity is, it is NOT NULL too.
          ...(row.not_null && row.identity === '' ? { notNull: true } : {}),
          ...generatedOf(row),
          ...(row.storage === null ? {} : { storage: storages[row.storage] }),
          ...(row.compression === '' ? {} : { compression: compressions[row.compression] }),
          ...(row.statistics === null ? {} : { statistics: row.statistics }),
          ...(options === undefined ? {} : { options: options as ColumnOptions }),
        },
      },
    }
  },
  create: (fields) => [addColumn(fields)],
  change(before, after) {
    const { schema, table, column } = after
    const named = { ...(schema === undefined ? {} : { schema }), table }
    const [old, now] = [before.column, column]
    // A plain column does not become a generated one, nor a virtual one a stored one.
    if (now.generated !== undefined && !isDeepStrictEqual(kindOfGenerated(old), kindOfGenerated(now)))
      return null
    const nullable = !isNotNull(now) && isNotNull(old)
    const altered = alteration(old, now)
    return [
      // An identity wants NOT NULL to be there.
      ...(isNotNull(now) && !isNotNull(old) ? [setNotNull({ ...named, column: now.name })] : []),
      ...(altered === null ? [] : [alterColumn({ ...named, name: now.name, ...altered })]),
      ...(nullable ? [dropNotNull({ ...named, column: now.name })] : []),
    ]
  },
  disturbs: ({ column: before }, { column: after }) =>
    before.type !== after.type ||
    !isDeepStrictEqual(before.collation, after.collation) ||
    !isDeepStrictEqual(before.generated, after.generated),
  holdsRows: ({ column }) => column.generated === undefined,
  fold(into, { column }) {
    if (!isOf(createTable, into) || into.partitionOf !== undefined || into.ofType !== undefined) return null
    return withFields(into, { columns: [...(into.columns ?? []), column] })
  },
})

const storages: { readonly [letter: string]: ColumnStorage } = {
  p: 'plain',
  e: 'external',
  m: 'main',
  x: 'extended',
}

const compressions: { readonly [letter: string]: ColumnCompression } = { p: 'pglz', l: 'lz4' }

function identityOf(row: Found): Identity {
  const generated = row.identity === 'a' ? 'always' : 'by default'
  const options = {
    ...sequenceOptions(row),
    ...(row.sequence === null || row.sequence === `${row.table}_${row.name}_seq`
      ? {}
      : { sequence: row.sequence }),
  }
  return Object.keys(options).length === 0 ? generated : { generated, ...options }
}

function generatedOf({ generated, expression }: Found): Pick<Column, 'generated'> {
  if (generated === '' || expression === null) return {}
  const text = rawSql(expression)
  return { generated: generated === 's' ? text : { expression: text, kind: 'virtual' } }
}

function kindOfGenerated({ generated }: Column): 'none' | 'stored' | 'virtual' {
  if (generated === undefined) return 'none'
  return 'kind' in generated ? generated.kind : 'stored'
}

function isNotNull({ notNull, identity }: Column): boolean {
  return notNull === true || identity !== undefined
}

/** What alterColumn says to make one of the other; null where that is nothing. */
function alteration(before: Column, after: Column) {
  const { was, ...now } = changedFields(properties(before), properties(after))
  const options = parameterChanges(before.options, after.options)
  const change = {
    ...withType(now, after),
    ...(options === undefined ? {} : { options }),
  }
  if (Object.keys(change).length === 0) return null
  const optionsWere = parameterChanges(after.options, before.options)
  return {
    ...change,
    was: { ...withType(was, before), ...(optionsWere === undefined ? {} : { options: optionsWere }) },
  }
}

/** A collation is said beside a type. */
function withType(changed: { readonly [property: string]: unknown }, { type, collation }: Column) {
  const { collation: said, ...others } = changed
  if (!('type' in changed) && !('collation' in changed)) return others
  void said
  return { ...others, type, ...(collation === undefined ? {} : { collation }) }
}

function properties(column: Column) {
  const {
    type,
    collation = null,
    identity = null,
    generated,
    storage,
    compression = 'default',
    statistics = -1,
  } = column
  return {
    type,
    collation,
    identity,
    generated: generated === undefined ? null : rawSql(generatedExpression(generated)),
    storage,
    compression,
    statistics,
  }
}
