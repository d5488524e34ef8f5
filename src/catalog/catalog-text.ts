import { columnOptions } from '../operations/column-options.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { usualNotNullName } from './not-null-name.ts'

/**
 * All that `pg_dump --schema-only` shows of a database, as sorted lines in PostgreSQL's own words: two databases are
 * alike where their lines are. OIDs and the order of a table's columns are left out, since what is made again comes
 * last. Works on PostgreSQL 13 to 18.
 */
export async function catalogText(
  query: (sql: string) => Promise<readonly { readonly [column: string]: unknown }[]>,
  options: CatalogTextOptions = {},
): Promise<readonly string[]> {
  return catalogLines(await query(catalogQuery(options)))
}

/** The one query for it. PostgreSQL takes longer to plan it than to run it: who asks again and again prepares it. */
export function catalogQuery({
  ledgerSchema = 'limbeck',
  ofDatabase = true,
  notNullNames = 'all',
}: CatalogTextOptions = {}): string {
  const parts = ofDatabase ? [...lines, database] : lines
  const text = parts
    .join('\nUNION ALL\n')
    .replaceAll(ledger, quoteLiteral(ledgerSchema))
    // A dollar means something in a text that replaces.
    .replaceAll(constraintName, () => (notNullNames === 'all' ? 'k.conname' : chosenName))
  return `SELECT line FROM (\n${text}\n) catalog ORDER BY line COLLATE "C"`
}

/** The text of the rows that it gives. */
export function catalogLines(rows: readonly { readonly [column: string]: unknown }[]): readonly string[] {
  return rows.map((row) => String(row['line']))
}

export type CatalogTextOptions = {
  /** The schema that is left out. Default: `limbeck`. */
  readonly ledgerSchema?: string
  /** Owner and privileges of the database itself too. Default: true. */
  readonly ofDatabase?: boolean
  /** The names of NOT NULL constraints, which PostgreSQL has from 18 on: all of them, or those that somebody has chosen. Default: all. */
  readonly notNullNames?: 'all' | 'chosen'
}

/** What the server has from its beginning has smaller ones. https://www.postgresql.org/docs/current/system-catalog-initial-data.html#SYSTEM-CATALOG-OID-ASSIGNMENT */
const firstUserOid = 16384

/** Stands in the queries for the name of the ledger's schema. */
const ledger = ':ledger'

/** Stands in the queries for the name of a constraint. */
const constraintName = ':constraint'

const chosenName = `CASE WHEN k.contype <> 'n' OR k.conname !~ '${usualNotNullName}' THEN k.conname END`

/** Schemas of users: neither PostgreSQL's own nor the ledger's. */
const isOurs = (schema: string) =>
  `${schema} !~ '^pg_' AND ${schema} NOT IN ('information_schema', ${ledger})`

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

/**
 * A partition's columns always come from its parent; whether they were its own first is no difference. Of a name that the catalog lacks before 14
 * the outer one is meant: a row as JSON would take half of the time that all of this takes.
 */
const columns = `SELECT line FROM (SELECT NULL::"char" AS attcompression) lacking CROSS JOIN LATERAL (
SELECT format('column %s.%I %s collation %s not null %s default %s identity %s generated %s storage %s compression %s statistics %s options %s acl %s inherited %s %s',
  c.oid::regclass, a.attname, format_type(a.atttypid, a.atttypmod),
  CASE WHEN a.attcollation <> 0 THEN a.attcollation::regcollation END, a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
  a.attidentity, a.attgenerated, a.attstorage, attcompression, nullif(a.attstattarget, -1),
  (SELECT string_agg(o, ',' ORDER BY o) FROM unnest(${columnOptions('a.attoptions')}) o),
  (SELECT string_agg(x::text, ',' ORDER BY x::text COLLATE "C") FROM unnest(a.attacl) x),
  a.attinhcount, CASE WHEN NOT c.relispartition THEN a.attislocal END) AS line
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid >= ${firstUserOid} AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND ${isOurs('n.nspname')}
  AND ${ofNoExtension('pg_class', 'c.oid')}) found`

