import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, dollarQuote, quoteLiteral } from '../sql/literal.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import { type ColumnType, defaultExpression } from './column-definition.ts'
import { type Need, needsOf } from './operation.ts'
import { inSchema } from './relation.ts'

export type FunctionArgument = {
  readonly mode?: 'in' | 'out' | 'inout' | 'variadic'
  readonly name?: string
  readonly type: ColumnType
  readonly default?: Value | Sql
}

/** A function by its name alone, in a schema or where the search_path finds it. */
export type FunctionReference = string | { readonly schema?: string; readonly name: string }

/** What tells a routine from others of its name. */
export type RoutineIdentity = {
  readonly schema?: string
  readonly name: string
  /** The parameters, so that one of several of the same name is meant. */
  readonly arguments?: readonly FunctionArgument[]
}

/**
 * Settings for the time of the call; several names are an array: `{ search_path: ['public', 'pg_temp'] }`. `fromCurrent`
 * takes what holds in the session that says so.
 */
export type Settings = { readonly [parameter: string]: Setting }
export type Setting = string | number | boolean | readonly string[] | { readonly fromCurrent: true }

/** null takes a setting away. */
export type SettingChanges = { readonly [parameter: string]: Setting | null }

/** The source in the words of its language. For `c` it is the library's file, and `linkSymbol` the function in it. */
export type TextBody =
  | {
      readonly language: 'sql' | 'plpgsql' | 'internal' | (string & {})
      /**
       * PostgreSQL does not look at the body when it is created (`check_function_bodies` is off for it), so that it may name what is not there:
       * a column that was dropped since, or what comes later.
       */
      readonly unchecked?: boolean
      readonly body: string
      readonly linkSymbol?: never
      readonly return?: never
      readonly atomicBody?: never
    }
  | {
      readonly language: 'c'
      readonly unchecked?: never
      readonly body: string
      readonly linkSymbol?: string
      readonly return?: never
      readonly atomicBody?: never
    }

/**
 * BEGIN ATOMIC … END, from PostgreSQL 14 on: statements that are parsed when it is created, so that PostgreSQL knows what
 * they use, and renames there are followed.
 */
export type AtomicBody = {
  readonly language?: 'sql'
  readonly atomicBody: readonly Sql[]
  readonly body?: never
  readonly unchecked?: never
  readonly linkSymbol?: never
  readonly return?: never
}

/** RETURN and an expression, from PostgreSQL 14 on; parsed when it is created, as an atomic body is. */
export type ReturnBody = {
  readonly language?: 'sql'
  readonly return: Sql
  readonly body?: never
  readonly unchecked?: never
  readonly linkSymbol?: never
  readonly atomicBody?: never
}

export type RoutineBody = TextBody | AtomicBody | ReturnBody

export function bodyNeeds(fields: RoutineBody): readonly Need[] {
  return needsOf(
    [fields.return, 'RETURN as the body of a function', 14],
    [fields.atomicBody, 'BEGIN ATOMIC as the body of a routine', 14],
  )
}

/** What creates a routine, without PostgreSQL's look at its body where that is not wanted. A block, so that it is one statement wherever it is run. */
export function creating(body: RoutineBody, create: string): string {
  if (body.unchecked !== true) return create
  return doBlock(`
DECLARE
  checks text := current_setting('check_function_bodies');
BEGIN
  SET LOCAL check_function_bodies = off;
  ${create};
  PERFORM set_config('check_function_bodies', checks, true);
END`)
}

export function languageClause(body: RoutineBody): string {
  return `LANGUAGE ${quoteIdentifier(body.language ?? 'sql')}`
}

export function bodyClause(body: RoutineBody): string {
  if (body.return !== undefined) return `RETURN ${inlineSql(body.return)}`
  if (body.atomicBody !== undefined) {
    return `BEGIN ATOMIC\n${body.atomicBody.map((one) => `  ${inlineSql(one)};\n`).join('')}END`
  }
  const source = `AS ${dollarQuote(body.body)}`
  return body.linkSymbol === undefined ? source : `${source}, ${quoteLiteral(body.linkSymbol)}`
}

export function transformClause(types: readonly ColumnType[] | undefined): string | false {
  return types !== undefined && `TRANSFORM ${types.map((type) => `FOR TYPE ${type}`).join(', ')}`
}

/** A clause for each setting; null takes one away, in ALTER only. */
export function settingClauses(settings: SettingChanges = {}): readonly string[] {
  return Object.entries(settings).map(([name, value]) => {
    const parameter = quoteIdentifier(name)
    if (value === null) return `RESET ${parameter}`
    if (typeof value === 'object' && 'fromCurrent' in value) return `SET ${parameter} FROM CURRENT`
    return `SET ${parameter} TO ${settingTexts(value).map(quoteLiteral).join(', ')}`
  })
}

/** No name at all is the empty text, as PostgreSQL has it. */
function settingTexts(value: Exclude<Setting, object> | readonly string[]): readonly string[] {
  if (typeof value === 'boolean') return [value ? 'on' : 'off']
  if (typeof value !== 'object') return [String(value)]
  return value.length === 0 ? [''] : value
}

export function functionName(reference: FunctionReference): string {
  return qualifiedName(typeof reference === 'string' ? { name: reference } : reference)
}

/** `(IN "a" integer, …)`, with defaults, as CREATE takes it. */
export function parameterClause(parameters: readonly FunctionArgument[] = []): string {
  return `(${parameters.map(parameter).join(', ')})`
}

/** What tells the routine from others of its name: its parameters, without their defaults. */
export function signature(parameters: readonly FunctionArgument[] | undefined): string {
  if (parameters === undefined) return ''
  return parameterClause(parameters.map(({ default: _, ...identity }) => identity))
}

/** The fields of an identity that are given, so that an absent one stays absent (exactOptionalPropertyTypes). */
export function routineIdentity({
  schema,
  name,
  arguments: parameters,
}: {
  readonly schema?: string | undefined
  readonly name: string
  readonly arguments?: readonly FunctionArgument[] | undefined
}): RoutineIdentity {
  return { ...inSchema({ schema }), name, ...(parameters === undefined ? {} : { arguments: parameters }) }
}

/** CREATE OR REPLACE changes a default and adds one; to take one away it has no way. */
export function addsDefault(
  now: readonly FunctionArgument[] = [],
  before: readonly FunctionArgument[] | undefined,
): boolean {
  if (before === undefined) return false
  return now.some((argument, at) => argument.default !== undefined && before[at]?.default === undefined)
}

function parameter({ mode, name, type, default: fallback }: FunctionArgument): string {
  return clauses(
    mode?.toUpperCase(),
    name !== undefined && quoteIdentifier(name),
    type,
    fallback !== undefined && `DEFAULT ${defaultExpression(fallback)}`,
  )
}
