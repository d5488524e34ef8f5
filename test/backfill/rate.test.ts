import { describe, expect, test } from 'vitest'
import { backfillList, backfillRun, type Config, upgrade } from '../../src/index.ts'
import { ledgerScript } from '../../src/ledger/tables.ts'
import { testProject } from '../migrate/project.ts'
import { servers } from '../servers/databases.ts'
import { batchRows, begin, numbersProject, rows } from './numbers.ts'

describe.each(servers())('the rate of a backfill on $name', (server) => {
  const rateOf = async (config: Config) => (await backfillList(config)).backfills[0]?.rate ?? 0

  test('counts no time in which nobody works', async () => {
    await using database = await server.open()
    await using project = await numbersProject(database)
    const config = { migrations: project.migrations, database: database.url, lint: 'off' as const, batchRows }
    await begin(config)
    const rate = await rateOf(config)
    expect(rate).toBeGreaterThan(0)
    // As if it had been left alone for a day.
    await database.query(`UPDATE limbeck.stage SET started_at = started_at - interval '1 day'`)
    expect(await rateOf(config)).toBe(rate)
    await upgrade(config)
    const [{ worked = 0 } = {}] = await database.query<{ worked: number }>(
      'SELECT sum(worked_milliseconds)::int AS worked FROM limbeck.backfill_range',
    )
    expect(worked).toBeGreaterThan(0)
    expect(worked).toBeLessThan(60_000)
    expect(await rateOf(config)).toBe(Math.round((rows * 1000) / worked))
  })

  test('has the time that a batch waits on the server', async () => {
    await using database = await server.open()
    await database.query(`CREATE TABLE users (id int PRIMARY KEY, n int);
      INSERT INTO users SELECT n FROM generate_series(1, 40) n`)
    await using project = await testProject({
      id: 'slow',
      upgrade:
        "  op.backfill({ table: 'users', set: { n: op.sql`CASE WHEN pg_sleep(0.01)::text = '' THEN 1 END` } })",
    })
    const config = { migrations: project.migrations, database: database.url, lint: 'off' as const }
    await upgrade(config)
    const rate = await rateOf(config)
    // 40 rows of 10 ms each, which the server sleeps.
    expect(rate).toBeGreaterThan(20)
    expect(rate).toBeLessThanOrEqual(100)
  })

  test('is of what was timed, where an older Limbeck has done the first ranges', async () => {
    await using database = await server.open()
    await database.query(`CREATE TABLE users (id int PRIMARY KEY, n int NOT NULL DEFAULT 0);
      INSERT INTO users SELECT n FROM generate_series(1, 100) n`)
    await using project = await testProject({
      id: 'first',
      upgrade:
        "  op.backfill({ table: 'users', set: { n: op.sql`CASE WHEN pg_sleep(0.005)::text = '' THEN n + 1 END` } })",
    })
    const config = { migrations: project.migrations, database: database.url, lint: 'off' as const }
    await database.query(ledgerScript('limbeck', 0, 4).statements)
    await database.query(`INSERT INTO limbeck.run (revision, direction, status, limbeck) VALUES ('first', 'upgrade', 'failed', '0.1.0');
      INSERT INTO limbeck.stage (run, ordinal, title, fingerprint, status) VALUES (1, 1, 'backfill users.n', '', 'failed');
      INSERT INTO limbeck.backfill (run, stage, title, key) VALUES (1, 1, 'users.n', '{id}');
      INSERT INTO limbeck.backfill_range (run, stage, ordinal, lower, upper, cursor, done, rows_scanned, batches) VALUES
        (1, 1, 1, NULL, '{60}', '{60}', true, 1000000, 2), (1, 1, 2, '{60}', '{100}', NULL, false, 0, 0)`)
    // Until somebody with the lease has been here, it is read as it is, and nothing is written.
    expect(await backfillList(config)).toMatchObject({ backfills: [{ scanned: 1_000_000, rate: 0 }] })
    await expect(backfillRun(config)).rejects.toMatchObject({ code: 'LEDGER_OUTDATED', found: 4 })
    await upgrade(config)
    expect(
      await database.query(
        'SELECT ordinal, worked_milliseconds > 0 AS timed FROM limbeck.backfill_range ORDER BY ordinal',
      ),
    ).toEqual([
      { ordinal: 1, timed: null },
      { ordinal: 2, timed: true },
    ])
    expect(await rateOf(config)).toBeLessThanOrEqual(200)
    expect(await backfillRun(config)).toMatchObject({ backfills: [] })
  })
})
