import { scopeOf } from '../catalog/scope.ts'
import type { Connection } from '../connection/connection.ts'
import { oidsValue, type Repeated, runPrepared } from '../connection/prepared.ts'
import { quoteLiteral } from '../sql/literal.ts'

/** What the catalogs say of the tables, as rows; all of it in one message. */
export type SampleCatalog = {
  readonly relations: readonly RelationRow[]
  readonly columns: readonly ColumnRow[]
  readonly types: readonly TypeRow[]
  readonly checks: readonly CheckRow[]
  readonly foreignKeys: readonly ForeignKeyRow[]
  readonly indexes: readonly IndexRow[]
}

export type RelationRow = {
  readonly oid: number
  readonly schema: string
  readonly name: string
  /** `r` an ordinary table, `p` a partitioned one, `f` a foreign one. */
  readonly kind: 'r' | 'p' | 'f'
  /** Of which it is a partition. */
  readonly parent: number | null
  /** What its rows have to be, as a partition. */
  readonly bound: string | null
  readonly has_rules: boolean
  /** Whether triggers of the user's fire on INSERT. */
  readonly has_triggers: boolean
  /** Triggers that fire even where session_replication_role keeps the others quiet, with how they are enabled. */
  readonly loud_triggers: readonly { readonly name: string; readonly enabled: 'ALWAYS' | 'REPLICA' }[]
}

export type ColumnRow = {
  readonly relation: number
  readonly name: string
  readonly type: number
  readonly modifier: number
  readonly type_name: string
  readonly not_null: boolean
  readonly identity: '' | 'a' | 'd'
  readonly generated: '' | 's' | 'v'
  /** What a generated column is. */
  readonly expression: string | null
  /** What its default or identity takes its numbers of, as it stands in SQL. */
  readonly sequences: readonly string[]
}

export type TypeRow = {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly kind: 'b' | 'c' | 'd' | 'e' | 'p' | 'r' | 'm'
  readonly type_name: string
  readonly is_array: boolean
  /** An array's element, a domain's type, a range's subtype, a multirange's range. */
  readonly inner: number | null
  readonly inner_modifier: number
  readonly inner_name: string | null
  readonly not_null: boolean
  readonly labels: readonly string[] | null
  readonly checks: readonly string[] | null
  /** What the functions say that the checks call. */
  readonly bodies: readonly string[] | null
  readonly fields:
    | readonly { readonly type: number; readonly modifier: number; readonly name: string }[]
    | null
}

export type CheckRow = {
  readonly relation: number
  readonly name: string
  readonly expression: string
  readonly columns: readonly string[]
  /** What the functions say that it calls. */
  readonly bodies: readonly string[]
}

export type ForeignKeyRow = {
  readonly relation: number
  readonly name: string
  readonly columns: readonly string[]
  readonly target: number
  readonly target_columns: readonly string[]
  readonly match: 's' | 'f' | 'p'
}

export type IndexRow = {
  readonly relation: number
  /** No two rows may have the same; true for an EXCLUDE too. */
  readonly unique: boolean
  readonly deferrable: boolean
  readonly nulls_not_distinct: boolean
  /** The columns of its key; an expression is a null. */
  readonly columns: readonly (string | null)[]
  /** Its expressions and its predicate. */
  readonly expressions: readonly string[]
}

/** Asks for all of it, or for what is needed to fill some tables. */
export async function readSampleCatalog(
  connection: Pick<Connection, 'run' | 'transaction' | 'major'>,
  {
    ignoreSchemas,
    only,
    isAlone = false,
  }: {
    readonly ignoreSchemas: readonly string[]
    readonly only?: ReadonlySet<number> | undefined
    /** Without what they refer to, so that a key has whatever its type may have. */
    readonly isAlone?: boolean | undefined
  },
): Promise<SampleCatalog> {
  const { major } = connection
  const all = oursWithout(ignoreSchemas, major)
  const [found = []] = await runPrepared(connection, [
    only === undefined ? { text: all } : neededFor(only, { ours: all, isAlone }),
  ])
  const values = [oidsValue(found.map(({ oid }) => Number(oid)))]
  const queries = [relations, columns, types(major), checks(major), foreignKeys, indexes]
  const [relationRows, columnRows, typeRows, checkRows, keyRows, indexRows]: readonly unknown[] =
    await runPrepared(
      connection,
      queries.map((text) => ({ text, values })),
    )
  return {
    relations: relationRows as readonly RelationRow[],
    columns: columnRows as readonly ColumnRow[],
    types: typeRows as readonly TypeRow[],
    checks: checkRows as readonly CheckRow[],
    foreignKeys: isAlone ? [] : (keyRows as readonly ForeignKeyRow[]),
    indexes: indexRows as readonly IndexRow[],
  }
}

/** The tables that can have rows, and foreign ones, which are partitions that take none. */
function oursWithout(ignoreSchemas: readonly string[], major: number): string {
  const { isOurs, ofNoExtension } = scopeOf({ major, ledgerSchema: '' })
  const ignored = ['', ...ignoreSchemas].map(quoteLiteral).join(', ')
  return `SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND ${isOurs('n.nspname')}
    AND n.nspname NOT IN (${ignored}) AND ${ofNoExtension('pg_class', 'c.oid')}`
}

