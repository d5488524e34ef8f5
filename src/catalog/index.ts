import { isDeepStrictEqual } from 'node:util'
import { type CreateIndex, createIndex, renameIndex } from '../operations/index.ts'
import { alterIndex, attachIndexPartition } from '../operations/index-alter.ts'
import type { Directive } from '../operations/operation.ts'
import { inSchema } from '../operations/relation.ts'
import { withoutParentheses } from './expression-list.ts'
import { type IndexElementRow, includedColumns, indexElements, indexKey } from './index-elements.ts'
import { constraintKey, relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { parameterChanges, parametersOf } from './parameters.ts'
import { printedSql } from './printed.ts'
import { withSuffix } from './renaming.ts'

type Found = {
  readonly schema: string
  readonly name: string
  readonly table: string
  readonly keys: readonly IndexElementRow[]
  readonly unique: boolean
  readonly method: string
  readonly include: readonly string[] | null
  readonly nulls_not_distinct: boolean
  readonly options: readonly string[] | null
  readonly tablespace: string | null
  readonly predicate: string | null
  /** It is a partition's part of the index of its table. */
  readonly derived: boolean
  /** The index of its table that it is part of, where that is not whole, and brings no parts by itself. */
  readonly part_of: readonly [schema: string, name: string] | null
  readonly only: boolean
  /** Constraints of partitions whose indexes are its parts: it takes them where they are there when it is made, and along when it goes. */
  readonly constraints: readonly (readonly [schema: string, table: string, name: string])[] | null
  readonly statistics: { readonly [key: number]: number } | null
}

type Index = Omit<CreateIndex, 'concurrently'> & {
  readonly statistics?: { readonly [key: number]: number }
  readonly partOf?: { readonly schema?: string; readonly name: string }
  /** Indexes of constraints are its parts: PostgreSQL takes those that are there, but not where it is built without a lock. */
  readonly takesConstraints?: true
}

/** An index that is not that of a constraint. */
export const index = objectKind<Index, Found>({
  kind: 'index',
  query: ({
    major,
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid,
      n.nspname AS schema, c.relname AS name, t.relname AS table, ${indexElements('i')} AS keys, i.indisunique AS unique,
      m.amname AS method, ${includedColumns('i')} AS include, ${major < 15 ? 'false' : 'i.indnullsnotdistinct'} AS nulls_not_distinct,
      c.reloptions AS options, s.spcname AS tablespace, pg_get_expr(i.indpred, i.indrelid) AS predicate,
      c.relispartition AND whole.indisvalid AS derived,
      CASE WHEN NOT whole.indisvalid THEN json_build_array(wn.nspname, wc.relname) END AS part_of, t.relkind = 'p' AND NOT i.indisvalid AS only,
      CASE WHEN c.relkind = 'I' THEN (SELECT json_agg(json_build_array(kn.nspname, kc.relname, k.conname)) FROM pg_inherits part
        JOIN pg_constraint k ON k.conindid = part.inhrelid AND k.contype IN ('p', 'u', 'x') AND k.conparentid = 0
        JOIN pg_class kc ON kc.oid = k.conrelid JOIN pg_namespace kn ON kn.oid = kc.relnamespace WHERE part.inhparent = c.oid) END AS constraints,
      (SELECT json_object_agg(attnum, attstattarget) FROM pg_attribute WHERE attrelid = c.oid AND nullif(attstattarget, -1) IS NOT NULL) AS statistics
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_class t ON t.oid = i.indrelid JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
    LEFT JOIN pg_inherits h ON h.inhrelid = c.oid LEFT JOIN pg_index whole ON whole.indexrelid = h.inhparent
    LEFT JOIN pg_class wc ON wc.oid = h.inhparent LEFT JOIN pg_namespace wn ON wn.oid = wc.relnamespace
    WHERE t.relpersistence <> 't' AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 't.oid')} 
      AND c.oid NOT IN (SELECT conindid FROM pg_constraint WHERE contype IN ('p', 'u', 'x'))
    ORDER BY n.nspname, t.relname, c.relname`,
  read: (row, { inSchema }) => {
    const parameters = parametersOf(row.options)
    return {
      key: relationKey(row.schema, row.name),
      parent: relationKey(row.schema, row.table),
      ...(row.derived ? { derived: true, kept: true } : {}),
      ...(row.part_of === null ? {} : { goesWith: relationKey(...row.part_of) }),
      needs: [
        ...(row.part_of === null ? [] : [relationKey(...row.part_of)]),
        ...(row.constraints ?? []).map((one) => constraintKey(...one)),
      ],
      excludes: [constraintKey(row.schema, row.table, row.name)],
      reference: { ...inSchema(row.schema), index: row.name },
      fields: {
        ...inSchema(row.schema),
        name: row.name,
        table: row.table,
        columns: row.keys.map((key) => indexKey(key, inSchema)),
        ...(row.unique ? { unique: true } : {}),
        ...(row.method === 'btree' ? {} : { using: row.method }),
        ...(row.include === null ? {} : { include: row.include }),
        ...(row.nulls_not_distinct ? { nullsNotDistinct: true } : {}),
        ...(parameters === undefined ? {} : { with: parameters }),
        ...(row.tablespace === null ? {} : { tablespace: row.tablespace }),
        ...(row.predicate === null ? {} : { where: printedSql(withoutParentheses(row.predicate)) }),
        ...(row.only ? { only: true } : {}),
        ...(row.part_of === null ? {} : { partOf: { ...inSchema(row.part_of[0]), name: row.part_of[1] } }),
        ...(row.constraints === null ? {} : { takesConstraints: true }),
        ...(row.statistics === null ? {} : { statistics: row.statistics }),
      },
    }
  },
  create({ statistics, partOf, takesConstraints = false, ...fields }, { ofNew }) {
    const { schema, name, only } = fields
    const attached = partOf === undefined ? [] : [attachment(partOf, fields)]
    const built = createIndex(
      ofNew || only === true || takesConstraints
        ? (fields as CreateIndex)
        : ({ ...fields, concurrently: true } as CreateIndex),
    )
    if (statistics === undefined) return [built, ...attached]
    const was = Object.fromEntries(Object.keys(statistics).map((key) => [key, null]))
    const set = alterIndex({ ...inSchema({ schema }), name, statistics, was: { statistics: was } })
    return [built, set, ...attached]
  },
  change(before, after) {
    const [old, now] = [definition(before), definition(after)]
    // What is part of another stays so.
    const isTorn = before.partOf !== undefined && !isDeepStrictEqual(before.partOf, after.partOf)
    if (!isDeepStrictEqual(old, now) || isTorn) return null
    const { schema, name, partOf } = after
    const attached = partOf === undefined || before.partOf !== undefined ? [] : [attachment(partOf, after)]
    const [change, was] = [changes(before, after), changes(after, before)]
    if (Object.keys(change).length === 0) return attached
    return [alterIndex({ ...inSchema({ schema }), name, ...change, was } as never), ...attached]
  },
  rename: ({ fields: { schema, name: from } }, { fields: { name: to } }) => [
    renameIndex({ ...inSchema({ schema }), from, to }),
  ],
  nameless: ({ schema: _, name: __, table: ___, takesConstraints: ____, ...rest }) => rest,
  aside: withSuffix,
  bearsChange: true,
})

function attachment(
  { schema, name }: NonNullable<Index['partOf']>,
  part: Pick<Index, 'schema' | 'name'>,
): Directive {
  return attachIndexPartition({
    ...inSchema({ schema }),
    name,
    partition: { ...inSchema({ schema: part.schema }), name: part.name },
  })
}

function definition(index: Index) {
  const { with: _, tablespace: __, statistics: ___, partOf: ____, takesConstraints: _____, ...rest } = index
  return rest
}

function changes(before: Index, after: Index) {
  const parameters = parameterChanges(before.with, after.with)
  const keys = Object.keys({ ...before.statistics, ...after.statistics }).map(Number)
  const differing = keys.filter((key) => before.statistics?.[key] !== after.statistics?.[key])
  return {
    ...(parameters === undefined ? {} : { with: parameters }),
    ...(before.tablespace === after.tablespace ? {} : { tablespace: after.tablespace ?? 'pg_default' }),
    ...(differing.length === 0
      ? {}
      : {
          statistics: Object.fromEntries(differing.map((key) => [key, after.statistics?.[key] ?? null])),
        }),
  }
}
