import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expansionOf, newNames } from '../../src/operations/expansion.ts'
import {
  contractColumn,
  contractKey,
  dropKeptColumn,
  expandCheck,
  expandColumn,
  expandKey,
  retractColumn,
} from '../../src/operations/registry.ts'
import { sql } from '../../src/sql/tag.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'
import { manyIndexes } from './further-examples.ts'

const rename = { table: 'users', from: 'email', to: 'email_address' } as const

describe.each(targets)('a column that is renamed on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const indexes = async (column: string) => {
    const rows =
      await bench.rows(`SELECT pg_get_indexdef(i.indexrelid) || coalesce(' — ' || pg_get_constraintdef(k.oid), '') AS definition
      FROM pg_index i LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid
      WHERE indrelid = 'users'::regclass AND indisvalid AND pg_get_indexdef(i.indexrelid) ~ '\\m${column}\\M'`)
    return rows.map((row) => String(row['definition']))
  }
  /** A definition with the new column, and without the index's name. */
  const shape = (definition: string) =>
    definition.replace(/INDEX ("[^"]*"|\w+) ON/, 'INDEX ON').replaceAll(/\bemail\b/g, 'email_address')

  test('has the same indexes and constraints under its new name', async () => {
    await bench.prepare(manyIndexes)
    await bench.rows('INSERT INTO users SELECT id + 100, email || id, name, age FROM users WHERE id < 3')
    const failed = bench.rows(
      'CREATE UNIQUE INDEX CONCURRENTLY users_email_broken ON users (name, (email > email))',
    )
    await expect(failed).rejects.toThrow('could not create unique index')
    await bench.rows('CREATE INDEX users_email_last ON users (email DESC)')

    await bench.apply([expandColumn(rename)])
    const copied = await indexes('email_address')
    expect(copied.map(shape).sort()).toEqual((await indexes('email')).map(shape).sort())
    expect(copied).toHaveLength(10)
    expect(copied.join('\n')).toContain('UNIQUE (email_address) DEFERRABLE INITIALLY DEFERRED')
  })

  test('is not begun where a row cannot be given its new value, and names that row', async () => {
    await bench.prepare(`CREATE TABLE users (id int PRIMARY KEY, age text);
      INSERT INTO users SELECT n, n FROM generate_series(1, 50) n; INSERT INTO users VALUES (51, 'n/a')`)
    // Names that the block might have for its own.
    await bench.rows('ALTER TABLE users ADD COLUMN place int, ADD COLUMN code int, ADD COLUMN old int')
    const before = await bench.catalog()
    const number = { table: 'users', from: 'age', to: { name: 'years', type: 'int' } } as const
    await expect(bench.apply([expandColumn(number)])).rejects.toMatchObject({
      cause: {
        message: 'invalid input syntax for type integer: "n/a"',
        server: { sqlState: '22P02', detail: `It is the row of "users" where age = 'n/a'.` },
      },
    })
    expect(await bench.catalog()).toEqual(before)
    await bench.rows("UPDATE users SET age = '51' WHERE id = 51")
    await bench.apply([expandColumn(number)])
    expect(await bench.rows('SELECT sum(years)::int FROM users')).toEqual([{ sum: 51 * 26 }])
    const coded = { name: 'coded', type: 'int', up: sql`coalesce(code, place, old)` }
    await bench.forget()
    await bench.apply([
      expandColumn({ table: 'users', from: ['code', 'place', 'old'], to: coded, down: { code: sql`coded` } }),
    ])
  })

  test('follows by the author’s functions whatever the application’s search_path is', async () => {
    await bench.prepare(`CREATE SCHEMA lib; CREATE TABLE users (id int PRIMARY KEY, age int);
      CREATE FUNCTION lib.months(years int) RETURNS int LANGUAGE sql AS 'SELECT 12 * years';
      CREATE FUNCTION lib.good(years int) RETURNS boolean LANGUAGE sql AS 'SELECT years > 0'`)
    await bench.rows('SET search_path TO public, lib')
    const months = { name: 'months', type: 'int', up: sql`months(age)` }
    await bench.apply([
      expandColumn({ table: 'users', from: 'age', to: months, down: { age: sql`months / 12` } }),
      expandCheck({ table: 'users', name: 'good', expression: sql`good(age)`, mend: { age: 1 } }),
    ])
    await bench.rows('SET search_path TO public')
    await bench.rows('INSERT INTO users VALUES (1, 3), (2, -3)')
    expect(await bench.rows('SELECT age, months FROM users ORDER BY id')).toEqual([
      { age: 3, months: 36 },
      { age: 1, months: 12 },
    ])
  })

  test('may be of a type that has no equality', async () => {
    await bench.prepare(
      `CREATE TABLE users (id int PRIMARY KEY, email json); INSERT INTO users VALUES (1, '{"a": 1}')`,
    )
    await bench.apply([expandColumn(rename)])
    await bench.rows(`UPDATE users SET email = '{"a":  1}'; INSERT INTO users VALUES (2, '[]');
      INSERT INTO users (id, email_address) VALUES (3, '7'); UPDATE users SET email_address = '{}' WHERE id = 2`)
    const both = await bench.rows(
      'SELECT email::text AS old, email_address::text AS new FROM users ORDER BY id',
    )
    expect(both).toEqual(['{"a":  1}', '{}', '7'].map((text) => ({ old: text, new: text })))
    await bench.forget()
    await bench.apply([contractColumn(rename)])
  })

  test('is not expanded over an index that has the name of a copy', async () => {
    await bench.prepare(
      'CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE); CREATE INDEX users_email_address_key ON users (id)',
    )
    await expect(bench.apply([expandColumn(rename)])).rejects.toThrow(
      'An index users_email_address_key is there already, on users',
    )
  })

  test('is the same after the rename was taken back and done again', async () => {
    await bench.prepare(manyIndexes)
    await bench.apply([expandColumn(rename)])
    const expanded = await bench.catalog()
    const back = retractColumn(rename)
    await bench.apply([back])
    await bench.undo([back])
    expect(await bench.catalog()).toEqual(expanded)
  })

  test('keeps its default, its values and NOT NULL to the end, and nothing of the old name', async () => {
    await bench.prepare(`CREATE TABLE users (id int PRIMARY KEY, email varchar(20) NOT NULL DEFAULT 'none');
      INSERT INTO users VALUES (1, 'a'), (2, DEFAULT)`)
    await bench.apply([expandColumn(rename)])
    await bench.apply([contractColumn(rename)])
    expect(await bench.rows('SELECT * FROM users ORDER BY id')).toEqual([
      { id: 1, email_address: 'a' },
      { id: 2, email_address: 'none' },
    ])
    const lines = (await bench.catalog()).join('\n')
    expect(lines).toMatch(
      /column users\.email_address character varying\(20\) collation \S+ not null t default 'none'::character varying /,
    )
    expect(lines).not.toMatch(/\bemail\b|limbeck_sync|proof/)
  })

  test('is not contracted while the two differ', async () => {
    await bench.prepare(
      `CREATE TABLE users (id int PRIMARY KEY, email text);
        INSERT INTO users SELECT n, 'a' FROM generate_series(1, 5) n`,
    )
    await bench.apply([expandColumn(rename)])
    await bench.rows(
      `ALTER TABLE users DISABLE TRIGGER USER; UPDATE users SET email = 'b' WHERE id < 3; ALTER TABLE users ENABLE TRIGGER USER`,
    )
    await expect(bench.apply([contractColumn(rename)])).rejects.toThrow(
      'In 2 of 5 rows of users email and email_address do not agree: 3 are done.',
    )
  })
})

