import { addColumn } from '../operations/column.ts'
import type { Column } from '../operations/column-definition.ts'
import { renameConstraint, validateConstraint } from '../operations/constraint.ts'
import { setNotNull } from '../operations/not-null.ts'
import { createNotNullConstraint } from '../operations/not-null-constraint.ts'
import { isOf, withFields } from '../operations/operation.ts'
import { inSchema } from '../operations/relation.ts'
import { createTable } from '../operations/table.ts'
import { columnKey, keyOf } from './key.ts'
import { usualNotNullName } from './not-null-name.ts'
import { objectKind } from './object-kind.ts'

type NotNull = {
  readonly schema?: string
  readonly table: string
  readonly column: string
  /** Where somebody has chosen it; from PostgreSQL 18 on. */
  readonly name?: string
  /** The name that PostgreSQL chooses. */
  readonly usualName: string
  readonly noInherit?: true
  readonly notValid?: true
}

type Found = {
  readonly schema: string
  readonly table: string
  readonly column: string
  readonly name: string | null
  readonly no_inherit: boolean
  readonly valid: boolean
  readonly derived: boolean
  readonly inherited: boolean
  readonly parents: readonly (readonly [schema: string, name: string])[] | null
}

/** That a column is NOT NULL: a property of the column, and from PostgreSQL 18 on a constraint with a name. */
export const notNull = objectKind<NotNull, Found>({
  kind: 'not null',
  query: ({
    major,
    isOurs,
    ofNoExtension,
  }) => `SELECT ${major < 18 ? '' : "'pg_constraint'::regclass::oid AS classid, k.oid AS objid, 0 AS objsubid,"}
      n.nspname AS schema, c.relname AS table, a.attname AS column,
      (SELECT json_agg(json_build_array(pn.nspname, p.relname)) FROM pg_inherits JOIN pg_class p ON p.oid = inhparent
        JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE inhrelid = c.oid) AS parents,
      ${
        major < 18
          ? 'NULL AS name, false AS no_inherit, true AS valid, coalesce(above.attnotnull, false) AS derived, coalesce(above.attnotnull, false) AS inherited'
          : 'k.conname AS name, k.connoinherit AS no_inherit, k.convalidated AS valid, NOT k.conislocal OR c.relispartition AND k.coninhcount > 0 AS derived, k.coninhcount > 0 AS inherited'
      }
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    ${
      major < 18
        ? `LEFT JOIN LATERAL (SELECT pa.attnotnull FROM pg_inherits
      JOIN pg_attribute pa ON pa.attrelid = inhparent AND pa.attname = a.attname AND NOT pa.attisdropped
      WHERE inhrelid = c.oid ORDER BY pa.attnotnull DESC LIMIT 1) above ON a.attinhcount > 0`
        : "LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'n' AND k.conkey[1] = a.attnum"
    }
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
      AND ${major < 18 ? 'a.attnotnull' : 'k.oid IS NOT NULL'} AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname, a.attnum`,
  read({ schema, table, column, name, no_inherit, valid, derived, inherited, parents }, { inSchema }) {
    const isUsual = name === null || new RegExp(usualNotNullName).test(name)
    return {
      key: keyOf('not null', schema, table, column),
      parent: columnKey(schema, table, column),
      ...(derived ? { derived: true } : {}),
      ...(inherited ? { kept: 'demanded' } : {}),
      // Where a parent has it too, it comes and goes with that.
      excludes: (parents ?? []).map(([of, parent]) => keyOf('not null', of, parent, column)),
      ...(name === null ? {} : { reference: { constraint: { ...inSchema(schema), table, name } } }),
      fields: {
        ...inSchema(schema),
        table,
        column,
        ...(isUsual ? {} : { name }),
        usualName: `${table}_${column}_not_null`,
        ...(no_inherit ? { noInherit: true } : {}),
        ...(valid ? {} : { notValid: true }),
      },
    }
  },
  create({ name, usualName, noInherit, notValid, ...column }, { ofNew }) {
    if (name === undefined && noInherit === undefined && notValid === undefined) return [setNotNull(column)]
    const { schema, table } = column
    return [
      createNotNullConstraint({
        ...inSchema({ schema }),
        table,
        name: name ?? usualName,
        column: column.column,
        ...(noInherit === undefined ? {} : { noInherit }),
        ...(notValid === true
          ? { validation: 'never' as const }
          : ofNew
            ? { validation: 'now' as const }
            : {}),
      }),
    ]
  },
  change(before, after) {
    const [from, to] = [before.name ?? before.usualName, after.name ?? after.usualName]
    const { schema, table } = after
    const named = { ...inSchema({ schema }), table, name: to }
    if (after.notValid === true && before.notValid !== true) return null
    // Once children have it, it would stay theirs.
    if (after.noInherit !== before.noInherit) return null
    return [
      ...(from === to ? [] : [renameConstraint({ ...inSchema({ schema }), table, from, to })]),
      ...(before.notValid === after.notValid ? [] : [validateConstraint(named)]),
    ]
  },
  bearsChange: true,
  fold(into, { column, name, noInherit, notValid }) {
    if (notValid === true) return null
    if (name === undefined && noInherit === undefined) {
      if (isOf(addColumn, into))
        return into.column.name === column ? withFields(into, { column: asNotNull(into.column) }) : null
      if (!isOf(createTable, into)) return null
      const columns = into.ofType === undefined ? into.columns : withColumn(into.columns ?? [], column)
      if (columns?.some((one) => one.name === column) !== true) return null
      return withFields(into, {
        columns: columns.map((one) => (one.name === column ? asNotNull(one as Column) : one)),
      } as Partial<typeof into>)
    }
    if (!isOf(createTable, into) || name === undefined) return null
    const constraint = { name, notNull: { column, ...(noInherit === undefined ? {} : { noInherit }) } }
    return withFields(into, { constraints: [...(into.constraints ?? []), constraint] })
  },
})

/** Of a typed table only those columns are named of which something is said. */
function withColumn(columns: readonly { readonly name: string }[], name: string) {
  return columns.some((one) => one.name === name) ? columns : [...columns, { name }]
}

/** What is an identity or a primary key is NOT NULL by itself. A person says it before the default. */
function asNotNull(column: Column): Column {
  if (column.identity !== undefined || column.primaryKey === true) return column
  const { default: value, ...rest } = column
  return { ...rest, notNull: true, ...(value === undefined ? {} : { default: value }) }
}
