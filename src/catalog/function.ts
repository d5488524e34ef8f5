import { isDeepStrictEqual } from 'node:util'
import {
  type CreateFunction,
  createFunction,
  type FunctionOptions,
  type FunctionResult,
  replaceFunction,
} from '../operations/function.ts'
import { objectKind, type Reading } from './object-kind.ts'
import { type ObjectNameRow, objectNameOf, objectNameRow, placeOf } from './object-name.ts'
import { renamable } from './renaming.ts'
import {
  areReplaceable,
  identityArguments,
  type RoutineRow,
  routineIdentityOf,
  routineKey,
  routineQuery,
} from './routine.ts'
import {
  type BodyRow,
  bodyColumns,
  differInCheckOnly,
  languageJoin,
  mentionsOf,
  routineBody,
  routineOptions,
} from './routine-body.ts'
import { made } from './scope.ts'
import { findStaleBodies } from './stale-bodies.ts'
import { typeName } from './type-name.ts'

type Found = RoutineRow &
  BodyRow & {
    readonly window: boolean
    readonly result: string
    readonly returns_set: boolean
    readonly volatility: 'i' | 's' | 'v'
    readonly leakproof: boolean
    readonly strict: boolean
    readonly parallel: 'u' | 'r' | 's'
    /** As texts, since a number of this size is not printed as it was said. */
    readonly cost: string
    readonly rows: string
    readonly support: ObjectNameRow | null
  }

/** What a text as a body names is not known to PostgreSQL: so that it can be there by then, functions come after tables. */
export const functionKind = objectKind<CreateFunction, Found>({
  kind: 'function',
  traces: made('pg_proc', "prokind IN ('f', 'w')"),
  before: findStaleBodies,
  query: (scope) =>
    routineQuery({
      scope,
      kinds: ['f', 'w'],
      joins: languageJoin,
      columns: `${bodyColumns(scope.major)}, p.prokind = 'w' AS window, format_type(p.prorettype, NULL) AS result, p.proretset AS returns_set,
        p.provolatile::text AS volatility, p.proleakproof AS leakproof, p.proisstrict AS strict, p.proparallel::text AS parallel,
        p.procost::text AS cost, p.prorows::text AS rows, ${objectNameRow('function', 'p.prosupport')} AS support`,
    }),
  read: (row, { inSchema }) => ({
    key: routineKey(row),
    mentions: mentionsOf(row),
    reference: {
      ...placeOf(row, inSchema),
      function: row.name,
      arguments: identityArguments(row).filter(({ mode }) => mode !== 'out'),
    },
    fields: {
      ...routineIdentityOf(row, inSchema),
      ...resultOf(row),
      ...(row.window ? { window: true } : {}),
      ...optionsOf(row, inSchema),
      ...routineOptions(row),
      ...routineBody(row),
    },
  }),
  ...renamable<CreateFunction>(),
  create: (fields) => [createFunction(fields)],
  change(before, after) {
    if (!areReplaceable(before.arguments, after.arguments)) return null
    if (differInCheckOnly(before, after)) return []
    if (!isDeepStrictEqual(before.returns, after.returns) || before.window !== after.window) return null
    const { schema: _, name: __, arguments: parameters, ...was } = before
    const sameArguments = parameters === undefined || isDeepStrictEqual(parameters, after.arguments)
    return [
      replaceFunction({
        ...after,
        was: { ...was, ...(sameArguments ? {} : { arguments: parameters }) },
      }),
    ]
  },
})

/** Left out where the parameters say it. */
function resultOf({ parameters, result, returns_set }: Found): { readonly returns?: FunctionResult } {
  const columns = (parameters ?? []).filter(({ mode }) => mode === 't')
  if (columns.length > 0)
    return { returns: { table: columns.map(({ name, type }) => ({ name, type: typeName(type) })) } }
  if (returns_set) return { returns: { setOf: typeName(result) } }
  const isSaid = (parameters ?? []).some(({ mode }) => mode === 'o' || mode === 'b')
  return isSaid ? {} : { returns: typeName(result) }
}

const volatilities = { i: { volatility: 'immutable' }, s: { volatility: 'stable' }, v: {} } as const
const parallels = { s: { parallel: 'safe' }, r: { parallel: 'restricted' }, u: {} } as const

function optionsOf(row: Found, inSchema: Reading['inSchema']): FunctionOptions {
  const usualCost = ['c', 'internal'].includes(row.language) ? '1' : '100'
  const usualRows = row.returns_set ? '1000' : '0'
  return {
    ...volatilities[row.volatility],
    ...(row.leakproof ? { leakproof: true } : {}),
    ...(row.strict ? { strict: true } : {}),
    ...parallels[row.parallel],
    ...(row.cost === usualCost ? {} : { cost: Number(row.cost) }),
    ...(row.rows === usualRows ? {} : { rows: Number(row.rows) }),
    ...(row.support === null ? {} : { support: objectNameOf(row.support, inSchema) }),
  }
}
