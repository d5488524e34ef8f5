import { afterAll, beforeAll, expect, test } from 'vitest'
import { sqlText } from '../../src/script/revision-text.ts'
import { newestServer } from '../cli/sample.ts'
import { type Comparison, kindsOf, openComparison } from './difference.ts'

let between: Comparison
beforeAll(async () => {
  between = await openComparison(newestServer())
})
afterAll(() => between.close())

const schema = (
  type: string,
  more = '',
) => `CREATE TABLE users (id integer PRIMARY KEY, tenant ${type}, name text);
  ALTER TABLE users ENABLE ROW LEVEL SECURITY;
  CREATE POLICY own ON users AS RESTRICTIVE USING (tenant = 1);
  CREATE VIEW tenants AS SELECT tenant FROM users; ${more}`

test('what steps aside is back in the same transaction; an index that is built concurrently waits', async () => {
  const directives = await between.thereAndBack(
    schema('integer'),
    schema('bigint', 'CREATE INDEX users_name_idx ON users (name)'),
  )
  const kinds = kindsOf(directives)
  expect(kinds.at(-1)).toBe('createIndex')
  expect(kinds.slice(0, -1).sort()).toEqual([
    'alterColumn',
    'createPolicy',
    'createView',
    'dropPolicy',
    'dropView',
  ])
})

test('an identity goes on behind the values that are there', async () => {
  const directives = await between.thereAndBack(
    'CREATE TABLE users (id integer PRIMARY KEY)',
    'CREATE TABLE users (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY)',
  )
  expect(kindsOf(directives)).toEqual(['alterColumn', 'execute'])
  // As SQL too, where what an author's statement says once was left out.
  expect(sqlText(directives, { major: 18 })).toContain('SELECT setval(')
})

test('a value that is too long for its new type is refused, and not cut off', async () => {
  const directives = await between.thereAndBack(
    "CREATE TABLE users (id integer, tags text[]); INSERT INTO users VALUES (12345, '{abcdef}')",
    'CREATE TABLE users (id varchar(5), tags varchar(6)[])',
  )
  expect(JSON.stringify(directives)).not.toMatch(/::varchar\(/)
})
