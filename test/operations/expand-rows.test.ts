import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wrongOfSet } from '../../src/backfill/verify-statement.ts'
import { factsOf } from '../../src/operations/operations.ts'
import { contractRows, dropKeptRows, expandRows } from '../../src/operations/registry.ts'
import type { RowExpansion } from '../../src/operations/rows-sync.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'

const given = `CREATE TABLE users (id int UNIQUE DEFERRABLE, seen int, preferences jsonb NOT NULL DEFAULT '{}', number serial PRIMARY KEY);
  INSERT INTO users VALUES (1, 0, '{"a": 1}'), (2, 0, '{}');
  CREATE TABLE parts (user_id int, key text, value jsonb, PRIMARY KEY (user_id, key))`

const expansion = (table: string): RowExpansion => ({
  table,
  from: 'preferences',
  to: { table: 'parts', columns: ['user_id', 'key', 'value'], key: ['user_id', 'key'] },
  on: { user_id: 'id' },
  up: { sql: ['SELECT id, key, value FROM jsonb_each(preferences)'], values: [] },
  down: {
    preferences: {
      sql: [`SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM parts WHERE user_id = ${table}.id`],
      values: [],
    },
  },
})

test('columns that are dropped after they became rows are lost, and a plan says so', () => {
  const both = { ...expansion('users'), from: ['preferences', 'seen'] as const }
  const lost = ['every value of the column users.preferences', 'every value of the column users.seen']
  expect(factsOf(contractRows(both)).loses).toEqual(lost)
  expect(factsOf(contractRows({ ...both, keep: true })).loses).toEqual([])
  expect(factsOf(dropKeptRows(both)).loses).toEqual(lost)
})

describe.each(targets)('columns that become rows on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  /** What the old and the new application see, which is the same. */
  const seen = async (table = 'users') => {
    const rows = await bench.rows(`SELECT id, preferences AS old,
      (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM parts WHERE user_id = id) AS new FROM ${table} ORDER BY id`)
    expect(rows.map((row) => row['new'])).toEqual(rows.map((row) => row['old']))
    return Object.fromEntries(rows.map((row) => [row['id'], row['new']]))
  }

  test.each([
    [
      'a row and those that belong to it in one statement',
      "WITH made AS (INSERT INTO users (id) VALUES (3) RETURNING id) INSERT INTO parts SELECT id, 'k', '1' FROM made",
      { 3: { k: 1 } },
    ],
    [
      'those that belong to a row before it',
      `INSERT INTO parts VALUES (3, 'k', '1'); INSERT INTO users VALUES (3, 0, '{"k": 2, "l": 3}')`,
      { 3: { k: 1, l: 3 } },
    ],
    [
      'rows that get the key of another',
      `UPDATE users SET id = id + 1, preferences = preferences || '{"b": 2}'`,
      { 2: { a: 1, b: 2 }, 3: { b: 2 } },
    ],
  ])('the new application writes %s', async (_, statements, expected) => {
    await bench.prepare(given)
    await bench.apply([expandRows(expansion('users'))])
    await bench.rows(statements)
    expect(await seen()).toMatchObject(expected)
  })

  test.each([
    [
      'before',
      'NEW.preferences := NEW.preferences || \'{"late": 1}\'',
      'UPDATE users SET seen = 1 WHERE id = 1',
    ],
    [
      'after',
      "UPDATE users SET preferences = preferences || '{\"late\": 1}' WHERE id = NEW.id AND NOT preferences ? 'late'",
      `UPDATE users SET preferences = '{"a": 1, "b": 1}' WHERE id = 1`,
    ],
  ])('a trigger of the table changes the old column %s', async (when, action, write) => {
    await bench.prepare(`${given}; CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN ${action}; RETURN NEW; END$$;
      CREATE TRIGGER late ${when} UPDATE ON users FOR EACH ROW EXECUTE FUNCTION late()`)
    await bench.apply([expandRows(expansion('users'))])
    await bench.rows(write)
    expect(await seen()).toMatchObject({ 1: { a: 1, late: 1 } })
  })

  test('who has another search_path writes', async () => {
    await bench.prepare(given)
    await bench.apply([expandRows(expansion('users'))])
    await bench.rows(`SET search_path = pg_catalog; UPDATE public.users SET preferences = '{"u": 1}' WHERE id = 1;
      UPDATE public.parts SET value = '2'; SET search_path = public`)
    expect(await seen()).toEqual({ 1: { u: 2 }, 2: {} })
  })

  test.each(['t', 'made', 'new'])('the table is called %s', async (table) => {
    await bench.prepare(given.replaceAll('users', table))
    await bench.apply([expandRows(expansion(table))])
    await bench.rows(
      `UPDATE ${table} SET preferences = '{"u": 1}' WHERE id = 1; UPDATE parts SET value = '2'`,
    )
    expect(await seen(table)).toEqual({ 1: { u: 2 }, 2: {} })
    await bench.forget()
    await bench.apply([contractRows(expansion(table))])
  })

  test('rows that an expansion has left which was taken back are not taken for those of the new application', async () => {
    await bench.prepare(given)
    const expand = expandRows(expansion('users'))
    await bench.apply([expand])
    await bench.undo([expand])
    await bench.apply([expand])
    await bench.undo([expand])
    await bench.rows(`UPDATE users SET preferences = '{"later": 1}' WHERE id = 1`)
    await expect(bench.apply([expand])).rejects.toThrow('parts has rows that are not in step with users')
    await bench.rows('DELETE FROM parts')
    await bench.apply([expand])
    expect(await seen()).toEqual({ 1: { later: 1 }, 2: {} })
  })

  test.each(['json', 'json[]', 'wrapped', 'wrapped[]', 'pair', 'mood[]', 'text[]', 'point'])(
    'values of type %s are compared',
    async (type) => {
      const value = { point: "'(1,2)'", json: "'1'", wrapped: "'1'", pair: "'(1)'" }[type] ?? "'{1}'"
      await bench.prepare(`CREATE DOMAIN wrapped AS json; CREATE TYPE pair AS (one json); CREATE TYPE mood AS ENUM ('1');
        CREATE TABLE a (id int PRIMARY KEY, v ${type}, w ${type}); INSERT INTO a VALUES (1, ${value}, ${value}), (2, ${value}, NULL)`)
      const plan = {
        title: '',
        table: 'a',
        preview: '',
        sessions: 1,
        failedRows: 0,
        work: { type: 'delete' },
      } as const
      const wrong = await wrongOfSet(
        { connection: bench.connection, plan, repair: false, ledger: '' } as never,
        { v: { sql: ['w'], values: [] } },
      )
      expect(await bench.rows(`SELECT (${wrong}) AS wrong FROM a ORDER BY id`)).toEqual([
        { wrong: false },
        { wrong: true },
      ])
    },
  )
})
