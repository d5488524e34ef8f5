import {
  alterFunction,
  alterProcedure,
  createFunction,
  createProcedure,
  dropFunction,
  dropProcedure,
  replaceFunction,
  replaceProcedure,
} from '../../src/operations/registry.ts'
import type { Sql } from '../../src/sql/tag.ts'
import { further } from './further.ts'

const sql = (text: string): Sql => ({ sql: [text], values: [] })

/** Routines that PostgreSQL made from SQL that was written by hand, and what is too odd for the reference. */
export const furtherRoutines = [
  ...further(
    dropFunction,
    {
      given: `CREATE TYPE mood AS ENUM ('a');
        CREATE TRANSFORM FOR mood LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));
        CREATE FUNCTION f(a mood) RETURNS SETOF mood TRANSFORM FOR TYPE mood LEAKPROOF PARALLEL RESTRICTED COST 0.5 ROWS 7
          SUPPORT generate_series_int4_support SECURITY DEFINER SET work_mem TO '1MB' SET enable_seqscan TO off
          LANGUAGE sql AS 'SELECT a'`,
      fields: {
        name: 'f',
        arguments: [{ name: 'a', type: 'mood' }],
        was: {
          returns: { setOf: 'mood' },
          transform: ['mood'],
          leakproof: true,
          parallel: 'restricted',
          cost: 0.5,
          rows: 7,
          support: { schema: 'pg_catalog', name: 'generate_series_int4_support' },
          securityDefiner: true,
          set: { work_mem: '1MB', enable_seqscan: false },
          language: 'sql',
          body: 'SELECT a',
        },
      },
    },
    {
      given: `CREATE FUNCTION f() RETURNS bigint WINDOW LANGUAGE internal AS 'window_row_number'`,
      fields: {
        name: 'f',
        was: { returns: 'bigint', window: true, language: 'internal', body: 'window_row_number' },
      },
    },
    {
      given: `CREATE FUNCTION f() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler'`,
      fields: {
        name: 'f',
        was: {
          returns: 'language_handler',
          language: 'c',
          body: '$libdir/plpgsql',
          linkSymbol: 'plpgsql_call_handler',
        },
      },
    },
    {
      given: 'CREATE FUNCTION f(a int, OUT b int, OUT "C" text) LANGUAGE sql RETURN ROW(a, $$x$$)',
      fields: {
        name: 'f',
        arguments: [
          { name: 'a', type: 'integer' },
          { mode: 'out', name: 'b', type: 'integer' },
          { mode: 'out', name: 'C', type: 'text' },
        ],
        was: { return: { sql: ['ROW(a, ', ')'], values: ['x'] } },
      },
      since: 14,
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE TABLE "My App".t (a int);
        CREATE FUNCTION "My App"."F"(a int) RETURNS TABLE ("B" int) LANGUAGE sql BEGIN ATOMIC
          INSERT INTO "My App".t VALUES (a); SELECT t.a FROM "My App".t; END`,
      fields: {
        schema: 'My App',
        name: 'F',
        arguments: [{ name: 'a', type: 'integer' }],
        was: {
          returns: { table: [{ name: 'B', type: 'integer' }] },
          language: 'sql',
          atomicBody: [sql('INSERT INTO "My App".t VALUES (a)'), sql('SELECT t.a FROM "My App".t')],
        },
      },
      since: 14,
    },
    { given: 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$SELECT 1$$', fields: { name: 'f' } },
  ),
  ...further(createFunction, {
    given: 'CREATE FUNCTION one(integer) RETURNS integer LANGUAGE sql AS $$SELECT 1$$',
    fields: { name: 'one', returns: 'integer', language: 'sql', body: 'SELECT 1' },
  }),
  ...further(createFunction, {
    fields: {
      name: 'nothing',
      returns: 'void',
      language: 'sql',
      window: false,
      leakproof: false,
      strict: false,
      securityDefiner: false,
      volatility: 'volatile',
      parallel: 'unsafe',
      set: { log_min_messages: 'error', work_mem: 64, geqo: true, search_path: [] },
      body: '',
    },
  }),
  ...further(
    replaceFunction,
    {
      given: `CREATE SCHEMA "My App"; CREATE FUNCTION "My App"."F"("A" int, OUT "B" int) LANGUAGE sql AS 'SELECT 1'`,
      fields: {
        schema: 'My App',
        name: 'F',
        arguments: [
          { name: 'A', type: 'integer' },
          { mode: 'out', name: 'B', type: 'integer' },
        ],
        language: 'sql',
        volatility: 'stable',
        parallel: 'restricted',
        body: 'SELECT "A"',
        was: { language: 'sql', body: 'SELECT 1' },
      },
    },
    {
      given: `CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql IMMUTABLE STRICT COST 5 SET work_mem TO '1MB' AS 'SELECT a'`,
      fields: {
        name: 'f',
        arguments: [{ name: 'a', type: 'integer' }],
        returns: 'integer',
        return: sql('a + 1'),
        was: {
          returns: 'integer',
          language: 'sql',
          volatility: 'immutable',
          strict: true,
          cost: 5,
          set: { work_mem: '1MB' },
          body: 'SELECT a',
        },
      },
    },
    {
      given: `CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'`,
      fields: {
        name: 'f',
        arguments: [{ name: 'a', type: 'integer', default: 1 }],
        returns: 'integer',
        language: 'sql',
        body: 'SELECT a',
        was: {
          arguments: [{ name: 'a', type: 'integer' }],
          returns: 'integer',
          language: 'sql',
          body: 'SELECT a',
        },
      },
    },
  ),
  ...further(alterFunction, {
    given: `CREATE FUNCTION f() RETURNS int LANGUAGE sql IMMUTABLE SET work_mem TO '1MB' AS 'SELECT 1'`,
    fields: { name: 'f', volatility: 'stable', set: { work_mem: null }, was: { volatility: 'immutable' } },
  }),
  ...further(
    dropProcedure,
    {
      given: `CREATE SCHEMA "My App"; CREATE TYPE mood AS ENUM ('a');
        CREATE TRANSFORM FOR mood LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));
        CREATE PROCEDURE "My App"."P"(IN a mood, INOUT "B" text DEFAULT 'x') LANGUAGE sql TRANSFORM FOR TYPE mood
          SECURITY DEFINER SET search_path TO '' SET work_mem TO '1MB' AS 'SELECT $2'`,
      fields: {
        schema: 'My App',
        name: 'P',
        arguments: [
          { name: 'a', type: 'mood' },
          { mode: 'inout', name: 'B', type: 'text', default: 'x' },
        ],
        was: {
          language: 'sql',
          transform: ['mood'],
          securityDefiner: true,
          set: { search_path: [], work_mem: '1MB' },
          body: 'SELECT $2',
        },
      },
    },
    {
      given: `CREATE TABLE t (a int);
        CREATE PROCEDURE p(a int, OUT b int) BEGIN ATOMIC DELETE FROM t; INSERT INTO t VALUES (a) RETURNING a + 1; END`,
      fields: {
        name: 'p',
        arguments: [
          { name: 'a', type: 'integer' },
          { mode: 'out', name: 'b', type: 'integer' },
        ],
        was: { atomicBody: [sql('DELETE FROM t'), sql('INSERT INTO t VALUES (p.a) RETURNING a + 1')] },
      },
    },
    { given: `CREATE PROCEDURE p() LANGUAGE sql AS ''`, fields: { name: 'p' } },
  ),
  ...further(createProcedure, {
    given: `CREATE PROCEDURE p(integer) LANGUAGE sql AS ''`,
    fields: { name: 'p', language: 'plpgsql', securityDefiner: false, body: 'BEGIN COMMIT; END' },
  }),
  ...further(
    replaceProcedure,
    {
      given: `CREATE SCHEMA "My App"; CREATE PROCEDURE "My App"."P"("A" int) LANGUAGE sql AS ''`,
      fields: {
        schema: 'My App',
        name: 'P',
        arguments: [{ name: 'A', type: 'integer' }],
        language: 'sql',
        body: 'SELECT "A"',
        was: { language: 'sql', body: '' },
      },
    },
    {
      given: `CREATE PROCEDURE p() LANGUAGE sql SECURITY DEFINER SET work_mem TO '1MB' AS ''`,
      fields: {
        name: 'p',
        atomicBody: [],
        was: { language: 'sql', securityDefiner: true, set: { work_mem: '1MB' }, body: '' },
      },
    },
    {
      given: `CREATE PROCEDURE p(a int) LANGUAGE sql AS ''`,
      fields: {
        name: 'p',
        arguments: [{ name: 'a', type: 'integer', default: 1 }],
        language: 'sql',
        body: '',
        was: { arguments: [{ name: 'a', type: 'integer' }], language: 'sql', body: '' },
      },
    },
  ),
  ...further(alterProcedure, {
    given: `CREATE SCHEMA "My App"; CREATE PROCEDURE "My App"."P"(a int) LANGUAGE sql SECURITY DEFINER AS ''`,
    fields: {
      schema: 'My App',
      name: 'P',
      arguments: [{ type: 'integer' }],
      securityDefiner: false,
      was: { securityDefiner: true },
    },
  }),
]
