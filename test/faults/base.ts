import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Config, Interrupted, upgrade } from '../../src/index.ts'
import type { MigrateEvent } from '../../src/migrate/events.ts'
import { servers, type Target, type TestDatabase, type TestServer } from '../servers/databases.ts'

/** The six migrations, and the base on which they stand. */
export const six: string = fileURLToPath(new URL('../../examples/six/migrations', import.meta.url))

/** The server with the newest major. */
export function newest(): TestServer {
  const server = servers().at(-1)
  if (server === undefined) throw new Error('This run has no server.')
  return server
}

/** The six migrations on a database, with more revisions behind them. */
export function sixOn(database: TestDatabase, ...more: readonly { readonly migrations: string }[]): Config {
  return { database: database.url, migrations: [six, ...more.map(({ migrations }) => migrations)] }
}

export type Rows = {
  readonly users?: number
  /** The first of them is the default one. */
  readonly organizations?: number
}

/** A database at previous_rev, with rows. */
export async function populated(target: Target, rows: Rows = {}): Promise<TestDatabase> {
  const database = await target.open()
  await upgrade(sixOn(database), { to: 'previous_rev' })
  await database.query(rowsSql(rows))
  return database
}

/** A populated database on which the six migrations have run up to one of them. */
export async function upgradedTo(revision: string, target: Target, rows: Rows = {}): Promise<TestDatabase> {
  const database = await populated(target, rows)
  await upgrade(sixOn(database), { to: revision })
  return database
}

/** The id of the nth user; they are in the order of their numbers. */
export function userId(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
}

/** The preferences of users; every fifth has none. */
export const preferences = {
  dark: true,
  page: 2,
  lang: 'en',
  nothing: null,
  nested: { a: [1, true, null] },
} as const

function rowsSql({ users = 50, organizations = 3 }: Rows): string {
  return `INSERT INTO organizations (name, is_default) SELECT 'Organization ' || n, n = 1 FROM generate_series(1, ${organizations}) n;
    INSERT INTO users (id, email, name, preferences, created_at)
    SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'user' || n || '@example.com', 'User ' || n,
      CASE WHEN n % 5 <> 0 THEN '${JSON.stringify(preferences)}'::jsonb WHEN n % 2 = 0 THEN '{}' END,
      '2026-01-01Z'::timestamptz + n * interval '1 minute'
    FROM generate_series(1, ${users}) n;
    ANALYZE organizations, users`
}

/** The ids of the applied revisions, as the ledger has them. */
export async function appliedRevisions(database: TestDatabase): Promise<readonly string[]> {
  const rows = await database.query<{ id: string }>('SELECT id FROM limbeck.revision ORDER BY run')
  return rows.map(({ id }) => id)
}

/** The tables, views and indexes in the schema public, with what PostgreSQL says of each. */
export async function relations(database: TestDatabase): Promise<readonly string[]> {
  const rows = await database.query<{ relation: string }>(`
    SELECT relation FROM (
      SELECT format('%s %s (%s)', relkind, relname, (
        SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'NOT NULL' END,
          pg_get_expr(adbin, adrelid)), ', ' ORDER BY attnum)
        FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped)) AS relation
      FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v')
      UNION ALL
      SELECT pg_get_indexdef(indexrelid) || CASE WHEN indisvalid THEN '' ELSE ' INVALID' END
      FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE relnamespace = 'public'::regnamespace
      UNION ALL
      SELECT format('%s: %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL
      SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL
      SELECT format('%s: %s', enumtypid::regtype, string_agg(enumlabel, ', ' ORDER BY enumsortorder)) FROM pg_enum GROUP BY enumtypid
    ) found ORDER BY relation`)
  return rows.map(({ relation }) => relation)
}

/** The indexes of the schema public, and whether they are valid. */
export async function indexes(database: TestDatabase): Promise<{ readonly [name: string]: boolean }> {
  const rows = await database.query<{ name: string; valid: boolean }>(`
    SELECT relname AS name, indisvalid AND indisready AS valid FROM pg_index JOIN pg_class ON oid = indexrelid
    WHERE relnamespace = 'public'::regnamespace ORDER BY relname`)
  return Object.fromEntries(rows.map(({ name, valid }) => [name, valid]))
}

/** A session that has written to users and says nothing more, until it is told to commit. */
export async function idleWriter(database: TestDatabase) {
  const session = await database.connect()
  await session.query(`BEGIN; UPDATE users SET name = name WHERE id = '${userId(1)}'`)
  return {
    commit: () => session.query('COMMIT'),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}

/** Asks again and again until there is a row. */
export async function rowOf<Row extends object>(database: TestDatabase, sql: string): Promise<Row> {
  await using session = await database.connect()
  for (;;) {
    const [row] = await session.query<Row>(sql)
    if (row !== undefined) return row
    await sleep(20)
  }
}

/** The server's process of a run whose statement begins like that and waits for somebody. */
export async function waitingProcess(database: TestDatabase, statement: string): Promise<number> {
  const { pid } = await rowOf<{ pid: number }>(
    database,
    `SELECT pid FROM pg_stat_activity WHERE application_name = 'limbeck' AND wait_event_type = 'Lock'
      AND datname = current_database() AND query LIKE '${statement}%'`,
  )
  return pid
}

/** Runs up to a revision, but only until a backfill's first batch is done. */
export async function stopInBackfill(config: Config, to: string): Promise<void> {
  const controller = new AbortController()
  const stopped = upgrade(config, {
    to,
    signal: controller.signal,
    onEvent: ({ type }) => type === 'backfill' && controller.abort(),
  })
  await errorOf(Interrupted, stopped)
}

/** What a promise is rejected with; it fails if it is not, or with another class. */
export async function errorOf<Failure extends Error>(
  // biome-ignore lint/suspicious/noExplicitAny: an error class, whatever its constructor takes
  type: new (...given: any[]) => Failure,
  promise: Promise<unknown>,
): Promise<Failure> {
  const outcome = await promise.then(
    () => new Error(`It was fulfilled, not rejected with ${type.name}.`),
    (error: unknown) => error,
  )
  if (outcome instanceof type) return outcome
  throw outcome
}

/** A run that is under way, and what it tells. */
export type Running<Report> = {
  readonly report: Promise<Report>
  readonly events: readonly MigrateEvent[]
  /** The first event of a type, past or to come, for which something holds; it rejects if the run ends before. */
  readonly seen: <Type extends MigrateEvent['type']>(
    type: Type,
    holds?: (event: EventOf<Type>) => boolean,
  ) => Promise<EventOf<Type>>
}

type EventOf<Type> = MigrateEvent & { readonly type: Type }

/** Starts a run and goes on beside it. */
export function start<Report>(
  run: (options: { readonly onEvent: (event: MigrateEvent) => void }) => Promise<Report>,
): Running<Report> {
  const events: MigrateEvent[] = []
  const news = new EventTarget()
  const report = run({
    onEvent(event) {
      events.push(event)
      news.dispatchEvent(new Event('told'))
    },
  })
  // Who waits for the report is told of a failure there.
  const ended = report.then(
    () => {
      throw new Error(`The run ended without the event: ${events.map(({ type }) => type).join(', ')}`)
    },
    (error: unknown) => {
      throw error
    },
  )
  ended.catch(() => {})
  return {
    report,
    events,
    async seen(type, holds = () => true) {
      for (;;) {
        const event = events.find(
          (candidate): candidate is EventOf<typeof type> =>
            candidate.type === type && holds(candidate as EventOf<typeof type>),
        )
        if (event !== undefined) return event
        await Promise.race([once(news, 'told'), ended])
      }
    },
  }
}
