import type { Connection } from '../connection/connection.ts'
import { quoteLiteral } from '../sql/literal.ts'
import type { Finding } from './doctor.ts'

/** Something to look for on a server: a query whose rows have a `name` each, and what to say where there are any. */
type Check = {
  readonly sql: string
  readonly level: 'warning' | 'error'
  /** What is found, in a sentence without its end. `names`: of what is found. */
  what(names: string, count: number): string
  readonly hint: string
  /** Whether it is worth knowing just before strong locks are taken. */
  readonly isInTheWay?: true
}

/** Looks at the server itself: what a migration would meet, and what was left behind. */
export async function serverFindings(
  connection: Pick<Connection, 'run'>,
  ledgerSchema: string,
): Promise<readonly Finding[]> {
  return findingsOf(connection, checksOf(ledgerSchema))
}

/**
 * Of these what a migration that takes strong locks, or waits for all that is open, will meet: long transactions, an autovacuum that does not step aside, replicas that are
 * behind, invalid indexes. One message.
 */
export async function findingsInTheWay(
  connection: Pick<Connection, 'run'>,
  ledgerSchema: string,
): Promise<readonly Finding[]> {
  return findingsOf(
    connection,
    checksOf(ledgerSchema).filter(({ isInTheWay }) => isInTheWay === true),
  )
}

async function findingsOf(
  connection: Pick<Connection, 'run'>,
  checks: readonly Check[],
): Promise<readonly Finding[]> {
  const results = await connection.run(checks.map(({ sql }) => sql).join(';\n'))
  return checks.flatMap(({ level, what, hint }, at) => {
    const names = (results[at]?.rows ?? []).map(({ name }) => String(name))
    return names.length === 0 ? [] : [{ level, what: what(listed(names), names.length), hint }]
  })
}

const most = 5

function listed(names: readonly string[]): string {
  const rest = names.length - most
  return [...names.slice(0, most), ...(rest > 0 ? [`${rest} more`] : [])].join(', ')
}

