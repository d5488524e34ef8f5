import { isDeepStrictEqual } from 'node:util'
import type { Connection, Row } from '../connection/connection.ts'
import { runPrepared } from '../connection/prepared.ts'
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

/**
 * Two SELECTs whose rows `pictured` reads. `held`: what the OID of a relation has to be, as an operator and its right side. Policies are asked for
 * apart: most schemas have none, and PostgreSQL takes longer to plan what is asked of them than all else.
 */
export function pictureQueries(held: string | null, ignored: readonly string[]): readonly [string, string] {
  const isHeld = (oid: string) => (held === null ? 'true' : `${oid} ${held}`)
  const relations = `SELECT c.oid::bigint AS oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.relpersistence = 't' AS "isTemporary",
      c.relfilenode::bigint AS file, c.relrowsecurity AS "rowSecurity", i.indrelid::bigint AS "table", coalesce(i.indisvalid, true) AS "isValid",
      CASE WHEN i.indpred IS NULL AND c.relam = 403 THEN array_to_json(i.indkey::int2[]) ELSE '[]' END AS keys,
      (SELECT count(*)::integer FROM aclexplode(c.relacl) a WHERE a.privilege_type = 'SELECT' AND a.grantee <> c.relowner) AS readers,
      EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal AND tgtype & 7 = 7) AS "isFilledByTrigger",
      (SELECT coalesce(json_agg(inhparent::bigint), '[]') FROM pg_inherits WHERE inhrelid = c.oid) AS parents,
      CASE WHEN c.relkind IN ('r', 'p', 'v', 'm', 'f') THEN (SELECT coalesce(json_agg(json_build_object('number', attnum, 'name', attname,
          'type', format_type(atttypid, atttypmod), 'notNull', attnotnull, 'isFilled', atthasdef OR attidentity <> '',
          'isGenerated', attgenerated <> '' OR attidentity = 'a') ORDER BY attnum), '[]')
        FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) ELSE '[]' END AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
    WHERE c.oid >= 16384 AND n.nspname !~ '^pg_toast' AND n.nspname NOT IN (${['information_schema', ...ignored].map(quoteLiteral).join(', ')})
      AND ${isHeld('c.oid')}`
  const policies = `SELECT polrelid::bigint AS oid, count(*)::integer AS policies,
      count(*) FILTER (WHERE polpermissive AND ${forReading} AND ${using} = 'true')::integer AS "openPolicies",
      count(*) FILTER (WHERE polpermissive AND ${forInserting} AND ${checking} = 'true')::integer AS "openInserts",
      count(*) FILTER (WHERE NOT polpermissive)::integer AS restrictions,
      ${together(using, forReading)} AS shown, ${together(checking, forInserting)} AS admitted
    FROM pg_policy WHERE ${isHeld('polrelid')} GROUP BY polrelid`
  return [relations, policies]
}

const forReading = `polcmd IN ('*', 'r')`
const forInserting = `polcmd IN ('*', 'a')`

/** The condition of a policy; without one it lets everything pass. */
const using = `coalesce(pg_get_expr(polqual, polrelid), 'true')`
const checking = `coalesce(pg_get_expr(coalesce(polwithcheck, CASE polcmd WHEN '*' THEN polqual END), polrelid), 'true')`

/** One of those that permit, and all that restrict. https://www.postgresql.org/docs/current/sql-createpolicy.html */
function together(condition: string, which: string): string {
  const all = (operator: string, filter: string, none: string) =>
    `coalesce(string_agg(format('(%s)', ${condition}), ' ${operator} ' ORDER BY polname) FILTER (WHERE ${filter} AND ${which}), '${none}')`
  return `format('(%s) AND (%s)', ${all('OR', 'polpermissive', 'false')}, ${all('AND', 'NOT polpermissive', 'true')})`
}

/** What is said of a table without policies. */
const noPolicies = {
  policies: 0,
  openPolicies: 0,
  openInserts: 0,
  restrictions: 0,
  shown: '(false) AND (true)',
  admitted: '(false) AND (true)',
}

/**
 * Reads all relations, but for those of the schemas that are ignored. `earlier`: a table or sequence that looks as it did there is the same object, unless others
 * are part of what it shows.
 */
export async function readPicture(
  connection: Connection,
  ignored: readonly string[],
  earlier: Picture = new Map(),
): Promise<Picture> {
  const queries = pictureQueries(null, ignored).map((text) => ({ text }))
  const [relations = [], policies = []] = await runPrepared(connection, queries)
  const now = pictured(relations, policies)
  const parents = new Set([...earlier.values(), ...now.values()].flatMap((one) => one.parents))
  return new Map(
    [...now].map(([oid, is]) => {
      const was = earlier.get(oid)
      const isKept = (is.kind === 'r' || is.kind === 'S') && !parents.has(oid) && isDeepStrictEqual(was, is)
      return [oid, was !== undefined && isKept ? was : is]
    }),
  )
}

export function pictured(rows: readonly Row[], policies: readonly Row[]): Picture {
  const policiesOf = new Map(policies.map(({ oid, ...said }) => [Number(oid), said]))
  return new Map(
    rows.map((row) => {
      const oid = Number(row['oid'])
      const said = { ...noPolicies, ...policiesOf.get(oid) }
      const relation = {
        ...(row as unknown as PicturedRelation),
        ...said,
        ...(row['rowSecurity'] === true ? {} : { shown: null, admitted: null }),
        oid,
        file: Number(row['file']),
        table: row['table'] === null ? null : Number(row['table']),
        keys: (row['keys'] ?? []) as readonly number[],
        parents: (row['parents'] as readonly unknown[]).map(Number),
      }
      return [relation.oid, relation]
    }),
  )
}

/** Nobody asks a partition by its own name. */
export function isPartition(relation: PicturedRelation | undefined, picture: Picture): boolean {
  return relation?.parents.some((oid) => picture.get(oid)?.kind === 'p') === true
}

/** As people write it where the schema is the usual one. */
export function relationName({ schema, name }: Pick<PicturedRelation, 'schema' | 'name'>): string {
  return schema === 'public' || schema.startsWith('pg_temp') ? name : `${schema}.${name}`
}
