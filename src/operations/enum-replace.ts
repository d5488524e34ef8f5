import { derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import {
  constraints,
  functions,
  grants,
  indexes,
  policies,
  removeAll,
  restoreAll,
  triggers,
  views,
} from './dependents.ts'
import type { ReplaceEnum } from './enum.ts'

/**
 * One PL/pgSQL block that makes an enum type anew. It collects, from the catalog and in PostgreSQL's own words, the
 * statements that drop what stands in the way and the ones that bring it back; what it does not foresee makes one of
 * PostgreSQL's own commands fail, and the transaction with it.
 */
export function replaceEnumSql(fields: ReplaceEnum): string {
  const type = qualifiedName(fields)
  const retired = derivedName(fields.name, 'limbeck_retired')
  return doBlock(`
DECLARE
  enum_type regtype := ${quoteLiteral(type)};
  enum_array regtype := (SELECT typarray FROM pg_type WHERE oid = enum_type);
  mapping jsonb := ${quoteLiteral(JSON.stringify(fields.mapping ?? {}))};
  labels text[] := ${newLabels(fields)};
  remove text[] := '{}';
  restore text[] := '{}';
  found record;
  command text;
BEGIN
${blockers}
${views(usesEnum)}
${policies(usesEnum)}
${triggers(usesEnum)}
${constraints(usesEnum)}
${indexes(usesEnum)}
${defaults}
${functions(usesEnum)}

${removeAll}

  ALTER TYPE ${type} RENAME TO ${quoteIdentifier(retired)};
  EXECUTE format('CREATE TYPE ${type.replaceAll("'", "''").replaceAll('%', '%%')} AS ENUM (%s)',
    (SELECT string_agg(quote_literal(label), ', ' ORDER BY n) FROM unnest(labels) WITH ORDINALITY AS l (label, n)));
  FOR found IN SELECT pg_get_userbyid(typowner) AS owner, obj_description(oid, 'pg_type') AS remark, typacl
    FROM pg_type WHERE oid = enum_type
  LOOP
    EXECUTE format('ALTER TYPE %s OWNER TO %I', ${quoteLiteral(type)}, found.owner);
    EXECUTE format('COMMENT ON TYPE %s IS %L', ${quoteLiteral(type)}, found.remark);
    IF found.typacl IS NOT NULL THEN
      EXECUTE format('REVOKE ALL ON TYPE %s FROM PUBLIC', ${quoteLiteral(type)});
    END IF;
    FOREACH command IN ARRAY ARRAY(${grants("'USAGE'", `'TYPE ' || ${quoteLiteral(type)}`)} FROM aclexplode(found.typacl) g) LOOP
      EXECUTE command;
    END LOOP;
  END LOOP;

${columns(type)}

${restoreAll}
  EXECUTE format('DROP TYPE %s', enum_type);
END`)
}

function newLabels(fields: ReplaceEnum): string {
  if ('values' in fields) return `ARRAY[${fields.values.map(quoteLiteral).join(', ')}]::text[]`
  return `ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = enum_type
    AND enumlabel <> ALL (ARRAY[${fields.without.map(quoteLiteral).join(', ')}]::text[]) ORDER BY enumsortorder)`
}

const enumColumn = `(SELECT 1 FROM pg_attribute a WHERE a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      AND NOT a.attisdropped AND a.atttypid IN (enum_type, enum_array))`

/** Dependencies (pg_depend d) on the type, its array type, or a column of either. */
const usesEnum = `((d.refclassid = 'pg_type'::regclass AND d.refobjid IN (enum_type, enum_array))
    OR (d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND EXISTS ${enumColumn}))`

const blockers = `
  FOR found IN
    SELECT format_type(t.oid, NULL) AS name, 'the domain' AS what FROM pg_type t WHERE t.typbasetype IN (enum_type, enum_array)
    UNION ALL
    SELECT c.oid::regclass::text, 'the composite type' FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relkind = 'c' AND NOT a.attisdropped AND a.atttypid IN (enum_type, enum_array)
    UNION ALL
    SELECT rngtypid::regtype::text, 'the range type' FROM pg_range WHERE rngsubtype IN (enum_type, enum_array)
    UNION ALL
    -- Before PostgreSQL 15 the column itself depends on what its expression names, and not the expression.
    SELECT format('%s.%I', a.attrelid::regclass, a.attname), 'the generated column' FROM pg_attribute a
    JOIN pg_attrdef x ON x.adrelid = a.attrelid AND x.adnum = a.attnum
    JOIN pg_depend d ON (d.classid = 'pg_attrdef'::regclass AND d.objid = x.oid)
      OR (d.classid = 'pg_class'::regclass AND d.objid = a.attrelid AND d.objsubid = a.attnum)
    WHERE a.attgenerated <> '' AND ${usesEnum}
  LOOP
    RAISE EXCEPTION 'the enum % cannot be replaced: % % uses it', enum_type, found.what, found.name
      USING ERRCODE = 'feature_not_supported', HINT = 'Drop it before and create it again after, in the same revision.';
  END LOOP;`

const defaults = `
  -- A default that is one label follows the mapping; any other expression comes back as it was.
  FOR found IN
    SELECT a.attrelid::regclass::text AS relation, a.attname, pg_get_expr(x.adbin, x.adrelid) AS expression,
      (SELECT e.enumlabel FROM pg_enum e WHERE e.enumtypid = enum_type
        AND pg_get_expr(x.adbin, x.adrelid) = format('''%s''::%s', replace(e.enumlabel, '''', ''''''), enum_type)) AS label
    FROM pg_attribute a JOIN pg_attrdef x ON x.adrelid = a.attrelid AND x.adnum = a.attnum
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'f')
    WHERE a.atttypid IN (enum_type, enum_array) AND NOT a.attisdropped AND a.attgenerated = ''
  LOOP
    remove := remove || format('ALTER TABLE %s ALTER COLUMN %I DROP DEFAULT', found.relation, found.attname);
    restore := restore || format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT %s', found.relation, found.attname,
      CASE WHEN found.label IS NULL THEN found.expression ELSE quote_literal(coalesce(mapping ->> found.label, found.label)) END);
  END LOOP;`

function columns(type: string): string {
  return `  -- One ALTER TABLE a table, so that a table with several such columns is rewritten once.
  FOR found IN
    SELECT a.attrelid::regclass::text AS relation, string_agg(
      CASE WHEN a.atttypid = enum_type
        THEN format('ALTER COLUMN %1$I TYPE %2$s USING coalesce(%3$L::jsonb ->> %1$I::text, %1$I::text)::%2$s',
          a.attname, ${quoteLiteral(type)}, mapping)
        ELSE format('ALTER COLUMN %1$I TYPE %2$s[] USING pg_temp.limbeck_mapped(%1$I::text[], %3$L)::%2$s[]',
          a.attname, ${quoteLiteral(type)}, mapping) END, ', ' ORDER BY a.attnum) AS changes,
      bool_or(a.atttypid = enum_array) AS has_array
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.atttypid IN (enum_type, enum_array) AND NOT a.attisdropped AND a.attinhcount = 0 AND c.relkind IN ('r', 'p', 'f')
    GROUP BY a.attrelid ORDER BY relation
  LOOP
    -- A USING expression may hold no subquery, so an array is mapped by a function of this session's own. One of several
    -- dimensions stays as it is: the cast below stops the replacement if it holds a label that is gone.
    IF found.has_array THEN
      CREATE FUNCTION pg_temp.limbeck_mapped(labels text[], mapping jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE AS
        'SELECT CASE WHEN array_ndims(labels) > 1 THEN labels
          ELSE coalesce(array_agg(coalesce(mapping ->> label, label) ORDER BY n), labels) END
        FROM unnest(labels) WITH ORDINALITY AS l (label, n)';
    END IF;
    EXECUTE format('ALTER TABLE %s %s', found.relation, found.changes);
    IF found.has_array THEN
      DROP FUNCTION pg_temp.limbeck_mapped(text[], jsonb);
    END IF;
  END LOOP;`
}
