import type { BackfillNeed } from '../operations/backfill-plan.ts'
import { doBlock, literal, quoteLiteral } from '../sql/literal.ts'
import { ledgerFormat, ledgerScript, ledgerTable } from './tables.ts'
import { versionTableMade } from './version-keeper.ts'

/** Makes the ledger, or brings an older one up to date, from within a script that does not know what is there. */
export function offlineLedger(schema: string): string {
  const steps = Array.from({ length: ledgerFormat }, (_, from) => {
    const { statements } = ledgerScript(schema, from, from + 1)
    return `  IF found <= ${from} THEN
    EXECUTE ${quoteLiteral(statements)};
  END IF;`
  })
  return `${doBlock(`DECLARE
  found integer := 0;
BEGIN
  IF to_regclass(${quoteLiteral(ledgerTable(schema, 'format'))}) IS NOT NULL THEN
    SELECT version INTO found FROM ${ledgerTable(schema, 'format')};
  END IF;
  IF found > ${ledgerFormat} THEN
    RAISE EXCEPTION 'the ledger has format %, and this script was written for format ${ledgerFormat}', found
      USING HINT = 'Write the script with the newer Limbeck that has been here.';
  END IF;
${steps.join('\n')}
END`)};`
}

/**
 * Stops a script whose starting point is not where the database stands. `applied`: as entries of `replaces.ts`, since a database may have
 * recorded a revision as those that it replaces.
 */
export function ledgerGuard(
  schema: string,
  start: { readonly applied: readonly string[]; readonly absent: readonly string[] },
): string {
  const revision = ledgerTable(schema, 'revision')
  return `${doBlock(`DECLARE
  found text;
BEGIN
  SELECT string_agg(split_part(wanted, ':', 1), ', ') INTO found FROM unnest(${literal(start.applied)}::text[]) wanted
    WHERE NOT EXISTS (SELECT 1 FROM unnest(string_to_array(wanted, ':')) way
      WHERE string_to_array(way, '+') <@ ARRAY (SELECT id FROM ${revision}));
  IF found IS NOT NULL THEN
    RAISE EXCEPTION 'the database is not where this script starts: % is not applied', found
      USING HINT = 'Nothing was changed. "limbeck current" says where it stands; write the script from there.';
  END IF;
  SELECT string_agg(id, ', ') INTO found FROM ${revision} WHERE id = ANY (${literal(start.absent)}::text[]);
  IF found IS NOT NULL THEN
    RAISE EXCEPTION 'the database is not where this script starts: % is applied already', found
      USING HINT = 'Nothing was changed. "limbeck current" says where it stands; write the script from there.';
  END IF;
  SELECT string_agg(revision, ', ') INTO found FROM ${ledgerTable(schema, 'run')} WHERE status <> 'done';
  IF found IS NOT NULL THEN
    RAISE EXCEPTION 'a run of % was begun and has not come to its end', found
      USING HINT = 'Nothing was changed. Bring it to its end with "limbeck upgrade" or "limbeck downgrade" first.';
  END IF;
END`)};`
}

/** Makes Alembic's table where there is none, and stops a script whose starting point is not what it holds. */
export function versionGuard(table: string, versions: readonly string[]): string {
  const wanted = `unnest(${literal(versions)}::text[])`
  return `${doBlock(`DECLARE
  found text;
BEGIN
  IF to_regclass(${quoteLiteral(table)}) IS NULL THEN
    EXECUTE ${quoteLiteral(versionTableMade(table))};
    INSERT INTO ${table} (version_num) SELECT ${wanted};
  END IF;
  IF EXISTS (SELECT version_num::text FROM ${table} EXCEPT SELECT ${wanted}) OR EXISTS (SELECT ${wanted} EXCEPT SELECT version_num::text FROM ${table}) THEN
    SELECT coalesce(string_agg(version_num, ', '), 'nothing') INTO found FROM ${table};
    RAISE EXCEPTION 'the database is not where this script starts: Alembic''s table ${table.replaceAll("'", "''").replaceAll('%', '%%')} holds %', found
      USING HINT = 'Nothing was changed. "limbeck current" says where it stands; write the script from there.';
  END IF;
END`)};`
}

/** Stops a script before what needs a backfill that its revision was recorded without, and that is not finished. */
export function backfillGuard(schema: string, title: string, needs: readonly BackfillNeed[]): string {
  const table = (name: Parameters<typeof ledgerTable>[1]) => ledgerTable(schema, name)
  const needed = needs.map((need) => {
    if ('revision' in need) return `run.revision = ${literal(need.revision)}`
    const columns = literal(need.columns ?? null)
    const sameSchema =
      need.schema === undefined ? '' : ` AND coalesce(touched ->> 'schema' = ${literal(need.schema)}, true)`
    return `EXISTS (SELECT 1 FROM jsonb_array_elements(b.touches) touched WHERE touched ->> 'table' = ${literal(need.table)}${sameSchema}
      AND (${columns}::text[] IS NULL OR touched -> 'columns' = 'null' OR touched -> 'columns' ?| ${columns}::text[]))`
  })
  return `${doBlock(`DECLARE
  found text;
BEGIN
  SELECT string_agg(format('%s of %s', b.title, run.revision), ', ') INTO found
  FROM ${table('backfill')} b JOIN ${table('run')} run ON run.id = b.run JOIN ${table('revision')} applied ON applied.run = run.id
  WHERE b.detached AND EXISTS (SELECT 1 FROM ${table('backfill_range')} g WHERE g.run = b.run AND g.stage = b.stage AND NOT g.done)
    AND (${needed.join(' OR ')});
  IF found IS NOT NULL THEN
    RAISE EXCEPTION '% needs backfills that are not finished: %', ${quoteLiteral(title)}, found
      USING HINT = 'Finish them with "limbeck backfill run" first.';
  END IF;
END`)};`
}
