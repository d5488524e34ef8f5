import {
  dropCast,
  dropOperator,
  dropOperatorClass,
  dropOperatorFamily,
} from '../../src/operations/registry.ts'
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
  ...further(
    dropOperatorClass,
    {
      given: `CREATE SCHEMA app; CREATE TYPE app.shape AS (x integer); CREATE OPERATOR FAMILY app."Shapes" USING gist;
        CREATE FUNCTION app.penalty(internal, internal, internal) RETURNS internal LANGUAGE internal AS 'gist_box_penalty';
        CREATE OPERATOR CLASS app.shape_ops DEFAULT FOR TYPE app.shape USING gist FAMILY app."Shapes" AS
          OPERATOR 15 <-> (polygon, point) FOR ORDER BY pg_catalog.float_ops, FUNCTION 5 (app.shape, app.shape) app.penalty(internal, internal, internal),
          STORAGE box`,
      fields: {
        schema: 'app',
        name: 'shape_ops',
        using: 'gist',
        was: {
          type: 'app.shape',
          default: true,
          family: { schema: 'app', name: 'Shapes' },
          operators: [
            {
              strategy: 15,
              operator: '<->',
              left: 'polygon',
              right: 'point',
              orderBy: { schema: 'pg_catalog', name: 'float_ops' },
            },
          ],
          functions: [
            {
              support: 5,
              left: 'app.shape',
              right: 'app.shape',
              schema: 'app',
              function: 'penalty',
              arguments: ['internal', 'internal', 'internal'],
            },
          ],
          storage: 'box',
        },
      },
    },
    {
      given: `CREATE OPERATOR FAMILY numbers USING btree; CREATE OPERATOR CLASS numbers FOR TYPE integer USING btree FAMILY numbers
        AS OPERATOR 3 =, FUNCTION 1 btint4cmp(integer, integer), OPERATOR 3 = (integer, bigint),
        FUNCTION 1 (integer, bigint) btint48cmp(integer, bigint)`,
      fields: {
        name: 'numbers',
        using: 'btree',
        was: {
          type: 'integer',
          family: 'numbers',
          operators: [
            { strategy: 3, operator: '=' },
            { strategy: 3, operator: '=', left: 'integer', right: 'bigint' },
          ],
          functions: [
            { support: 1, function: 'btint4cmp', arguments: ['integer', 'integer'] },
            {
              support: 1,
              left: 'integer',
              right: 'bigint',
              function: 'btint48cmp',
              arguments: ['integer', 'bigint'],
            },
          ],
        },
      },
    },
    {
      given: `CREATE OPERATOR FAMILY spots USING btree; CREATE OPERATOR CLASS spots FOR TYPE text USING btree FAMILY spots
        AS OPERATOR 3 =, FUNCTION 1 bttextcmp(text, text)`,
      fields: { name: 'spots', using: 'btree' },
    },
  ),
  ...further(dropOperatorFamily, {
    given: 'CREATE OPERATOR FAMILY spots USING btree',
    fields: { name: 'spots', using: 'btree' },
  }),
]
