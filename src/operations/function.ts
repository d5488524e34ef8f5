import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import type { ColumnType } from './column-definition.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import {
  addsDefault,
  bodyClause,
  bodyNeeds,
  creating,
  type FunctionArgument,
  type FunctionReference,
  functionName,
  languageClause,
  parameterClause,
  type RoutineBody,
  type RoutineIdentity,
  routineIdentity,
  type Settings,
  settingClauses,
  signature,
  transformClause,
} from './routine-definition.ts'

export { type FunctionArgument, signature } from './routine-definition.ts'

/** What may be said of a function, and changed. */
export type FunctionOptions = {
  /** VOLATILE if left out, as PostgreSQL has it. */
  readonly volatility?: 'immutable' | 'stable' | 'volatile'
  /** Tells nobody of its arguments, not even in an error; superusers may say so. */
  readonly leakproof?: boolean
  /** NULL for any NULL argument, without a call. */
  readonly strict?: boolean
  /** SECURITY DEFINER: set `search_path` too, or a caller can slip in objects of their own. */
  readonly securityDefiner?: boolean
  readonly parallel?: 'unsafe' | 'restricted' | 'safe'
  /** In units of `cpu_operator_cost`; for a set, per row. */
  readonly cost?: number
  /** How many rows the planner expects of a set. */
  readonly rows?: number
  /** The planner support function; superusers may say so. */
  readonly support?: FunctionReference
}

/** Everything about a function but its name and parameters. */
export type FunctionDefinition = RoutineBody &
  FunctionOptions & {
    /** Left out where the `out` parameters say it all. */
    readonly returns?: FunctionResult
    /** The types that are converted by a transform, as in TRANSFORM FOR TYPE. */
    readonly transform?: readonly ColumnType[]
    /** A window function; it is written in C. */
    readonly window?: boolean
    readonly set?: Settings
  }

/** The result's type (`trigger`, `uuid`), a set of it, or the columns of a table. */
export type FunctionResult =
  | ColumnType
  | { readonly setOf: ColumnType }
  | { readonly table: readonly { readonly name: string; readonly type: ColumnType }[] }

export type CreateFunction = {
  readonly schema?: string
  readonly name: string
  readonly arguments?: readonly FunctionArgument[]
} & FunctionDefinition

export type DropFunction = RoutineIdentity & {
  /** Takes along what depends on it: triggers, defaults, views. */
  readonly cascade?: boolean
  /** What the function was, so that it can be made again. */
  readonly was?: FunctionDefinition
}

export type ReplaceFunction = CreateFunction & {
  /** What the function was; its `arguments` too, where their defaults change. */
  readonly was?: FunctionDefinition & { readonly arguments?: readonly FunctionArgument[] }
}

/**
 * Creates a function. One of the same name and parameters is an error; see `replaceFunction`.
 * Locks nothing but, for reading, what the body of an SQL function names.
 * https://www.postgresql.org/docs/current/sql-createfunction.html
 */
export const createFunction: Operation<'createFunction', CreateFunction> = operation('createFunction', {
  title: (fields) => `create function ${fields.name}`,
  steps: (fields) => [statement(creating(fields, `CREATE ${functionDefinition(fields)}`))],
  // Without its parameters, one of several of the same name would not be meant.
  inverse: ({ schema, name, arguments: parameters = [], ...was }: CreateFunction) => [
    dropFunction({ ...routineIdentity({ schema, name, arguments: parameters }), was }),
  ],
  needs: bodyNeeds,
  locks: () => [],
  examples: [
    {
      fields: {
        name: 'plus_tax',
        arguments: [
          { name: 'net', type: 'numeric' },
          { name: 'rate', type: 'numeric', default: 0.19 },
        ],
        returns: 'numeric',
        language: 'sql',
        volatility: 'immutable',
        strict: true,
        parallel: 'safe',
        set: { search_path: 'pg_catalog' },
        body: 'SELECT net * (1 + rate)',
      },
    },
    {
      fields: {
        name: 'extremes',
        arguments: [
          { mode: 'inout', name: 'low', type: 'integer' },
          { mode: 'out', name: 'high', type: 'integer' },
          { mode: 'in', name: 'step', type: 'integer', default: { sql: ['1 + 1'], values: [] } },
          { mode: 'variadic', name: 'more', type: 'integer[]', default: [] },
        ],
        language: 'plpgsql',
        volatility: 'stable',
        securityDefiner: true,
        set: { search_path: ['public', 'pg_temp'], work_mem: '16MB', TimeZone: { fromCurrent: true } },
        body: 'BEGIN high := low + step + cardinality(more); END',
      },
    },
    {
      given: 'CREATE TABLE users (id bigint, email text)',
      fields: {
        name: 'users_like',
        arguments: [{ name: 'pattern', type: 'text' }],
        returns: {
          table: [
            { name: 'id', type: 'bigint' },
            { name: 'email', type: 'text' },
          ],
        },
        volatility: 'stable',
        cost: 50,
        rows: 10,
        atomicBody: [
          { sql: ['SELECT 1'], values: [] },
          { sql: ['SELECT id, email FROM users WHERE email LIKE pattern'], values: [] },
        ],
      },
      locks: [{ table: 'users', mode: 'AccessShare' }],
    },
    {
      given: 'CREATE TABLE users (id bigint)',
      fields: {
        name: 'emails',
        returns: { setOf: 'text' },
        language: 'sql',
        unchecked: true,
        body: 'SELECT email FROM users',
      },
    },
    {
      fields: {
        name: 'twice',
        arguments: [{ name: 'n', type: 'integer' }],
        returns: 'integer',
        leakproof: true,
        return: { sql: ['n * 2'], values: [] },
      },
    },
  ],
})

