import { isDeepStrictEqual } from 'node:util'
import { type CreateProcedure, createProcedure, replaceProcedure } from '../operations/procedure.ts'
import { objectKind } from './object-kind.ts'
import { placeOf } from './object-name.ts'
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
  procedureBody,
  routineOptions,
} from './routine-body.ts'
import { made } from './scope.ts'
import { findStaleBodies } from './stale-bodies.ts'

type Found = RoutineRow & BodyRow

export const procedure = objectKind<CreateProcedure, Found>({
  kind: 'procedure',
  traces: made('pg_proc', "prokind = 'p'"),
  before: findStaleBodies,
  query: (scope) =>
    routineQuery({ scope, kinds: ['p'], joins: languageJoin, columns: bodyColumns(scope.major) }),
  read: (row, { inSchema }) => ({
    key: routineKey(row),
    mentions: mentionsOf(row),
    reference: { ...placeOf(row, inSchema), procedure: row.name, arguments: identityArguments(row) },
    fields: { ...routineIdentityOf(row, inSchema), ...routineOptions(row), ...procedureBody(row) },
  }),
  create: (fields) => [createProcedure(fields)],
  change(before, after) {
    if (!areReplaceable(before.arguments, after.arguments)) return null
    if (differInCheckOnly(before, after)) return []
    const { schema: _, name: __, arguments: parameters, ...was } = before
    const sameArguments = parameters === undefined || isDeepStrictEqual(parameters, after.arguments)
    return [
      replaceProcedure({ ...after, was: { ...was, ...(sameArguments ? {} : { arguments: parameters }) } }),
    ]
  },
})
