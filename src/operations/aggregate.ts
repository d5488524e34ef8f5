import { clauses } from '../sql/clauses.ts'
import { qualifiedName } from '../sql/identifier.ts'
import {
  type AggregateArgument,
  type AggregateArguments,
  aggregateOptions,
  aggregateSignature,
  type OrderedSetAggregate,
  type PlainAggregate,
} from './aggregate-definition.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { inSchema } from './relation.ts'

export { aggregateSignature } from './aggregate-definition.ts'

type Named = { readonly schema?: string; readonly name: string }

type PlainArguments = {
  /** `*` for one that takes none, as `count(*)`. */
  readonly arguments: '*' | readonly AggregateArgument[]
  readonly orderBy?: never
}

type OrderedSetArguments = {
  /** Those that are given once, for the whole set. */
  readonly arguments: readonly AggregateArgument[]
  /** Those that WITHIN GROUP takes. */
  readonly orderBy: readonly AggregateArgument[]
}

export type CreateAggregate = Named &
  ((PlainArguments & PlainAggregate) | (OrderedSetArguments & OrderedSetAggregate))

export type DropAggregate = Named & {
  /** Takes along what depends on it, such as views. */
  readonly cascade?: boolean
} & AggregateWas

export type ReplaceAggregate = CreateAggregate & AggregateWas

/**
 * What the aggregate was, so that it can be made again. That `orderBy` and `was` are of one sort is not followed through a
 * spread by TypeScript, which is why the inverses below have to say of what type they are.
 */
type AggregateWas =
  | (PlainArguments & { readonly was?: PlainAggregate })
  | (OrderedSetArguments & { readonly was?: OrderedSetAggregate })

/**
 * Creates an aggregate from functions that are there. Locks nothing.
 * https://www.postgresql.org/docs/current/sql-createaggregate.html
 */
