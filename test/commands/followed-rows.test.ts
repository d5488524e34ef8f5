import { describe, expect, test } from 'vitest'
import { type FollowedCatalog, followCatalog } from '../../src/catalog/followed-text.ts'
import { type FollowedRows, followRows } from '../../src/commands/verify/followed-rows.ts'
import { readRows } from '../../src/commands/verify/rows.ts'
import { connect } from '../../src/connection/connect.ts'
import { targets } from '../servers/databases.ts'

/** What makes rows others, or lets them look otherwise; each is a text of its own. */
const changes = [
  "INSERT INTO a SELECT n, 'a' FROM generate_series(1, 5) n",
  'UPDATE a SET n = n + 10 WHERE n = 1',
  'DELETE FROM a WHERE n = 2',
  "BEGIN; INSERT INTO a VALUES (99, 'gone'); ROLLBACK",
  "BEGIN; SAVEPOINT s; INSERT INTO a VALUES (98, 'gone'); ROLLBACK TO s; INSERT INTO a VALUES (97, 'kept'); COMMIT",
  'SELECT pg_stat_reset()',
  "INSERT INTO a VALUES (96, 'after')",
  'ALTER TABLE a ADD COLUMN d date DEFAULT DATE $$2026-01-15$$',
  'ALTER TABLE a ALTER COLUMN n TYPE bigint',
  'ALTER TABLE a ALTER COLUMN text TYPE varchar(3) USING left(text, 3)',
  'ALTER TABLE a RENAME COLUMN text TO words',
  'ALTER TABLE a DROP COLUMN d',
  'ALTER TABLE a RENAME TO renamed; ALTER TABLE renamed RENAME TO a',
  'ALTER TABLE a RENAME TO first',
  'CLUSTER first USING first_key',
  'TRUNCATE first',
  "CREATE TYPE state AS ENUM ('new', 'old'); CREATE TABLE states (s state); INSERT INTO states VALUES ('new')",
  "ALTER TYPE state RENAME VALUE 'new' TO 'fresh'",
  'CREATE TYPE pair AS (x integer, y integer); CREATE TABLE pairs (p pair, ps pair[])',
  "INSERT INTO pairs VALUES ('(1,2)', '{\"(3,4)\"}')",
  'ALTER TYPE pair ADD ATTRIBUTE z integer CASCADE',
  'CREATE TABLE of_rows (f first); INSERT INTO of_rows VALUES (ROW(1, $$a$$)::first)',
  'ALTER TABLE first ADD COLUMN more text',
  'CREATE TABLE parts (n integer) PARTITION BY RANGE (n); CREATE TABLE part_1 PARTITION OF parts FOR VALUES FROM (0) TO (10)',
  'INSERT INTO parts VALUES (1)',
  'INSERT INTO part_1 VALUES (2)',
  'UPDATE parts SET n = 3 WHERE n = 2',
  'TRUNCATE part_1',
  'INSERT INTO parts VALUES (4)',
  'ALTER TABLE parts DETACH PARTITION part_1',
  'INSERT INTO part_1 VALUES (5)',
  'ALTER TABLE parts ATTACH PARTITION part_1 FOR VALUES FROM (0) TO (20)',
  'CREATE TABLE child (c text) INHERITS (first); INSERT INTO child (n, c) VALUES (1, $$c$$)',
  'UPDATE first SET n = 2',
  'CREATE TABLE referred (id integer PRIMARY KEY); CREATE TABLE referring (id integer REFERENCES referred ON DELETE CASCADE)',
  'INSERT INTO referred VALUES (1), (2); INSERT INTO referring VALUES (1), (2)',
  'DELETE FROM referred WHERE id = 1',
  `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE referring SET id = NULL; RETURN NEW; END $$;
   CREATE TRIGGER t AFTER INSERT ON states FOR EACH ROW EXECUTE FUNCTION f()`,
  "INSERT INTO states VALUES ('old')",
  'CREATE SCHEMA other; ALTER TABLE states SET SCHEMA other',
  'ALTER SCHEMA other RENAME TO others',
  'CREATE UNLOGGED TABLE u AS SELECT 1 AS n',
  'ALTER TABLE u SET LOGGED',
  'DROP TABLE of_rows, child, first CASCADE',
  'CREATE TABLE first (n integer); INSERT INTO first VALUES (1)',
]

async function readFollowed(catalog: FollowedCatalog, rows: FollowedRows) {
  const { found } = await catalog.readWith(rows.tables)
  return rows.read(found)
}

describe.each(targets)('on $name', (target) => {
  test('the rows of all tables are followed through all that changes them', async () => {
    await using database = await target.open()
    const connection = await connect(database.url)
    await connection.run('CREATE TABLE a (n integer CONSTRAINT first_key PRIMARY KEY, text text)')
    const catalog = followCatalog(connection, {})
    const followed = followRows(connection, 'limbeck', catalog)
    for (const change of changes) {
      await connection.run(change)
      expect(await readFollowed(catalog, followed), change).toEqual(await readRows(connection, 'limbeck'))
    }
    await connection.close()
  })
})

test.for(targets.slice(-1))('what nobody has written to is not read again on $name', async (target) => {
  await using database = await target.open()
  const connection = await connect(database.url)
  await connection.run('CREATE TABLE a AS SELECT 1 AS n; CREATE TABLE b AS SELECT 1 AS n')
  const catalog = followCatalog(connection, {})
  const asked: string[] = []
  const run: typeof connection.run = (text) => {
    asked.push(text)
    return connection.run(text)
  }
  const followed = followRows({ ...connection, run }, 'limbeck', catalog)
  const readOf = async () => {
    asked.length = 0
    await readFollowed(catalog, followed)
    return asked.filter((text) => text.includes('to_jsonb')).join(' ')
  }
  expect(await readOf()).toMatch(/ONLY a t.*ONLY b t/s)
  expect(await readOf()).toBe('')
  await connection.run('UPDATE b SET n = 2')
  expect(await readOf()).not.toMatch(/ONLY a t/)
  expect(await readOf()).toBe('')
  await connection.close()
})