/**
 * Drops a function; refused by PostgreSQL while a trigger or a default uses it, unless `cascade` says that they go too.
 * https://www.postgresql.org/docs/current/sql-dropfunction.html
 */
export const dropFunction: Operation<'dropFunction', DropFunction> = operation('dropFunction', {
  title: (fields) => `drop function ${fields.name}`,
  steps: (fields) => [
    statement(
      clauses(
        `DROP FUNCTION ${qualifiedName(fields)}${signature(fields.arguments)}`,
        fields.cascade === true && 'CASCADE',
      ),
    ),
  ],
  inverse({ was, cascade, ...identity }) {
    if (cascade === true)
      return { irreversible: `What depended on the function ${identity.name} is not known.` }
    if (was === undefined) return unknownBefore(`the function ${identity.name}`, 'dropFunction')
    return [createFunction({ ...identity, ...was })]
  },
  loses: (fields) => (fields.cascade === true ? [`everything that uses the function ${fields.name}`] : []),
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: 'CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$SELECT 1$$',
      fields: { name: 'one', was: { returns: 'integer', language: 'sql', body: 'SELECT 1' } },
    },
    {
      given: `CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$SELECT 1$$; CREATE VIEW ones AS SELECT one();
        CREATE FUNCTION one(integer) RETURNS integer LANGUAGE sql AS $$SELECT 1$$`,
      fields: { name: 'one', arguments: [], cascade: true },
      locks: [{ table: 'ones', mode: 'AccessExclusive' }],
    },
  ],
})

/**
 * Gives a function a new definition; its owner, privileges, triggers and callers stay. Name, parameters and result stay
 * the same too, but for defaults that are changed or added.
 * https://www.postgresql.org/docs/current/sql-createfunction.html
 */
export const replaceFunction: Operation<'replaceFunction', ReplaceFunction> = operation('replaceFunction', {
  title: (fields) => `replace function ${fields.name}`,
  steps: ({ was: _, ...fields }: ReplaceFunction) => [
    statement(creating(fields, `CREATE OR REPLACE ${functionDefinition(fields)}`)),
  ],
  inverse({ schema, name, arguments: parameters, was, ...now }: ReplaceFunction) {
    if (was === undefined) return unknownBefore(`the function ${name}`, 'replaceFunction')
    if (addsDefault(parameters, was.arguments)) {
      return { irreversible: `PostgreSQL takes no default away from a parameter of the function ${name}.` }
    }
    const identity = routineIdentity({ schema, name, arguments: parameters })
    const changed = was.arguments !== undefined && parameters !== undefined
    return [
      replaceFunction({
        ...identity,
        ...was,
        was: changed ? { ...now, arguments: parameters } : now,
      }),
    ]
  },
  needs: bodyNeeds,
  locks: () => [],
  examples: [
    {
      given: 'CREATE FUNCTION answer() RETURNS integer LANGUAGE sql AS $$SELECT 41$$',
      fields: {
        name: 'answer',
        returns: 'integer',
        language: 'sql',
        body: 'SELECT 42',
        was: { returns: 'integer', language: 'sql', body: 'SELECT 41' },
      },
    },
    {
      given: `CREATE FUNCTION answer(n integer DEFAULT 41) RETURNS integer LANGUAGE sql AS $$SELECT n$$;
        REVOKE ALL ON FUNCTION answer FROM PUBLIC`,
      fields: {
        name: 'answer',
        arguments: [{ name: 'n', type: 'integer', default: 42 }],
        returns: 'integer',
        language: 'sql',
        strict: true,
        body: 'SELECT n',
        was: {
          arguments: [{ name: 'n', type: 'integer', default: 41 }],
          returns: 'integer',
          language: 'sql',
          body: 'SELECT n',
        },
      },
    },
  ],
})

function functionDefinition({ returns, ...fields }: CreateFunction): string {
  return clauses(
    `FUNCTION ${qualifiedName(fields)}${parameterClause(fields.arguments)}`,
    returns !== undefined && `RETURNS ${resultType(returns)}`,
    languageClause(fields),
    transformClause(fields.transform),
    fields.window === true && 'WINDOW',
    ...functionOptions(fields),
    ...settingClauses(fields.set),
    bodyClause(fields),
  )
}

/** The clauses that CREATE and ALTER FUNCTION share. */
export function functionOptions(fields: FunctionOptions): readonly (string | false | undefined)[] {
  return [
    fields.volatility?.toUpperCase(),
    fields.leakproof !== undefined && (fields.leakproof ? 'LEAKPROOF' : 'NOT LEAKPROOF'),
    fields.strict !== undefined && (fields.strict ? 'STRICT' : 'CALLED ON NULL INPUT'),
    fields.securityDefiner !== undefined && `SECURITY ${fields.securityDefiner ? 'DEFINER' : 'INVOKER'}`,
    fields.parallel !== undefined && `PARALLEL ${fields.parallel.toUpperCase()}`,
    fields.cost !== undefined && `COST ${fields.cost}`,
    fields.rows !== undefined && `ROWS ${fields.rows}`,
    fields.support !== undefined && `SUPPORT ${functionName(fields.support)}`,
  ]
}

function resultType(result: FunctionResult): string {
  if (typeof result === 'string') return result
  if ('setOf' in result) return `SETOF ${result.setOf}`
  return `TABLE (${result.table.map(({ name, type }) => `${quoteIdentifier(name)} ${type}`).join(', ')})`
}
