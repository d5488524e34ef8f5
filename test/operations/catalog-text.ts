/**
 * All that `pg_dump --schema-only` shows of a database, as sorted lines in PostgreSQL's own words: two databases are
 * alike where their lines are. OIDs and the order of a table's columns are left out, since what is made again comes
 * last. Works on PostgreSQL 13 to 18.
 */
export async function catalogText(
  query: (sql: string) => Promise<readonly { readonly [column: string]: unknown }[]>,
): Promise<readonly string[]> {
  const rows = await query(
    `SELECT line FROM (\n${lines.join('\nUNION ALL\n')}\n) catalog ORDER BY line COLLATE "C"`,
  )
  return rows.map((row) => String(row['line']))
}

/** Schemas of users: neither PostgreSQL's own nor the ledger's. */
const isOurs = (schema: string) =>
  `${schema} !~ '^pg_' AND ${schema} NOT IN ('information_schema', 'limbeck')`

/** What an extension brought is shown by the extension's own line. */
const ofNoExtension = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`

/** Privileges in one order, and the same whether they are the default or were granted in so many words. */
const privileges = (acl: string, type: string, owner: string) =>
  `(SELECT string_agg(a::text, ',' ORDER BY a::text COLLATE "C") FROM unnest(coalesce(${acl}, acldefault('${type}', ${owner}))) a)`

/** A column that not every major has. */
const newer = (row: string, column: string) => `to_jsonb(${row}) ->> '${column}'`

const schemas = `SELECT format('schema %I owner %s acl %s', nspname, pg_get_userbyid(nspowner), ${privileges('nspacl', 'n', 'nspowner')}) AS line
FROM pg_namespace WHERE ${isOurs('nspname')}`

const extensions = `SELECT format('extension %I version %s schema %s', extname, extversion, extnamespace::regnamespace)
FROM pg_extension`

const relations = `SELECT format('%s %s owner %s acl %s options %s persistence %s access method %s tablespace %s replica identity %s row security %s %s of type %s populated %s',
  CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
    WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' ELSE 'composite type' END,
  c.oid::regclass, pg_get_userbyid(c.relowner),
  CASE c.relkind WHEN 'S' THEN ${privileges('c.relacl', 's', 'c.relowner')} ELSE ${privileges('c.relacl', 'r', 'c.relowner')} END,
  (SELECT string_agg(o, ',' ORDER BY o) FROM unnest(c.reloptions) o), c.relpersistence, m.amname, t.spcname,
  c.relreplident, c.relrowsecurity, c.relforcerowsecurity,
  CASE WHEN c.reloftype <> 0 THEN c.reloftype::regtype END, c.relispopulated)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_tablespace t ON t.oid = c.reltablespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}`

/** A partition's columns always come from its parent; whether they were its own first is no difference. */
const columns = `SELECT format('column %s.%I %s collation %s not null %s default %s identity %s generated %s storage %s compression %s statistics %s options %s acl %s inherited %s %s',
  c.oid::regclass, a.attname, format_type(a.atttypid, a.atttypmod),
  CASE WHEN a.attcollation <> 0 THEN a.attcollation::regcollation END, a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
  a.attidentity, a.attgenerated, a.attstorage, ${newer('a', 'attcompression')}, nullif(a.attstattarget, -1),
  (SELECT string_agg(o, ',' ORDER BY o) FROM unnest(a.attoptions) o),
  (SELECT string_agg(x::text, ',' ORDER BY x::text COLLATE "C") FROM unnest(a.attacl) x),
  a.attinhcount, CASE WHEN NOT c.relispartition THEN a.attislocal END)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND ${isOurs('n.nspname')}
  AND ${ofNoExtension('pg_class', 'c.oid')}`

const views = `SELECT format('definition of %s: %s', c.oid::regclass, pg_get_viewdef(c.oid))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}`

const partitioning = `SELECT format('%s is partitioned by %s', c.oid::regclass, pg_get_partkeydef(c.oid))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'p' AND ${isOurs('n.nspname')}
UNION ALL
SELECT format('%s inherits from %s %s', i.inhrelid::regclass, i.inhparent::regclass, pg_get_expr(c.relpartbound, c.oid))
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${isOurs('n.nspname')}`

const constraints = `SELECT format('constraint %I of %s: %s (type %s, valid %s, inherited %s %s)', k.conname,
  CASE WHEN k.conrelid <> 0 THEN k.conrelid::regclass::text ELSE k.contypid::regtype::text END,
  pg_get_constraintdef(k.oid), k.contype, k.convalidated, k.coninhcount,
  CASE WHEN c.relispartition IS NOT TRUE THEN k.conislocal END)
