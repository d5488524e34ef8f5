import { derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
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
${views}
${policies}
${triggers}
${constraints}
${indexes}
${defaults}
${functions}

  FOREACH command IN ARRAY remove LOOP
    EXECUTE command;
  END LOOP;

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

  FOR i IN REVERSE cardinality(restore)..1 LOOP
    EXECUTE restore[i];
  END LOOP;
  EXECUTE format('DROP TYPE %s', enum_type);
END`)
}

function newLabels(fields: ReplaceEnum): string {
  if ('values' in fields) return `ARRAY[${fields.values.map(quoteLiteral).join(', ')}]::text[]`
  return `ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = enum_type
    AND enumlabel <> ALL (ARRAY[${fields.without.map(quoteLiteral).join(', ')}]::text[]) ORDER BY enumsortorder)`
}

/** The start of a query for GRANT statements, over the rows of `aclexplode(…) g`. */
function grants(privilege: string, object: string): string {
  return `SELECT format('GRANT %s ON %s TO %s%s', ${privilege}, ${object},
      CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
      CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)`
}

/** Restores the comment on what was found, if there is one. */
function restoreComment(catalog: string, object: string): string {
  return `restore := restore || ARRAY(SELECT format('COMMENT ON %s IS %L', ${object}, remark)
      FROM obj_description(found.oid, '${catalog}') d (remark) WHERE remark IS NOT NULL);`
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

const views = `
  -- Views on views come later in creation order than what they are made of, so they go first and come back last.
  FOR found IN
    WITH RECURSIVE used (view, depth) AS (
      SELECT r.ev_class, 1 FROM pg_depend d JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
      WHERE ${usesEnum}
      UNION
      SELECT r.ev_class, used.depth + 1 FROM used
      JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = used.view
      JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND r.ev_class <> used.view
    )
    SELECT c.oid, c.oid::regclass::text AS name, c.relkind, pg_get_viewdef(c.oid) AS definition,
      array_to_string(c.reloptions, ', ') AS options, pg_get_userbyid(c.relowner) AS owner, c.relacl, c.relispopulated
    FROM (SELECT view, max(depth) AS depth FROM used GROUP BY view) deepest JOIN pg_class c ON c.oid = view
    WHERE c.relkind IN ('v', 'm') ORDER BY depth DESC, c.oid DESC
  LOOP
    remove := remove || format('DROP %s %s', CASE found.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END, found.name);
    restore := restore || ARRAY(${grants('g.privilege_type', 'found.name')} FROM aclexplode(found.relacl) g);
    restore := restore || ARRAY(${grants("format('%s (%I)', g.privilege_type, attname)", 'found.name')}
      FROM pg_attribute CROSS JOIN aclexplode(attacl) g WHERE attrelid = found.oid);
    restore := restore || ARRAY(SELECT format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', found.name, attname, pg_get_expr(adbin, adrelid))
      FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE adrelid = found.oid);
    restore := restore || ARRAY(SELECT pg_get_ruledef(oid) FROM pg_rewrite WHERE ev_class = found.oid AND rulename <> '_RETURN');
    restore := restore || ARRAY(
      SELECT format('COMMENT ON %s %s IS %L',
        CASE WHEN o.objsubid > 0 THEN 'COLUMN' WHEN found.relkind = 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END,
        CASE WHEN o.objsubid > 0 THEN (SELECT format('%s.%I', found.name, attname) FROM pg_attribute
          WHERE attrelid = found.oid AND attnum = o.objsubid) ELSE found.name END, o.description)
      FROM pg_description o WHERE o.classoid = 'pg_class'::regclass AND o.objoid = found.oid);
    restore := restore || ARRAY(SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = found.oid);
    restore := restore || ARRAY(SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = found.oid AND NOT tgisinternal);
    restore := restore || format('ALTER %s %s OWNER TO %I',
      CASE found.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END, found.name, found.owner);
    restore := restore || format('CREATE %s %s%s AS %s%s',
      CASE found.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END, found.name,
      CASE WHEN found.options <> '' THEN ' WITH (' || found.options || ')' ELSE '' END, rtrim(found.definition, ';'),
      CASE WHEN found.relkind = 'm' AND NOT found.relispopulated THEN ' WITH NO DATA' ELSE '' END);
  END LOOP;`

const policies = `
  FOR found IN
    SELECT DISTINCT y.oid, p.schemaname, p.tablename, p.policyname, p.permissive, p.roles, p.cmd, p.qual, p.with_check
    FROM pg_depend d JOIN pg_policy y ON d.classid = 'pg_policy'::regclass AND d.objid = y.oid
    JOIN pg_class c ON c.oid = y.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_policies p ON p.schemaname = n.nspname AND p.tablename = c.relname AND p.policyname = y.polname
    WHERE ${usesEnum}
  LOOP
    remove := remove || format('DROP POLICY %I ON %I.%I', found.policyname, found.schemaname, found.tablename);
    ${restoreComment('pg_policy', "format('POLICY %I ON %I.%I', found.policyname, found.schemaname, found.tablename)")}
    restore := restore || format('CREATE POLICY %I ON %I.%I AS %s FOR %s TO %s%s%s', found.policyname, found.schemaname,
      found.tablename, found.permissive, found.cmd,
      (SELECT string_agg(CASE r WHEN 'public' THEN 'PUBLIC' ELSE quote_ident(r) END, ', ') FROM unnest(found.roles) r),
      ' USING (' || found.qual || ')', ' WITH CHECK (' || found.with_check || ')');
  END LOOP;`

const triggers = `
  FOR found IN
    SELECT DISTINCT t.oid, t.tgname, t.tgrelid::regclass::text AS relation, t.tgenabled, pg_get_triggerdef(t.oid) AS definition
    FROM pg_depend d JOIN pg_trigger t ON d.classid = 'pg_trigger'::regclass AND d.objid = t.oid
    WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND ${usesEnum}
  LOOP
    remove := remove || format('DROP TRIGGER %I ON %s', found.tgname, found.relation);
    ${restoreComment('pg_trigger', "format('TRIGGER %I ON %s', found.tgname, found.relation)")}
    IF found.tgenabled <> 'O' THEN
      restore := restore || format('ALTER TABLE %s %s TRIGGER %I', found.relation,
        CASE found.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, found.tgname);
    END IF;
    restore := restore || found.definition;
  END LOOP;`

const constraints = `
  FOR found IN
    SELECT DISTINCT k.oid, k.conrelid::regclass::text AS relation, k.conname, pg_get_constraintdef(k.oid) AS definition
    FROM pg_depend d JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND d.objid = k.oid
    WHERE k.contype IN ('c', 'f', 'x') AND k.conparentid = 0 AND k.coninhcount = 0 AND k.conrelid <> 0 AND ${usesEnum}
  LOOP
    remove := remove || format('ALTER TABLE %s DROP CONSTRAINT %I', found.relation, found.conname);
    ${restoreComment('pg_constraint', "format('CONSTRAINT %I ON %s', found.conname, found.relation)")}
    restore := restore || format('ALTER TABLE %s ADD CONSTRAINT %I %s', found.relation, found.conname, found.definition);
  END LOOP;`

const indexes = `
  -- A plain index is rebuilt by ALTER COLUMN TYPE; one whose expression or predicate names a label is not. That of a
  -- partitioned table is printed with ON ONLY, which would leave it invalid, without its parts.
  FOR found IN
    SELECT DISTINCT c.oid, c.oid::regclass::text AS name,
      replace(pg_get_indexdef(c.oid), format('%I ON ONLY ', c.relname), format('%I ON ', c.relname)) AS definition
    FROM pg_depend d JOIN pg_index i ON d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
    JOIN pg_class c ON c.oid = i.indexrelid
    WHERE (i.indpred IS NOT NULL OR i.indexprs IS NOT NULL) AND NOT c.relispartition
      AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype = 'x') AND ${usesEnum}
  LOOP
    remove := remove || format('DROP INDEX %s', found.name);
    ${restoreComment('pg_class', "'INDEX ' || found.name")}
    restore := restore || found.definition;
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

const functions = `
  FOR found IN
    SELECT DISTINCT p.oid, p.oid::regprocedure::text AS signature, p.prokind, pg_get_functiondef(p.oid) AS definition,
      pg_get_userbyid(p.proowner) AS owner, p.proacl
    FROM pg_depend d JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
    WHERE p.prokind IN ('f', 'p') AND ${usesEnum}
  LOOP
    remove := remove || format('DROP ROUTINE %s', found.signature);
    restore := restore || ARRAY(${grants("'EXECUTE'", "'ROUTINE ' || found.signature")} FROM aclexplode(found.proacl) g);
    IF found.proacl IS NOT NULL THEN
      restore := restore || format('REVOKE ALL ON ROUTINE %s FROM PUBLIC', found.signature);
    END IF;
    ${restoreComment('pg_proc', "'ROUTINE ' || found.signature")}
    restore := restore || format('ALTER ROUTINE %s OWNER TO %I', found.signature, found.owner);
    restore := restore || found.definition;
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
