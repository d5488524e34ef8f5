import { quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import type { ColumnType } from './column-definition.ts'
import {
  type FunctionArgument,
  type FunctionReference,
  functionName,
  parameterClause,
} from './routine-definition.ts'

export type AggregateArgument = {
  readonly mode?: 'in' | 'variadic'
  readonly name?: string
  readonly type: ColumnType
}

/** What a final function does to the state: the aggregate's parts may share it, merge it, or neither. */
export type FinalFunctionModify = 'read_only' | 'shareable' | 'read_write'

/** An operator by its name alone, such as `<`, or in a schema. */
export type OperatorReference = string | { readonly schema: string; readonly name: string }

/** What an aggregate of either sort may say; the names are those of CREATE AGGREGATE. */
type Common = {
  /** The function from a state and a row's values to the next state. */
  readonly sfunc: FunctionReference
  /** The state's type. */
  readonly stype: ColumnType
  /** How many bytes a state takes, about. */
  readonly sspace?: number
  /** The function from the last state to the result. */
  readonly finalfunc?: FunctionReference
  /** Gives the final function NULLs for the arguments, so that its result's type may hang on theirs. */
  readonly finalfuncExtra?: boolean
  readonly finalfuncModify?: FinalFunctionModify
  /** The first state as text; NULL if left out. */
  readonly initcond?: string
  readonly parallel?: 'unsafe' | 'restricted' | 'safe'
}

/** How a moving frame of a window is aggregated without starting anew for each row. */
export type MovingAggregate = {
  readonly msfunc: FunctionReference
  /** Takes out of the state what `msfunc` has put in. */
  readonly minvfunc: FunctionReference
  readonly mstype: ColumnType
  readonly msspace?: number
  readonly mfinalfunc?: FunctionReference
  readonly mfinalfuncExtra?: boolean
  readonly mfinalfuncModify?: FinalFunctionModify
  readonly minitcond?: string
}

/** An aggregate of rows in any order. */
export type PlainAggregate = Common & {
  /** The function from two states to one, for parallel work. */
  readonly combinefunc?: FunctionReference
  readonly moving?: MovingAggregate
  /** The operator by whose order the result is first, as `<` for a minimum: then an index can answer. */
  readonly sortop?: OperatorReference
  readonly hypothetical?: never
} & (
    | { readonly serialfunc?: never; readonly deserialfunc?: never }
    | {
        /** For a state of type `internal`, on its way from one process to another. */
        readonly serialfunc: FunctionReference
        readonly deserialfunc: FunctionReference
      }
  )

/** An aggregate WITHIN GROUP (ORDER BY …). */
export type OrderedSetAggregate = Common & {
  /** A hypothetical-set aggregate: its direct arguments are of the types of those it is ordered by. */
  readonly hypothetical?: boolean
  readonly combinefunc?: never
  readonly moving?: never
  readonly sortop?: never
  readonly serialfunc?: never
  readonly deserialfunc?: never
}

/** What tells an aggregate from others of its name: `*` for one that takes no arguments, as `count(*)`. */
export type AggregateArguments = {
  readonly arguments: '*' | readonly FunctionArgument[]
  /** Of an ordered-set aggregate, what follows ORDER BY; its `arguments` are given once. */
  readonly orderBy?: readonly FunctionArgument[] | undefined
}

/** `(double precision ORDER BY anyelement)`, `(*)`. */
export function aggregateSignature({ arguments: direct, orderBy }: AggregateArguments): string {
  if (direct === '*') return '(*)'
  const list = parameterClause(direct)
  if (orderBy === undefined) return list
  const blank = direct.length === 0 ? '' : ' '
  return `${list.slice(0, -1)}${blank}ORDER BY ${parameterClause(orderBy).slice(1)}`
}

/** The parenthesis of CREATE AGGREGATE that says how it works. */
export function aggregateOptions(fields: PlainAggregate | OrderedSetAggregate): string {
  const { moving } = fields
  const options = [
    ['sfunc', functionName(fields.sfunc)],
    ['stype', fields.stype],
    ['sspace', fields.sspace],
    ['finalfunc', fields.finalfunc && functionName(fields.finalfunc)],
    ['finalfunc_extra', fields.finalfuncExtra],
    ['finalfunc_modify', fields.finalfuncModify],
    ['combinefunc', fields.combinefunc && functionName(fields.combinefunc)],
    ['serialfunc', fields.serialfunc && functionName(fields.serialfunc)],
    ['deserialfunc', fields.deserialfunc && functionName(fields.deserialfunc)],
    ['initcond', quoted(fields.initcond)],
    ['msfunc', moving && functionName(moving.msfunc)],
    ['minvfunc', moving && functionName(moving.minvfunc)],
    ['mstype', moving?.mstype],
    ['msspace', moving?.msspace],
    ['mfinalfunc', moving?.mfinalfunc && functionName(moving.mfinalfunc)],
    ['mfinalfunc_extra', moving?.mfinalfuncExtra],
    ['mfinalfunc_modify', moving?.mfinalfuncModify],
    ['minitcond', quoted(moving?.minitcond)],
    ['sortop', fields.sortop && operatorName(fields.sortop)],
    ['parallel', fields.parallel],
    ['hypothetical', fields.hypothetical],
  ] as const
  const given = options.filter(([, value]) => value !== undefined && value !== false)
  return `(${given.map(([name, value]) => (value === true ? name : `${name} = ${value}`)).join(', ')})`
}

function quoted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : quoteLiteral(text)
}

function operatorName(operator: OperatorReference): string {
  if (typeof operator === 'string') return operator
  return `OPERATOR(${quoteIdentifier(operator.schema)}.${operator.name})`
}