FROM pg_constraint k LEFT JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = k.connamespace WHERE ${isOurs('n.nspname')}`

const indexes = `SELECT format('index %s valid %s ready %s clustered %s replica identity %s immediate %s owner %s tablespace %s statistics %s',
  pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisready, i.indisclustered, i.indisreplident, i.indimmediate,
  pg_get_userbyid(c.relowner), c.reltablespace,
  (SELECT string_agg(format('%s=%s', attnum, attstattarget), ',' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = c.oid AND nullif(attstattarget, -1) IS NOT NULL))
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${isOurs('n.nspname')}`

const triggers = `SELECT format('trigger %s enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND ${isOurs('n.nspname')}`

const rules = `SELECT format('rule %s enabled %s', pg_get_ruledef(r.oid), r.ev_enabled)
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE r.rulename <> '_RETURN' AND ${isOurs('n.nspname')}`

const policies = `SELECT format('policy %I on %I.%I %s for %s to %s using %s check %s', policyname, schemaname, tablename, permissive, cmd, roles, qual, with_check)
FROM pg_policies WHERE ${isOurs('schemaname')}`

const functions = `SELECT format('routine %s owner %s acl %s: %s', p.oid::regprocedure, pg_get_userbyid(p.proowner),
  ${privileges('p.proacl', 'f', 'p.proowner')}, CASE p.prokind WHEN 'a' THEN 'aggregate' ELSE pg_get_functiondef(p.oid) END)
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE ${isOurs('n.nspname')} AND ${ofNoExtension('pg_proc', 'p.oid')}`

/** Enums with their labels in order, domains, ranges; a table's own row type and array types go with what they are of. */
const types = `SELECT format('type %s kind %s owner %s acl %s labels %s base %s not null %s default %s collation %s range of %s',
  t.oid::regtype, t.typtype, pg_get_userbyid(t.typowner), ${privileges('t.typacl', 'T', 't.typowner')},
  (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid),
  CASE WHEN t.typbasetype <> 0 THEN format_type(t.typbasetype, t.typtypmod) END, t.typnotnull, t.typdefault,
  CASE WHEN t.typcollation <> 0 THEN t.typcollation::regcollation END,
  (SELECT rngsubtype::regtype FROM pg_range WHERE rngtypid = t.oid))
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE ${isOurs('n.nspname')} AND ${ofNoExtension('pg_type', 't.oid')} AND t.typelem = 0
  AND NOT EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c')`

const sequences = `SELECT format('sequence %s %s start %s increment %s from %s to %s cache %s cycle %s owned by %s',
  s.seqrelid::regclass, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
  (SELECT pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid) FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.deptype IN ('a', 'i')))
FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${isOurs('n.nspname')}`

const statistics = `SELECT format('statistics %s target %s owner %s', pg_get_statisticsobjdef(s.oid),
  nullif(${newer('s', 'stxstattarget')}, '-1'), pg_get_userbyid(s.stxowner))
FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE ${isOurs('n.nspname')}`

const firstUserOid = 16384

/** Kinds that no operation makes: that one is there, and its name, is enough. */
const others = [
  'pg_operator',
  'pg_opclass',
  'pg_opfamily',
  'pg_cast',
  'pg_collation',
  'pg_conversion',
  'pg_ts_config',
  'pg_ts_dict',
  'pg_event_trigger',
  'pg_publication',
]
  .map(
    (catalog) =>
      `SELECT pg_describe_object('${catalog}'::regclass, o.oid, 0) FROM ${catalog} o WHERE o.oid >= ${firstUserOid} AND ${ofNoExtension(catalog, 'o.oid')}`,
  )
  .join('\nUNION ALL\n')

const comments = `SELECT format('comment on %s: %s', pg_describe_object(classoid, objoid, objsubid), description)
FROM pg_description o WHERE objoid >= ${firstUserOid}
  AND pg_describe_object(classoid, objoid, objsubid) <> 'schema limbeck'
  AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = o.classoid AND e.objid = o.objoid AND e.deptype = 'e')`

const defaultPrivileges = `SELECT format('default privileges of %s in %s for %s: %s', pg_get_userbyid(defaclrole),
  nullif(defaclnamespace, 0)::regnamespace, defaclobjtype, defaclacl) FROM pg_default_acl`

const lines = [
  schemas,
  extensions,
  relations,
  columns,
  views,
  partitioning,
  constraints,
  indexes,
  triggers,
  rules,
  policies,
  functions,
  types,
  sequences,
  statistics,
  others,
  comments,
  defaultPrivileges,
]
