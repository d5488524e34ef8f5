import { doBlock, literal, quoteLiteral } from '../sql/literal.ts'
import type { ForeignTool } from './tool.ts'

/**
 * Stops a script that begins at the very beginning in a database that another tool has made. It is asked where the ledger has nothing, which
 * the script has made sure of before.
 */
export function foreignGuard(tools: readonly ForeignTool[]): string {
  const rows = tools.map(({ name, title, tableName, columns, hasNoOthers = false }) => {
    const told = [name, title, tableName].map(quoteLiteral).join(', ')
    return `    (${told}, ${literal(columns)}::text[], ${hasNoOthers})`
  })
  return `${doBlock(`DECLARE
  found record;
  filled boolean;
BEGIN
  FOR found IN SELECT tool.name, title, format('%I.%I', nspname, relname) AS version_table FROM (VALUES
${rows.join(',\n')}
  ) tool (name, title, table_name, columns, alone)
  JOIN pg_class c ON relname = table_name AND relkind IN ('r', 'p') JOIN pg_namespace n ON n.oid = relnamespace AND nspname !~ '^pg_'
  CROSS JOIN LATERAL (SELECT array_agg(attname::text) AS names FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) there
  WHERE names @> columns AND (NOT alone OR cardinality(names) = cardinality(columns))
  LOOP
    EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || found.version_table || ')' INTO filled;
    IF filled THEN
      RAISE EXCEPTION '% has applied migrations to this database (%), and the ledger knows of none', found.title, found.version_table
        USING HINT = format('"limbeck stamp --from %s" takes over what it has applied. Nothing was run.', found.name);
    END IF;
  END LOOP;
END`)};`
}
