// Pieces of PL/pgSQL that collect what hangs on a type or a column, in PostgreSQL's own words: `remove` drops it, and
// `restore`, from its end to its start, brings it back under the names that are then there. `uses` is a condition on a row
// `d` of pg_depend. The block around them declares `found record; command text; remove text[]; restore text[]`.

/** The start of a query for GRANT statements, over the rows of `aclexplode(…) g`. */
export function grants(privilege: string, object: string): string {
  return `SELECT format('GRANT %s ON %s TO %s%s', ${privilege}, ${object},
      CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
      CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)`
}

/** Restores the comment on what was found, if there is one. */
function restoreComment(catalog: string, object: string): string {
  return `restore := restore || ARRAY(SELECT format('COMMENT ON %s IS %L', ${object}, remark)
      FROM obj_description(found.oid, '${catalog}') d (remark) WHERE remark IS NOT NULL);`
}

export const views = (uses: string) => `
  -- Views on views come later in creation order than what they are made of, so they go first and come back last.
  FOR found IN
    WITH RECURSIVE used (view, depth) AS (
      SELECT r.ev_class, 1 FROM pg_depend d JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
      WHERE ${uses}
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
    restore := restore || ARRAY(SELECT format('COMMENT ON RULE %I ON %s IS %L', rulename, found.name, obj_description(oid, 'pg_rewrite'))
      FROM pg_rewrite WHERE ev_class = found.oid AND obj_description(oid, 'pg_rewrite') IS NOT NULL);
    restore := restore || ARRAY(SELECT pg_get_ruledef(oid) FROM pg_rewrite WHERE ev_class = found.oid AND rulename <> '_RETURN');
    restore := restore || ARRAY(
      SELECT format('COMMENT ON %s %s IS %L',
        CASE WHEN o.objsubid > 0 THEN 'COLUMN' WHEN found.relkind = 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END,
        CASE WHEN o.objsubid > 0 THEN (SELECT format('%s.%I', found.name, attname) FROM pg_attribute
          WHERE attrelid = found.oid AND attnum = o.objsubid) ELSE found.name END, o.description)
      FROM pg_description o WHERE o.classoid = 'pg_class'::regclass AND o.objoid = found.oid);
    restore := restore || ARRAY(SELECT format('COMMENT ON INDEX %s IS %L', indexrelid::regclass, obj_description(indexrelid, 'pg_class'))
      FROM pg_index WHERE indrelid = found.oid AND obj_description(indexrelid, 'pg_class') IS NOT NULL);
    restore := restore || ARRAY(SELECT format('ALTER MATERIALIZED VIEW %s CLUSTER ON %I', found.name, relname)
      FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE indrelid = found.oid AND indisclustered);
    restore := restore || ARRAY(SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = found.oid);
    restore := restore || ARRAY(SELECT format('COMMENT ON TRIGGER %I ON %s IS %L', tgname, found.name, obj_description(oid, 'pg_trigger'))
      FROM pg_trigger WHERE tgrelid = found.oid AND obj_description(oid, 'pg_trigger') IS NOT NULL);
    restore := restore || ARRAY(SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = found.oid AND NOT tgisinternal);
    restore := restore || format('ALTER %s %s OWNER TO %I',
      CASE found.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END, found.name, found.owner);
    restore := restore || format('CREATE %s %s%s AS %s%s',
      CASE found.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END, found.name,
      CASE WHEN found.options <> '' THEN ' WITH (' || found.options || ')' ELSE '' END, rtrim(found.definition, ';'),
      CASE WHEN found.relkind = 'm' AND NOT found.relispopulated THEN ' WITH NO DATA' ELSE '' END);
  END LOOP;`

export const policies = (uses: string) => `
  FOR found IN
    SELECT DISTINCT y.oid, p.schemaname, p.tablename, p.policyname, p.permissive, p.roles, p.cmd, p.qual, p.with_check
    FROM pg_depend d JOIN pg_policy y ON d.classid = 'pg_policy'::regclass AND d.objid = y.oid
    JOIN pg_class c ON c.oid = y.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_policies p ON p.schemaname = n.nspname AND p.tablename = c.relname AND p.policyname = y.polname
    WHERE ${uses}
  LOOP
    remove := remove || format('DROP POLICY %I ON %I.%I', found.policyname, found.schemaname, found.tablename);
    ${restoreComment('pg_policy', "format('POLICY %I ON %I.%I', found.policyname, found.schemaname, found.tablename)")}
    restore := restore || format('CREATE POLICY %I ON %I.%I AS %s FOR %s TO %s%s%s', found.policyname, found.schemaname,
      found.tablename, found.permissive, found.cmd,
      (SELECT string_agg(CASE r WHEN 'public' THEN 'PUBLIC' ELSE quote_ident(r) END, ', ') FROM unnest(found.roles) r),
      ' USING (' || found.qual || ')', ' WITH CHECK (' || found.with_check || ')');
  END LOOP;`