/** Some tables, what they refer to, be it by name alone, and the partitions of all of them. */
function neededFor(
  only: ReadonlySet<number>,
  { ours, isAlone }: { readonly ours: string; readonly isAlone: boolean },
): Repeated {
  const referred = `UNION ALL SELECT confrelid AS oid FROM pg_constraint WHERE contype = 'f' AND conrelid = needed.oid
        -- Of user_id, as of company_id, whatever begins like it: which one is meant is found out later.
        UNION ALL SELECT c.oid FROM pg_attribute a JOIN pg_class c ON starts_with(c.relname, regexp_replace(left(attname, -3), 'y$', ''))
          WHERE attrelid = needed.oid AND attnum > 0 AND attname ~ '._id$'`
  const text = `WITH RECURSIVE needed(oid) AS (
      SELECT unnest($1)
      UNION
      SELECT next.oid FROM needed CROSS JOIN LATERAL (
        SELECT inhparent AS oid FROM pg_inherits WHERE inhrelid = needed.oid
        UNION ALL SELECT inhrelid FROM pg_inherits WHERE inhparent = needed.oid
        ${isAlone ? '' : referred}
      ) AS next)
    SELECT oid FROM needed WHERE oid IN (${ours})`
  return { text, values: [oidsValue([...only])] }
}

/** Of the tables with the OIDs of the first parameter. */
const relations = `SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.relhasrules AS has_rules,
      EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal AND tgenabled <> 'D' AND tgtype::integer & 4 > 0) AS has_triggers,
      CASE WHEN c.relispartition THEN (SELECT inhparent FROM pg_inherits WHERE inhrelid = c.oid LIMIT 1) END AS parent,
      CASE WHEN c.relispartition AND c.relkind = 'r' THEN pg_get_partition_constraintdef(c.oid) END AS bound,
      COALESCE((SELECT json_agg(json_build_object('name', tgname,
          'enabled', CASE tgenabled WHEN 'A' THEN 'ALWAYS' ELSE 'REPLICA' END) ORDER BY tgname)
        FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal AND tgenabled IN ('A', 'R')), '[]') AS loud_triggers
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ANY ($1)
    ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`

/** Of each column those that it owns, and those that its default names. */
const sequences = `SELECT used.relation, used.number, array_agg(format('%I.%I', n.nspname, s.relname) ORDER BY s.oid) AS sequences
    FROM (
      SELECT s.oid, p.refobjid AS relation, p.refobjsubid AS number FROM pg_class s
      JOIN pg_depend p ON p.classid = 'pg_class'::regclass AND p.objid = s.oid AND p.refobjsubid > 0 AND p.deptype IN ('a', 'i')
      WHERE s.relkind = 'S'
      UNION
      SELECT s.oid, d.adrelid, d.adnum FROM pg_class s
      JOIN pg_depend p ON p.refclassid = 'pg_class'::regclass AND p.refobjid = s.oid AND p.classid = 'pg_attrdef'::regclass
      JOIN pg_attrdef d ON d.oid = p.objid WHERE s.relkind = 'S'
    ) AS used JOIN pg_class s ON s.oid = used.oid JOIN pg_namespace n ON n.oid = s.relnamespace
    GROUP BY used.relation, used.number`

const columns = `SELECT a.attrelid AS relation, a.attname AS name, a.atttypid AS type, a.atttypmod AS modifier,
      format_type(a.atttypid, a.atttypmod) AS type_name, a.attnotnull AS not_null,
      a.attidentity AS identity, a.attgenerated AS generated,
      CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END AS expression,
      COALESCE(numbers.sequences, '{}') AS sequences
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN (${sequences}) AS numbers ON numbers.relation = a.attrelid AND numbers.number = a.attnum
    WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid = ANY ($1) ORDER BY a.attrelid, a.attnum`

