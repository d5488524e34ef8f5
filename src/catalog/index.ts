import { isDeepStrictEqual } from 'node:util'
import { type CreateIndex, createIndex } from '../operations/index.ts'
import { alterIndex } from '../operations/index-alter.ts'
import { rawSql } from '../sql/tag.ts'
import { type IndexElementRow, includedColumns, indexElements, indexKey } from './index-elements.ts'
import { relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { parameterChanges, parametersOf } from './parameters.ts'

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
}

type Index = Omit<CreateIndex, 'concurrently' | 'only'>

/** An index that is neither that of a constraint, nor a partition's part of the index of its table. */
export const index = objectKind<Index, Found>({
  kind: 'index',
  query: ({
    major,
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid,
      n.nspname AS schema, c.relname AS name, t.relname AS table, ${indexElements('i')} AS keys, i.indisunique AS unique,
      m.amname AS method, ${includedColumns('i')} AS include, ${major < 15 ? 'false' : 'i.indnullsnotdistinct'} AS nulls_not_distinct,
      c.reloptions AS options, s.spcname AS tablespace, pg_get_expr(i.indpred, i.indrelid) AS predicate
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_class t ON t.oid = i.indrelid JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
    WHERE t.relpersistence <> 't' AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 't.oid')} AND NOT c.relispartition
      AND c.oid NOT IN (SELECT conindid FROM pg_constraint WHERE contype IN ('p', 'u', 'x'))
    ORDER BY n.nspname, t.relname, c.relname`,
  read: (row, { inSchema }) => {
    const parameters = parametersOf(row.options)
    return {
      key: relationKey(row.schema, row.name),
      parent: relationKey(row.schema, row.table),
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
        ...(row.predicate === null ? {} : { where: rawSql(row.predicate) }),
      },
    }
  },
  create: (fields, { ofNew }) => [createIndex(ofNew ? fields : { ...fields, concurrently: true })],
  change(before, after) {
    const { with: parametersBefore, tablespace: _, ...old } = before
    const { with: parametersAfter, tablespace, ...now } = after
    if (!isDeepStrictEqual(old, now)) return null
    const { schema, name } = after
    const change = {
      ...withParameters(parameterChanges(parametersBefore, parametersAfter)),
      ...(before.tablespace === tablespace ? {} : { tablespace: tablespace ?? 'pg_default' }),
    }
    const was = {
      ...withParameters(parameterChanges(parametersAfter, parametersBefore)),
      ...(before.tablespace === tablespace ? {} : { tablespace: before.tablespace ?? 'pg_default' }),
    }
    return [alterIndex({ ...(schema === undefined ? {} : { schema }), name, ...change, was } as never)]
  },
  bearsChange: true,
})

function withParameters(changes: ReturnType<typeof parameterChanges>) {
  return changes === undefined ? {} : { with: changes }
}
