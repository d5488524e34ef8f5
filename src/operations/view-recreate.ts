import { qualifiedName } from '../sql/identifier.ts'
import { doBlock, dollarQuote, quoteLiteral } from '../sql/literal.ts'
import { removeAll, views } from './dependents.ts'
import { type ViewDefinition, viewSql } from './view-definition.ts'

/**
 * One PL/pgSQL block that replaces a view, and makes it anew where CREATE OR REPLACE refuses because columns go or
 * change. All that was said about the view comes back; about a column, if there is one of its name. Views on the view come
 * back too. What else depends on it makes PostgreSQL refuse the drop, and the transaction is undone: nothing that is not
 * brought back is ever lost.
 */
export function recreateViewSql(
  view: { readonly schema?: string; readonly name: string } & ViewDefinition,
): string {
  const name = quoteLiteral(qualifiedName(view))
  return doBlock(`
DECLARE
  old regclass := ${name}::regclass;
  owner text := (SELECT quote_ident(pg_get_userbyid(relowner)) FROM pg_class WHERE oid = old);
  privileges aclitem[] := (SELECT relacl FROM pg_class WHERE oid = old);
  restore text[] := '{}';
  remove text[] := '{}';
  dependents text[];
  found record;
  column_names text[];
  column_restore text[];
  command text;
BEGIN
  BEGIN
    EXECUTE ${dollarQuote(`CREATE OR REPLACE ${viewSql(view)}`)};
    RETURN;
  EXCEPTION WHEN invalid_table_definition THEN
    NULL;
  END;

${views("d.refclassid = 'pg_class'::regclass AND d.refobjid = old AND r.ev_class <> old")}
  dependents := restore;
  restore := ARRAY(
      SELECT pg_get_ruledef(oid) FROM pg_rewrite WHERE ev_class = old AND rulename <> '_RETURN')
    || ARRAY(SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = old AND NOT tgisinternal)
    || ARRAY(SELECT format('COMMENT ON VIEW %s IS %L', ${name}, obj_description(old, 'pg_class')))
    || ARRAY(SELECT format('COMMENT ON RULE %I ON %s IS %L', rulename, ${name}, obj_description(oid, 'pg_rewrite'))
      FROM pg_rewrite WHERE ev_class = old AND obj_description(oid, 'pg_rewrite') IS NOT NULL)
    || ARRAY(SELECT format('COMMENT ON TRIGGER %I ON %s IS %L', tgname, ${name}, obj_description(oid, 'pg_trigger'))
      FROM pg_trigger WHERE tgrelid = old AND obj_description(oid, 'pg_trigger') IS NOT NULL)
    || ARRAY(SELECT format('ALTER TRIGGER %I ON %s DEPENDS ON EXTENSION %I', tgname, ${name}, extname)
      FROM pg_depend d JOIN pg_trigger t ON d.classid = 'pg_trigger'::regclass AND d.objid = t.oid
      JOIN pg_extension e ON e.oid = d.refobjid WHERE d.deptype = 'x' AND tgrelid = old)
    || ARRAY(SELECT format('SECURITY LABEL FOR %I ON VIEW %s IS %L', provider, ${name}, label)
      FROM pg_seclabel WHERE classoid = 'pg_class'::regclass AND objoid = old AND objsubid = 0)
    || ARRAY(SELECT format('GRANT %s ON %s TO %s', privilege_type, ${name}, ${grantee}) FROM aclexplode(privileges));
  SELECT array_agg(kept.attname), array_agg(kept.command) INTO column_names, column_restore FROM (
    SELECT attname, format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', ${name}, attname, pg_get_expr(adbin, adrelid)) AS command
    FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE adrelid = old
    UNION ALL
    SELECT attname, format('COMMENT ON COLUMN %s.%I IS %L', ${name}, attname, col_description(old, attnum))
    FROM pg_attribute WHERE attrelid = old AND col_description(old, attnum) IS NOT NULL
    UNION ALL
    SELECT attname, format('SECURITY LABEL FOR %I ON COLUMN %s.%I IS %L', provider, ${name}, attname, label)
    FROM pg_seclabel JOIN pg_attribute ON attrelid = objoid AND attnum = objsubid
    WHERE classoid = 'pg_class'::regclass AND objoid = old
    UNION ALL
    SELECT attname, format('GRANT %s (%I) ON %s TO %s', privilege_type, attname, ${name}, ${grantee})
    FROM pg_attribute CROSS JOIN aclexplode(attacl) WHERE attrelid = old
  ) kept;

${removeAll}
  EXECUTE format('DROP VIEW %s', ${name});
  EXECUTE ${dollarQuote(`CREATE ${viewSql(view)}`)};
  EXECUTE format('ALTER VIEW %s OWNER TO %s', ${name}, owner);
  -- What default privileges have given is taken away again, so that what was granted is all.
  FOR command IN
    SELECT format('REVOKE ALL ON %s FROM %s', ${name}, CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END)
    FROM pg_class CROSS JOIN aclexplode(coalesce(relacl, acldefault('r', relowner))) g
    WHERE oid = ${name}::regclass AND (privileges IS NOT NULL OR g.grantee <> relowner)
  LOOP
    EXECUTE command;
  END LOOP;
  FOREACH command IN ARRAY restore LOOP
    EXECUTE command;
  END LOOP;
  FOR command IN
    SELECT kept.command FROM unnest(column_names, column_restore) AS kept (name, command)
    JOIN pg_attribute ON attrelid = ${name}::regclass AND attname = kept.name
  LOOP
    EXECUTE command;
  END LOOP;
  FOR i IN REVERSE cardinality(dependents)..1 LOOP
    EXECUTE dependents[i];
  END LOOP;
END`)
}

/** Of a row of `aclexplode`. */
const grantee = `CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
      || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END`
