import { clauses } from '../sql/clauses.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { type AtLeastOne, unsaid } from './change.ts'
import { type FunctionOptions, functionOptions } from './function.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import {
  type RoutineIdentity,
  routineIdentity,
  type SettingChanges,
  settingClauses,
  signature,
} from './routine-definition.ts'

export type FunctionChange = FunctionOptions & { readonly set?: SettingChanges }

export type AlterFunction = RoutineIdentity &
  AtLeastOne<FunctionChange> & {
    /** The same properties as they were, so that the change can be undone. */
    readonly was?: AtLeastOne<FunctionChange>
  }

/**
 * Changes what is said of a function; its body and its callers stay. What is not named stays as it is. A support
 * function can be changed and not taken away.
 * https://www.postgresql.org/docs/current/sql-alterfunction.html
 */
export const alterFunction: Operation<'alterFunction', AlterFunction> = operation('alterFunction', {
  title: (fields) => `alter function ${fields.name}`,
  steps: (fields) => [
    statement(
      clauses(
        `ALTER FUNCTION ${qualifiedName(fields)}${signature(fields.arguments)}`,
        ...functionOptions(fields),
        ...settingClauses(fields.set),
      ),
    ),
  ],
  inverse({ schema, name, arguments: parameters, was, ...change }: AlterFunction) {
    const missing = unsaid(change, was, { set: 1 })
    if (was === undefined || missing.length > 0) {
      return unknownBefore(`the ${missing.join(' and ')} of the function ${name}`, 'alterFunction')
    }
    return [
      alterFunction({
        ...routineIdentity({ schema, name, arguments: parameters }),
        ...was,
        was: change,
      }),
    ]
  },
  locks: () => [],
  examples: [
    {
      given: 'CREATE FUNCTION one(integer) RETURNS integer LANGUAGE sql AS $$SELECT 1$$',
      fields: {
        name: 'one',
        arguments: [{ type: 'integer' }],
        volatility: 'immutable',
        strict: true,
        leakproof: true,
        parallel: 'safe',
        cost: 1,
        was: { volatility: 'volatile', strict: false, leakproof: false, parallel: 'unsafe', cost: 100 },
      },
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE FUNCTION "My App"."All"() RETURNS SETOF integer LANGUAGE sql
        SET search_path TO 'public' SUPPORT generate_series_int4_support AS $$SELECT 1$$`,
      fields: {
        schema: 'My App',
        name: 'All',
        securityDefiner: true,
        rows: 5,
        support: { schema: 'pg_catalog', name: 'generate_series_int8_support' },
        set: { search_path: ['pg_catalog', 'My App'], work_mem: '16MB' },
        was: {
          securityDefiner: false,
          rows: 1000,
          support: 'generate_series_int4_support',
          set: { search_path: 'public', work_mem: null },
        },
      },
    },
    {
      given: 'CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$SELECT 1$$',
      fields: { name: 'one', parallel: 'restricted', set: { work_mem: { fromCurrent: true } } },
    },
  ],
})
