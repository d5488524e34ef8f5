import { expect, test } from 'vitest'
import { backfillList, ensureVersion, status, upgrade } from '../../src/index.ts'
import { ledgerScript } from '../../src/ledger/tables.ts'
import { testProject } from '../migrate/project.ts'
import { servers } from '../servers/databases.ts'

test.each(servers())('a newer Limbeck takes over the checkpoint of an older one on $name', async (server) => {
  await using database = await server.open()
  await database.query(`CREATE TABLE users (id int PRIMARY KEY, done boolean);
    INSERT INTO users SELECT n, n <= 40 FROM generate_series(1, 100) n`)
  await using project = await testProject({
    id: 'first',
    upgrade: "  op.backfill({ table: 'users', set: { done: true } })",
  })
  const config = { migrations: project.migrations, database: database.url, lint: 'off' as const }
  await database.query(ledgerScript('limbeck', 0, 1).statements)
  await database.query(`INSERT INTO limbeck.run (revision, direction, status, limbeck) VALUES ('first', 'upgrade', 'failed', '0.1.0');
    INSERT INTO limbeck.stage (run, ordinal, title, fingerprint, status) VALUES (1, 1, 'backfill users', '', 'failed');
    INSERT INTO limbeck.backfill (run, stage, key, upper, cursor, rows_scanned, rows_written, rows_estimated, batches)
    VALUES (1, 1, '{id}', '{100}', '{40}', 40, 40, 100, 1);
    CREATE TABLE touched (id int); CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
      $$BEGIN INSERT INTO touched VALUES (NEW.id); RETURN NEW; END$$;
    CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()`)
  await upgrade(config)
  expect(await database.query('SELECT min(id), count(*)::int AS rows FROM touched')).toEqual([
    { min: 41, rows: 60 },
  ])
  expect(
    await database.query(
      'SELECT lower, upper, cursor, rows_scanned::int AS scanned FROM limbeck.backfill_range',
    ),
  ).toEqual([{ lower: null, upper: ['100'], cursor: ['100'], scanned: 100 }])
})

test.each(servers())(
  'ranges of format 3 are known as done, or go on where they stood, on $name',
  async (server) => {
    await using database = await server.open()
    await database.query(`CREATE TABLE users (id int PRIMARY KEY, n int NOT NULL DEFAULT 0);
    INSERT INTO users SELECT n, (n <= 50 OR n BETWEEN 51 AND 70)::int FROM generate_series(1, 100) n`)
    const adding = { upgrade: "  op.backfill({ table: 'users', set: { n: op.sql`n + 1` } })" }
    await using project = await testProject(
      { id: 'first', ...adding },
      { id: 'second', down: 'first', ...adding },
    )
    const config = { migrations: project.migrations, database: database.url, lint: 'off' as const }
    await database.query(ledgerScript('limbeck', 0, 3).statements)
    // The first is done, though its checkpoint stands before its end: the last rows did not need the work.
    await database.query(`INSERT INTO limbeck.run (revision, direction, status, limbeck) VALUES
      ('first', 'upgrade', 'done', '0.1.0'), ('second', 'upgrade', 'failed', '0.1.0');
    INSERT INTO limbeck.revision (id, down_revisions, depends_on, message, checksum, run) VALUES ('first', '{}', '{}', '', '', 1);
    INSERT INTO limbeck.stage (run, ordinal, title, fingerprint, status) VALUES
      (1, 1, 'backfill users.n', '', 'done'), (2, 1, 'backfill users.n', '', 'failed');
    INSERT INTO limbeck.backfill (run, stage, title, key) VALUES (1, 1, 'users.n', '{id}'), (2, 1, 'users.n', '{id}');
    INSERT INTO limbeck.backfill_range (run, stage, ordinal, lower, upper, cursor) VALUES
      (1, 1, 1, NULL, '{100}', '{90}'),
      (2, 1, 1, NULL, '{50}', '{50}'), (2, 1, 2, '{50}', '{100}', '{70}')`)
    await upgrade(config)
    expect(await database.query('SELECT n, count(*)::int AS rows FROM users GROUP BY n')).toEqual([
      { n: 1, rows: 100 },
    ])
    expect(
      await database.query('SELECT run::int, ordinal, done FROM limbeck.backfill_range ORDER BY 1, 2'),
    ).toEqual([
      { run: 1, ordinal: 1, done: true },
      { run: 2, ordinal: 1, done: true },
      { run: 2, ordinal: 2, done: true },
    ])
    expect((await backfillList(config)).backfills).toMatchObject([
      { revision: 'second', state: 'done', detached: false, touches: [] },
      { revision: 'first', state: 'done', detached: false, touches: [] },
    ])
  },
)

test.each(servers())('an older Limbeck leaves the ledger of a newer one alone on $name', async (server) => {
  await using database = await server.open()
  await using project = await testProject({
    id: 'first',
    upgrade: "  op.execute({ sql: 'SELECT 1', inverse: null })",
  })
  const config = { migrations: project.migrations, database: database.url, lint: 'off' as const }
  await ensureVersion(config)
  await database.query('UPDATE limbeck.format SET version = 1000')
  await expect(status(config)).rejects.toMatchObject({ code: 'LEDGER_TOO_NEW', found: 1000 })
  await expect(upgrade(config)).rejects.toMatchObject({ code: 'LEDGER_TOO_NEW' })
  expect(await database.query('SELECT count(*)::int AS runs FROM limbeck.run')).toEqual([{ runs: 0 }])
})
