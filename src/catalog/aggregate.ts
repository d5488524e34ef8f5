import { isDeepStrictEqual } from 'node:util'
import { type CreateAggregate, createAggregate, replaceAggregate } from '../operations/aggregate.ts'
import type {
  AggregateArgument,
  FinalFunctionModify,
  MovingAggregate,
  OperatorReference,
} from '../operations/aggregate-definition.ts'
import { objectKind, type Reading } from './object-kind.ts'
import { type ObjectNameRow, objectNameOf, objectNameRow, placeOf } from './object-name.ts'
import { argumentsOf, type RoutineRow, routineKey, routineQuery } from './routine.ts'
import { made } from './scope.ts'
import { typeName } from './type-name.ts'

type Found = RoutineRow & {
  /** normal, ordered-set, hypothetical-set */
  readonly kind: 'n' | 'o' | 'h'
  /** How many parameters stand before ORDER BY. */
  readonly direct: number
  readonly result: string
  readonly sfunc: ObjectNameRow
  readonly stype: string
  readonly sspace: number
  readonly finalfunc: ObjectNameRow | null
  readonly finalfunc_extra: boolean
  readonly finalfunc_modify: ModifyLetter
  readonly initcond: string | null
  readonly combinefunc: ObjectNameRow | null
  readonly serialfunc: ObjectNameRow | null
  readonly deserialfunc: ObjectNameRow | null
  readonly msfunc: ObjectNameRow | null
  readonly minvfunc: ObjectNameRow | null
  readonly mstype: string | null
  readonly msspace: number
  readonly mfinalfunc: ObjectNameRow | null
  readonly mfinalfunc_extra: boolean
  readonly mfinalfunc_modify: ModifyLetter
  readonly minitcond: string | null
  readonly sortop: ObjectNameRow | null
  readonly parallel: 'u' | 'r' | 's'
}

type ModifyLetter = 'r' | 's' | 'w'

/** With the type of what it gives, which nobody says, and which has to stay where it is replaced. */
type Aggregate = { readonly aggregate: CreateAggregate; readonly result: string }

export const aggregate = objectKind<Aggregate, Found>({
  kind: 'aggregate',
  traces: made('pg_proc', "prokind = 'a'"),
  query: (scope) =>
    routineQuery({
      scope,
      kinds: ['a'],
      joins: 'JOIN pg_aggregate a ON a.aggfnoid = p.oid',
      columns: `a.aggkind::text AS kind, a.aggnumdirectargs AS direct, format_type(p.prorettype, NULL) AS result,
        ${objectNameRow('function', 'a.aggtransfn')} AS sfunc, format_type(a.aggtranstype, NULL) AS stype, a.aggtransspace AS sspace,
        ${objectNameRow('function', 'a.aggfinalfn')} AS finalfunc, a.aggfinalextra AS finalfunc_extra, a.aggfinalmodify::text AS finalfunc_modify,
        a.agginitval AS initcond, ${objectNameRow('function', 'a.aggcombinefn')} AS combinefunc,
        ${objectNameRow('function', 'a.aggserialfn')} AS serialfunc, ${objectNameRow('function', 'a.aggdeserialfn')} AS deserialfunc,
        ${objectNameRow('function', 'a.aggmtransfn')} AS msfunc, ${objectNameRow('function', 'a.aggminvtransfn')} AS minvfunc,
        format_type(nullif(a.aggmtranstype, 0), NULL) AS mstype, a.aggmtransspace AS msspace,
        ${objectNameRow('function', 'a.aggmfinalfn')} AS mfinalfunc, a.aggmfinalextra AS mfinalfunc_extra, a.aggmfinalmodify::text AS mfinalfunc_modify,
        a.aggminitval AS minitcond, ${objectNameRow('operator', 'a.aggsortop')} AS sortop, p.proparallel::text AS parallel`,
    }),
  read(row, { inSchema }) {
    const parameters = parametersOf(row)
    return {
      key: routineKey(row),
      reference: { ...placeOf(row, inSchema), aggregate: row.name, ...parameters },
      fields: {
        aggregate: {
          ...placeOf(row, inSchema),
          name: row.name,
          ...parameters,
          ...definitionOf(row, inSchema),
          // That what follows ORDER BY goes with what such an aggregate may say is not seen through the spreads.
        } as CreateAggregate,
        result: typeName(row.result),
      },
    }
  },
  create: (fields) => [createAggregate(fields.aggregate)],
  change({ aggregate: before, result }, { aggregate: after, result: now }) {
    const { schema: _, name: __, arguments: parameters, orderBy, ...was } = before
    const isReplaceable =
      result === now &&
      isDeepStrictEqual([parameters, orderBy], [after.arguments, after.orderBy]) &&
      was.hypothetical === after.hypothetical
    return isReplaceable ? [replaceAggregate({ ...after, was } as never)] : null
  },
})

