import type pg from 'pg'
import type { Major } from './binaries.ts'

/** One connection of a test's own, for what it must see with its own eyes: rows, locks, settings. */
export type Session = {
  /**
   * The rows, as node-postgres parses them on servers and on PGlite alike. Without values the text may have several
   * statements; the rows are then those of the last.
   */
  readonly query: <Row extends object = Record<string, unknown>>(
    sql: string,
    values?: readonly unknown[],
  ) => Promise<readonly Row[]>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** A fresh, empty database, for one test or one file. */
export type TestDatabase = {
  /** `postgresql://…`, or `pglite:` and a directory. */
  readonly url: string
  /** On PGlite nothing else may have the directory open meanwhile, as it has one process and one session. */
  readonly connect: () => Promise<Session>
  /** A query in a session of its own: 5 ms on a server, 0.2 s on PGlite, which is opened and closed for it. */
  readonly query: Session['query']
  /** Also closes the sessions that others have left open on a server. */
  readonly drop: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** Where tests run: a server of a major, or PGlite. */
export type Target = {
  /** `PostgreSQL 13` or `PGlite`, for the names of tests. */
  readonly name: string
  readonly kind: 'server' | 'pglite'
  readonly major: Major
  readonly open: () => Promise<TestDatabase>
  /** A database with all that another one of this target has, which nobody may have open meanwhile. */
  readonly copy: (original: TestDatabase) => Promise<TestDatabase>
}

export function testDatabase(parts: {
  readonly url: string
  readonly connect: () => Promise<Session>
  readonly drop: () => Promise<void>
}): TestDatabase {
  return {
    ...parts,
    async query(sql, values) {
      await using session = await parts.connect()
      return await session.query(sql, values)
    },
    [Symbol.asyncDispose]: parts.drop,
  }
}

export async function openSession(
  client: pg.Client,
  close: () => Promise<void> = async () => {},
): Promise<Session> {
  // A server that is killed on purpose must not end the test; the next query fails.
  client.on('error', () => {})
  await client.connect()
  return {
    async query<Row extends object>(sql: string, values?: readonly unknown[]) {
      const answer: pg.QueryResult<Row> | pg.QueryResult<Row>[] = await client.query<Row>(
        sql,
        values && [...values],
      )
      return Array.isArray(answer) ? (answer.at(-1)?.rows ?? []) : answer.rows
    },
    async [Symbol.asyncDispose]() {
      await client.end()
      await close()
    },
  }
}
