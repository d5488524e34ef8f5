import { dropCast, dropOperator } from '../../src/operations/registry.ts'
import { further } from './further.ts'

/** Casts and operators that were made by hand: what `was` says of them is all that there is to say. */
export const furtherOperators = [
  ...further(
    dropCast,
    {
      given: `CREATE SCHEMA app; CREATE TYPE app.short AS (x text);
        CREATE FUNCTION app.cut(app.short, integer, boolean) RETURNS app.short LANGUAGE sql IMMUTABLE AS 'SELECT $1';
        CREATE CAST (app.short AS app.short) WITH FUNCTION app.cut(app.short, integer, boolean) AS IMPLICIT`,
      fields: {
        from: 'app.short',
        to: 'app.short',
        was: {
          withFunction: { schema: 'app', name: 'cut', arguments: ['app.short', 'integer', 'boolean'] },
          as: 'implicit',
        },
      },
    },
    {
      given: 'CREATE CAST (bigint AS timestamptz) WITHOUT FUNCTION AS ASSIGNMENT',
      fields: { from: 'int8', to: 'timestamptz', was: { withoutFunction: true, as: 'assignment' } },
    },
    {
      given: 'CREATE TYPE a AS (x integer); CREATE CAST (a AS numeric) WITH INOUT',
      fields: { from: 'a', to: 'numeric' },
    },
  ),
  ...further(
    dropOperator,
    {
      given: `CREATE SCHEMA app; CREATE FUNCTION app.same(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
        CREATE OPERATOR app.<!> (FUNCTION = textne, LEFTARG = text, RIGHTARG = text);
        CREATE OPERATOR app.=== (FUNCTION = app.same, LEFTARG = text, RIGHTARG = text, COMMUTATOR = OPERATOR(app.===),
          NEGATOR = OPERATOR(app.<!>), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES)`,
      fields: {
        schema: 'app',
        name: '===',
        left: 'text',
        right: 'text',
        was: {
          function: { schema: 'app', name: 'same' },
          commutator: { schema: 'app', name: '===' },
          negator: { schema: 'app', name: '<!>' },
          restrict: 'eqsel',
          join: 'eqjoinsel',
          hashes: true,
          merges: true,
        },
      },
    },
    {
      given: 'CREATE OPERATOR @# (FUNCTION = int4abs, RIGHTARG = integer)',
      fields: { name: '@#', right: 'integer' },
    },
  ),
]
