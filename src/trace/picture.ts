import type { Connection, Row } from '../connection/connection.ts'
import { quoteLiteral } from '../sql/literal.ts'

/** A relation as it stands at a moment, by what a migration may change of it. */
export type PicturedRelation = {
  readonly oid: number
  readonly schema: string
  readonly name: string
  /** `relkind` of pg_class: `r` a table, `p` a partitioned one, `i` and `I` an index, `v` a view, `m` a materialized one, `S` a sequence, … */
  readonly kind: string
  readonly isTemporary: boolean
  /** The file that has its rows; 0 where it has none. Another one: it was written anew. */
  readonly file: number
  readonly rowSecurity: boolean
  readonly policies: number
  /** Policies by which all rows are seen. */
  readonly openPolicies: number
  /** Policies that let every row in. */
  readonly openInserts: number
  /** The condition that a row meets which others than the owner see; null where they see all. */
  readonly shown: string | null
  /** The condition that a row meets which others than the owner may insert; null where they may insert all. */
  readonly admitted: string | null
  /** How many others than the owner were granted SELECT. */
  readonly readers: number
  /** Policies that take from what others show. */
  readonly restrictions: number
  /** A trigger may fill what an INSERT leaves out. */
  readonly isFilledByTrigger: boolean
  /** What it inherits from or is a partition of. */
  readonly parents: readonly number[]
  /** Of an index, its table. */
  readonly table: number | null
  readonly isValid: boolean
  /** Of an index, what it has of all rows: the numbers of its columns, 0 for an expression. Empty for one that has a part of the rows, or is no btree. */
  readonly keys: readonly number[]
  readonly columns: readonly PicturedColumn[]
}

export type PicturedColumn = {
  readonly number: number
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  /** It need not be written: it has a default, or is generated, or an identity. */
  readonly isFilled: boolean
  readonly isGenerated: boolean
}

/** All relations by their oid. */
export type Picture = ReadonlyMap<number, PicturedRelation>

/** A SELECT whose rows `pictured` reads. `which`: a condition on pg_class as c. */
export function pictureQuery(which: string, ignored: readonly string[]): string {
  return `SELECT c.oid::bigint AS oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.relpersistence = 't' AS "isTemporary",
      c.relfilenode::bigint AS file, c.relrowsecurity AS "rowSecurity", i.indrelid::bigint AS "table", coalesce(i.indisvalid, true) AS "isValid",
      CASE WHEN i.indpred IS NULL AND c.relam = 403 THEN array_to_json(i.indkey::int2[]) ELSE '[]' END AS keys,
      (SELECT count(*)::integer FROM pg_policy WHERE polrelid = c.oid) AS policies,
      (SELECT count(*)::integer FROM pg_policy WHERE polrelid = c.oid AND polpermissive AND polcmd IN ('*', 'r')
        AND (polqual IS NULL OR pg_get_expr(polqual, polrelid) = 'true')) AS "openPolicies",
      (SELECT count(*)::integer FROM pg_policy WHERE polrelid = c.oid AND polpermissive AND polcmd IN ('*', 'a')
        AND coalesce(pg_get_expr(coalesce(polwithcheck, CASE polcmd WHEN '*' THEN polqual END), polrelid), 'true') = 'true') AS "openInserts",
      (SELECT count(*)::integer FROM pg_policy WHERE polrelid = c.oid AND NOT polpermissive) AS restrictions,
      CASE WHEN c.relrowsecurity THEN (SELECT format('(%s) AND (%s)',
          coalesce(string_agg(format('(%s)', coalesce(pg_get_expr(polqual, polrelid), 'true')), ' OR ' ORDER BY polname) FILTER (WHERE polpermissive), 'false'),
          coalesce(string_agg(format('(%s)', coalesce(pg_get_expr(polqual, polrelid), 'true')), ' AND ' ORDER BY polname) FILTER (WHERE NOT polpermissive), 'true'))
        FROM pg_policy WHERE polrelid = c.oid AND polcmd IN ('*', 'r')) END AS shown,
      CASE WHEN c.relrowsecurity THEN (SELECT format('(%s) AND (%s)',
          coalesce(string_agg(format('(%s)', coalesce(pg_get_expr(coalesce(polwithcheck, CASE polcmd WHEN '*' THEN polqual END), polrelid), 'true')), ' OR ' ORDER BY polname) FILTER (WHERE polpermissive), 'false'),
          coalesce(string_agg(format('(%s)', coalesce(pg_get_expr(coalesce(polwithcheck, CASE polcmd WHEN '*' THEN polqual END), polrelid), 'true')), ' AND ' ORDER BY polname) FILTER (WHERE NOT polpermissive), 'true'))
        FROM pg_policy WHERE polrelid = c.oid AND polcmd IN ('*', 'a')) END AS admitted,
      (SELECT count(*)::integer FROM aclexplode(c.relacl) a WHERE a.privilege_type = 'SELECT' AND a.grantee <> c.relowner) AS readers,
      EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal AND tgtype & 7 = 7) AS "isFilledByTrigger",
      (SELECT coalesce(json_agg(inhparent::bigint), '[]') FROM pg_inherits WHERE inhrelid = c.oid) AS parents,
      CASE WHEN c.relkind IN ('r', 'p', 'v', 'm', 'f') THEN (SELECT coalesce(json_agg(json_build_object('number', attnum, 'name', attname,
          'type', format_type(atttypid, atttypmod), 'notNull', attnotnull, 'isFilled', atthasdef OR attidentity <> '',
          'isGenerated', attgenerated <> '' OR attidentity = 'a') ORDER BY attnum), '[]')
        FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) ELSE '[]' END AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
    WHERE c.oid >= 16384 AND n.nspname !~ '^pg_toast' AND n.nspname NOT IN (${['information_schema', ...ignored].map(quoteLiteral).join(', ')})
      AND (${which})`
}

/** Reads all relations, but for those of the schemas that are ignored. */
export async function readPicture(connection: Connection, ignored: readonly string[]): Promise<Picture> {
  const [found] = await connection.run(pictureQuery('true', ignored))
  return pictured(found?.rows ?? [])
}

export function pictured(rows: readonly Row[]): Picture {
  return new Map(
    rows.map((row) => {
      const relation = {
        ...(row as unknown as PicturedRelation),
        oid: Number(row['oid']),
        file: Number(row['file']),
        table: row['table'] === null ? null : Number(row['table']),
        policies: Number(row['policies']),
        openPolicies: Number(row['openPolicies']),
        openInserts: Number(row['openInserts']),
        keys: (row['keys'] ?? []) as readonly number[],
        parents: (row['parents'] as readonly unknown[]).map(Number),
      }
      return [relation.oid, relation]
    }),
  )
}

/** As people write it where the schema is the usual one. */
export function relationName({ schema, name }: Pick<PicturedRelation, 'schema' | 'name'>): string {
  return schema === 'public' || schema.startsWith('pg_temp') ? name : `${schema}.${name}`
}
