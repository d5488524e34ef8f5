import { describe, expect, test } from 'vitest'
import { backfillRetry, backfillVerify, upgrade } from '../../src/index.ts'
import { testProject } from '../migrate/project.ts'
import { targets } from '../servers/databases.ts'

const rows = 12_000

describe.each(targets)('rows that are looked at again on $name', (target) => {
  const open = async (given: string, backfill: string) => {
    const stack = new AsyncDisposableStack()
    const database = stack.use(await target.open())
    await database.query(given)
    const project = stack.use(await testProject({ id: 'filled', upgrade: `  op.backfill({ ${backfill} })` }))
    return {
      database,
      config: { migrations: project.migrations, database: database.url, lint: 'off' as const },
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    }
  }

  const users = `CREATE TABLE users (id int PRIMARY KEY, email text, lower_email text);
    INSERT INTO users SELECT n, 'User' || n FROM generate_series(1, ${rows}) n`

  test('a set is verified, what was changed behind its back is named, and put right', async () => {
    await using made = await open(users, "table: 'users', set: { lower_email: op.sql`lower(email)` }")
    await upgrade(made.config)
    const clean = {
      title: 'users.lower_email',
      checked: rows,
      wrong: 0,
      repaired: 0,
      examples: [],
      revision: 'filled',
    }
    expect((await backfillVerify(made.config)).verified).toEqual([clean])
    await made.database.query("UPDATE users SET lower_email = 'no' WHERE id IN (17, 11000)")
    const found = { ...clean, wrong: 2, examples: [['17'], ['11000']] }
    expect((await backfillVerify(made.config)).verified).toEqual([found])
    expect((await backfillVerify(made.config, { repair: true })).verified).toEqual([
      { ...found, repaired: 2 },
    ])
    expect((await backfillVerify(made.config)).verified).toEqual([clean])
  })

  test('a set is compared with what its columns keep of it', async () => {
    const given = `CREATE TABLE kept (id int PRIMARY KEY, price numeric(6, 2), doc json, name char(5), at timestamptz(0));
      INSERT INTO kept SELECT generate_series(1, 10)`
    const set = `set: { price: op.sql\`1.005 * id\`, doc: op.sql\`json_build_object('id', id)\`, name: 'ab', at: op.sql\`timestamptz '2026-01-01 10:00:00.4Z'\` }`
    await using made = await open(given, `table: 'kept', ${set}`)
    await upgrade(made.config)
    expect((await backfillVerify(made.config)).verified[0]).toMatchObject({ checked: 10, wrong: 0 })
    await made.database.query(
      `UPDATE kept SET doc = '{}' WHERE id = 3; UPDATE kept SET price = 0 WHERE id = 4`,
    )
    expect((await backfillVerify(made.config, { repair: true })).verified[0]).toMatchObject({
      wrong: 2,
      repaired: 2,
    })
    expect((await backfillVerify(made.config)).verified[0]).toMatchObject({ wrong: 0 })
  })

  test('a repair is seen by triggers as the backfill is', async () => {
    const given = `${users}; CREATE TABLE seen (own text);
      CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN INSERT INTO seen VALUES (current_setting('limbeck.backfill', true)); RETURN NEW; END$$;
      CREATE TRIGGER see BEFORE UPDATE ON users FOR EACH ROW WHEN (OLD.lower_email = 'no') EXECUTE FUNCTION see()`
    await using made = await open(given, "table: 'users', set: { lower_email: op.sql`lower(email)` }")
    await upgrade(made.config)
    await made.database.query("UPDATE users SET lower_email = 'no' WHERE id = 17")
    await backfillVerify(made.config, { revision: 'fill', repair: true })
    expect(await made.database.query('TABLE seen')).toEqual([{ own: 'on' }])
  })

  test('a table with children by inheritance is refused: its key is not unique over their rows', async () => {
    const given = `CREATE TABLE parent (id int PRIMARY KEY, x int); CREATE TABLE child () INHERITS (parent)`
    await using made = await open(given, `table: 'parent', set: { x: 1 }`)
    await expect(upgrade(made.config)).rejects.toMatchObject({ cause: { code: 'NO_BACKFILL_KEY' } })
  })

  test('rows that should be gone are named, and deleted', async () => {
    const fields = `table: 'users', delete: true, where: op.sql\`id % 2 = 0\``
    await using made = await open(users, fields)
    await upgrade(made.config)
    expect(await made.database.query('SELECT count(*)::int, sum(id % 2)::int FROM users')).toEqual([
      { count: rows / 2, sum: rows / 2 },
    ])
    expect((await backfillVerify(made.config)).verified[0]).toMatchObject({ checked: rows / 2, wrong: 0 })
    await made.database.query('INSERT INTO users VALUES (4), (6000)')
    const found = { wrong: 2, examples: [['4'], ['6000']] }
    expect((await backfillVerify(made.config)).verified[0]).toMatchObject(found)
    expect((await backfillVerify(made.config, { repair: true })).verified[0]).toMatchObject({
      ...found,
      repaired: 2,
    })
    expect((await backfillVerify(made.config)).verified[0]).toMatchObject({ wrong: 0 })
  })

  test('a copy is verified against its target: rows that lack, and rows that differ', async () => {
    const given = `${users}; CREATE TABLE names (user_id int, part text, value json, size numeric(4, 1), PRIMARY KEY (user_id, part))`
    const copy = `table: 'users', where: op.sql\`id > 1\`, into: { table: 'names', columns: ['user_id', 'part', 'value', 'size'] },
      onConflict: { update: ['user_id', 'part'] },
      select: op.sql\`SELECT users.id, part, to_json(email), 0.25 FROM unnest(ARRAY['first', 'second']) part\``
    await using made = await open(given, copy)
    await upgrade(made.config)
    expect((await backfillVerify(made.config)).verified[0]).toMatchObject({ checked: rows, wrong: 0 })
    expect(await made.database.query('SELECT count(*)::int FROM names')).toEqual([{ count: 2 * (rows - 1) }])
    await made.database.query(`DELETE FROM names WHERE user_id = 5 AND part = 'first';
      UPDATE names SET value = 'null' WHERE user_id = 6000; UPDATE names SET size = 1 WHERE user_id = ${rows} AND part = 'second'`)
    const found = { wrong: 3, examples: [['5'], ['6000'], [String(rows)]] }
    expect((await backfillVerify(made.config)).verified[0]).toMatchObject({ ...found, repaired: 0 })
    await backfillVerify(made.config, { repair: true })
    expect((await backfillVerify(made.config)).verified[0]).toMatchObject({ wrong: 0 })
  })

  test('a transform is verified against its target: rows that lack, and rows that differ', async () => {
    const given = `${users}; CREATE TABLE names (user_id int, part text, value jsonb, tags text[], PRIMARY KEY (user_id, part))`
    const transform = `table: 'users', columns: ['id', 'email'], into: { table: 'names', columns: ['user_id', 'part', 'value', 'tags'] },
      onConflict: { update: ['user_id', 'part'] },
      transform: ({ id, email }) => ['first', 'second'].map((part) => ({ user_id: id, part, value: { email }, tags: [part, 'a,b'] }))`
    await using made = await open(given, transform)
    await upgrade(made.config)
    expect((await backfillVerify(made.config)).verified[0]).toMatchObject({ checked: rows, wrong: 0 })
    await made.database.query(`DELETE FROM names WHERE user_id = 5 AND part = 'first';
      UPDATE names SET value = 'null' WHERE user_id = 6000; UPDATE names SET tags = '{}' WHERE user_id = ${rows} AND part = 'second'`)
    const found = { wrong: 4, examples: [['5'], ['6000'], [String(rows)]] }
    expect((await backfillVerify(made.config)).verified[0]).toMatchObject({ ...found, repaired: 0 })
    expect((await backfillVerify(made.config, { repair: true })).verified[0]).toMatchObject({
      ...found,
      repaired: 4,
    })
    expect((await backfillVerify(made.config)).verified[0]).toMatchObject({ wrong: 0 })
  })

  test('a row that was set aside is tried again, and set aside no longer once it is done', async () => {
    const given = `CREATE TABLE users (id int PRIMARY KEY, age text, years int);
      INSERT INTO users VALUES (1, '30', NULL), (2, 'old', NULL), (3, 'young', NULL), (4, '40', NULL)`
    await using made = await open(given, "table: 'users', set: { years: op.sql`age::int` }, failedRows: 5")
    await upgrade(made.config)
    await made.database.query("UPDATE users SET age = '80' WHERE id = 2")
    expect((await backfillRetry(made.config)).retried).toEqual([
      { revision: 'filled', title: 'users.years', done: 1, failed: 1 },
    ])
    await made.database.query('DELETE FROM users WHERE id = 3')
    expect((await backfillRetry(made.config)).retried[0]).toMatchObject({ done: 1, failed: 0 })
    expect((await backfillRetry(made.config)).retried).toEqual([])
    expect(await made.database.query('SELECT id, years FROM users ORDER BY id')).toEqual([
      { id: 1, years: 30 },
      { id: 2, years: 80 },
      { id: 4, years: 40 },
    ])
  })
})