const views = `SELECT format('definition of %s: %s', c.oid::regclass, pg_get_viewdef(c.oid))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}`

const partitioning = `SELECT format('%s is partitioned by %s', c.oid::regclass, pg_get_partkeydef(c.oid))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'p' AND ${isOurs('n.nspname')}
UNION ALL
SELECT format('%s inherits from %s %s', i.inhrelid::regclass, i.inhparent::regclass, pg_get_expr(c.relpartbound, c.oid))
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${isOurs('n.nspname')}`

const constraints = `SELECT format('constraint %s of %s: %s (type %s, valid %s, inherited %s %s)', quote_ident(${constraintName}),
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

const eventTriggers = `SELECT format('event trigger %I on %s tags %s function %s enabled %s owner %s', evtname, evtevent,
  (SELECT string_agg(quote_literal(tag), ', ' ORDER BY tag) FROM unnest(evttags) tag), evtfoid::regprocedure, evtenabled,
  pg_get_userbyid(evtowner))
FROM pg_event_trigger o WHERE ${ofNoExtension('pg_event_trigger', 'o.oid')}`

const policies = `SELECT format('policy %I on %I.%I %s for %s to %s using %s check %s', policyname, schemaname, tablename, permissive, cmd, roles, qual, with_check)
FROM pg_policies WHERE ${isOurs('schemaname')}`

/** All that CREATE AGGREGATE says, of a row of pg_proc p. */
const aggregate = `(SELECT format('aggregate (%s) kind %s direct %s sfunc %s stype %s sspace %s initcond %L final %s %s %s combine %s serial %s %s moving %s %s stype %s sspace %s initcond %L final %s %s %s sortop %s parallel %s',
    pg_get_function_arguments(p.oid), aggkind, aggnumdirectargs, aggtransfn, format_type(aggtranstype, NULL), aggtransspace,
    agginitval, aggfinalfn, aggfinalextra, aggfinalmodify, aggcombinefn, aggserialfn, aggdeserialfn, aggmtransfn, aggminvtransfn,
    format_type(nullif(aggmtranstype, 0), NULL), aggmtransspace, aggminitval, aggmfinalfn, aggmfinalextra, aggmfinalmodify,
    aggsortop::regoperator, p.proparallel) FROM pg_aggregate WHERE aggfnoid = p.oid)`

const functions = `SELECT format('routine %s owner %s acl %s: %s', p.oid::regprocedure, pg_get_userbyid(p.proowner),
  ${privileges('p.proacl', 'f', 'p.proowner')}, CASE p.prokind WHEN 'a' THEN ${aggregate} ELSE pg_get_functiondef(p.oid) END)
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.oid >= ${firstUserOid} AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_proc', 'p.oid')}`

/** Enums with their labels in order, domains, ranges; a table's own row type and array types go with what they are of. */
const types = `SELECT format('type %s kind %s owner %s acl %s labels %s base %s not null %s default %s collation %s range of %s category %s %s',
  t.oid::regtype, t.typtype, pg_get_userbyid(t.typowner), ${privileges('t.typacl', 'T', 't.typowner')},
  (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid),
  CASE WHEN t.typbasetype <> 0 THEN format_type(t.typbasetype, t.typtypmod) END, t.typnotnull, t.typdefault,
  CASE WHEN t.typcollation <> 0 THEN t.typcollation::regcollation END,
  (SELECT format('%s class %s collation %s canonical %s diff %s multirange %s', rngsubtype::regtype,
      pg_describe_object('pg_opclass'::regclass, rngsubopc, 0), nullif(rngcollation, 0)::regcollation, rngcanonical, rngsubdiff,
      (${newer('r', 'rngmultitypid')})::oid::regtype) FROM pg_range r WHERE rngtypid = t.oid),
  t.typcategory, t.typispreferred)
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.oid >= ${firstUserOid} AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_type', 't.oid')} AND t.typelem = 0
  AND NOT EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c')`

