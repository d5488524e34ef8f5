import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeBetween } from '../../src/autogenerate/directives.ts'
import { readSnapshot } from '../../src/catalog/read-snapshot.ts'
import type { Snapshot } from '../../src/catalog/snapshot.ts'
import { type Bench, openBench } from '../operations/bench.ts'
import { targets } from '../servers/databases.ts'

describe.each(targets)('on $name', (target) => {
  let bench: Bench
  let empty: Snapshot
  beforeAll(async () => {
    bench = await openBench(target)
    await bench.prepare()
    empty = await readSnapshot(bench.connection)
  })
  afterAll(() => bench.close())

  async function read(given: string) {
    await bench.prepare(given)
    return { snapshot: await readSnapshot(bench.connection), catalog: await bench.catalog() }
  }

  /** The kinds of the directives that make one of the other, once these were applied and taken back. */
  async function thereAndBack(before: string, after: string): Promise<readonly string[]> {
    const [to, from] = [await read(after), await read(before)]
    const { directives } = changeBetween(from.snapshot, to.snapshot)
    await bench.apply(directives)
    expect(await bench.catalog()).toEqual(to.catalog)
    await bench.undo(directives)
    expect(await bench.catalog()).toEqual(from.catalog)
    return directives.map(({ kind }) => kind)
  }

  test('a function is made after what its text mentions, and dropped before it', async () => {
    const made = await read(`
      CREATE TABLE users (id bigint, email text);
      CREATE VIEW people AS SELECT email FROM users;
      CREATE FUNCTION zero() RETURNS bigint LANGUAGE sql AS 'SELECT 0::bigint';
      CREATE FUNCTION count_people() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) + "zero"() FROM PEOPLE';
      CREATE FUNCTION a_count() RETURNS bigint LANGUAGE sql AS 'SELECT count_people()';
      CREATE TABLE accounts (id bigint DEFAULT a_count())`)
    const there = changeBetween(empty, made.snapshot).directives
    const back = changeBetween(made.snapshot, empty).directives
    await bench.prepare()
    await bench.apply(there)
    expect(await bench.catalog()).toEqual(made.catalog)
    await bench.apply(back)
    await bench.undo(back)
    expect(await bench.catalog()).toEqual(made.catalog)
  })

  test('functions that mention each other are made in any order', async () => {
    const made = await read(`
      CREATE FUNCTION even(n integer) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN n = 0 OR odd(n - 1); END';
      CREATE FUNCTION odd(n integer) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN n <> 0 AND even(n - 1); END';
      CREATE TABLE numbers (n integer CHECK (even(n)));
      CREATE FUNCTION numbers() RETURNS SETOF numbers LANGUAGE sql AS 'SELECT * FROM numbers WHERE odd(n)'`)
    await bench.prepare()
    await bench.apply(changeBetween(empty, made.snapshot).directives)
    expect(await bench.catalog()).toEqual(made.catalog)
  })

  test('what CREATE OR REPLACE takes is replaced, and what depends on it stays', async () => {
    const one = (body: string) => `CREATE FUNCTION one(n integer) RETURNS integer ${body};
      CREATE PROCEDURE p(n integer DEFAULT 1) LANGUAGE sql AS 'SELECT ${body.length}';
      CREATE TABLE t (a integer DEFAULT one(1))`
    expect(
      await thereAndBack(
        one(`LANGUAGE sql AS 'SELECT n'`),
        one(`LANGUAGE plpgsql IMMUTABLE STRICT COST 0.5 SET search_path TO '' AS 'BEGIN RETURN n; END'`),
      ),
    ).toEqual(['replaceFunction', 'replaceProcedure'])
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
    ['a parameter that gives', '(n integer, OUT integer)', '(n integer, OUT integer, OUT text)'],
    ['a set', '(n integer) RETURNS integer', '(n integer) RETURNS SETOF integer'],
  ])('%s makes a function anew, with what uses it', async (_, before, after) => {
    const given = (head: string) =>
      `CREATE TABLE t (a integer);
      CREATE FUNCTION one${head} LANGUAGE plpgsql AS 'BEGIN RETURN; END'`.replace(
        /(RETURNS (integer|bigint)) LANGUAGE.*/,
        `$1 LANGUAGE sql AS 'SELECT 1'`,
      )
    expect(await thereAndBack(given(before), given(after))).toEqual(['dropFunction', 'createFunction'])
  })

  test.runIf(target.major >= 14)('a body that PostgreSQL parsed is cut into its statements', async () => {
    const made = await read(`CREATE TABLE "a;b" ("c;""d" text);
      CREATE PROCEDURE p() BEGIN ATOMIC
        INSERT INTO "a;b" VALUES (';'), ('''; END'), (E'\\\\'';'), ($$E'\\'$$);
        DELETE FROM "a;b" WHERE "c;""d" = CASE WHEN true THEN ';' END;
      END;
      CREATE FUNCTION nothing() RETURNS void BEGIN ATOMIC END;
      CREATE FUNCTION f(a text) RETURNS text RETURN a || '; RETURN ''x''' || "current_user"()`)
    expect(made.snapshot.get('routine public.p()')?.fields).toMatchObject({
      atomicBody: [{ sql: [expect.stringMatching(/^INSERT/)] }, { sql: [expect.stringMatching(/^DELETE/)] }],
    })
    await bench.prepare()
    await bench.apply(changeBetween(empty, made.snapshot).directives)
    expect(await bench.catalog()).toEqual(made.catalog)
  })

  test('settings are read as they are said', async () => {
    const { snapshot } = await read(`CREATE FUNCTION f() RETURNS integer LANGUAGE sql
      SET search_path TO "$user", "My ""App", public SET temp_tablespaces TO '' SET enable_seqscan TO off
      SET work_mem TO '16MB' SET extra_float_digits TO 3 SET app.mode TO 'on, off' AS 'SELECT 1'`)
    expect(snapshot.get('routine public.f()')?.fields).toEqual({
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
  })

  test('a name that another would be found by is said with its schema', async () => {
    const made = await read(`
      CREATE FUNCTION int4eq(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
      CREATE OPERATOR === (FUNCTION = public.int4eq, LEFTARG = integer, RIGHTARG = integer, COMMUTATOR = ===);
      CREATE FUNCTION date_eq(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
      CREATE OPERATOR <!> (FUNCTION = date_eq, LEFTARG = integer, RIGHTARG = integer, NEGATOR = ===)`)
    expect(made.snapshot.get('operator public.===(integer, integer)')?.fields).toMatchObject({
      function: { schema: 'public', name: 'int4eq' },
      commutator: '===',
      negator: '<!>',
    })
    await bench.prepare()
    await bench.apply(changeBetween(empty, made.snapshot).directives)
    expect(await bench.catalog()).toEqual(made.catalog)
    await bench.apply(changeBetween(made.snapshot, empty).directives)
    expect(changeBetween(await readSnapshot(bench.connection), empty).directives).toEqual([])
  })
})