function checksOf(ledgerSchema: string): readonly Check[] {
  const ledger = quoteLiteral(ledgerSchema)
  const own = `n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', ${ledger})`
  // As it is typed: without the schema where the search_path has it.
  const name = (oid: string) => `${oid}::regclass::text`
  return [
    {
      sql: 'SELECT current_database() AS name WHERE pg_is_in_recovery()',
      level: 'error',
      what: (names) => `${names} is a replica: nothing can be written to it`,
      hint: 'Connect to the primary.',
    },
    {
      sql: `SELECT current_user AS name WHERE to_regnamespace(${quoteLiteral(ledgerSchema)}) IS NULL AND NOT has_database_privilege(current_database(), 'CREATE')`,
      level: 'error',
      what: (names) =>
        `${names} may not make the schema ${ledgerSchema}, in which Limbeck keeps what is done`,
      hint: 'GRANT CREATE ON DATABASE to the role, or make the schema for it.',
    },
    {
      sql: `SELECT current_schema() AS name WHERE current_schema() IS NOT NULL AND NOT has_schema_privilege(current_schema(), 'CREATE')`,
      level: 'warning',
      what: (names) => `the role may not make anything in the schema ${names}`,
      hint: 'GRANT CREATE ON SCHEMA to it: since PostgreSQL 15 public does not give it to everybody.',
    },
    {
      sql: `SELECT name || ' = ' || setting AS name FROM pg_settings
        WHERE (name IN ('autovacuum', 'track_counts', 'fsync', 'full_page_writes') AND setting = 'off')`,
      level: 'warning',
      what: (names) => `the server is set to ${names}`,
      hint: 'Tables grow, or are lost in a crash of the machine. Set it on, unless the server is for tests.',
    },
    {
      sql: `SELECT ${name('i.indexrelid')} AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE NOT i.indisvalid AND ${own} ORDER BY 1`,
      level: 'warning',
      what: (names, count) => `${count === 1 ? 'an index is' : `${count} indexes are`} not valid: ${names}`,
      hint: 'A concurrent build was interrupted: it costs every write and serves no read. REINDEX INDEX CONCURRENTLY, or drop it.',
      isInTheWay: true,
    },
    {
      sql: `SELECT ${name('c.conrelid')} || '.' || c.conname AS name FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
        WHERE NOT c.convalidated AND c.conrelid <> 0 AND coalesce(to_jsonb(c) ->> 'conenforced', 'true') = 'true' AND ${own} ORDER BY 1`,
      level: 'warning',
      what: (names, count) =>
        `${count === 1 ? 'a constraint was' : `${count} constraints were`} never validated: ${names}`,
      hint: 'Rows of before may break it, and the planner does not rely on it. ALTER TABLE … VALIDATE CONSTRAINT (op.validateConstraint).',
    },
    {
      sql: nearlyUsedUp(own),
      level: 'warning',
      what: (names, count) =>
        `${count === 1 ? 'a sequence comes' : `${count} sequences come`} to the end: ${names}`,
      hint: 'Then every insert fails. op.expandKey gives the key a wider type while the application goes on.',
    },
    {
      sql: `SELECT ${name('c.oid')} AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p' AND NOT c.relispartition AND ${own}
          AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') ORDER BY 1`,
      level: 'warning',
      what: (names, count) =>
        `${count === 1 ? 'a table has' : `${count} tables have`} no primary key: ${names}`,
      hint: 'Backfills walk a key, and logical replication needs one to update and delete.',
    },
    {
      sql: `SELECT datname || ' (' || age(datfrozenxid) || ')' AS name FROM pg_database WHERE datname = current_database() AND age(datfrozenxid) > 1000000000`,
      level: 'warning',
      what: (names) => `transaction numbers run out: the oldest are of ${names} transactions before`,
      hint: 'Near 2,000,000,000 the server stops to write. Find what keeps vacuum from freezing: long transactions, prepared ones, slots.',
    },
    {
      sql: `SELECT 'session ' || pid || ' since ' || date_trunc('second', xact_start) AS name FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < now() - interval '5 minutes'
          AND backend_type = 'client backend' ORDER BY xact_start`,
      level: 'warning',
      what: (names) => `a transaction is open for more than five minutes: ${names}`,
      hint: 'A migration waits for it where it has locks, and CREATE INDEX CONCURRENTLY waits for it in any case.',
      isInTheWay: true,
    },
    {
      sql: `SELECT gid || ' since ' || date_trunc('second', prepared) AS name FROM pg_prepared_xacts WHERE database = current_database() AND prepared < now() - interval '5 minutes' ORDER BY prepared`,
      level: 'warning',
      what: (names) => `a prepared transaction is left: ${names}`,
      hint: 'It has its locks until somebody says COMMIT PREPARED or ROLLBACK PREPARED.',
      isInTheWay: true,
    },
    {
      sql: `SELECT ${name('relid')} AS name FROM pg_stat_progress_vacuum JOIN pg_stat_activity USING (pid)
        WHERE pg_stat_progress_vacuum.datname = current_database() AND query LIKE '%(to prevent wraparound)' ORDER BY 1`,
      level: 'warning',
      what: (names) => `autovacuum works to prevent wraparound at ${names}`,
      hint: 'It does not step aside for a lock, as others do: a strong lock on the table waits for its end. pg_stat_progress_vacuum says how far it is.',
      isInTheWay: true,
    },
    {
      sql: `SELECT coalesce(nullif(application_name, ''), client_addr::text, pid::text) || ' by ' || coalesce(date_trunc('second', replay_lag)::text, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn))) AS name
        FROM pg_stat_replication WHERE CASE WHEN pg_is_in_recovery() THEN false
          ELSE replay_lag > interval '30 seconds' OR pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) > 1073741824 END ORDER BY 1`,
      level: 'warning',
      what: (names) => `a replica is behind: ${names}`,
      hint: 'What a migration writes comes behind that, and who reads there sees the old schema for as long. "throttle" makes backfills wait for it.',
      isInTheWay: true,
    },
    {
      sql: 'SELECT slot_name AS name FROM pg_replication_slots WHERE NOT active ORDER BY 1',
      level: 'warning',
      what: (names) => `nobody reads from the replication slot ${names}`,
      hint: 'The server keeps all that was written since, and may fill its disk. Drop the slot if its reader is gone.',
    },
  ]
}

/** Sequences of which four fifths are used: of their own numbers, or of those that their column can hold. */
function nearlyUsedUp(own: string): string {
  return `SELECT c.oid::regclass::text || ' (' || round(100 * share) || ' %)' AS name
    FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    CROSS JOIN LATERAL (SELECT LEAST(s.seqmax, CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 ELSE s.seqmax END) AS last) ends
    CROSS JOIN LATERAL (SELECT pg_sequence_last_value(c.oid)::numeric / NULLIF(ends.last, 0) AS share) used
    WHERE ${own} AND NOT s.seqcycle AND s.seqincrement > 0 AND share > 0.8 AND CASE c.relkind WHEN 'S' THEN has_sequence_privilege(c.oid, 'USAGE, SELECT') ELSE false END ORDER BY 1`
}
