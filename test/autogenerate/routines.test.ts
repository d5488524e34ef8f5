import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { targets } from '../servers/databases.ts'
import { type Comparison, kindsOf, openComparison } from './difference.ts'

describe.each(targets)('on $name', (target) => {
  let databases: Comparison
  beforeAll(async () => {
    databases = await openComparison(target)
  })
  afterAll(() => databases.close())

  const mentioning = `
    CREATE TABLE users (id bigint, email text);
    CREATE VIEW people AS SELECT email FROM users;
    CREATE FUNCTION zero() RETURNS bigint LANGUAGE sql AS 'SELECT 0::bigint';
    CREATE FUNCTION count_people() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) + "zero"() FROM PEOPLE';
    CREATE FUNCTION a_count() RETURNS bigint LANGUAGE sql AS 'SELECT count_people()';
    CREATE TABLE accounts (id bigint DEFAULT a_count())`

  test('a function is made after what its text mentions', async () => {
    await databases.thereAndBack('', mentioning)
  })

  test('a function is dropped before what its text mentions, so that it can be undone', async () => {
    await databases.thereAndBack(mentioning, '')
  })

  test('functions that mention each other are made in any order', async () => {
    await databases.thereAndBack(
      '',
      `CREATE FUNCTION even(n integer) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN n = 0 OR odd(n - 1); END';
      CREATE FUNCTION odd(n integer) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN n <> 0 AND even(n - 1); END';
      CREATE TABLE numbers (n integer CHECK (even(n)));
      CREATE FUNCTION numbers() RETURNS SETOF numbers LANGUAGE sql AS 'SELECT * FROM numbers WHERE odd(n)'`,
    )
  })

  test('what CREATE OR REPLACE takes is replaced, and what depends on it stays', async () => {
    const one = (body: string) => `CREATE FUNCTION one(n integer) RETURNS integer ${body};
      CREATE PROCEDURE p(n integer DEFAULT 1) LANGUAGE sql AS 'SELECT ${body.length}';
      CREATE TABLE t (a integer DEFAULT one(1))`
    const directives = await databases.thereAndBack(
      one(`LANGUAGE sql AS 'SELECT n'`),
      one(`LANGUAGE plpgsql IMMUTABLE STRICT COST 0.5 SET search_path TO '' AS 'BEGIN RETURN n; END'`),
    )
    expect(kindsOf(directives)).toEqual(['replaceFunction', 'replaceProcedure'])
  })

  test.each([
    ['another result', '(n integer) RETURNS integer', '(n integer) RETURNS bigint'],
    ['another name of a parameter', '(n integer) RETURNS integer', '(m integer) RETURNS integer'],
    ['a default that goes', '(n integer DEFAULT 1) RETURNS integer', '(n integer) RETURNS integer'],
    [
      'a default of another type',
      '(n anyelement DEFAULT 1) RETURNS integer',
      `(n anyelement DEFAULT 'a'::text) RETURNS integer`,
    ],
    [
      'one more column',
      '(n integer) RETURNS TABLE (a integer)',
      '(n integer) RETURNS TABLE (a integer, b text)',
    ],
    ['a set', '(n integer) RETURNS integer', '(n integer) RETURNS SETOF integer'],
  ])('%s makes a function anew', async (_, before, after) => {
    const made = (head: string) => `CREATE FUNCTION one${head} LANGUAGE plpgsql IMMUTABLE AS 'BEGIN END'`
    const directives = await databases.thereAndBack(made(before), made(after))
    expect(kindsOf(directives)).toEqual(['dropFunction', 'createFunction'])
  })

  test('a function that is made anew takes along what uses it', async () => {
    const given = (
      result: string,
    ) => `CREATE FUNCTION one(n integer) RETURNS ${result} LANGUAGE sql IMMUTABLE AS 'SELECT n';
      CREATE TABLE t (a integer DEFAULT one(1), CHECK (one(a) > 0)); CREATE INDEX u ON t (one(a))`
    expect(kindsOf(await databases.thereAndBack(given('integer'), given('bigint')))).toEqual([
      // It commits, and so goes before what steps aside.
      'dropIndex',
      'alterColumn',
      'dropConstraint',
      'dropFunction',
      'createFunction',
      'alterColumn',
      'createCheckConstraint',
      'createIndex',
    ])
  })

  test.runIf(target.major >= 14)('a body that PostgreSQL parsed is cut into its statements', async () => {
    const made = `CREATE TABLE "a;b" ("c;""d" text);
      CREATE PROCEDURE p() BEGIN ATOMIC
        INSERT INTO "a;b" VALUES (';'), ('''; END'), (E'\\\\'';'), ($$E'\\'$$);
        DELETE FROM "a;b" WHERE "c;""d" = CASE WHEN true THEN ';' END;
      END;
      CREATE FUNCTION nothing() RETURNS void BEGIN ATOMIC END;
      CREATE FUNCTION f(a text) RETURNS text RETURN a || '; RETURN ''x''' || "current_user"()`
    expect((await databases.read(made)).get('routine public.p()')?.fields).toMatchObject({
      atomicBody: [{ sql: [expect.stringMatching(/^INSERT/)] }, { sql: [expect.stringMatching(/^DELETE/)] }],
    })
    await databases.thereAndBack('', made)
  })

  test('settings are read as they are said', async () => {
    const made = `CREATE FUNCTION f() RETURNS integer LANGUAGE sql
      SET search_path TO "$user", "My ""App", public SET temp_tablespaces TO '' SET enable_seqscan TO off
      SET work_mem TO '16MB' SET extra_float_digits TO 3 SET app.mode TO 'on, off' AS 'SELECT 1'`
    expect((await databases.read(made)).get('routine public.f()')?.fields).toEqual({
      name: 'f',
      returns: 'integer',
      language: 'sql',
      body: 'SELECT 1',
      set: {
        search_path: ['$user', 'My "App', 'public'],
        temp_tablespaces: [],
        enable_seqscan: false,
        work_mem: '16MB',
        extra_float_digits: 3,
        'app.mode': 'on, off',
      },
    })
    await databases.thereAndBack('', made)
  })

  test('a name that another would be found by is said with its schema', async () => {
    const made = `
      CREATE FUNCTION int4eq(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
      CREATE OPERATOR === (FUNCTION = public.int4eq, LEFTARG = integer, RIGHTARG = integer, COMMUTATOR = ===);
      CREATE FUNCTION date_eq(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
      CREATE OPERATOR <!> (FUNCTION = date_eq, LEFTARG = integer, RIGHTARG = integer, NEGATOR = ===)`
    expect((await databases.read(made)).get('operator public.===(integer, integer)')?.fields).toMatchObject({
      function: { schema: 'public', name: 'int4eq' },
      commutator: '===',
      negator: '<!>',
    })
    await databases.thereAndBack('', made)
    await databases.thereAndBack(made, '')
  })
})
