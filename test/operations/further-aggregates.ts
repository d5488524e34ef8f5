import { dropAggregate, replaceAggregate } from '../../src/operations/registry.ts'
import { further } from './further.ts'

/** Aggregates that PostgreSQL made from SQL that was written by hand, and what is too odd for the reference. */
export const furtherAggregates = [
  ...further(
    dropAggregate,
    {
      given: `CREATE AGGREGATE a (numeric) (sfunc = numeric_avg_accum, stype = internal, sspace = 128, finalfunc = numeric_avg,
        combinefunc = numeric_avg_combine, serialfunc = numeric_avg_serialize, deserialfunc = numeric_avg_deserialize,
        msfunc = numeric_avg_accum, minvfunc = numeric_accum_inv, mstype = internal, msspace = 64, mfinalfunc = numeric_avg,
        mfinalfunc_extra = false, mfinalfunc_modify = shareable, finalfunc_modify = shareable, parallel = safe)`,
      fields: {
        name: 'a',
        arguments: [{ type: 'numeric' }],
        was: {
          sfunc: 'numeric_avg_accum',
          stype: 'internal',
          sspace: 128,
          finalfunc: 'numeric_avg',
          finalfuncExtra: false,
          finalfuncModify: 'shareable',
          combinefunc: 'numeric_avg_combine',
          serialfunc: 'numeric_avg_serialize',
          deserialfunc: 'numeric_avg_deserialize',
          moving: {
            msfunc: 'numeric_avg_accum',
            minvfunc: 'numeric_accum_inv',
            mstype: 'internal',
            msspace: 64,
            mfinalfunc: 'numeric_avg',
            mfinalfuncModify: 'shareable',
          },
          parallel: 'safe',
        },
      },
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE FUNCTION "My App"."F"(int, int) RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION "My App"."G"(int, int) RETURNS text LANGUAGE sql AS 'SELECT 1';
        CREATE OPERATOR "My App".<<< (LEFTARG = int, RIGHTARG = int, FUNCTION = int4lt);
        CREATE AGGREGATE "My App"."A" ("X" integer) (sfunc = "My App"."F", stype = integer, finalfunc = "My App"."G", finalfunc_extra,
          initcond = '7', msfunc = "My App"."F", minvfunc = "My App"."F", mstype = integer, mfinalfunc = "My App"."G",
          mfinalfunc_extra, minitcond = '8')`,
      fields: {
        schema: 'My App',
        name: 'A',
        arguments: [{ name: 'X', type: 'integer' }],
        was: {
          sfunc: { schema: 'My App', name: 'F' },
          stype: 'integer',
          finalfunc: { schema: 'My App', name: 'G' },
          finalfuncExtra: true,
          initcond: '7',
          moving: {
            msfunc: { schema: 'My App', name: 'F' },
            minvfunc: { schema: 'My App', name: 'F' },
            mstype: 'integer',
            mfinalfunc: { schema: 'My App', name: 'G' },
            mfinalfuncExtra: true,
            minitcond: '8',
          },
        },
      },
    },
    {
      given: `CREATE AGGREGATE a (double precision ORDER BY "Y" double precision) (sfunc = ordered_set_transition, stype = internal,
        finalfunc = percentile_cont_float8_final, finalfunc_modify = read_write, parallel = restricted)`,
      fields: {
        name: 'a',
        arguments: [{ type: 'double precision' }],
        orderBy: [{ name: 'Y', type: 'double precision' }],
        was: {
          sfunc: 'ordered_set_transition',
          stype: 'internal',
          finalfunc: 'percentile_cont_float8_final',
          parallel: 'restricted',
        },
      },
    },
    {
      given: `CREATE AGGREGATE a (ORDER BY anyelement) (sfunc = ordered_set_transition, stype = internal, finalfunc = mode_final, finalfunc_extra)`,
      fields: {
        name: 'a',
        arguments: [],
        orderBy: [{ type: 'anyelement' }],
        was: {
          sfunc: 'ordered_set_transition',
          stype: 'internal',
          finalfunc: 'mode_final',
          finalfuncExtra: true,
        },
      },
    },
    {
      given: `CREATE AGGREGATE a (VARIADIC "any" ORDER BY VARIADIC "any") (sfunc = ordered_set_transition_multi, stype = internal, finalfunc = rank_final, finalfunc_extra, hypothetical)`,
      fields: {
        name: 'a',
        arguments: [{ mode: 'variadic', type: '"any"' }],
        orderBy: [{ mode: 'variadic', type: '"any"' }],
        was: {
          sfunc: 'ordered_set_transition_multi',
          stype: 'internal',
          finalfunc: 'rank_final',
          finalfuncExtra: true,
          hypothetical: true,
        },
      },
    },
    {
      given: `CREATE AGGREGATE a (integer) (sfunc = int4larger, stype = integer, sortop = >)`,
      fields: {
        name: 'a',
        arguments: [{ type: 'integer' }],
        was: { sfunc: 'int4larger', stype: 'integer', sortop: '>' },
      },
    },
    {
      given: `CREATE AGGREGATE a (*) (sfunc = int8inc, stype = bigint, initcond = '0')`,
      fields: { name: 'a', arguments: '*' },
    },
  ),
  ...further(replaceAggregate, {
    given: `CREATE SCHEMA "My App"; CREATE AGGREGATE "My App"."A" (int) (sfunc = int4pl, stype = int, initcond = '0')`,
    fields: {
      schema: 'My App',
      name: 'A',
      arguments: [{ type: 'integer' }],
      sfunc: 'int4pl',
      stype: 'integer',
      initcond: '1',
      combinefunc: { schema: 'pg_catalog', name: 'int4pl' },
      was: { sfunc: 'int4pl', stype: 'integer', initcond: '0' },
    },
  }),
  ...further(replaceAggregate, {
    given: `CREATE AGGREGATE a (ORDER BY anyelement) (sfunc = ordered_set_transition, stype = internal, finalfunc = mode_final, finalfunc_extra)`,
    fields: {
      name: 'a',
      arguments: [],
      orderBy: [{ type: 'anyelement' }],
      sfunc: 'ordered_set_transition',
      stype: 'internal',
      sspace: 1000,
      finalfunc: 'mode_final',
      finalfuncExtra: true,
      was: {
        sfunc: 'ordered_set_transition',
        stype: 'internal',
        finalfunc: 'mode_final',
        finalfuncExtra: true,
      },
    },
  }),
]
