import { isDeepStrictEqual } from 'node:util'
import { alterColumn } from '../operations/alter-column.ts'
import { createCheckConstraint } from '../operations/check-constraint.ts'
import type { Check } from '../operations/constraint-definition.ts'
import type { ForeignOptions } from '../operations/foreign-options.ts'
import {
  alterForeignTable,
  type CreateForeignTable,
  createForeignTable,
} from '../operations/foreign-table.ts'
import type { ForeignColumn } from '../operations/foreign-table-definition.ts'
import { setNotNull } from '../operations/not-null.ts'
import type { Directive } from '../operations/operation.ts'
import { inSchema, type TableReference } from '../operations/relation.ts'
import { rawSql, type Sql } from '../sql/tag.ts'
import {
  type ColumnSettings,
  columnSettings,
  type ForeignColumnRow,
  foreignColumn,
  foreignColumns,
} from './foreign-column.ts'
import { foreignOptionChanges, foreignOptionsOf } from './foreign-options.ts'
import { relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { printedSql } from './printed.ts'
import { made } from './scope.ts'

type NamedCheck = { readonly name: string } & Check

type ForeignTable = {
  readonly schema?: string
  readonly name: string
  readonly server: string
  readonly options?: ForeignOptions
  readonly columns?: readonly ForeignColumn[]
  readonly checks?: readonly NamedCheck[]
  readonly inherits?: readonly TableReference[]
  readonly partitionOf?: TableReference & { readonly values: Sql }
  /** Those that CREATE FOREIGN TABLE cannot say: of a partition, and such as need not hold of rows that are there. */
  readonly laterChecks?: readonly (NamedCheck & { readonly notValid?: true })[]
  readonly columnSettings?: { readonly [column: string]: ColumnSettings }
  /** Of columns that come from a parent. */
  readonly columnOptions?: { readonly [column: string]: ForeignOptions }
}

type CheckRow = {
  readonly name: string
  readonly expression: string
  readonly no_inherit: boolean
  readonly enforced: boolean
  readonly valid: boolean
}

type Found = {
  readonly schema: string
  readonly name: string
  readonly server: string
  readonly options: readonly string[] | null
  readonly bound: string | null
  /** Schemas and names of what it inherits from, in order. */
  readonly parents: readonly (readonly [schema: string, name: string])[] | null
  readonly columns: readonly ForeignColumnRow[] | null
  readonly checks: readonly CheckRow[] | null
}

/** A foreign table with its columns and checks. It has no rows here, so that it can be made again where it is another. */
export const foreignTable = objectKind<ForeignTable, Found>({
  kind: 'foreign table',
  traces: made('pg_class', "relkind = 'f'"),
  query: ({
    major,
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid,
      n.nspname AS schema, c.relname AS name, s.srvname AS server, f.ftoptions AS options,
      CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END AS bound,
      (SELECT json_agg(json_build_array(pn.nspname, p.relname) ORDER BY inhseqno) FROM pg_inherits
        JOIN pg_class p ON p.oid = inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE inhrelid = c.oid) AS parents,
      ${foreignColumns(major)} AS columns,
      (SELECT json_agg(json_build_object('name', k.conname, 'expression', pg_get_expr(k.conbin, k.conrelid), 'no_inherit', k.connoinherit,
          'enforced', ${major < 18 ? 'true' : 'k.conenforced'}, 'valid', k.convalidated) ORDER BY k.conname)
        FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conislocal
          AND NOT (c.relispartition AND k.coninhcount > 0)) AS checks
    FROM pg_foreign_table f JOIN pg_class c ON c.oid = f.ftrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_foreign_server s ON s.oid = f.ftserver
    WHERE ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')} ORDER BY n.nspname, c.relname`,
  read(row, { inSchema }) {
    const { schema, name, bound } = row
    const parents = (row.parents ?? []).map(([of, parent]) => ({ ...inSchema(of), table: parent }))
    const [parent] = parents
    const columns = row.columns ?? []
    const inherited = columns.filter(({ own, foreign_options }) => !own && foreign_options !== null)
    const settings = columns.flatMap((column) => {
      const of = columnSettings(column)
      return of === null ? [] : [[column.name, of] as const]
    })
    const isPartition = bound !== null && parent !== undefined
    const isLater = (check: CheckRow) => isPartition || isNotValid(check)
    const later = (row.checks ?? []).filter(isLater)
    const checks = (row.checks ?? []).filter((check) => !isLater(check))
    return {
      key: relationKey(schema, name),
      reference: { ...inSchema(schema), foreignTable: name },
      ...(isPartition ? { place: `partitions of ${JSON.stringify(parent)}` } : {}),
      needs: (row.parents ?? []).map(([of, above]) => relationKey(of, above)),
      fields: {
        ...inSchema(schema),
        name,
        ...(isPartition
          ? { partitionOf: { ...parent, values: rawSql(bound) } }
          : {
              columns: columns.filter(({ own }) => own).map((column) => foreignColumn(column, inSchema)),
            }),
        ...(checks.length === 0 ? {} : { checks: checks.map(checkOf) }),
        ...(isPartition || parents.length === 0 ? {} : { inherits: parents }),
        server: row.server,
        ...foreignOptionsOf(row.options),
        ...(later.length === 0
          ? {}
          : {
              laterChecks: later.map((check) => ({
                ...checkOf(check),
                ...(isNotValid(check) ? { notValid: true } : {}),
              })),
            }),
        ...(settings.length === 0 ? {} : { columnSettings: Object.fromEntries(settings) }),
        ...(inherited.length === 0
          ? {}
          : {
              columnOptions: Object.fromEntries(
                inherited.map((column) => [
                  column.name,
                  foreignOptionsOf(column.foreign_options).options ?? {},
                ]),
              ),
            }),
      },
    }
  },
  create: ({ laterChecks, columnSettings, columnOptions, ...fields }) => [
    createForeignTable(fields as CreateForeignTable),
    ...optionChanges(fields, { ...fields, ...(columnOptions === undefined ? {} : { columnOptions }) }),
    ...settingsOf(fields, columnSettings),
    ...checksOf(fields, laterChecks),
  ],
  change: (before, after) =>
    isDeepStrictEqual(withoutOptions(before), withoutOptions(after)) ? optionChanges(before, after) : null,
})

function checkOf({ name, expression, no_inherit, enforced }: CheckRow): NamedCheck {
  return {
    name,
    expression: printedSql(expression),
    ...(no_inherit ? { noInherit: true } : {}),
    ...(enforced ? {} : { enforced: false }),
  }
}

/** What is not enforced is not valid either, and not said to be so. */
function isNotValid({ valid, enforced }: CheckRow): boolean {
  return enforced && !valid
}

function withoutOptions({ options: _, columnOptions: __, columns, ...rest }: ForeignTable) {
  return { ...rest, columns: columns?.map(({ options: ___, ...column }) => column) }
}

function optionChanges(before: ForeignTable, after: ForeignTable): readonly Directive[] {
  const options = foreignOptionChanges(before.options, after.options)
  const [old, now] = [columnOptionsOf(before), columnOptionsOf(after)]
  const columns = Object.keys({ ...old, ...now }).flatMap((column) => {
    const changes = foreignOptionChanges(old[column], now[column])
    return changes === null ? [] : [[column, changes] as const]
  })
  if (options === null && columns.length === 0) return []
  const { schema, name } = after
  const each = <Part extends 'changes' | 'was'>(part: Part) =>
    Object.fromEntries(columns.map(([column, changes]) => [column, changes[part]]))
  return [
    alterForeignTable({
      ...inSchema({ schema }),
      name,
      ...(options === null ? {} : { options: options.changes }),
      ...(columns.length === 0 ? {} : { columns: each('changes') }),
      was: {
        ...(options === null ? {} : { options: options.was }),
        ...(columns.length === 0 ? {} : { columns: each('was') }),
      },
    }),
  ]
}

function columnOptionsOf({ columns = [], columnOptions = {} }: ForeignTable): {
  readonly [column: string]: ForeignOptions | undefined
} {
  return { ...columnOptions, ...Object.fromEntries(columns.map(({ name, options }) => [name, options])) }
}

function settingsOf(
  table: ForeignTable,
  columnSettings: ForeignTable['columnSettings'] = {},
): readonly Directive[] {
  return Object.entries(columnSettings).flatMap(([column, { notNull, ...settings }]) => [
    ...(notNull === true ? [setNotNull({ ...named(table), column })] : []),
    ...(Object.keys(settings).length === 0
      ? []
      : [alterColumn({ ...named(table), name: column, ...settings })]),
  ])
}

function checksOf(table: ForeignTable, checks: ForeignTable['laterChecks'] = []): readonly Directive[] {
  return checks.map(({ notValid, enforced, ...check }) =>
    createCheckConstraint({
      ...named(table),
      ...check,
      ...(enforced === false ? { enforced } : { validation: notValid === true ? 'never' : 'now' }),
    }),
  )
}

function named({ schema, name }: ForeignTable): TableReference {
  return { ...inSchema({ schema }), table: name }
}
