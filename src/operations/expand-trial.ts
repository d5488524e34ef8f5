import { quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { inlineSql } from '../sql/tag.ts'
import { type Expansion, newColumns, oldNames } from './expansion.ts'
import { tableName } from './relation.ts'

/**
 * Makes the new values of every row, and keeps none: an expression that some row cannot bear is found before anything is
 * changed, and that row is named. Else the trigger would refuse what the old application writes like it, and the backfill stop
 * halfway. Null where nothing can fail: the value stays as it is.
 */
export function trialSql(expansion: Expansion): string | null {
  if (typeof expansion.to === 'string') return null
  const table = tableName(expansion)
  const values = newColumns(expansion).map(({ type, up }) => `((${inlineSql(up)})::${type})`)
  const old = oldNames(expansion).map(
    (name) => `${quoteLiteral(`${name} = `)} || quote_nullable(${quoteIdentifier(name)}::text)`,
  )
  const counted = values.map((value) => `count(${value})`).join(', ')
  return doBlock(`
#variable_conflict use_column
DECLARE
  limbeck_part oid;
  limbeck_place tid;
  limbeck_old text;
  limbeck_reason text;
  limbeck_code text;
BEGIN
  BEGIN
    PERFORM ${counted} FROM ${table};
    RETURN;
  EXCEPTION WHEN OTHERS THEN
    limbeck_reason := SQLERRM;
    limbeck_code := SQLSTATE;
  END;
  FOR limbeck_part, limbeck_place, limbeck_old IN SELECT tableoid, ctid, concat_ws(', ', ${old.join(', ')}) FROM ${table} LOOP
    BEGIN
      PERFORM ${counted} FROM ${table} WHERE tableoid = limbeck_part AND ctid = limbeck_place;
    EXCEPTION WHEN OTHERS THEN
      RAISE EXCEPTION '%', SQLERRM USING ERRCODE = SQLSTATE,
        DETAIL = format('It is the row of %s where %s.', ${quoteLiteral(table)}, left(limbeck_old, 200)),
        HINT = 'Nothing has been changed. Mend such rows or the expression; "failedRows" sets them aside instead.';
    END;
  END LOOP;
  RAISE EXCEPTION '%', limbeck_reason USING ERRCODE = limbeck_code;
END`)
}
