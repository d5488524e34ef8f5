import { expect, test } from 'vitest'
import { isSuspicious } from '../../src/lint/suspicion.ts'
import { parseStatements } from '../../src/sql/statements.ts'

async function suspicious(sql: string): Promise<boolean> {
  return (await parseStatements(sql)).some(isSuspicious)
}

test.each([
  'ALTER TABLE users ADD COLUMN n serial',
  'ALTER TABLE users ADD COLUMN age age',
  'ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid()',
  'ALTER TABLE users ADD COLUMN n integer NOT NULL',
  'INSERT INTO copies SELECT * FROM users',
  'SELECT mend_users()',
  'UPDATE users SET age = 1',
  'DO $$ BEGIN END $$',
])('is tried before it is believed: %s', async (sql) => {
  expect(await suspicious(sql)).toBe(true)
})

test.each([
  'ALTER TABLE users ADD COLUMN name varchar(20), ADD COLUMN seen timestamptz',
  "ALTER TABLE users ADD COLUMN name text DEFAULT 'none'",
  "INSERT INTO states VALUES ('on')",
  "SELECT setval('users_id_seq', 5)",
  'CREATE TABLE posts (id bigserial PRIMARY KEY)',
  'ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17) NOT VALID',
])('is believed: %s', async (sql) => {
  expect(await suspicious(sql)).toBe(false)
})
