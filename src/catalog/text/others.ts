import { firstUserOid } from '../scope.ts'
import {
  comment,
  commentIsOurs,
  constraint,
  inheritance,
  isOurs,
  newer,
  ofNoExtension,
  privileges,
  sortedOptions,
} from './clauses.ts'

const schemas = `SELECT format('schema %I owner %s acl %s', nspname, pg_get_userbyid(nspowner), ${privileges('nspacl', 'n', 'nspowner')}) AS line
FROM pg_namespace WHERE ${isOurs('nspname')}`

const extensions = `SELECT format('extension %I version %s schema %s', extname, extversion, extnamespace::regnamespace)
FROM pg_extension`

const views = `SELECT format('definition of %s: %s', c.oid::regclass, pg_get_viewdef(c.oid)) AS line
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.oid >= ${firstUserOid} AND c.relkind IN ('v', 'm') AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}`

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
  AND (t.typrelid = 0 OR (SELECT relkind FROM pg_class WHERE oid = t.typrelid) = 'c')`

/** Without the encoding, which a copy has from its original and nobody can say. */
const collations = `SELECT format('collation %I.%I owner %s provider %s deterministic %s collate %s ctype %s locale %s rules %s version %s',
  nspname, collname, pg_get_userbyid(collowner), collprovider, collisdeterministic, collcollate, collctype,
  coalesce(${newer('o', 'colllocale')}, ${newer('o', 'colliculocale')}), ${newer('o', 'collicurules')}, collversion)
FROM pg_collation o JOIN pg_namespace n ON n.oid = collnamespace
WHERE ${isOurs('nspname')} AND ${ofNoExtension('pg_collation', 'o.oid')}`

const casts = `SELECT format('cast from %s to %s function %s context %s method %s', castsource::regtype, casttarget::regtype,
  nullif(castfunc, 0)::regprocedure, castcontext, castmethod)
FROM pg_cast o WHERE oid >= ${firstUserOid} AND ${ofNoExtension('pg_cast', 'o.oid')}`

/** Without those that are only the name of another's commutator or negator: they stay when that is dropped, and do nothing. */
const operators = `SELECT format('operator %s owner %s kind %s function %s result %s commutator %s negator %s restrict %s join %s hashes %s merges %s',
  o.oid::regoperator, pg_get_userbyid(oprowner), oprkind, oprcode::oid::regprocedure, oprresult::regtype, oprcom::regoperator,
  oprnegate::regoperator, oprrest, oprjoin, oprcanhash, oprcanmerge)
FROM pg_operator o JOIN pg_namespace n ON n.oid = oprnamespace
WHERE oprcode <> 0 AND ${isOurs('nspname')} AND ${ofNoExtension('pg_operator', 'o.oid')}`

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

const domainConstraints = `SELECT ${constraint('k.contypid::regtype')}
FROM pg_constraint k LEFT JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = k.connamespace
WHERE k.conrelid = 0 AND ${isOurs('n.nspname')}`

const attachedIndexes = `SELECT ${inheritance}
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('i', 'I') AND ${isOurs('n.nspname')}`

const statistics = `SELECT format('statistics %s target %s owner %s', pg_get_statisticsobjdef(s.oid),
  nullif(${newer('s', 'stxstattarget')}, '-1'), pg_get_userbyid(s.stxowner))
FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE ${isOurs('n.nspname')}`

/** What a publication sends is in catalogs that 13 does not have; a view shows row filters and columns from 15 on. */
const publications = `SELECT format('publication %I owner %s all tables %s insert %s update %s delete %s truncate %s via root %s generated %s',
  pubname, pg_get_userbyid(pubowner), puballtables, pubinsert, pubupdate, pubdelete, pubtruncate, pubviaroot, ${newer('p', 'pubgencols')})
FROM pg_publication p
UNION ALL
SELECT format('publication %I sends %s, columns %s', pubname, prrelid::regclass, (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attname COLLATE "C")
  FROM pg_attribute WHERE attrelid = prrelid AND to_jsonb(r) -> 'prattrs' @> to_jsonb(attnum)))
FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid
UNION ALL
SELECT format('publication sends %s', jsonb_set(to_jsonb(t), '{attnames}',
  coalesce((SELECT jsonb_agg(a ORDER BY a) FROM jsonb_array_elements(to_jsonb(t) -> 'attnames') a), 'null'), false)) FROM pg_publication_tables t WHERE ${isOurs('schemaname')}
UNION ALL
SELECT pg_describe_object(classid, objid, 0) FROM pg_depend WHERE classid = to_regclass('pg_publication_namespace') AND deptype = 'a'`

const subscriptions = `SELECT format('subscription %s owner %s', to_jsonb(s) - 'oid' - 'subdbid' - 'subskiplsn' - 'subowner', pg_get_userbyid(subowner))
FROM pg_subscription s WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())`

const foreignServers = `SELECT format('foreign data wrapper %I owner %s handler %s validator %s options %s acl %s', fdwname, pg_get_userbyid(fdwowner),
  nullif(fdwhandler, 0)::regproc, nullif(fdwvalidator, 0)::regproc, ${sortedOptions('fdwoptions')}, ${privileges('fdwacl', 'F', 'fdwowner')})
FROM pg_foreign_data_wrapper f WHERE ${ofNoExtension('pg_foreign_data_wrapper', 'f.oid')}
UNION ALL
SELECT format('server %I owner %s of %I type %s version %s options %s acl %s', srvname, pg_get_userbyid(srvowner), fdwname, srvtype,
  srvversion, ${sortedOptions('srvoptions')}, ${privileges('srvacl', 'S', 'srvowner')})
FROM pg_foreign_server JOIN pg_foreign_data_wrapper f ON f.oid = srvfdw
UNION ALL
SELECT format('user mapping of %s on %I options %s', usename, srvname, ${sortedOptions('umoptions')}) FROM pg_user_mappings`

const foreignTables = `SELECT format('foreign table %s on %I options %s', ftrelid::regclass, srvname, ${sortedOptions('ftoptions')})
FROM pg_foreign_table JOIN pg_foreign_server s ON s.oid = ftserver
UNION ALL
SELECT format('column %I of %s foreign options %s', attname, attrelid::regclass, ${sortedOptions('attfdwoptions')})
FROM pg_foreign_table JOIN pg_attribute ON attrelid = ftrelid WHERE attfdwoptions IS NOT NULL`

/** Those of relations and their columns are with them. */
const comments = `SELECT ${comment} FROM pg_description o WHERE o.classoid <> 'pg_class'::regclass AND ${commentIsOurs}`

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
  pg_describe_object(refclassid, refobjid, 0)) FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'x'`

const largeObjects = `SELECT format('large object %s owner %s acl %s', oid, pg_get_userbyid(lomowner), ${privileges('lomacl', 'L', 'lomowner')})
FROM pg_largeobject_metadata`

/** What is of no relation and names none, but for those whose rows are values: all of it a line. */
export const apartParts = [
  schemas,
  extensions,
  eventTriggers,
  collations,
  casts,
  operators,
  operatorClasses,
  textSearch,
  subscriptions,
  foreignServers,
  defaultPrivileges,
  languages,
  accessMethods,
  transforms,
  conversions,
  largeObjects,
] as const

/** What says more of relations than their names, or is in catalogs that each of them writes to. */
export const otherParts = [
  views,
  rules,
  policies,
  functions,
  types,
  domainConstraints,
  attachedIndexes,
  statistics,
  publications,
  foreignTables,
  comments,
  extensionDependencies,
] as const

/** Its name is the bench's own affair. */
export const databasePart = `SELECT format('database owner %s acl %s', pg_get_userbyid(datdba), ${privileges('datacl', 'd', 'datdba')})
FROM pg_database WHERE datname = current_database()`
