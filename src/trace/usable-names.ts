import type { Connection } from '../connection/connection.ts'
import { quoteLiteral } from '../sql/literal.ts'

/** Names that an application may use and that are no relations: of functions, but for those that only triggers call, of types and of schemas. */
export async function usableNames(
  connection: Pick<Connection, 'run'>,
  ignored: readonly string[],
): Promise<ReadonlySet<string>> {
  const schemas = ['information_schema', ...ignored].map(quoteLiteral).join(', ')
  const own = `n.nspname !~ '^pg_' AND n.nspname NOT IN (${schemas})`
  const [found] =
    await connection.run(`SELECT p.proname AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE ${own} AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
    UNION SELECT t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE ${own}
    UNION SELECT e.enumlabel FROM pg_enum e
    UNION SELECT n.nspname FROM pg_namespace n WHERE ${own}
    UNION SELECT extname FROM pg_extension`)
  return new Set((found?.rows ?? []).map(({ name }) => String(name)))
}