const sequences = `SELECT format('sequence %s %s start %s increment %s from %s to %s cache %s cycle %s owned by %s',
  s.seqrelid::regclass, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
  (SELECT pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid) FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.deptype IN ('a', 'i')))
FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${isOurs('n.nspname')}`

/** Without the encoding, which a copy has from its original and nobody can say. */
const collations = `SELECT format('collation %I.%I owner %s provider %s deterministic %s collate %s ctype %s locale %s rules %s version %s',
  nspname, collname, pg_get_userbyid(collowner), collprovider, collisdeterministic, collcollate, collctype,
  coalesce(${newer('o', 'colllocale')}, ${newer('o', 'colliculocale')}), ${newer('o', 'collicurules')}, collversion)
FROM pg_collation o JOIN pg_namespace n ON n.oid = collnamespace
WHERE ${isOurs('nspname')} AND ${ofNoExtension('pg_collation', 'o.oid')}`

const casts = `SELECT format('cast from %s to %s function %s context %s method %s', castsource::regtype, casttarget::regtype,
  nullif(castfunc, 0)::regprocedure, castcontext, castmethod)
FROM pg_cast o WHERE oid >= ${firstUserOid} AND ${ofNoExtension('pg_cast', 'o.oid')}`

const operators = `SELECT format('operator %s owner %s kind %s function %s result %s commutator %s negator %s restrict %s join %s hashes %s merges %s',
  o.oid::regoperator, pg_get_userbyid(oprowner), oprkind, oprcode::oid::regprocedure, oprresult::regtype, oprcom::regoperator,
  oprnegate::regoperator, oprrest, oprjoin, oprcanhash, oprcanmerge)
FROM pg_operator o JOIN pg_namespace n ON n.oid = oprnamespace
WHERE ${isOurs('nspname')} AND ${ofNoExtension('pg_operator', 'o.oid')}`

const operatorClasses = `SELECT format('%s owner %s for %s stores %s default %s in %s', pg_describe_object('pg_opclass'::regclass, o.oid, 0),
  pg_get_userbyid(opcowner), opcintype::regtype, opckeytype::regtype, opcdefault, pg_describe_object('pg_opfamily'::regclass, opcfamily, 0))
FROM pg_opclass o WHERE oid >= ${firstUserOid} AND ${ofNoExtension('pg_opclass', 'o.oid')}
UNION ALL
SELECT format('%s owner %s', pg_describe_object('pg_opfamily'::regclass, o.oid, 0), pg_get_userbyid(opfowner))
FROM pg_opfamily o WHERE oid >= ${firstUserOid} AND ${ofNoExtension('pg_opfamily', 'o.oid')}
UNION ALL
SELECT format('%s orders by %s as part of %s %s', pg_describe_object(d.classid, d.objid, 0),
  (SELECT amopsortfamily FROM pg_amop WHERE oid = d.objid AND d.classid = 'pg_amop'::regclass),
  pg_describe_object(refclassid, refobjid, 0), deptype)
FROM pg_depend d WHERE classid IN ('pg_amop'::regclass, 'pg_amproc'::regclass) AND objid >= ${firstUserOid}
  AND refclassid IN ('pg_opclass'::regclass, 'pg_opfamily'::regclass)
  AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = d.refclassid AND e.objid = d.refobjid AND e.deptype = 'e')`

