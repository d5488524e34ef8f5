import { isUsers } from '../catalog/scope.ts'
import type { Connection } from '../connection/connection.ts'
import { type Repeated, runPrepared } from '../connection/prepared.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { type PlannedQuery, planned } from './planned.ts'

/** What an application says that is of no relation: a call of a function, a cast to a type, a label. */
export type CalledName = PlannedQuery & {
  /** Names by which a statement may say it: the first is its own. */
  readonly words: readonly string[]
}

/**
 * Calls of functions but those that only triggers call, casts to types, and labels, as far as PostgreSQL takes them now. What comes with an extension
 * is the extension's. `said`: the names that the migration says; null for all.
 */
export async function calledNames(
  connection: Pick<Connection, 'run' | 'transaction'>,
  { ignored, said }: { readonly ignored: readonly string[]; readonly said: ReadonlySet<string> | null },
): Promise<readonly CalledName[]> {
  if (said?.size === 0) return []
  const schemas = ['information_schema', ...ignored].map(quoteLiteral).join(', ')
  const [found = []] = await runPrepared(connection, [query(schemas, said)])
  const names = found.map(
    ({ what, sql, words }): CalledName => ({
      what: String(what),
      sql: String(sql),
      words: (words as readonly unknown[]).map(String),
    }),
  )
  const failures = await planned(connection, names)
  return names.filter((_, at) => failures[at] === null)
}

/** In a schema of the user's, by its OID too: PostgreSQL brings thousands of its own. */
const own = (oid: string, schemas: string) =>
  `${isUsers(oid)} AND n.nspname !~ '^pg_' AND n.nspname NOT IN (${schemas})`

function query(schemas: string, said: ReadonlySet<string> | null): Repeated {
  const all = called(schemas)
  if (said === null) return { text: all }
  const text = `SELECT * FROM (${all}) AS called
  WHERE EXISTS (SELECT FROM json_array_elements_text(words) AS word WHERE word = ANY ($1))`
  const literal = `ARRAY[${[...said].map(quoteLiteral).join(', ')}]`
  return { text, values: [{ type: 'text[]', literal }] }
}

const called = (
  schemas: string,
) => `SELECT p.oid::regprocedure::text AS what, json_build_array(p.proname) AS words, format('SELECT %I.%I(%s)', n.nspname, p.proname,
      (SELECT string_agg('NULL::' || format_type(given.type, NULL), ', ' ORDER BY given.n)
        FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS given (type, n))) AS sql
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE ${own('p.oid', schemas)} AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
      AND (p.prokind = 'f' OR EXISTS (SELECT FROM pg_aggregate WHERE aggfnoid = p.oid AND aggkind = 'n'))
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype IN ('e', 'i'))
  UNION ALL SELECT p.oid::regprocedure::text, json_build_array(p.proname), format('SELECT %L::regprocedure', p.oid::regprocedure)
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${own('p.oid', schemas)} AND p.prokind = 'p'
  UNION ALL SELECT 'the type ' || t.oid::regtype, json_build_array(t.typname), format('SELECT given.text::%I.%I FROM (SELECT NULL::text AS text OFFSET 0) AS given', n.nspname, t.typname)
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE ${own('t.oid', schemas)} AND (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_type'::regclass AND objid = t.oid AND deptype = 'e')
  UNION ALL SELECT format('the label %s of %s', e.enumlabel, t.oid::regtype), json_build_array(e.enumlabel, t.typname),
      format('SELECT %L::%I.%I', e.enumlabel, n.nspname, t.typname)
    FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace WHERE ${own('t.oid', schemas)}`
