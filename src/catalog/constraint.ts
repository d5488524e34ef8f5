import { isDeepStrictEqual } from 'node:util'
import { alterConstraint } from '../operations/alter-constraint.ts'
import { createCheckConstraint } from '../operations/check-constraint.ts'
import { renameConstraint, validateConstraint } from '../operations/constraint.ts'
import type {
  ConstraintKind,
  Exclusion,
  ForeignKey,
  ForeignKeyAction,
  Unique,
} from '../operations/constraint-definition.ts'
import type { NamedConstraint } from '../operations/constraint-steps.ts'
import { createExcludeConstraint } from '../operations/exclude-constraint.ts'
import { createForeignKey } from '../operations/foreign-key.ts'
import { createPrimaryKey, createUniqueConstraint } from '../operations/key-constraint.ts'
import { type Directive, isOf, withFields } from '../operations/operation.ts'
import { inSchema } from '../operations/relation.ts'
import { type CreateTable, createTable } from '../operations/table.ts'

import { staysComparable } from './column.ts'
import { withoutParentheses } from './expression-list.ts'
import { type IndexElementRow, includedColumns, indexElement, indexElements } from './index-elements.ts'
import { constraintKey, keyOf, relationKey } from './key.ts'
import { objectKind, type Reading } from './object-kind.ts'
import { parametersOf } from './parameters.ts'
import { printedSql } from './printed.ts'
import { withSuffix } from './renaming.ts'

type TableConstraint = NamedConstraint & {
  readonly constraint: ConstraintKind
  /** Rows that were there before it have not been looked at. */
  readonly notValid?: true
  /** Of a partitioned table, which takes over no index that was built before, and before 18 no foreign key that is to be checked later. */
  readonly partitioned?: true
}

type Found = {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly type: 'p' | 'u' | 'c' | 'f' | 'x'
  readonly valid: boolean
  readonly enforced: boolean
  readonly period: boolean
  readonly deferrable: boolean
  readonly deferred: boolean
  readonly no_inherit: boolean
  readonly partitioned: boolean
  /** It has come from a parent, and goes with what that has. */
  readonly derived: boolean
  readonly inherited: boolean
  /** The index of the partitioned table of which its own is a part, where that is no constraint there: it goes with that. */
  readonly part_of: readonly [schema: string, name: string] | null
  readonly parents: readonly (readonly [schema: string, name: string])[] | null
  readonly columns: readonly string[] | null
  readonly expression: string | null
  readonly referenced_schema: string | null
  readonly referenced_table: string | null
  readonly referenced_columns: readonly string[] | null
  readonly on_delete: ActionLetter
  readonly on_update: ActionLetter
  readonly match: 's' | 'f' | 'p'
  readonly set_columns: readonly string[] | null
  readonly include: readonly string[] | null
  readonly nulls_not_distinct: boolean | null
  readonly options: readonly string[] | null
  readonly tablespace: string | null
  readonly method: string | null
  readonly elements: readonly IndexElementRow[] | null
  readonly predicate: string | null
}

