import { columnOptions } from '../../operations/column-options.ts'
import { firstUserOid } from '../scope.ts'
import {
  comment,
  commentIsOurs,
  constraint,
  inheritance,
  isOurs,
  ofNoExtension,
  privileges,
  sortedOptions,
} from './clauses.ts'

const relations = `SELECT c.oid AS relation, format('%s %s owner %s acl %s options %s persistence %s access method %s tablespace %s replica identity %s row security %s %s of type %s populated %s',
  CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
    WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' ELSE 'composite type' END,
  c.oid::regclass, pg_get_userbyid(c.relowner),
  CASE c.relkind WHEN 'S' THEN ${privileges('c.relacl', 's', 'c.relowner')} ELSE ${privileges('c.relacl', 'r', 'c.relowner')} END,
  ${sortedOptions('c.reloptions')}, c.relpersistence, m.amname, t.spcname,
  c.relreplident, c.relrowsecurity, c.relforcerowsecurity,
  CASE WHEN c.reloftype <> 0 THEN c.reloftype::regtype END, c.relispopulated) AS line
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_tablespace t ON t.oid = c.reltablespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}`

/**
 * A partition's columns always come from its parent; whether they were its own first is no difference. Of a name that the catalog lacks before 14
 * the outer one is meant: a row as JSON would take half of the time that all of this takes.
 */
const columns = `SELECT relation, line FROM (SELECT NULL::"char" AS attcompression) lacking CROSS JOIN LATERAL (
SELECT a.attrelid AS relation, format('column %s.%I %s collation %s not null %s default %s identity %s generated %s storage %s compression %s statistics %s options %s acl %s inherited %s %s',
  c.oid::regclass, a.attname, format_type(a.atttypid, a.atttypmod),
  CASE WHEN a.attcollation <> 0 THEN a.attcollation::regcollation END, a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
  a.attidentity, a.attgenerated, a.attstorage, attcompression, nullif(a.attstattarget, -1),
  ${sortedOptions(columnOptions('a.attoptions'))},
  (SELECT string_agg(x::text, ',' ORDER BY x::text COLLATE "C") FROM unnest(a.attacl) x),
  a.attinhcount, CASE WHEN NOT c.relispartition THEN a.attislocal END) AS line
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid >= ${firstUserOid} AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND ${isOurs('n.nspname')}
  AND ${ofNoExtension('pg_class', 'c.oid')}) found`

const partitioning = `SELECT c.oid, format('%s is partitioned by %s', c.oid::regclass, pg_get_partkeydef(c.oid))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'p' AND ${isOurs('n.nspname')}
UNION ALL
SELECT c.oid, ${inheritance}
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind NOT IN ('i', 'I') AND ${isOurs('n.nspname')}`

const constraints = `SELECT k.conrelid, ${constraint('k.conrelid::regclass')}
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = k.connamespace WHERE ${isOurs('n.nspname')}`

const indexes = `SELECT i.indrelid, format('index %s valid %s ready %s clustered %s replica identity %s immediate %s owner %s tablespace %s statistics %s',
  pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisready, i.indisclustered, i.indisreplident, i.indimmediate,
  pg_get_userbyid(c.relowner), c.reltablespace,
  (SELECT string_agg(format('%s=%s', attnum, attstattarget), ',' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = c.oid AND nullif(attstattarget, -1) IS NOT NULL))
FROM pg_index i CROSS JOIN LATERAL (SELECT * FROM pg_class WHERE oid = i.indexrelid OFFSET 0) c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${isOurs('n.nspname')}`

const triggers = `SELECT t.tgrelid, format('trigger %s enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND ${isOurs('n.nspname')}`

const sequences = `SELECT s.seqrelid, format('sequence %s %s start %s increment %s from %s to %s cache %s cycle %s owned by %s',
  s.seqrelid::regclass, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
  (SELECT pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid) FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.deptype IN ('a', 'i')))
FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${isOurs('n.nspname')}`

const comments = `SELECT coalesce(x.indrelid, o.objoid), ${comment}
FROM pg_description o LEFT JOIN pg_index x ON x.indexrelid = o.objoid
WHERE o.classoid = 'pg_class'::regclass AND ${commentIsOurs}`

/** What is of one relation: its OID, and a line. Other relations are in it by their names and columns' names alone. */
export const relationParts = [
  relations,
  columns,
  partitioning,
  constraints,
  indexes,
  triggers,
  sequences,
  comments,
] as const
