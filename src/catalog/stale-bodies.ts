import { doBlock } from '../sql/literal.ts'
import { firstUserOid, type Scope } from './scope.ts'

/** Where the transaction keeps what was found. */
const setting = 'limbeck.stale_bodies'

/**
 * Lets PostgreSQL look at every body in SQL and PL/pgSQL as it does when one is created: what a body names may be gone since. Only these two
 * languages, since others may run something of the body for that. What is found is known until the transaction ends; nothing is changed. Where the reader
 * may not see what a body names, or something else is in the way, nothing is said of it.
 */
export function findStaleBodies({ isOurs, ofNoExtension }: Scope): string {
  // An exception ends each attempt, so that the settings of one routine do not stay for the next.
  return doBlock(`
DECLARE
  routine record;
  place text;
  stale oid[] := '{}';
BEGIN
  FOR routine IN
    SELECT p.oid, p.proconfig, l.lanvalidator::regproc AS validator
    FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.oid >= ${firstUserOid} AND l.lanname IN ('sql', 'plpgsql') AND l.lanvalidator <> 0 AND p.prokind IN ('f', 'w', 'p')
      AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_proc', 'p.oid')}
  LOOP
    BEGIN
      place := 'settings';
      PERFORM set_config('check_function_bodies', 'on', true);
      PERFORM set_config(left(one, strpos(one, '=') - 1), substr(one, strpos(one, '=') + 1), true) FROM unnest(routine.proconfig) one;
      place := 'body';
      EXECUTE format('SELECT %s(%s)', routine.validator, routine.oid);
      place := 'end';
      RAISE EXCEPTION 'passed';
    EXCEPTION WHEN OTHERS THEN
      IF place = 'body' AND left(SQLSTATE, 2) NOT IN ('40', '53', '55', '57') AND SQLSTATE <> '42501' THEN
        stale := stale || routine.oid;
      END IF;
    END;
  END LOOP;
  PERFORM set_config('${setting}', stale::text, true);
END`)
}

/** A condition on a routine, once that was asked in the same transaction. */
export function isStale(oid: string): string {
  return `${oid} = ANY (coalesce(nullif(current_setting('${setting}', true), ''), '{}')::oid[])`
}