/** Of a table. */
export const constraint = objectKind<TableConstraint, Found>({
  kind: 'constraint',
  query: ({
    major,
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_constraint'::regclass::oid AS classid, k.oid AS objid, 0 AS objsubid,
      n.nspname AS schema, c.relname AS table, k.conname AS name, k.contype::text AS type, k.convalidated AS valid,
      ${major < 18 ? 'true' : 'k.conenforced'} AS enforced, ${major < 18 ? 'false' : 'k.conperiod'} AS period,
      k.condeferrable AS deferrable, k.condeferred AS deferred, k.connoinherit AS no_inherit, c.relkind = 'p' AS partitioned,
      NOT k.conislocal OR c.relispartition AND (k.coninhcount > 0 OR k.conparentid <> 0) AS derived,
      k.coninhcount > 0 OR k.conparentid <> 0 AS inherited,
      (SELECT json_build_array(wn.nspname, wc.relname) FROM pg_inherits part JOIN pg_class wc ON wc.oid = part.inhparent
        JOIN pg_namespace wn ON wn.oid = wc.relnamespace
        WHERE part.inhrelid = k.conindid AND k.contype IN ('p', 'u', 'x') AND k.conparentid = 0) AS part_of,
      CASE WHEN k.contype = 'c' THEN (SELECT json_agg(json_build_array(pn.nspname, p.relname)) FROM pg_inherits JOIN pg_class p ON p.oid = inhparent
        JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE inhrelid = c.oid) END AS parents,
      ${names('k.conkey', 'k.conrelid')} AS columns, pg_get_expr(k.conbin, k.conrelid) AS expression,
      fn.nspname AS referenced_schema, fc.relname AS referenced_table, ${names('k.confkey', 'k.confrelid')} AS referenced_columns,
      k.confdeltype::text AS on_delete, k.confupdtype::text AS on_update, k.confmatchtype::text AS match,
      ${major < 15 ? 'NULL::text[]' : names('k.confdelsetcols', 'k.conrelid')} AS set_columns,
      CASE WHEN k.contype IN ('p', 'u', 'x') THEN ${includedColumns('i')} END AS include,
      ${major < 15 ? 'false' : 'i.indnullsnotdistinct'} AS nulls_not_distinct,
      ic.reloptions AS options, s.spcname AS tablespace, m.amname AS method,
      CASE WHEN k.contype = 'x' THEN ${indexElements('i', 'k.conexclop')} END AS elements,
      pg_get_expr(i.indpred, i.indrelid) AS predicate
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_index i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')
    LEFT JOIN pg_class ic ON ic.oid = i.indexrelid LEFT JOIN pg_am m ON m.oid = ic.relam
    LEFT JOIN pg_tablespace s ON s.oid = ic.reltablespace
    LEFT JOIN pg_class fc ON fc.oid = k.confrelid LEFT JOIN pg_namespace fn ON fn.oid = fc.relnamespace
    WHERE k.contype IN ('p', 'u', 'c', 'f', 'x') AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND (k.contype <> 'f' OR k.conparentid = 0 OR c.relispartition)
      AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname, k.contype = 'p' DESC, k.contype = 'u' DESC, k.contype = 'c' DESC, k.conname`,
  read(row, { inSchema }) {
    const { schema, table, name } = row
    const named = { ...inSchema(schema), table, name }
    return {
      key: constraintKey(schema, table, name),
      parent: relationKey(schema, table),
      ...(row.derived ? { derived: true } : {}),
      ...(row.part_of === null ? {} : { goesWith: relationKey(...row.part_of) }),
      ...(row.inherited ? { kept: row.type === 'c' ? 'demanded' : true } : {}),
      ...(row.type === 'p'
        ? { needs: (row.columns ?? []).map((column) => keyOf('not null', schema, table, column)) }
        : {}),
      excludes: [
        ...(['p', 'u', 'x'].includes(row.type) ? [relationKey(schema, name)] : []),
        ...(row.type === 'p' ? [keyOf('primary key', schema, table)] : []),
        // Where a parent has it too, it comes and goes with that.
        ...(row.parents ?? []).map(([of, parent]) => constraintKey(of, parent, name)),
      ],
      reference: { constraint: named },
      fields: {
        ...named,
        constraint: constraintOf(row, inSchema),
        ...(row.valid || !row.enforced ? {} : { notValid: true }),
        ...(row.partitioned ? { partitioned: true } : {}),
      },
    }
  },
  create: (fields, { ofNew }) => [creation(fields, ofNew)],
  change(before, after) {
    const { constraint: old, notValid: unchecked, partitioned: _, ...named } = before
    const { constraint: now, notValid: stays } = after
    if (isDeepStrictEqual(old, now)) return unchecked && !stays ? [validateConstraint(named)] : null
    if (!('foreignKey' in old && 'foreignKey' in now) || unchecked !== stays) return null
    const [{ deferral: was, rest }, { deferral: is, rest: restNow }] = [
      apart(old.foreignKey),
      apart(now.foreignKey),
    ]
    return isDeepStrictEqual(rest, restNow) ? [alterConstraint({ ...named, ...is, was } as never)] : null
  },
  rename: ({ fields: { schema, table, name: from } }, { fields: { name: to } }) => [
    renameConstraint({ ...inSchema({ schema }), table, from, to }),
  ],
  nameless: ({ constraint: kind, notValid = false }) => ({ ...kind, notValid }),
  // A table has one primary key.
  aside: (fields, suffix) => ('primaryKey' in fields.constraint ? null : withSuffix(fields, suffix)),
  // The columns of a foreign key and those that it references get another type one after the other.
  bearsChange: ({ constraint: kind }, changed) => !('foreignKey' in kind) || staysComparable(changed),
  fold(into, { name, table, schema, constraint: kind, notValid }) {
    if (!isOf(createTable, into) || notValid === true) return null
    if (into.name !== table || into.schema !== schema) return null
    if (isKeptOnce(kind, into)) return null
    const short = asColumn(kind, name, table)
    if (short !== null && into.columns?.some((column) => column.name === short) === true)
      return withFields(into, {
        columns: into.columns.map((column) => (column.name === short ? asPrimaryKey(column) : column)),
      })
    return withFields(into, { constraints: [...(into.constraints ?? []), { name, ...kind }] })
  },
})

type ActionLetter = 'a' | 'r' | 'c' | 'n' | 'd' | ' '

const actions: { readonly [letter: string]: ForeignKeyAction } = {
  r: 'RESTRICT',
  c: 'CASCADE',
  n: 'SET NULL',
  d: 'SET DEFAULT',
}

/** The names of the columns whose numbers an array has, in its order. */
const names = (
  numbers: string,
  relation: string,
) => `CASE WHEN ${numbers} IS NOT NULL THEN (SELECT array_agg(a.attname::text ORDER BY listed.at)
  FROM unnest(${numbers}) WITH ORDINALITY listed(attnum, at) JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = listed.attnum) END`

function constraintOf(row: Found, inSchema: Reading['inSchema']): ConstraintKind {
  if (row.type === 'c')
    return {
      check: {
        expression: printedSql(withoutParentheses(row.expression ?? '')),
        ...(row.no_inherit ? { noInherit: true } : {}),
        ...(row.enforced ? {} : { enforced: false }),
      },
    }
  if (row.type === 'f') return { foreignKey: foreignKeyOf(row, inSchema) }
  if (row.type === 'x') return { exclude: exclusionOf(row, inSchema) }
  const key = keyConstraintOf(row)
  return row.type === 'p' ? { primaryKey: key } : { unique: key }
}

function deferralOf({ deferrable, deferred }: Found) {
  if (deferred) return { initiallyDeferred: true }
  return deferrable ? { deferrable: true } : {}
}

function indexParametersOf(row: Found) {
  const parameters = parametersOf(row.options)
  return {
    ...(row.include === null ? {} : { include: row.include }),
    ...(parameters === undefined ? {} : { with: parameters }),
    ...(row.tablespace === null ? {} : { tablespace: row.tablespace }),
  }
}

function keyConstraintOf(row: Found): Unique {
  const columns = row.columns ?? []
  return {
    columns: row.period ? columns.slice(0, -1) : columns,
    ...(row.period ? { withoutOverlaps: columns.at(-1) ?? '' } : {}),
    ...(row.nulls_not_distinct === true ? { nullsNotDistinct: true } : {}),
    ...indexParametersOf(row),
    ...deferralOf(row),
  }
}

function foreignKeyOf(row: Found, inSchema: Reading['inSchema']): ForeignKey {
  const [columns, referenced] = [row.columns ?? [], row.referenced_columns ?? []]
  const [onDelete, onUpdate] = [actions[row.on_delete], actions[row.on_update]]
  const key = {
    columns: row.period ? columns.slice(0, -1) : columns,
    ...(row.period ? { period: columns.at(-1) } : {}),
    references: {
      ...inSchema(row.referenced_schema ?? ''),
      table: row.referenced_table ?? '',
      columns: row.period ? referenced.slice(0, -1) : referenced,
      ...(row.period ? { period: referenced.at(-1) } : {}),
    },
    ...(row.match === 'f' ? { match: 'FULL' } : {}),
    ...(onDelete === undefined
      ? {}
      : { onDelete: row.set_columns === null ? onDelete : { action: onDelete, columns: row.set_columns } }),
    ...(onUpdate === undefined ? {} : { onUpdate }),
    ...deferralOf(row),
    ...(row.enforced ? {} : { enforced: false }),
  }
  return key as ForeignKey
}

function exclusionOf(row: Found, inSchema: Reading['inSchema']): Exclusion {
  return {
    ...(row.method === 'btree' || row.method === null ? {} : { using: row.method }),
    elements: (row.elements ?? []).map((element) => {
      const [schema = '', operator = '', visible = true] = element.operator ?? []
      return { ...indexElement(element, inSchema), with: visible ? operator : { schema, operator } }
    }),
    ...(row.predicate === null ? {} : { where: printedSql(withoutParentheses(row.predicate)) }),
    ...indexParametersOf(row),
    ...deferralOf(row),
  }
}

function creation(
  { constraint: kind, notValid, partitioned, ...named }: TableConstraint,
  ofNew: boolean,
): Directive {
  const validation = notValid === true ? { validation: 'never' } : ofNew ? { validation: 'now' } : {}
  const concurrently = ofNew || partitioned === true ? {} : { concurrently: true }
  if ('primaryKey' in kind)
    return createPrimaryKey({
      ...named,
      ...kind.primaryKey,
      ...unlessPeriod(kind.primaryKey, concurrently),
    } as never)
  if ('unique' in kind)
    return createUniqueConstraint({
      ...named,
      ...kind.unique,
      ...unlessPeriod(kind.unique, concurrently),
    } as never)
  if ('exclude' in kind) return createExcludeConstraint({ ...named, ...kind.exclude })
  if ('check' in kind)
    return createCheckConstraint({
      ...named,
      ...kind.check,
      ...unlessUnenforced(kind.check, validation),
    } as never)
  if ('foreignKey' in kind)
    return createForeignKey({
      ...named,
      ...kind.foreignKey,
      ...unlessUnenforced(
        kind.foreignKey,
        partitioned === true && notValid !== true ? { validation: 'now' } : validation,
      ),
    } as never)
  throw new Error('A NOT NULL is none of these.')
}

function unlessPeriod<Options>({ withoutOverlaps }: Unique, options: Options) {
  return withoutOverlaps === undefined ? options : {}
}

function unlessUnenforced<Options>({ enforced }: { readonly enforced?: boolean }, options: Options) {
  return enforced === false ? {} : options
}

/** Whether and when it may be checked at the end is all of a foreign key that can change. */
function apart({ deferrable, initiallyDeferred, ...rest }: ForeignKey) {
  return {
    rest,
    deferral: {
      deferrable: deferrable === true || initiallyDeferred === true,
      initiallyDeferred: initiallyDeferred === true,
    },
  }
}

/** Of two keys of the same columns in one CREATE TABLE PostgreSQL makes one, whatever they are called. */
function isKeptOnce(kind: ConstraintKind, { columns = [], constraints = [] }: CreateTable): boolean {
  const key = keyColumns(kind)
  if (key === null) return false
  const said = [
    ...columns.map((column) => ('primaryKey' in column && column.primaryKey === true ? [column.name] : null)),
    ...constraints.map(keyColumns),
  ]
  return said.some((one) => isDeepStrictEqual(one, key))
}

function keyColumns(kind: ConstraintKind): readonly string[] | null {
  if ('primaryKey' in kind) return kind.primaryKey.columns
  return 'unique' in kind ? kind.unique.columns : null
}

/** The column of which a key is said shortest: a primary key of one column, by PostgreSQL's own name. */
function asColumn(kind: ConstraintKind, name: string, table: string): string | null {
  if (!('primaryKey' in kind) || name !== `${table}_pkey`) return null
  const { columns, ...others } = kind.primaryKey
  return columns.length === 1 && Object.keys(others).length === 0 ? (columns[0] ?? null) : null
}

function asPrimaryKey<Column extends { readonly notNull?: boolean }>({ notNull: _, ...column }: Column) {
  return { ...column, primaryKey: true }
}
