/** Everything that users can have in a database but the ledger, a line each, in PostgreSQL's own words. */
export const schemaText = `
WITH space AS (
  SELECT oid FROM pg_namespace
  WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'limbeck') AND nspname NOT LIKE 'pg_toast%'
), relation AS (
  SELECT c.oid::regclass::text AS name, c.* FROM pg_class c WHERE c.relnamespace IN (SELECT oid FROM space)
), line (text) AS (
  SELECT concat_ws(' ', 'relation', name, relkind, relpersistence, pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid))
  FROM relation
  UNION ALL
  SELECT concat_ws(' ', 'column', name, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
    attgenerated, (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = attrelid AND adnum = attnum))
  FROM relation JOIN pg_attribute ON attrelid = relation.oid WHERE attnum > 0 AND NOT attisdropped
  UNION ALL
  SELECT concat_ws(' ', 'constraint', name, conname, pg_get_constraintdef(k.oid), convalidated)
  FROM relation JOIN pg_constraint k ON conrelid = relation.oid
  UNION ALL
  SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid), inhparent::regclass,
    CASE WHEN NOT (indisvalid AND indisready AND indislive) THEN 'INVALID' END)
  FROM relation JOIN pg_index ON indrelid = relation.oid LEFT JOIN pg_inherits ON inhrelid = indexrelid
  UNION ALL
  SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), tgenabled)
  FROM relation JOIN pg_trigger t ON tgrelid = relation.oid WHERE NOT tgisinternal
  UNION ALL
  SELECT concat_ws(' ', 'function', pg_get_functiondef(p.oid)) FROM pg_proc p
  WHERE pronamespace IN (SELECT oid FROM space) AND prokind <> 'a'
    AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')
  UNION ALL
  SELECT concat_ws(' ', 'enum', enumtypid::regtype, string_agg(enumlabel, ', ' ORDER BY enumsortorder))
  FROM pg_enum GROUP BY enumtypid
  UNION ALL
  SELECT concat_ws(' ', 'extension', extname) FROM pg_extension
)
SELECT coalesce(string_agg(text, E'\\n' ORDER BY text COLLATE "C"), '') AS text FROM line`
