import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fillWithSamples } from '../../src/samples/fill.ts'
import { sampleRow } from '../../src/samples/row.ts'
import { readSampleTables } from '../../src/samples/table.ts'
import { quoteIdentifier } from '../../src/sql/identifier.ts'
import { type Bench, openBench } from '../operations/bench.ts'
import { targets } from '../servers/databases.ts'
import { again } from './again.ts'
import { schema } from './schema.ts'

describe.each(targets)('on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  beforeEach(() => bench.prepare(schema))
  afterAll(() => bench.close())

  const one = async (sql: string) => (await bench.rows(sql))[0]

  test('every table has rows that no constraint refuses, and no trigger has fired', async () => {
    const { tables } = await fillWithSamples(bench.connection)
    expect(tables.filter(({ rows }) => rows === 0)).toEqual([])
    expect(tables.filter(({ rows }) => rows < 24).map(({ table, rows }) => [table, rows])).toEqual([
      ['flags', 1],
      ['profiles', 21],
    ])
    expect(await again(bench.rows)).toEqual([])
    expect(
      await one(
        `SELECT string_agg(tgname::text || tgenabled::text, ' ' ORDER BY tgname) AS t FROM pg_trigger WHERE NOT tgisinternal`,
      ),
    ).toEqual({
      t: 'alwaysA neverO',
    })
  })

  test('each partition has some', async () => {
    await fillWithSamples(bench.connection)
    expect(
      await bench.rows(
        `SELECT DISTINCT tableoid::regclass::text AS name FROM events UNION SELECT DISTINCT tableoid::regclass::text FROM hashed UNION SELECT DISTINCT tableoid::regclass::text FROM listed ORDER BY 1`,
      ),
    ).toEqual(
      [
        'events_2025',
        'events_2026',

        'events_default',
        'hashed_0',
        'hashed_1',
        'hashed_2',
        'listed_2026_a',
        'listed_2026_b',
      ].map((name) => ({ name })),
    )
  })

  test('rows are awkward: NULLs, duplicates, all lengths, numbers that are too big for narrower types', async () => {
    await fillWithSamples(bench.connection)
    const found =
      await one(`SELECT count(*) FILTER (WHERE bio IS NULL) BETWEEN 4 AND 14 AS nulls, count(DISTINCT (bio, name)) < count(*) AS duplicates,
      max(length(name)) AS name, max(length(bio)) AS bio, max(big) > 2147483647 AS big, max(balance) > 1000000 AS balance,
      bool_or(name ~ '[A-Z]') AND bool_or(name ~ '[a-z]') AS cases, bool_or(bio ~ '^[0-9]+$') AS numeric, max(id) > 1000000 AS wide,
      count(*) FILTER (WHERE id BETWEEN 1 AND 1000) AS few, (SELECT bool_and(c.user_id IS NULL OR EXISTS (SELECT FROM users u WHERE u.id = c.user_id)) AND count(user_id) > 10 FROM comments c) AS meant
      FROM users`)
    expect(found).toEqual({
      nulls: true,
      duplicates: true,
      name: 200,
      bio: 300,
      big: true,
      balance: true,
      cases: true,
      numeric: true,
      wide: true,
      few: '1',
      meant: true,
    })
  })

  test('each nullable column that nothing else decides has NULLs, and two rows that have all the same but their keys', async () => {
    await bench.prepare(
      'CREATE TABLE t (id integer PRIMARY KEY, a text, b integer, c date, d boolean, e numeric(5,1), f jsonb, g text[])',
    )
    await fillWithSamples(bench.connection)
    expect(
      await one(`SELECT count(*) - count(a) > 3 AND count(*) - count(b) > 3 AND count(*) - count(c) > 3 AND count(*) - count(d) > 3 AS nulls,
        (SELECT count(*) FROM (SELECT FROM t WHERE num_nulls(a, b, c, d, e, f, g) = 0 GROUP BY a, b, c, d, e, f, g HAVING count(*) > 1) AS same) > 0 AS same FROM t`),
    ).toEqual({ nulls: true, same: true })
  })

  test('among the rows in which one column is NULL, another has a value twice', async () => {
    await bench.prepare('CREATE TABLE t (id integer PRIMARY KEY, a text, b integer, c date, d bigint)')
    await fillWithSamples(bench.connection)
    const columns = ['a', 'b', 'c', 'd']
    const pairs = columns.flatMap((one) => columns.flatMap((other) => (one === other ? [] : [[one, other]])))
    for (const [value, lacking] of pairs) {
      const twice = await bench.rows(
        `SELECT FROM t WHERE ${lacking} IS NULL AND ${value} IS NOT NULL GROUP BY ${value} HAVING count(*) > 1`,
      )
      expect([value, lacking, twice.length > 0]).toEqual([value, lacking, true])
    }
  })

  test('a check that calls a function is satisfied by what the function says', async () => {
    await bench.prepare(`CREATE FUNCTION is_iban(t text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT t ~ '^[A-Z]{2}[0-9]{6}$' $$;
      CREATE FUNCTION is_plate(t text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN t ~ '^[A-Z]{3}-[0-9]{3}$'; END $$;
      CREATE DOMAIN plate AS text CHECK (is_plate(VALUE));
      CREATE TABLE t (id integer PRIMARY KEY, iban text NOT NULL CHECK (is_iban(iban)), plate plate NOT NULL)`)
    const { tables } = await fillWithSamples(bench.connection)
    expect(tables.map(({ rows, reason }) => [rows, reason])).toEqual([[29, null]])
  })

  test('sequences and identities go on behind the rows', async () => {
    await fillWithSamples(bench.connection)
    await bench.rows(`INSERT INTO tenants (slug, active) VALUES ('new', true)`)
    await bench.rows(`INSERT INTO comments DEFAULT VALUES`)
    expect(
      await one(
        `SELECT (SELECT count(*) FROM tenants) AS tenants, (SELECT max(id) = 1400002 FROM comments) AS next`,
      ),
    ).toEqual({
      tenants: '30',
      next: true,
    })
  })

  test('the same schema gives the same rows, and those behind them can be inserted', async () => {
    const tables = await readSampleTables(bench.connection)
    const rows = () => tables.map((table) => [table.name, [...sampleRow(table, 3)]])
    const before = rows()
    await fillWithSamples(bench.connection)
    const later = await readSampleTables(bench.connection)
    expect(later.map((table) => [table.name, [...sampleRow(table, 3)]])).toEqual(before)
    const refused: string[] = []
    await bench.rows('ALTER TABLE audited DISABLE TRIGGER ALL')
    for (const table of tables) {
      const row = [...sampleRow(table, table.rows)]
      const names = row.map(([name]) => quoteIdentifier(name)).join(', ')
      const values = row.map(([, literal]) => literal).join(', ')
      const into = row.length === 0 ? 'DEFAULT VALUES' : `(${names}) VALUES (${values})`
      await bench
        .rows(`INSERT INTO ${table.name} ${into}`)
        .catch((error: Error) => refused.push(`${table.name}: ${error.message}`))
    }
    expect(refused).toEqual([])
  })

  test('in a transaction that is open all is in that', async () => {
    await bench.rows('BEGIN')
    await fillWithSamples(bench.connection)
    expect(
      await one('SELECT count(*) AS rows, current_setting($$session_replication_role$$) AS role FROM users'),
    ).toEqual({ rows: '29', role: 'origin' })
    await bench.rows('ROLLBACK')
    expect(await one('SELECT count(*) AS rows FROM users')).toEqual({ rows: '0' })
  })

  test('a table of which nobody knows a value says so, and one that needs it too', async () => {
    await bench.prepare(`CREATE TABLE never (id integer PRIMARY KEY CHECK (id IS NULL)); CREATE TABLE needs (never_id integer NOT NULL REFERENCES never);
      CREATE TABLE may (never_id integer REFERENCES never)`)
    const { tables } = await fillWithSamples(bench.connection)
    expect(tables.map(({ table, rows, reason }) => [table, rows, reason])).toEqual([
      ['may', 29, null],
      ['never', 0, 'no values were found that satisfy (id IS NULL)'],
      ['needs', 0, 'what needs_never_id_fkey refers to has no rows'],
    ])
  })

  test('rows that are there stay, and others come beside them', async () => {
    await bench.prepare(`CREATE TABLE kinds (id integer PRIMARY KEY, name text UNIQUE); INSERT INTO kinds VALUES (1, 'first'), (50001, 'second');
      CREATE TABLE things (kind_id integer NOT NULL REFERENCES kinds)`)
    const { tables } = await fillWithSamples(bench.connection)
    expect(tables.map(({ table, rows }) => [table, rows])).toEqual([
      ['kinds', 27],
      ['things', 29],
    ])
    expect(await again(bench.rows)).toEqual([])
  })
})
