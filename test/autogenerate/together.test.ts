import { afterAll, beforeAll, expect, test } from 'vitest'
import { factsOf } from '../../src/operations/operations.ts'
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

test('a label that comes is there before a view steps aside, which is then back in the same transaction', async () => {
  const orders = (labels: string, more: string, shown: string) => `CREATE TYPE state AS ENUM (${labels});
    CREATE TABLE orders (id integer, state state${more}); CREATE VIEW open AS SELECT ${shown} FROM orders WHERE state = 'new'`
  const directives = await between.thereAndBack(
    orders("'new'", '', 'id, state'),
    orders("'new', 'paid'", ', note text', 'state, note'),
  )
  expect(kindsOf(directives)).toEqual(['addEnumValues', 'dropView', 'addColumn', 'createView'])
})

test('what steps aside for an enum that is made anew is back in the same transaction', async () => {
  const orders = (
    labels: string,
  ) => `CREATE TYPE state AS ENUM (${labels}); CREATE TABLE orders (id integer, state state DEFAULT 'new');
    CREATE VIEW open AS SELECT id, state FROM orders; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER log AFTER UPDATE OF state ON orders FOR EACH ROW EXECUTE FUNCTION f()`
  const directives = await between.thereAndBack(orders("'new', 'lost'"), orders("'new'"))
  const own = directives.filter((directive) =>
    factsOf(directive)
      .steps({ major: 18 })
      .some((step) => step.run !== 'statement' || step.transaction !== 'shared'),
  )
  expect(own).toEqual([])
  expect(kindsOf(directives)).toContain('replaceEnum')
})
