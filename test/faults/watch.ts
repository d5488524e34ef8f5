import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { vi } from 'vitest'
import { type LockMode, lockModes } from '../../src/operations/operation.ts'
import type { TestDatabase } from '../servers/databases.ts'

/** A command of DDL as it looked from inside its own session, when it was done. */
export type WatchedCommand = {
  readonly command: string
  readonly transaction: string
  /** The strongest lock that its transaction held on each watched table. */
  readonly locks: { readonly [table: string]: LockMode | null }
  /** The rows of each watched table that were read since the command before. */
  readonly rowsRead: { readonly [table: string]: number }
}

/** Has the server write down what each DDL command locks and reads of some tables; gives what was written so far. */
export async function watchDdl(
  database: TestDatabase,
  ...tables: readonly string[]
): Promise<() => Promise<readonly WatchedCommand[]>> {
  const names = `unnest(ARRAY['${tables.join("', '")}']) AS name`
  await database.query(`CREATE SCHEMA watch;
    CREATE TABLE watch.command (n bigserial, command text, transaction text, locks json, rows_read json);
    CREATE FUNCTION watch.command() RETURNS event_trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO watch.command (command, transaction, locks, rows_read) SELECT tg_tag, txid_current()::text,
        (SELECT json_object_agg(name, ARRAY(SELECT mode FROM pg_locks
          WHERE pid = pg_backend_pid() AND granted AND relation = to_regclass(name))) FROM ${names}),
        (SELECT json_object_agg(relname, seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables
          JOIN ${names} ON relname = name);
    END $$;
    CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION watch.command()`)
  return async () => {
    const rows = await database.query<WrittenCommand>(
      'SELECT command, transaction, locks, rows_read FROM watch.command ORDER BY n',
    )
    return rows.map((row, n) => watchedCommand(row, rows[n - 1]))
  }
}

/** The commands that shut readers out of a table. */
export function shuttingOut(commands: readonly WatchedCommand[], table: string): readonly WatchedCommand[] {
  return commands.filter(({ locks }) => locks[table] === 'AccessExclusive')
}

/** The commands that read that many rows of a table, and are in none of the given ones' transactions. */
export function readingApart(
  commands: readonly WatchedCommand[],
  apartFrom: readonly WatchedCommand[],
  { table, rows }: { readonly table: string; readonly rows: number },
): readonly WatchedCommand[] {
  const transactions = new Set(apartFrom.map(({ transaction }) => transaction))
  return commands.filter(
    ({ rowsRead, transaction }) => (rowsRead[table] ?? 0) >= rows && !transactions.has(transaction),
  )
}

type WrittenCommand = {
  readonly command: string
  readonly transaction: string
  readonly locks: { readonly [table: string]: readonly string[] }
  /** Since the session began. */
  readonly rows_read: { readonly [table: string]: number } | null
}

function watchedCommand(
  { command, transaction, locks, rows_read }: WrittenCommand,
  before: WrittenCommand | undefined,
): WatchedCommand {
  return {
    command,
    transaction,
    locks: mapValues(locks, (modes) => lockModes.findLast((mode) => modes.includes(`${mode}Lock`)) ?? null),
    rowsRead: mapValues(rows_read ?? {}, (count, table) => count - (before?.rows_read?.[table] ?? 0)),
  }
}

function mapValues<From, To>(
  object: { readonly [name: string]: From },
  change: (value: From, name: string) => To,
): { readonly [name: string]: To } {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]))
}

/** The longest that one of many reads took, in milliseconds, while the work went on. */
export async function longestRead(
  database: TestDatabase,
  sql: string,
  work: () => Promise<unknown>,
): Promise<number> {
  await using reader = await database.connect()
  let working = true
  const worked = work().finally(() => {
    working = false
  })
  let longest = 0
  while (working) {
    const began = performance.now()
    await reader.query(sql)
    longest = Math.max(longest, performance.now() - began)
    await sleep(5)
  }
  await worked
  return longest
}

/** The messages that this process sends to servers while the work goes on, each with one statement or several. */
export async function messagesOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    return query.mock.calls.map(([text]) => String(text))
  } finally {
    query.mockRestore()
  }
}
