import { expect } from 'vitest'
import { upgrade } from '../../src/index.ts'
import { type TestProject, testProject } from '../migrate/project.ts'
import type { TestDatabase } from '../servers/database.ts'

/** A backfill of eight ranges, whose target tells which session has written each row. */
export const rows = 4_000
/** Then a range is 500 rows. */
export const batchRows = 20

const given = `CREATE TABLE users (id int PRIMARY KEY, n int NOT NULL);
  CREATE TABLE numbers (user_id int NOT NULL, n int NOT NULL, worker int NOT NULL DEFAULT pg_backend_pid());
  INSERT INTO users SELECT n, n FROM generate_series(1, ${rows}) n; ANALYZE users`

export function numbers(fields = ''): { readonly id: string; readonly upgrade: string } {
  return {
    id: 'numbers',
    upgrade: `  op.backfill({
    table: 'users',
    columns: ['id', 'n'],
    into: { table: 'numbers', columns: ['user_id', 'n'] },
    transform: ({ id, n }) => ({ user_id: id, n }),
    sessions: 1,${fields}
  })`,
  }
}

/** A project with that backfill, on its tables. */
export async function numbersProject(database: TestDatabase, fields?: string): Promise<TestProject> {
  await database.query(given)
  return testProject(numbers(fields))
}

/** Records the backfill by an upgrade that stops after its first batch. */
export async function begin(config: Parameters<typeof upgrade>[0]): Promise<void> {
  const stop = new AbortController()
  const onEvent = ({ type }: { readonly type: string }) => type === 'backfill' && stop.abort()
  await expect(upgrade(config, { signal: stop.signal, onEvent })).rejects.toMatchObject({
    code: 'INTERRUPTED',
  })
}

/** What must hold in the end: each row was done once, and the ledger knows it. */
export async function expectEachOnce(database: TestDatabase): Promise<void> {
  expect(
    await database.query('SELECT count(*)::int AS rows, count(DISTINCT n)::int AS different FROM numbers'),
  ).toEqual([{ rows, different: rows }])
  expect(
    await database.query(`SELECT count(*)::int AS ranges, count(*) FILTER (WHERE done)::int AS done,
      sum(rows_scanned)::int AS scanned, sum(rows_written)::int AS written FROM limbeck.backfill_range`),
  ).toEqual([{ ranges: 8, done: 8, scanned: rows, written: rows }])
}

/** How many rows each session has written, the one with the fewest first. */
export async function byWorker(database: TestDatabase): Promise<readonly number[]> {
  const found = await database.query('SELECT count(*)::int AS rows FROM numbers GROUP BY worker ORDER BY 1')
  return found.map((row) => Number(row['rows']))
}
