import { doBlock, literal, quoteLiteral } from '../sql/literal.ts'
import { ledgerFormat, ledgerScript, ledgerTable } from './tables.ts'

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

/** Stops a script whose starting point is not where the database stands. */
export function ledgerGuard(
  schema: string,
  start: { readonly applied: readonly string[]; readonly absent: readonly string[] },
): string {
  const revision = ledgerTable(schema, 'revision')
  return `${doBlock(`DECLARE
  found text;
BEGIN
  SELECT string_agg(wanted, ', ') INTO found FROM unnest(${literal(start.applied)}::text[]) wanted
    WHERE wanted NOT IN (SELECT id FROM ${revision});
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