/** One that is ordered by what it is given by VARIADIC too has that once in the catalog. */
function parametersOf(row: Found): {
  readonly arguments: '*' | readonly AggregateArgument[]
  readonly orderBy?: readonly AggregateArgument[]
} {
  const all = argumentsOf(row) as readonly AggregateArgument[]
  if (row.kind === 'n') return { arguments: all.length === 0 ? '*' : all }
  return { arguments: all.slice(0, row.direct), orderBy: all.slice(Math.min(row.direct, all.length - 1)) }
}

const modifies: { readonly [letter in ModifyLetter]: FinalFunctionModify } = {
  r: 'read_only',
  s: 'shareable',
  w: 'read_write',
}
const parallels = { s: { parallel: 'safe' }, r: { parallel: 'restricted' }, u: {} } as const

function definitionOf(row: Found, inSchema: Reading['inSchema']) {
  const named = (name: ObjectNameRow) => objectNameOf(name, inSchema)
  return {
    sfunc: named(row.sfunc),
    stype: typeName(row.stype),
    ...(row.sspace === 0 ? {} : { sspace: row.sspace }),
    ...(row.finalfunc === null ? {} : { finalfunc: named(row.finalfunc) }),
    ...(row.finalfunc_extra ? { finalfuncExtra: true } : {}),
    ...(row.finalfunc_modify === usualModify(row) ? {} : { finalfuncModify: modifies[row.finalfunc_modify] }),
    ...(row.combinefunc === null ? {} : { combinefunc: named(row.combinefunc) }),
    ...(row.serialfunc === null ? {} : { serialfunc: named(row.serialfunc) }),
    ...(row.deserialfunc === null ? {} : { deserialfunc: named(row.deserialfunc) }),
    ...(row.initcond === null ? {} : { initcond: row.initcond }),
    ...movingOf(row, inSchema),
    ...(row.sortop === null ? {} : { sortop: operatorReference(row.sortop, inSchema) }),
    ...parallels[row.parallel],
    ...(row.kind === 'h' ? { hypothetical: true } : {}),
  }
}

/** PostgreSQL takes it that the final function of an ordered set sorts it, and changes the state. */
function usualModify({ kind }: Found): ModifyLetter {
  return kind === 'n' ? 'r' : 'w'
}

function movingOf(row: Found, inSchema: Reading['inSchema']): { readonly moving?: MovingAggregate } {
  if (row.msfunc === null || row.minvfunc === null || row.mstype === null) return {}
  return {
    moving: {
      msfunc: objectNameOf(row.msfunc, inSchema),
      minvfunc: objectNameOf(row.minvfunc, inSchema),
      mstype: typeName(row.mstype),
      ...(row.msspace === 0 ? {} : { msspace: row.msspace }),
      ...(row.mfinalfunc === null ? {} : { mfinalfunc: objectNameOf(row.mfinalfunc, inSchema) }),
      ...(row.mfinalfunc_extra ? { mfinalfuncExtra: true } : {}),
      ...(row.mfinalfunc_modify === usualModify(row)
        ? {}
        : { mfinalfuncModify: modifies[row.mfinalfunc_modify] }),
      ...(row.minitcond === null ? {} : { minitcond: row.minitcond }),
    },
  }
}

function operatorReference(row: ObjectNameRow, inSchema: Reading['inSchema']): OperatorReference {
  const operator = objectNameOf(row, inSchema)
  if (typeof operator === 'string' || operator.schema === undefined) return row[1]
  return { schema: operator.schema, name: operator.name }
}
