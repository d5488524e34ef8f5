import { expect, test } from 'vitest'
import { ensureVersion, status, upgrade } from '../../src/index.ts'
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
  const config = { migrations: project.migrations, database: database.url }
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

test.each(servers())('an older Limbeck leaves the ledger of a newer one alone on $name', async (server) => {
  await using database = await server.open()
  await using project = await testProject({
    id: 'first',
    upgrade: "  op.execute({ sql: 'SELECT 1', inverse: null })",
  })
  const config = { migrations: project.migrations, database: database.url }
  await ensureVersion(config)
  await database.query('UPDATE limbeck.format SET version = 1000')
  await expect(status(config)).rejects.toMatchObject({ code: 'LEDGER_TOO_NEW', found: 1000 })
  await expect(upgrade(config)).rejects.toMatchObject({ code: 'LEDGER_TOO_NEW' })
  expect(await database.query('SELECT count(*)::int AS runs FROM limbeck.run')).toEqual([{ runs: 0 }])
})
