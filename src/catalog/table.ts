import { isDeepStrictEqual } from 'node:util'
import { alterTable } from '../operations/alter-table.ts'
import { attachPartition, detachPartition } from '../operations/attach-partition.ts'
import type { Directive } from '../operations/operation.ts'
import type { PartitionBound } from '../operations/partition-bound.ts'
import { inSchema, type TableReference } from '../operations/relation.ts'
import type { StorageParameters } from '../operations/storage-parameters.ts'
import { type CreateTable, createTable, renameTable } from '../operations/table.ts'
import type { PartitionBy } from '../operations/table-definition.ts'
import { changedFields } from './change.ts'
import { relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { parameterChanges, parametersOf } from './parameters.ts'
import { partitionBoundOf } from './partition-bound.ts'
import { type PartitionKeyRow, partitionBy, partitionKeyColumns } from './partition-key.ts'
import { moved } from './renaming.ts'

type InSchema = { readonly schema?: string }

type Table = InSchema & {
  readonly name: string
  readonly persistence?: 'unlogged'
  readonly partitionBy?: PartitionBy
  /** The types of the columns in its partition key, which PostgreSQL does not change. */
  readonly keyTypes?: readonly (readonly [column: string, type: string])[]
  readonly partitionOf?: InSchema & { readonly table: string; readonly bound: PartitionBound }
  readonly inherits?: readonly (InSchema & { readonly table: string })[]
  readonly ofType?: InSchema & { readonly name: string }
  readonly with?: StorageParameters
  readonly tablespace?: string
  readonly accessMethod?: string
  readonly rowSecurity?: true
  readonly forceRowSecurity?: true
}

type Found = PartitionKeyRow & {
  readonly schema: string
  readonly name: string
  readonly unlogged: boolean
  readonly bound: string | null
  readonly key_types: readonly (readonly [column: string, type: string])[] | null
  /** Schemas and names of what it inherits from, in order. */
  readonly parents: readonly (readonly [schema: string, name: string])[] | null
  readonly type_schema: string | null
  readonly type_name: string | null
  readonly options: readonly string[] | null
  readonly toast_options: readonly string[] | null
  readonly tablespace: string | null
  readonly access_method: string | null
  readonly row_security: boolean
  readonly force_row_security: boolean
}

/** A table without its columns and constraints, which are objects of their own. */
export const table = objectKind<Table, Found>({
  kind: 'table',
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid,
      n.nspname AS schema, c.relname AS name, c.relpersistence = 'u' AS unlogged, ${partitionKeyColumns('c', 'k')},
      CASE WHEN k.partrelid IS NOT NULL THEN (SELECT json_agg(DISTINCT jsonb_build_array(a.attname, format_type(a.atttypid, a.atttypmod))) FROM pg_depend d
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid > 0
          AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = 0) END AS key_types,
      CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END AS bound,
      (SELECT json_agg(json_build_array(pn.nspname, p.relname) ORDER BY inhseqno) FROM pg_inherits
        JOIN pg_class p ON p.oid = inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE inhrelid = c.oid) AS parents,
      tn.nspname AS type_schema, y.typname AS type_name, c.reloptions AS options, toast.reloptions AS toast_options,
      s.spcname AS tablespace,
      CASE WHEN c.relkind = 'p' OR m.amname <> current_setting('default_table_access_method') THEN m.amname END AS access_method,
      c.relrowsecurity AS row_security, c.relforcerowsecurity AS force_row_security
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_partitioned_table k ON k.partrelid = c.oid
    LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
    LEFT JOIN pg_type y ON y.oid = c.reloftype LEFT JOIN pg_namespace tn ON tn.oid = y.typnamespace
    LEFT JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
    WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname`,
  read(row, { inSchema }) {
    const { schema, name } = row
    const parents = (row.parents ?? []).map(([of, parent]) => ({ ...inSchema(of), table: parent }))
    const [parent] = parents
    const parameters = parametersOf([
      ...(row.options ?? []),
      ...(row.toast_options ?? []).map((option) => `toast.${option}`),
    ])
    return {
      key: relationKey(schema, name),
      reference: { ...inSchema(schema), table: name },
      ...(row.bound !== null && parents[0] !== undefined
        ? { place: `partitions of ${JSON.stringify(parents[0])}` }
        : {}),
      needs: (row.parents ?? []).map(([of, above]) => relationKey(of, above)),
      fields: {
        ...inSchema(schema),
        name,
        ...(row.unlogged ? { persistence: 'unlogged' } : {}),
        ...(row.strategy === null ? {} : { partitionBy: partitionBy(row, inSchema) }),
        ...(row.key_types === null ? {} : { keyTypes: row.key_types }),
        ...(row.bound !== null && parent !== undefined
          ? { partitionOf: { ...parent, bound: partitionBoundOf(row.bound) } }
          : {}),
        ...(row.bound === null && parents.length > 0 ? { inherits: parents } : {}),
        ...(row.type_schema === null || row.type_name === null
          ? {}
          : { ofType: { ...inSchema(row.type_schema), name: row.type_name } }),
        ...(parameters === undefined ? {} : { with: parameters }),
        ...(row.tablespace === null ? {} : { tablespace: row.tablespace }),
        ...(row.access_method === null ? {} : { accessMethod: row.access_method }),
        ...(row.row_security ? { rowSecurity: true } : {}),
        ...(row.force_row_security ? { forceRowSecurity: true } : {}),
      },
    }
  },
  create({ rowSecurity, forceRowSecurity, keyTypes: _, ...fields }) {
    const later = { rowSecurity, forceRowSecurity }
    return [createTable(withoutColumns(fields)), ...alteration(fields, {}, later)]
  },
  change(before, after) {
    if (!isDeepStrictEqual(before.partitionBy, after.partitionBy)) return null
    if (!isDeepStrictEqual(before.keyTypes, after.keyTypes)) return null
    return [...alteration(after, movesOut(before, after), after), ...joins(before, after)]
  },
  release: (before, after) => [
    ...leaves(before, after),
    ...alteration(before, before, movesOut(before, after)),
  ],
  holdsRows: () => true,
  rename({ fields: before }, { fields: after }) {
    const { schema, name: from } = before
    const renamed =
      from === after.name ? [] : [renameTable({ ...inSchema({ schema }), from, to: after.name })]
    const now = { ...inSchema({ schema }), table: after.name }
    return [...renamed, ...moved(before, after, now)]
  },
  nameless: ({ schema: _, name: __, ...rest }) => rest,
})

/** Its columns come when they are folded in; a table of another's columns has none of its own. */
function withoutColumns(fields: Table): CreateTable {
  const { partitionOf, ofType, ...others } = fields
  if (partitionOf !== undefined) return { ...others, partitionOf } as CreateTable
  if (ofType !== undefined) return { ...others, ofType } as CreateTable
  return { ...others, columns: [] } as CreateTable
}

/** What ALTER TABLE can change, said or not. */
function properties(table: Partial<Table>) {
  return {
    persistence: table.persistence ?? 'permanent',
    tablespace: table.tablespace ?? 'pg_default',
    accessMethod: table.accessMethod ?? 'heap',
    rowSecurity: table.rowSecurity ?? false,
    forceRowSecurity: table.forceRowSecurity ?? false,
    ofType: table.ofType ?? null,
  }
}

function alteration(
  { schema, name }: InSchema & { readonly name: string },
  before: Partial<Table>,
  after: { readonly [Property in keyof Table]?: Table[Property] | undefined },
): readonly Directive[] {
  const { was, ...changed } = changedFields(properties(before), properties(after as Partial<Table>))
  const parameters = parameterChanges(before.with, after.with)
  const [inherit, noInherit] = [
    apart(after.inherits, before.inherits),
    apart(before.inherits, after.inherits),
  ]
  const change = {
    ...changed,
    ...(parameters === undefined ? {} : { with: parameters }),
    ...(inherit.length === 0 ? {} : { inherit }),
    ...(noInherit.length === 0 ? {} : { noInherit }),
  }
  if (Object.keys(change).length === 0) return []
  const parametersWere = parameterChanges(after.with, before.with)
  const were = { ...was, ...(parametersWere === undefined ? {} : { with: parametersWere }) }
  return [
    alterTable({
      ...inSchema({ schema }),
      name,
      ...change,
      ...(Object.keys(were).length === 0 ? {} : { was: were }),
    }),
  ]
}

/** As it is once it has left those from which it inherits no more, where it then inherits from others: these may have what it has from those. */
function movesOut(before: Table, after: Table): Table {
  const left = apart(before.inherits, after.inherits)
  if (left.length === 0 || apart(after.inherits, before.inherits).length === 0) return before
  const { inherits, ...others } = before
  const kept = apart(inherits, left)
  return kept.length === 0 ? others : { ...others, inherits: kept }
}

/** A partition of another table, or of other bounds, is none of the old table any more. */
function leaves(before: Table, after: Table): readonly Directive[] {
  if (before.partitionOf === undefined || isDeepStrictEqual(before.partitionOf, after.partitionOf)) return []
  const { bound, ...parent } = before.partitionOf
  return [detachPartition({ ...parent, partition: named(before), was: { bound } })]
}

function joins(before: Table, after: Table): readonly Directive[] {
  if (after.partitionOf === undefined || isDeepStrictEqual(before.partitionOf, after.partitionOf)) return []
  const { bound, ...parent } = after.partitionOf
  return [attachPartition({ ...parent, partition: named(after), bound })]
}

function named({ schema, name }: Table): TableReference {
  return { ...inSchema({ schema }), table: name }
}

function apart(some: Table['inherits'] = [], others: Table['inherits'] = []) {
  return some.filter((one) => !others.some((other) => isDeepStrictEqual(one, other)))
}
