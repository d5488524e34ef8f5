import type { Connection } from '../connection/connection.ts'
import type { Sizes } from '../lint/sizes.ts'
import { relationName } from '../trace/picture.ts'

/** How many rows the target's tables have, from the catalog: nothing is counted. One that was never looked at is not known (reltuples -1; 0 before 14). */
export async function readSizes(connection: Pick<Connection, 'run'>): Promise<Sizes> {
  const [found] =
    await connection.run(`SELECT n.nspname AS schema, c.relname AS name, c.reltuples::bigint AS rows
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND (c.reltuples > 0 OR (c.reltuples = 0 AND c.relpages = 0 AND current_setting('server_version_num')::integer >= 140000))`)
  return new Map(
    (found?.rows ?? []).map(({ schema, name, rows }) => [
      relationName({ schema: String(schema), name: String(name) }),
      Number(rows),
    ]),
  )
}