const textSearch = `SELECT format('text search configuration %s owner %s parser %s', o.oid::regconfig, pg_get_userbyid(cfgowner),
  pg_describe_object('pg_ts_parser'::regclass, cfgparser, 0))
FROM pg_ts_config o JOIN pg_namespace n ON n.oid = cfgnamespace WHERE ${isOurs('nspname')} AND ${ofNoExtension('pg_ts_config', 'o.oid')}
UNION ALL
SELECT format('text search configuration %s maps %s to %s', o.oid::regconfig,
  (SELECT alias FROM ts_token_type(cfgparser) t WHERE t.tokid = m.maptokentype), string_agg(mapdict::regdictionary::text, ', ' ORDER BY mapseqno))
FROM pg_ts_config_map m JOIN pg_ts_config o ON o.oid = mapcfg JOIN pg_namespace n ON n.oid = cfgnamespace
WHERE ${isOurs('nspname')} AND ${ofNoExtension('pg_ts_config', 'o.oid')} GROUP BY o.oid, cfgparser, maptokentype
UNION ALL
SELECT format('text search dictionary %s owner %s template %s options %s', o.oid::regdictionary, pg_get_userbyid(dictowner),
  pg_describe_object('pg_ts_template'::regclass, dicttemplate, 0), dictinitoption)
FROM pg_ts_dict o JOIN pg_namespace n ON n.oid = dictnamespace WHERE ${isOurs('nspname')} AND ${ofNoExtension('pg_ts_dict', 'o.oid')}
UNION ALL
SELECT format('%s start %s token %s end %s headline %s types %s', pg_describe_object('pg_ts_parser'::regclass, o.oid, 0),
  prsstart, prstoken, prsend, prsheadline, prslextype)
FROM pg_ts_parser o JOIN pg_namespace n ON n.oid = prsnamespace WHERE ${isOurs('nspname')} AND ${ofNoExtension('pg_ts_parser', 'o.oid')}
UNION ALL
SELECT format('%s init %s lexize %s', pg_describe_object('pg_ts_template'::regclass, o.oid, 0), tmplinit, tmpllexize)
FROM pg_ts_template o JOIN pg_namespace n ON n.oid = tmplnamespace WHERE ${isOurs('nspname')} AND ${ofNoExtension('pg_ts_template', 'o.oid')}`

const statistics = `SELECT format('statistics %s target %s owner %s', pg_get_statisticsobjdef(s.oid),
  nullif(${newer('s', 'stxstattarget')}, '-1'), pg_get_userbyid(s.stxowner))
FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE ${isOurs('n.nspname')}`

/** What a publication sends is in catalogs that 13 does not have; a view shows row filters and columns from 15 on. */
const publications = `SELECT format('publication %I owner %s all tables %s insert %s update %s delete %s truncate %s via root %s generated %s',
  pubname, pg_get_userbyid(pubowner), puballtables, pubinsert, pubupdate, pubdelete, pubtruncate, pubviaroot, ${newer('p', 'pubgencols')})
FROM pg_publication p
UNION ALL
SELECT format('publication %I sends %s, columns %s', pubname, prrelid::regclass, ${newer('r', 'prattrs')})
FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid
UNION ALL
SELECT format('publication sends %s', jsonb_set(to_jsonb(t), '{attnames}',
  coalesce((SELECT jsonb_agg(a ORDER BY a) FROM jsonb_array_elements(to_jsonb(t) -> 'attnames') a), 'null'), false)) FROM pg_publication_tables t WHERE ${isOurs('schemaname')}
UNION ALL
SELECT pg_describe_object(classid, objid, 0) FROM pg_depend WHERE classid = to_regclass('pg_publication_namespace') AND deptype = 'a'`

const subscriptions = `SELECT format('subscription %s', to_jsonb(s) - 'oid' - 'subdbid' - 'subskiplsn')
FROM pg_subscription s WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())`

const sortedOptions = (options: string) => `(SELECT string_agg(o, ',' ORDER BY o) FROM unnest(${options}) o)`

const foreign = `SELECT format('foreign data wrapper %I owner %s handler %s validator %s options %s acl %s', fdwname, pg_get_userbyid(fdwowner),
  nullif(fdwhandler, 0)::regproc, nullif(fdwvalidator, 0)::regproc, ${sortedOptions('fdwoptions')}, ${privileges('fdwacl', 'F', 'fdwowner')})
FROM pg_foreign_data_wrapper f WHERE ${ofNoExtension('pg_foreign_data_wrapper', 'f.oid')}
UNION ALL
SELECT format('server %I owner %s of %I type %s version %s options %s acl %s', srvname, pg_get_userbyid(srvowner), fdwname, srvtype,
  srvversion, ${sortedOptions('srvoptions')}, ${privileges('srvacl', 'S', 'srvowner')})
FROM pg_foreign_server JOIN pg_foreign_data_wrapper f ON f.oid = srvfdw
UNION ALL
SELECT format('user mapping of %s on %I options %s', usename, srvname, ${sortedOptions('umoptions')}) FROM pg_user_mappings
UNION ALL
SELECT format('foreign table %s on %I options %s', ftrelid::regclass, srvname, ${sortedOptions('ftoptions')})
FROM pg_foreign_table JOIN pg_foreign_server s ON s.oid = ftserver
UNION ALL
SELECT format('column %I of %s foreign options %s', attname, attrelid::regclass, ${sortedOptions('attfdwoptions')})
FROM pg_attribute WHERE attrelid >= ${firstUserOid} AND attfdwoptions IS NOT NULL`

