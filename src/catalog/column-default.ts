import { isDeepStrictEqual } from 'node:util'
import { alterColumn } from '../operations/alter-column.ts'
import { addColumn } from '../operations/column.ts'
import { isOf, withFields } from '../operations/operation.ts'
import { createTable } from '../operations/table.ts'
import type { Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import { enumType } from './enum.ts'
import { columnKey, keyOf, relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { printedSql } from './printed.ts'

type Default = {
  readonly schema?: string
  readonly table: string
  readonly name: string
  /** null for a column that takes none from its parent, which has one. */
  readonly default: Value | Sql
  /** What its parent has, null for none: it gives its default to all its children whenever that changes. */
  readonly above?: string | null
}

type Found = {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly expression: string | null
  /** Of the column, without its length. */
  readonly type: string
  readonly inherited: boolean
  readonly above: string | null
  readonly above_schema: string | null
  readonly above_table: string | null
  readonly derived: boolean
}

/** The default of a column; of one that comes from a parent, where it is another than there. */
export const columnDefault = objectKind<Default, Found>({
  kind: 'default',
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_attrdef'::regclass::oid AS classid, d.oid AS objid, 0 AS objsubid,
      n.nspname AS schema, c.relname AS table, a.attname AS name, pg_get_expr(d.adbin, d.adrelid) AS expression,
      format_type(a.atttypid, NULL) AS type, a.attinhcount > 0 AS inherited,
      above.expression AS above, above.schema AS above_schema, above.table AS above_table,
      a.attinhcount > 0 AND pg_get_expr(d.adbin, d.adrelid) IS NOT DISTINCT FROM above.expression AS derived
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN LATERAL (SELECT pg_get_expr(pd.adbin, pd.adrelid) AS expression, pn.nspname AS schema, p.relname AS table FROM pg_inherits
      JOIN pg_class p ON p.oid = inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
      JOIN pg_attribute pa ON pa.attrelid = inhparent AND pa.attname = a.attname AND NOT pa.attisdropped
      LEFT JOIN pg_attrdef pd ON pd.adrelid = pa.attrelid AND pd.adnum = pa.attnum
      WHERE inhrelid = c.oid ORDER BY inhseqno LIMIT 1) above ON a.attinhcount > 0
    WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
      AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}
      AND (d.oid IS NOT NULL OR a.attinhcount > 0 AND above.expression IS NOT NULL)
    ORDER BY n.nspname, c.relname, a.attnum`,
  read: ({ schema, table, name, expression, type, inherited, derived, ...row }, { inSchema }) => ({
    key: keyOf('default', schema, table, name),
    parent: inherited ? relationKey(schema, table) : columnKey(schema, table, name),
    ...(derived ? { derived: true } : ownBeside(row, name)),
    ...(inherited ? { kept: 'demanded' } : {}),
    fields: {
      ...inSchema(schema),
      table,
      name,
      default: expression === null ? null : defaultValue(expression, type),
      ...(inherited ? { above: row.above } : {}),
    },
  }),
  create: ({ above: _, ...fields }) => [alterColumn({ ...fields, was: { default: null } })],
  change: ({ above: old, ...before }, { above: now, ...after }) =>
    old === now || old === undefined || now === undefined
      ? isDeepStrictEqual(before, after)
        ? []
        : [alterColumn({ ...after, was: { default: before.default } })]
      : null,
  disturbs: () => true,
  settles: true,
  // What replaces an enum takes defaults of its labels along.
  bearsChange: (_, { kind }) => kind === enumType.kind,
  fold(into, { name, default: value }) {
    if (value === null) return null
    if (isOf(addColumn, into))
      return into.column.name === name ? { ...into, column: { ...into.column, default: value } } : null
    if (!isOf(createTable, into) || into.columns === undefined) return null
    if (!into.columns.some((column) => column.name === name)) return null
    return withFields(into, {
      columns: into.columns.map((column) => (column.name === name ? { ...column, default: value } : column)),
    })
  },
})

/** It goes before its parent's default changes, and comes again after that. */
function ownBeside({ above_schema, above_table }: Pick<Found, 'above_schema' | 'above_table'>, name: string) {
  if (above_schema === null || above_table === null) return {}
  const above = keyOf('default', above_schema, above_table, name)
  return { needs: [above], excludes: [above] }
}

/** A constant of the column's own type as the value that it is; anything else as PostgreSQL prints it. */
function defaultValue(expression: string, type: string): Value | Sql {
  if (expression === 'true' || expression === 'false') return expression === 'true'
  if (/^\d{1,15}$/.test(expression)) return Number(expression)
  const cast = `::${type}`
  const constant = expression.endsWith(cast) ? expression.slice(0, -cast.length) : ''
  if (!/^'(?:[^'\\]|'')*'$/.test(constant)) return printedSql(expression)
  return constant.slice(1, -1).replaceAll("''", "'")
}