export const createAggregate: Operation<'createAggregate', CreateAggregate> = operation('createAggregate', {
  title: (fields) => `create aggregate ${fields.name}`,
  steps: (fields) => [statement(`CREATE ${aggregateSql(fields)}`)],
  inverse: ({ schema, name, arguments: direct, orderBy, ...was }: CreateAggregate) => [
    dropAggregate({ ...identity({ schema, name, arguments: direct, orderBy }), was } as DropAggregate),
  ],
  locks: () => [],
  examples: [
    {
      fields: {
        name: 'product',
        arguments: [{ name: 'factor', type: 'double precision' }],
        sfunc: 'float8mul',
        stype: 'double precision',
        combinefunc: 'float8mul',
        initcond: '1',
        parallel: 'safe',
      },
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE FUNCTION "My App"."Take"(float8[], float8) RETURNS float8[] LANGUAGE sql STRICT AS 'SELECT $1'`,
      fields: {
        schema: 'My App',
        name: 'The "mean"',
        arguments: [{ type: 'double precision' }],
        sfunc: { schema: 'pg_catalog', name: 'float8_accum' },
        stype: 'double precision[]',
        sspace: 24,
        finalfunc: 'float8_avg',
        finalfuncModify: 'shareable',
        initcond: '{0,0,0}',
        moving: {
          msfunc: 'float8_accum',
          minvfunc: { schema: 'My App', name: 'Take' },
          mstype: 'double precision[]',
          msspace: 24,
          mfinalfunc: 'float8_avg',
          mfinalfuncModify: 'read_write',
          minitcond: '{0,0,0}',
        },
      },
    },
    {
      fields: {
        name: 'mean',
        arguments: [{ mode: 'in', type: 'numeric' }],
        sfunc: 'numeric_avg_accum',
        stype: 'internal',
        finalfunc: 'numeric_avg',
        combinefunc: 'numeric_avg_combine',
        serialfunc: 'numeric_avg_serialize',
        deserialfunc: 'numeric_avg_deserialize',
        parallel: 'restricted',
      },
    },
    {
      fields: {
        name: 'place',
        arguments: [{ mode: 'variadic', type: '"any"' }],
        orderBy: [{ mode: 'variadic', type: '"any"' }],
        sfunc: 'ordered_set_transition_multi',
        stype: 'internal',
        finalfunc: 'rank_final',
        finalfuncExtra: true,
        finalfuncModify: 'read_write',
        hypothetical: true,
      },
    },
    {
      fields: {
        name: 'least',
        arguments: [{ type: 'integer' }],
        sfunc: 'int4smaller',
        stype: 'integer',
        sortop: { schema: 'pg_catalog', name: '<' },
      },
    },
    { fields: { name: 'rows', arguments: '*', sfunc: 'int8inc', stype: 'bigint', initcond: '0' } },
  ],
})

/**
 * Drops an aggregate; refused by PostgreSQL while a view uses it, unless `cascade` says that it goes too.
 * https://www.postgresql.org/docs/current/sql-dropaggregate.html
 */
export const dropAggregate: Operation<'dropAggregate', DropAggregate> = operation('dropAggregate', {
  title: (fields) => `drop aggregate ${fields.name}`,
  steps: (fields) => [
    statement(
      clauses(
        `DROP AGGREGATE ${qualifiedName(fields)} ${aggregateSignature(fields)}`,
        fields.cascade === true && 'CASCADE',
      ),
    ),
  ],
  inverse({ was, cascade, ...fields }) {
    const what = `the aggregate ${fields.name}`
    if (cascade === true) return { irreversible: `What depended on ${what} is not known.` }
    if (was === undefined) return unknownBefore(what, 'dropAggregate')
    return [createAggregate({ ...fields, ...was } as CreateAggregate)]
  },
  loses: (fields) => (fields.cascade === true ? [`everything that uses the aggregate ${fields.name}`] : []),
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: `CREATE AGGREGATE product (integer) (sfunc = int4mul, stype = integer, initcond = '1')`,
      fields: {
        name: 'product',
        arguments: [{ type: 'integer' }],
        was: { sfunc: 'int4mul', stype: 'integer', initcond: '1' },
      },
    },
    {
      given: `CREATE AGGREGATE rows (*) (sfunc = int8inc, stype = bigint, initcond = '0');
        CREATE TABLE t (a int); CREATE VIEW v AS SELECT rows(*) FROM t`,
      fields: { name: 'rows', arguments: '*', cascade: true },
      locks: [{ table: 'v', mode: 'AccessExclusive' }],
    },
  ],
})

/**
 * Gives an aggregate a new definition; its owner, privileges and callers stay. Its arguments, its result and its sort stay
 * the same.
 * https://www.postgresql.org/docs/current/sql-createaggregate.html
 */
export const replaceAggregate: Operation<'replaceAggregate', ReplaceAggregate> = operation(
  'replaceAggregate',
  {
    title: (fields) => `replace aggregate ${fields.name}`,
    steps: (fields) => [statement(`CREATE OR REPLACE ${aggregateSql(fields)}`)],
    inverse({ schema, name, arguments: direct, orderBy, was, ...now }: ReplaceAggregate) {
      if (was === undefined) return unknownBefore(`the aggregate ${name}`, 'replaceAggregate')
      const named = identity({ schema, name, arguments: direct, orderBy })
      return [replaceAggregate({ ...named, ...was, was: now } as ReplaceAggregate)]
    },
    locks: () => [],
    examples: [
      {
        given: `CREATE AGGREGATE product (integer) (sfunc = int4mul, stype = integer, initcond = '1');
          REVOKE ALL ON FUNCTION product (integer) FROM PUBLIC`,
        fields: {
          name: 'product',
          arguments: [{ type: 'integer' }],
          sfunc: 'int4mul',
          stype: 'integer',
          initcond: '1',
          parallel: 'safe',
          was: { sfunc: 'int4mul', stype: 'integer', initcond: '1' },
        },
      },
    ],
  },
)

function aggregateSql(fields: CreateAggregate): string {
  return `AGGREGATE ${qualifiedName(fields)} ${aggregateSignature(fields)} ${aggregateOptions(fields)}`
}

function identity(
  fields: { readonly schema?: string | undefined; readonly name: string } & AggregateArguments,
) {
  return {
    ...inSchema(fields),
    name: fields.name,
    arguments: fields.arguments,
    ...(fields.orderBy === undefined ? {} : { orderBy: fields.orderBy }),
  }
}
