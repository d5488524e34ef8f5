import { isDeepStrictEqual } from 'node:util'
import type { FunctionArgument } from '../operations/routine-definition.ts'
import { keyOf } from './key.ts'
import type { Reading } from './object-kind.ts'
import { namedObjectOf } from './object-name.ts'
import { printedSql } from './printed.ts'
import type { Scope } from './scope.ts'
import { typeName } from './type-name.ts'

/** What functions, procedures and aggregates are told apart by. */
export type RoutineRow = {
  readonly schema: string
  readonly name: string
  /** Whether the bare name finds it. */
  readonly visible: boolean
  /** The types of what it is given: a routine of the same name has others. */
  readonly signature: string
  readonly parameters: readonly ParameterRow[] | null
}

export type ParameterRow = {
  /** in, out, inout, variadic, and a column of the table that it gives. */
  readonly mode: 'i' | 'o' | 'b' | 'v' | 't'
  readonly name: string
  readonly type: string
  readonly default: string | null
}

/** The routines of some of pg_proc's kinds, as `p`, with more columns; without the constructors that a range type brings. */
export function routineQuery({
  scope: { isOurs, ofNoExtension },
  kinds,
  columns,
  joins,
}: {
  readonly scope: Scope
  readonly kinds: readonly string[]
  readonly columns: string
  readonly joins: string
}): string {
  return `SELECT 'pg_proc'::regclass::oid AS classid, p.oid AS objid, 0 AS objsubid, n.nspname AS schema, p.proname AS name,
      pg_function_is_visible(p.oid) AS visible,
      ${typesOf('p.proargtypes::oid[]', "', '")} AS signature,
      (SELECT json_agg(json_build_object('mode', coalesce(mode, 'i'), 'name', coalesce(name, ''), 'type', format_type(type, NULL),
          'default', pg_get_function_arg_default(p.oid, at::int)) ORDER BY at)
        FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargmodes, p.proargnames)
          WITH ORDINALITY parameter(type, mode, name, at)) AS parameters,
      ${columns}
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace ${joins}
    WHERE p.prokind IN (${kinds.map((kind) => `'${kind}'`).join(', ')}) AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_proc', 'p.oid')}
      AND p.oid NOT IN (SELECT objid FROM pg_depend WHERE classid = 'pg_proc'::regclass AND deptype = 'i')
    ORDER BY n.nspname, p.proname, signature`
}

/** The names of the types of an array of OIDs, in one text. */
const typesOf = (oids: string, separator: string) =>
  `(SELECT coalesce(string_agg(format_type(type, NULL), ${separator} ORDER BY at), '') FROM unnest(${oids}) WITH ORDINALITY listed(type, at))`

/** The names of the types of an array of OIDs; null for none. */
export const typeNamesOf = (oids: string) =>
  `(SELECT array_agg(format_type(type, NULL) ORDER BY at) FROM unnest(${oids}) WITH ORDINALITY listed(type, at))`

/** By the types of what it is given: that is what no two of a name have in common. */
export function routineKey({ schema, name, signature }: RoutineRow): string {
  return `${keyOf('routine', schema, name)}(${signature})`
}

const modes = { i: {}, o: { mode: 'out' }, b: { mode: 'inout' }, v: { mode: 'variadic' }, t: {} } as const

/** The parameters as CREATE has them; the columns of a table that it gives are none. */
export function argumentsOf({ parameters }: RoutineRow): readonly FunctionArgument[] {
  return (parameters ?? [])
    .filter(({ mode }) => mode !== 't')
    .map(({ mode, name, type, default: fallback }) => ({
      ...modes[mode],
      ...(name === '' ? {} : { name }),
      type: typeName(type),
      ...(fallback === null ? {} : { default: printedSql(fallback) }),
    }))
}

/** Where it is, what it is called and what it takes, as CREATE says it. */
export function routineIdentityOf(row: RoutineRow, inSchema: Reading['inSchema']) {
  const parameters = argumentsOf(row)
  return {
    ...namedObjectOf([row.schema, row.name, row.visible], inSchema),
    ...(parameters.length === 0 ? {} : { arguments: parameters }),
  }
}

/** The parameters as far as they tell it from others of its name. */
export function identityArguments(row: RoutineRow): readonly FunctionArgument[] {
  return argumentsOf(row).map(({ mode, type }) => ({ ...(mode === undefined ? {} : { mode }), type }))
}

const polymorphic = /^any(element|enum|compatible|(compatible)?(non)?array|(compatible)?(multi)?range)$/

/** Whether CREATE OR REPLACE takes the new parameters: it changes and adds defaults, and takes none away. */
export function areReplaceable(
  before: readonly FunctionArgument[] = [],
  after: readonly FunctionArgument[] = [],
): boolean {
  if (before.length !== after.length) return false
  return before.every(({ default: was, ...old }, at) => {
    const { default: is, ...now }: Partial<FunctionArgument> = after[at] ?? {}
    if (!isDeepStrictEqual(old, now)) return false
    // The default of a polymorphic parameter keeps its type, which is not said here.
    return was === undefined || (polymorphic.test(old.type) ? isDeepStrictEqual(was, is) : is !== undefined)
  })
}