/** The same value under a wider type. */
const wider = (table: string, from: string) =>
  ({ table, from, to: { name: `${from}_new`, type: 'bigint' } }) as const

describe.each(targets)('a column that gets another type on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const people = (
    id: string,
  ) => `CREATE TABLE users (id ${id} PRIMARY KEY, name text, boss int REFERENCES users);
    CREATE INDEX users_id_name_idx ON users (id, name);
    CREATE STATISTICS users_boss_name (ndistinct) ON boss, name FROM users; ALTER STATISTICS users_boss_name SET STATISTICS 50;
    COMMENT ON STATISTICS users_boss_name IS 'they go together';
    CREATE TABLE posts (id int PRIMARY KEY, author int NOT NULL REFERENCES users ON DELETE CASCADE CHECK (author > 0));
    CREATE INDEX posts_author_idx ON posts (author);
    COMMENT ON COLUMN posts.author IS 'who wrote it';
    CREATE VIEW authors AS SELECT u.id, u.name, count(*) AS posts FROM users u JOIN posts p ON p.author = u.id GROUP BY u.id;
    CREATE VIEW busy AS SELECT * FROM authors WHERE posts > 1;
    INSERT INTO users (name) SELECT 'user ' || n FROM generate_series(1, 20) n;
    INSERT INTO posts SELECT n, 1 + n % 20 FROM generate_series(1, 100) n`

  const widen = async (table: string, column: string) => {
    await bench.apply([expandColumn(wider(table, column))])
    await bench.apply([contractColumn({ ...wider(table, column), as: column })])
  }

  test.each(['serial', 'int GENERATED ALWAYS AS IDENTITY', 'int GENERATED BY DEFAULT AS IDENTITY'])(
    'keeps its key, the keys that point to it, its sequence and its views: %s',
    async (id) => {
      await bench.prepare(people(id))
      const before = await bench.catalog()
      await widen('users', 'id')
      await widen('users', 'boss')
      await widen('posts', 'author')
      const after = await bench.catalog()
      expect(after.map(widened).toSorted()).toEqual(before.map(widened).toSorted())

      const added = (name: string) =>
        bench.rows(`INSERT INTO users (name) VALUES ('${name}') RETURNING id::text`)
      expect(await added('next')).toEqual([{ id: '21' }])
      await bench.rows('ALTER SEQUENCE users_id_seq RESTART WITH 3000000000')
      expect(await added('far')).toEqual([{ id: '3000000000' }])
      await bench.rows('DELETE FROM users WHERE id = 1')
      expect(await bench.rows('SELECT count(*)::int AS posts FROM posts WHERE author = 1')).toEqual([
        { posts: 0 },
      ])
    },
  )

  test('is as it was once it is taken back', async () => {
    await bench.prepare(people('serial'))
    const before = await bench.catalog()
    const expand = expandColumn(wider('users', 'id'))
    await bench.apply([expand])
    await bench.undo([expand])
    expect(await bench.catalog()).toEqual(before)
  })

  const key = { table: 'users', column: 'id', type: 'bigint' } as const
  const references = [
    { table: 'posts', column: 'author' },
    { table: 'users', column: 'boss' },
  ]

  test('is a key with all that refer to it, in one operation', async () => {
    await bench.prepare(people('serial'))
    const before = await bench.catalog()
    const expand = expandKey({ ...key, references })
    await bench.apply([expand])
    await bench.undo([expand])
    expect(await bench.catalog()).toEqual(before)
    await bench.apply([expand])
    await bench.apply([contractKey({ ...key, references })])
    const after = await bench.catalog()
    expect(after.map(widened).toSorted()).toEqual(before.map(widened).toSorted())
  })

  test('is a key of which no column is contracted while another one is not ready', async () => {
    await bench.prepare(`${people('serial')}; DELETE FROM posts WHERE author = 7`)
    await bench.apply([expandKey({ ...key, references })])
    const expanded = await bench.catalog()
    const mend = (value: string) =>
      bench.rows(
        `ALTER TABLE users DISABLE TRIGGER USER; UPDATE users SET id_new = ${value} WHERE id = 7; ALTER TABLE users ENABLE TRIGGER USER`,
      )
    await mend('70')
    const contract = bench.apply([contractKey({ ...key, references })])
    await expect(contract).rejects.toThrow('In 1 of 20 rows of users id and id_new do not agree')
    expect(await bench.catalog()).toEqual(expanded)

    await mend('id')
    const more = [...references, { table: 'posts', column: 'id' }]
    const misnamed = bench.apply([contractKey({ ...key, references: more })])
    await expect(misnamed).rejects.toThrow('The triggers that keep posts.id to id_new in step are not there.')
    expect(await bench.catalog()).toEqual(expanded)
    await bench.apply([contractKey({ ...key, references })])
  })

  test('is a key of which every reference is named', async () => {
    await bench.prepare(people('serial'))
    const expand = bench.apply([expandKey({ ...key, references: [{ table: 'posts', column: 'author' }] })])
    await expect(expand).rejects.toThrow('users.boss refer to users.id too')
  })

  test.each([
    ['users', 'id', 'it is in the primary key'],
    ['posts', 'author', 'it is in a foreign key'],
  ])('is not kept where it is %s.%s: %s', async (table, column, reason) => {
    await bench.prepare(people('serial'))
    await bench.apply([expandColumn(wider(table, column))])
    const kept = bench.apply([contractColumn({ ...wider(table, column), as: column, keep: true })])
    await expect(kept).rejects.toThrow(reason)
  })
})