export const triggers = (uses: string) => `
  FOR found IN
    SELECT DISTINCT t.oid, t.tgname, t.tgrelid::regclass::text AS relation, t.tgenabled, pg_get_triggerdef(t.oid) AS definition
    FROM pg_depend d JOIN pg_trigger t ON d.classid = 'pg_trigger'::regclass AND d.objid = t.oid
    WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND ${uses}
  LOOP
    remove := remove || format('DROP TRIGGER %I ON %s', found.tgname, found.relation);
    ${restoreComment('pg_trigger', "format('TRIGGER %I ON %s', found.tgname, found.relation)")}
    IF found.tgenabled <> 'O' THEN
      restore := restore || format('ALTER TABLE %s %s TRIGGER %I', found.relation,
        CASE found.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, found.tgname);
    END IF;
    restore := restore || found.definition;
  END LOOP;`

export const constraints = (uses: string) => `
  FOR found IN
    SELECT DISTINCT k.oid, k.conrelid::regclass::text AS relation, k.conname, pg_get_constraintdef(k.oid) AS definition
    FROM pg_depend d JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND d.objid = k.oid
    WHERE k.contype IN ('c', 'f', 'x') AND k.conparentid = 0 AND k.coninhcount = 0 AND k.conrelid <> 0 AND ${uses}
  LOOP
    remove := remove || format('ALTER TABLE %s DROP CONSTRAINT %I', found.relation, found.conname);
    ${restoreComment('pg_constraint', "format('CONSTRAINT %I ON %s', found.conname, found.relation)")}
    restore := restore || format('ALTER TABLE %s ADD CONSTRAINT %I %s', found.relation, found.conname, found.definition);
  END LOOP;`

export const indexes = (uses: string) => `
  -- A plain index is rebuilt by ALTER COLUMN TYPE; one whose expression or predicate names a label is not. That of a
  -- partitioned table is printed with ON ONLY, which would leave it invalid, without its parts.
  FOR found IN
    SELECT DISTINCT c.oid, c.oid::regclass::text AS name,
      replace(pg_get_indexdef(c.oid), format('%I ON ONLY ', c.relname), format('%I ON ', c.relname)) AS definition
    FROM pg_depend d JOIN pg_index i ON d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
    JOIN pg_class c ON c.oid = i.indexrelid
    WHERE (i.indpred IS NOT NULL OR i.indexprs IS NOT NULL) AND NOT c.relispartition
      AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype = 'x') AND ${uses}
  LOOP
    remove := remove || format('DROP INDEX %s', found.name);
    ${restoreComment('pg_class', "'INDEX ' || found.name")}
    restore := restore || found.definition;
  END LOOP;`

export const functions = (uses: string) => `
  FOR found IN
    SELECT DISTINCT p.oid, p.oid::regprocedure::text AS signature, p.prokind, pg_get_functiondef(p.oid) AS definition,
      pg_get_userbyid(p.proowner) AS owner, p.proacl
    FROM pg_depend d JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
    WHERE p.prokind IN ('f', 'p') AND ${uses}
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

export const statistics = (uses: string) => `
  FOR found IN
    SELECT DISTINCT s.oid, format('%s.%I', s.stxnamespace::regnamespace, s.stxname) AS name,
      pg_get_statisticsobjdef(s.oid) AS definition, pg_get_userbyid(s.stxowner) AS owner, s.stxstattarget AS target
    FROM pg_depend d JOIN pg_statistic_ext s ON d.classid = 'pg_statistic_ext'::regclass AND d.objid = s.oid
    WHERE ${uses}
  LOOP
    remove := remove || format('DROP STATISTICS %s', found.name);
    ${restoreComment('pg_statistic_ext', "'STATISTICS ' || found.name")}
    IF found.target >= 0 THEN
      restore := restore || format('ALTER STATISTICS %s SET STATISTICS %s', found.name, found.target);
    END IF;
    restore := restore || format('ALTER STATISTICS %s OWNER TO %I', found.name, found.owner);
    restore := restore || found.definition;
  END LOOP;`

/** Runs what was collected to take things away. */
export const removeAll = `
  FOREACH command IN ARRAY remove LOOP
    EXECUTE command;
  END LOOP;`

/** Brings back what was taken away, the last first. */
export const restoreAll = `
  FOR i IN REVERSE cardinality(restore)..1 LOOP
    EXECUTE restore[i];
  END LOOP;`