/** Those of the columns, and all that they are made of. */
function types(major: number): string {
  const multiranges = major < 14 ? '' : 'UNION ALL SELECT rngtypid FROM pg_range WHERE rngmultitypid = t.oid'
  const range = major < 14 ? 'r.rngtypid = t.oid' : 't.oid IN (r.rngtypid, r.rngmultitypid)'
  return `WITH RECURSIVE used(oid) AS (
      SELECT DISTINCT atttypid FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped AND attrelid = ANY ($1)
      UNION
      SELECT made.oid FROM used JOIN pg_type t ON t.oid = used.oid CROSS JOIN LATERAL (
        SELECT t.typelem AS oid WHERE t.typcategory = 'A' AND t.typelem <> 0
        UNION ALL SELECT t.typbasetype WHERE t.typtype = 'd'
        UNION ALL SELECT rngsubtype FROM pg_range WHERE rngtypid = t.oid ${multiranges}
        UNION ALL SELECT atttypid FROM pg_attribute WHERE t.typtype = 'c' AND attrelid = t.typrelid AND attnum > 0 AND NOT attisdropped
      ) AS made)
    SELECT t.oid, n.nspname AS schema, t.typname AS name, t.typtype AS kind, t.typnotnull AS not_null,
      format_type(t.oid, NULL) AS type_name, inside.oid AS inner, t.typtypmod AS inner_modifier,
      t.typcategory = 'A' AND t.typelem <> 0 AS is_array, format_type(inside.oid, t.typtypmod) AS inner_name,
      CASE WHEN t.typtype = 'e' THEN
        ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder) END AS labels,
      CASE WHEN t.typtype = 'd' THEN
        ARRAY(SELECT pg_get_expr(conbin, 0) FROM pg_constraint WHERE contypid = t.oid AND contype = 'c' ORDER BY conname) END AS checks,
      CASE WHEN t.typtype = 'd' THEN ARRAY(SELECT unnest(${bodiesOf('con.oid', major)}) FROM pg_constraint con WHERE contypid = t.oid) END AS bodies,
      CASE WHEN t.typtype = 'c' THEN COALESCE(
        (SELECT json_agg(json_build_object('type', atttypid::bigint, 'modifier', atttypmod, 'name', format_type(atttypid, atttypmod)) ORDER BY attnum)
        FROM pg_attribute WHERE attrelid = t.typrelid AND attnum > 0 AND NOT attisdropped), '[]') END AS fields
    FROM used JOIN pg_type t ON t.oid = used.oid JOIN pg_namespace n ON n.oid = t.typnamespace
    LEFT JOIN pg_range r ON ${range}
    CROSS JOIN LATERAL (SELECT CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN t.typelem WHEN t.typtype = 'd' THEN t.typbasetype
      WHEN t.typtype = 'r' THEN r.rngsubtype WHEN t.typtype = 'm' THEN r.rngtypid END AS oid) AS inside`
}

function checks(major: number): string {
  return `SELECT conrelid AS relation, conname AS name, pg_get_expr(conbin, conrelid) AS expression,
      ${namesOf('conkey', 'conrelid')} AS columns, ${bodiesOf('con.oid', major)} AS bodies
    FROM pg_constraint con WHERE contype = 'c' AND conrelid = ANY ($1) ORDER BY conrelid, conname COLLATE "C"`
}

/** Of the functions that a constraint depends on, those of others than PostgreSQL that have a text. */
function bodiesOf(constraint: string, major: number): string {
  const body = major < 14 ? 'p.prosrc' : 'COALESCE(pg_get_function_sqlbody(p.oid), p.prosrc)'
  return `ARRAY(SELECT ${body} FROM pg_depend d JOIN pg_proc p ON p.oid = d.refobjid JOIN pg_language l ON l.oid = p.prolang
      WHERE d.classid = 'pg_constraint'::regclass AND d.objid = ${constraint} AND d.refclassid = 'pg_proc'::regclass
        AND l.lanname IN ('sql', 'plpgsql') ORDER BY p.oid)`
}

/** Of a key that refers to a partitioned table there is a row for each of its partitions too. */
const foreignKeys = `SELECT conrelid AS relation, conname AS name, ${namesOf('conkey', 'conrelid')} AS columns, confrelid AS target,
      ${namesOf('confkey', 'confrelid')} AS target_columns, confmatchtype AS match
    FROM pg_constraint k WHERE contype = 'f' AND conrelid = ANY ($1)
      AND NOT EXISTS (SELECT FROM pg_constraint other WHERE other.oid = k.conparentid AND other.conrelid = k.conrelid)
    ORDER BY conrelid, conname COLLATE "C"`

const indexes = `SELECT i.indrelid AS relation, (i.indisunique OR i.indisexclusion) AND i.indisready AS unique, NOT i.indimmediate AS deferrable,
      COALESCE((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS nulls_not_distinct,
      ARRAY(SELECT attname::text FROM generate_series(0, i.indnkeyatts - 1) AS at
        LEFT JOIN pg_attribute ON attrelid = i.indrelid AND attnum = i.indkey[at] AND attnum > 0 ORDER BY at) AS columns,
      ARRAY(SELECT pg_get_indexdef(i.indexrelid, at + 1, false) FROM generate_series(0, i.indnkeyatts - 1) AS at
        WHERE i.indkey[at] = 0 ORDER BY at) || COALESCE(ARRAY[pg_get_expr(i.indpred, i.indrelid)], '{}') AS expressions
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = ANY ($1) AND (i.indisunique OR i.indisexclusion OR i.indexprs IS NOT NULL OR i.indpred IS NOT NULL)
    ORDER BY i.indrelid, c.relname COLLATE "C"`

/** The columns that an array of their numbers means, in its order. */
function namesOf(numbers: string, relation: string): string {
  return `ARRAY(SELECT attname::text FROM unnest(${numbers}) WITH ORDINALITY AS key(number, at)
    JOIN pg_attribute ON attrelid = ${relation} AND attnum = key.number ORDER BY key.at)`
}
