import { connect } from '../connection/connect.ts'
import type { Connection } from '../connection/connection.ts'
import type { Sizes } from '../lint/sizes.ts'
import { relationName } from '../trace/picture.ts'
import type { PlannedQuery } from '../trace/planned.ts'
import { askedQueries } from './lint-queries.ts'
import type { Project } from './project.ts'
import { findingsInTheWay } from './server-findings.ts'

/** What the database says of itself that the migration is for. */
export type Target = {
  /** PostgreSQL's major version; null where nobody was asked. */
  readonly major: number | null
  readonly sizes: Sizes
  /** What it can be asked to create; null where nobody was asked. */
  readonly extensions: ReadonlySet<string> | null
  /** What it was asked most often, as pg_stat_statements has it; nothing where it has not that. */
  readonly queries: readonly PlannedQuery[]
  /** What a strong lock would meet there now, a sentence each. */
  readonly inTheWay: readonly string[]
}

export const unknownTarget: Target = {
  major: null,
  sizes: new Map(),
  extensions: null,
  queries: [],
  inTheWay: [],
}

/** Asks the project's database, and changes nothing. */
export async function askTarget(project: Project): Promise<Target> {
  const connection = await connect(project.address)
  try {
    return await readTarget(connection, project)
  } finally {
    await connection.close()
  }
}

/** The same where it is open. Nobody else uses an embedded one. */
export async function readTarget(connection: Connection, { ledgerSchema }: Project): Promise<Target> {
  const found = connection.embedded ? [] : await findingsInTheWay(connection, ledgerSchema)
  return {
    major: connection.major,
    sizes: await readSizes(connection),
    extensions: await readExtensions(connection),
    queries: await askedQueries(connection),
    inTheWay: found.map(({ what }) => `on the database that it is for, ${what}.`),
  }
}

async function readExtensions(connection: Pick<Connection, 'run'>): Promise<ReadonlySet<string>> {
  const [found] = await connection.run('SELECT name FROM pg_available_extensions')
  return new Set((found?.rows ?? []).map(({ name }) => String(name)))
}

/** How many rows the target's tables have, from the catalog: nothing is counted. One that was never looked at is not known (reltuples -1; 0 before 14). */
async function readSizes(connection: Pick<Connection, 'run'>): Promise<Sizes> {
  const [found] =
    await connection.run(`SELECT n.nspname AS schema, c.relname AS name, c.reltuples::bigint AS rows,
      pg_size_pretty(pages.own * current_setting('block_size')::bigint) AS size, pages.own * current_setting('block_size')::bigint AS bytes
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
      LATERAL (SELECT coalesce(sum(p.relpages), 0)::bigint AS own FROM pg_class p
        WHERE CASE WHEN c.relkind = 'p' THEN p.oid IN (SELECT relid FROM pg_partition_tree(c.oid) WHERE isleaf) ELSE p.oid = c.oid END) AS pages
    WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND (c.reltuples > 0 OR (c.reltuples = 0 AND c.relpages = 0 AND current_setting('server_version_num')::integer >= 140000))`)
  return new Map(
    (found?.rows ?? []).map(({ schema, name, rows, size, bytes }) => [
      relationName({ schema: String(schema), name: String(name) }),
      { rows: Number(rows), size: String(size), bytes: Number(bytes) },
    ]),
  )
}