const comments = `SELECT format('comment on %s: %s', pg_describe_object(classoid, objoid, objsubid), description)
FROM pg_description o WHERE objoid >= ${firstUserOid}
  AND pg_describe_object(classoid, objoid, objsubid) <> 'schema ' || quote_ident(${ledger})
  AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = o.classoid AND e.objid = o.objoid AND e.deptype = 'e')`

const defaultPrivileges = `SELECT format('default privileges of %s in %s for %s: %s', pg_get_userbyid(defaclrole),
  nullif(defaclnamespace, 0)::regnamespace, defaclobjtype,
  (SELECT string_agg(a::text, ',' ORDER BY a::text COLLATE "C") FROM unnest(defaclacl) a)) FROM pg_default_acl`

/** Of what came with PostgreSQL too: who may use a language is often changed. */
const languages = `SELECT format('language %I trusted %s handler %s inline %s validator %s owner %s acl %s', lanname, lanpltrusted,
  nullif(lanplcallfoid, 0)::regproc, nullif(laninline, 0)::regproc, nullif(lanvalidator, 0)::regproc,
  pg_get_userbyid(lanowner), ${privileges('lanacl', 'l', 'lanowner')}) FROM pg_language`

const accessMethods = `SELECT format('access method %I type %s handler %s', amname, amtype, amhandler)
FROM pg_am o WHERE oid >= ${firstUserOid} AND ${ofNoExtension('pg_am', 'o.oid')}`

const transforms = `SELECT format('transform for %s in %I from sql %s to sql %s', trftype::regtype, lanname,
  nullif(trffromsql, 0)::regprocedure, nullif(trftosql, 0)::regprocedure)
FROM pg_transform o JOIN pg_language l ON l.oid = trflang WHERE ${ofNoExtension('pg_transform', 'o.oid')}`

const conversions = `SELECT format('conversion %I.%I from %s to %s by %s default %s owner %s', nspname, conname,
  pg_encoding_to_char(conforencoding), pg_encoding_to_char(contoencoding), conproc, condefault, pg_get_userbyid(conowner))
FROM pg_conversion o JOIN pg_namespace n ON n.oid = connamespace
WHERE ${isOurs('nspname')} AND ${ofNoExtension('pg_conversion', 'o.oid')}`

const extensionDependencies = `SELECT format('%s depends on %s', pg_describe_object(classid, objid, objsubid),
  pg_describe_object(refclassid, refobjid, 0)) FROM pg_depend WHERE deptype = 'x'`

const largeObjects = `SELECT format('large object %s owner %s acl %s', oid, pg_get_userbyid(lomowner), ${privileges('lomacl', 'L', 'lomowner')})
FROM pg_largeobject_metadata`

/** Its name is the bench's own affair. */
const database = `SELECT format('database owner %s acl %s', pg_get_userbyid(datdba), ${privileges('datacl', 'd', 'datdba')})
FROM pg_database WHERE datname = current_database()`

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
  eventTriggers,
  policies,
  functions,
  types,
  sequences,
  collations,
  casts,
  operators,
  operatorClasses,
  textSearch,
  statistics,
  publications,
  subscriptions,
  foreign,
  comments,
  defaultPrivileges,
  languages,
  accessMethods,
  transforms,
  conversions,
  extensionDependencies,
  largeObjects,
]
