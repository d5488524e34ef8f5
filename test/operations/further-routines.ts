import {
  alterFunction,
  createFunction,
  dropFunction,
  replaceFunction,
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
]