/** A line of the catalog, with the wide type in the place of the narrow one. */
function widened(line: string): string {
  return line.replaceAll(/\binteger\b/g, 'bigint').replaceAll('2147483647', '9223372036854775807')
}

describe.each(targets)('a column that is kept after its contract on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const prices = `CREATE TABLE prices (id int PRIMARY KEY, amount int NOT NULL DEFAULT 7 CHECK (amount >= 0), code text UNIQUE);
    CREATE INDEX prices_amount_idx ON prices (amount);
    CREATE UNIQUE INDEX prices_amount_id_key ON prices (amount, id);
    CREATE VIEW dear AS SELECT id FROM prices WHERE amount > 100;
    INSERT INTO prices SELECT n, n * 10, 'c' || n FROM generate_series(1, 20) n`

  const recast = { ...wider('prices', 'amount'), as: 'amount' } as const
  const rename = { table: 'prices', from: 'amount', to: 'price' } as const
  const cents = {
    table: 'prices',
    from: 'amount',
    to: { name: 'cents', type: 'bigint', up: sql`amount * 100`, default: 700 },
    down: { amount: sql`cents / 100` },
  } as const

  test.each([
    ['another type', recast, 'amount', 'amount_old'],
    ['another name', rename, 'price', 'amount'],
    ['another unit', cents, 'cents', 'amount'],
  ] as const)('for %s is fed, and leads back to where it came from', async (_, contracted, fresh, kept) => {
    await bench.prepare(prices)
    const expansion = expansionOf(contracted)
    await bench.apply([expandColumn(expansion)])
    const expanded = await bench.catalog()
    const contract = contractColumn({ ...contracted, keep: true })
    await bench.apply([contract])
    await bench.rows(
      `INSERT INTO prices (id, ${fresh}) VALUES (21, 2100); UPDATE prices SET ${fresh} = 4200 WHERE id = 1`,
    )
    const read = `SELECT ${kept}::text AS old, ${fresh}::text AS new FROM prices WHERE id IN (1, 21) ORDER BY id`
    const expected = fresh === 'cents' ? ['42', '21'] : ['4200', '2100']
    expect(await bench.rows(read)).toEqual([
      { old: expected[0], new: '4200' },
      { old: expected[1], new: '2100' },
    ])

    await bench.undo([contract])
    expect(await bench.catalog()).toEqual(expanded)
    await bench.rows('UPDATE prices SET amount = 5 WHERE id = 2')
    const [to] = newNames(expansion)
    expect(await bench.rows(`SELECT ${to}::int AS value FROM prices WHERE id = 2`)).toEqual([
      { value: fresh === 'cents' ? 500 : 5 },
    ])

    await bench.apply([contract])
    // What speaks of another unit is the author's to change.
    if (fresh === 'cents')
      await bench.rows('CREATE OR REPLACE VIEW dear AS SELECT id FROM prices WHERE cents > 10000')
    await bench.apply([dropKeptColumn(contracted)])
    const lines = (await bench.catalog()).join('\n')
    expect(lines).not.toMatch(/limbeck|_new|_old/)
    expect(lines).toContain(fresh === 'cents' ? 'prices.cents bigint' : `prices.${fresh}`)
    expect(await bench.rows(`INSERT INTO prices (id) VALUES (50) RETURNING ${fresh}::int AS value`)).toEqual([
      { value: fresh === 'cents' ? 700 : 7 },
    ])
  })
})
