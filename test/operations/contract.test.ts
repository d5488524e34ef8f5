import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contractCheck, contractRows, expandCheck, expandRows } from '../../src/operations/registry.ts'
import { sql } from '../../src/sql/tag.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'

/** A row of another table for each user. */
const moved = {
  table: 'users',
  from: 'bio',
  to: { table: 'profiles', columns: ['person', 'bio'], key: ['person'] },
  on: { person: 'id' },
  up: sql`SELECT id, bio WHERE bio IS NOT NULL`,
  down: { bio: sql`SELECT bio FROM profiles WHERE person = users.id` },
} as const

describe.each(targets)('columns that became rows on $name', (target) => {
  test('are not contracted while some of them are apart, and it is said how many', async () => {
    const bench = await openBench(target)
    await bench.prepare(`CREATE TABLE users (id int PRIMARY KEY, bio text); CREATE TABLE profiles (person int PRIMARY KEY, bio text);
      INSERT INTO users SELECT n, 'bio ' || n FROM generate_series(1, 10) n`)
    await bench.apply([expandRows(moved)])
    await bench.rows(`ALTER TABLE profiles DISABLE TRIGGER USER; DELETE FROM profiles WHERE person < 4;
      ALTER TABLE profiles ENABLE TRIGGER USER`)
    const before = await bench.catalog()
    await expect(bench.apply([contractRows(moved)])).rejects.toThrow(
      '3 of 10 rows of users are not in step with profiles: 7 are done',
    )
    expect(await bench.catalog()).toEqual(before)
    await bench.close()
  })
})

/** The column has the name of a variable of the block that looks. */
const check = {
  table: 'users',
  name: 'users_rows_check',
  expression: sql`rows <> 'suspended'`,
  mend: { rows: 'inactive' },
}

describe.each(targets)('a check that is not expanded to its end on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  test.each([
    ['not there', ''],
    [
      'not validated',
      "; ALTER TABLE users ADD CONSTRAINT users_rows_check CHECK (rows <> 'suspended') NOT VALID",
    ],
  ])(
    'is not contracted while it is %s, and it is said how many rows still break it',
    async (_, unfinished) => {
      await bench.prepare(`CREATE TABLE users (id int PRIMARY KEY, rows text);
      INSERT INTO users SELECT n, CASE WHEN n < 4 THEN 'suspended' ELSE 'active' END FROM generate_series(1, 10) n`)
      await bench.apply([expandCheck(check)])
      await bench.rows(`ALTER TABLE users DROP CONSTRAINT users_rows_check; ALTER TABLE users DISABLE TRIGGER USER;
      UPDATE users SET rows = 'suspended' WHERE id < 4; ALTER TABLE users ENABLE TRIGGER USER${unfinished}`)
      const before = await bench.catalog()
      await expect(bench.apply([contractCheck(check)])).rejects.toThrow(
        'the check users_rows_check of users is not there, or not validated: 3 of 10 rows still break it',
      )
      expect(await bench.catalog()).toEqual(before)
    },
  )

  test('is contracted once it holds', async () => {
    await bench.prepare(
      "CREATE TABLE users (id int PRIMARY KEY, rows text); INSERT INTO users VALUES (1, 'suspended')",
    )
    await bench.apply([expandCheck(check)])
    await bench.apply([contractCheck(check)])
    await expect(bench.rows("INSERT INTO users VALUES (2, 'suspended')")).rejects.toThrow('users_rows_check')
    expect(await bench.rows('SELECT rows FROM users')).toEqual([{ rows: 'inactive' }])
  })
})
