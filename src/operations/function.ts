import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { dollarQuote, quoteLiteral } from '../sql/literal.ts'
import type { Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import { type ColumnType, defaultExpression } from './column-definition.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { inSchema } from './relation.ts'

export type FunctionArgument = {
  readonly mode?: 'in' | 'out' | 'inout' | 'variadic'
  readonly name?: string
  readonly type: ColumnType
  readonly default?: Value | Sql
}

export type CreateFunction = {
  readonly schema?: string
  readonly name: string
  readonly arguments?: readonly FunctionArgument[]
  /** The result's type: `trigger`, `uuid`, `TABLE (id bigint, name text)`. */
  readonly returns: string
  readonly language: 'sql' | 'plpgsql' | (string & {})
  readonly body: string
  /** VOLATILE if left out, as PostgreSQL has it. */
  readonly volatility?: 'immutable' | 'stable' | 'volatile'
  readonly strict?: boolean
  /** SECURITY DEFINER: set `search_path` too, or a caller can slip in objects of their own. */
  readonly securityDefiner?: boolean
  /** Settings for the time of the call; several names are an array: `{ search_path: ['public', 'pg_temp'] }`. */
  readonly set?: { readonly [parameter: string]: string | readonly string[] }
}

export type DropFunction = {
  readonly schema?: string
  readonly name: string
  /** The parameters, so that one of several functions of the same name is meant. */
  readonly arguments?: readonly FunctionArgument[]
  /** What the function was, so that it can be made again. */
  readonly was?: Omit<CreateFunction, 'schema' | 'name' | 'arguments'>
}

export type ReplaceFunction = CreateFunction & { readonly was?: DropFunction['was'] }

/**
 * Creates a function. One of the same name and parameters is an error; see `replaceFunction`.
 * https://www.postgresql.org/docs/current/sql-createfunction.html
 */
export const createFunction: Operation<'createFunction', CreateFunction> = operation('createFunction', {
  title: (fields) => `create function ${fields.name}`,
  steps: (fields) => [statement(`CREATE ${functionDefinition(fields)}`)],
  inverse: ({ schema, name, arguments: parameters, ...was }) => [
    dropFunction({
      ...inSchema({ schema }),
      name,
      ...(parameters === undefined ? {} : { arguments: parameters }),
      was,
    }),
  ],
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
        returns: 'record',
        language: 'plpgsql',
        volatility: 'stable',
        securityDefiner: true,
        set: { search_path: ['public', 'pg_temp'], work_mem: '16MB' },
        body: 'BEGIN high := low + step + cardinality(more); END',
      },
    },
  ],
})

/**
 * Drops a function; refused by PostgreSQL while a trigger or a default uses it.
 * https://www.postgresql.org/docs/current/sql-dropfunction.html
 */
export const dropFunction: Operation<'dropFunction', DropFunction> = operation('dropFunction', {
  title: (fields) => `drop function ${fields.name}`,
  steps: (fields) => [statement(`DROP FUNCTION ${qualifiedName(fields)}${signature(fields.arguments)}`)],
  inverse({ was, ...fields }) {
    if (was === undefined) {
      return unknownBefore(`the function ${fields.name}`, 'dropFunction')
    }
    return [createFunction({ ...fields, ...was })]
  },
  locks: () => [],
  examples: [
    {
      given: 'CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$SELECT 1$$',
      fields: { name: 'one', was: { returns: 'integer', language: 'sql', body: 'SELECT 1' } },
    },
  ],
})

/**
 * Gives a function a new body; its privileges, triggers and callers stay. Name, parameters and result stay the same.
 * https://www.postgresql.org/docs/current/sql-createfunction.html
 */
export const replaceFunction: Operation<'replaceFunction', ReplaceFunction> = operation('replaceFunction', {
  title: (fields) => `replace function ${fields.name}`,
  steps: (fields) => [statement(`CREATE OR REPLACE ${functionDefinition(fields)}`)],
  inverse({ schema, name, arguments: parameters, was, ...now }) {
    if (was === undefined) {
      return unknownBefore(`the function ${name}`, 'replaceFunction')
    }
    const identity = {
      ...inSchema({ schema }),
      name,
      ...(parameters === undefined ? {} : { arguments: parameters }),
    }
    return [replaceFunction({ ...identity, ...was, was: now })]
  },
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
  ],
})

function functionDefinition(fields: CreateFunction): string {
  const settings = Object.entries(fields.set ?? {})
  return clauses(
    `FUNCTION ${qualifiedName(fields)}(${(fields.arguments ?? []).map(parameter).join(', ')})`,
    `RETURNS ${fields.returns}`,
    `LANGUAGE ${quoteIdentifier(fields.language)}`,
    fields.volatility?.toUpperCase(),
    fields.strict === true && 'STRICT',
    fields.securityDefiner === true && 'SECURITY DEFINER',
    ...settings.map(
      ([parameter, value]) =>
        `SET ${quoteIdentifier(parameter)} TO ${[value].flat().map(quoteLiteral).join(', ')}`,
    ),
    `AS ${dollarQuote(fields.body)}`,
  )
}

function parameter({ mode, name, type, ...rest }: FunctionArgument): string {
  const fallback = rest.default === undefined ? '' : ` DEFAULT ${defaultExpression(rest.default)}`
  return [mode?.toUpperCase(), name && quoteIdentifier(name), type].filter(Boolean).join(' ') + fallback
}

/** What tells the function from others of its name: its parameters, without their defaults. */
export function signature(parameters: readonly FunctionArgument[] | undefined): string {
  if (parameters === undefined) return ''
  return `(${parameters.map(({ default: _, ...identity }) => parameter(identity)).join(', ')})`
}
