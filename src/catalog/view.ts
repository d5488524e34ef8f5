import { isDeepStrictEqual } from 'node:util'
import type { Directive } from '../operations/operation.ts'
import { inSchema } from '../operations/relation.ts'
import { type AlterView, alterView, createView, replaceView } from '../operations/view.ts'
import type { CheckOption } from '../operations/view-definition.ts'
import type { Sql } from '../sql/tag.ts'
import { changedFields } from './change.ts'
import { relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { printedQuery, printedSql } from './printed.ts'
import { renamable } from './renaming.ts'
import { made } from './scope.ts'

type View = {
  readonly schema?: string
  readonly name: string
  readonly query: Sql
  readonly checkOption?: CheckOption
  readonly securityBarrier?: boolean
  readonly securityInvoker?: boolean
  readonly defaults?: { readonly [column: string]: Sql }
  /** Names, types and collations of its columns, of which CREATE OR REPLACE changes none. */
  readonly columnTypes: readonly string[]
}

type Found = {
  readonly schema: string
  readonly name: string
  readonly definition: string
  readonly check_option: CheckOption | null
  readonly security_barrier: boolean | null
  readonly security_invoker: boolean | null
  readonly column_types: readonly string[] | null
  readonly defaults: { readonly [column: string]: string } | null
}

/** What an option is said to be; null where it is not said. */
const option = (name: string) =>
  `(SELECT option_value FROM pg_options_to_table(c.reloptions) WHERE option_name = '${name}')`

/** The defaults of its columns are a part of it: nothing but the view needs them. */
export const view = objectKind<View, Found>({
  kind: 'view',
  traces: made('pg_class', "relkind = 'v'"),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid,
      n.nspname AS schema, c.relname AS name, pg_get_viewdef(c.oid) AS definition, ${option('check_option')} AS check_option,
      ${option('security_barrier')}::boolean AS security_barrier, ${option('security_invoker')}::boolean AS security_invoker,
      (SELECT array_agg(format('%I %s %s', attname, format_type(atttypid, atttypmod), nullif(attcollation, 0)::regcollation) ORDER BY attnum)
        FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0) AS column_types,
      (SELECT json_object_agg(attname, pg_get_expr(adbin, adrelid) ORDER BY attnum)
        FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE adrelid = c.oid) AS defaults
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'v' AND c.relpersistence <> 't' AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname`,
  read: (row, { inSchema }) => ({
    key: relationKey(row.schema, row.name),
    reference: { ...inSchema(row.schema), view: row.name },
    fields: {
      ...inSchema(row.schema),
      name: row.name,
      query: printedQuery(row.definition),
      ...(row.check_option === null ? {} : { checkOption: row.check_option }),
      ...(row.security_barrier === null ? {} : { securityBarrier: row.security_barrier }),
      ...(row.security_invoker === null ? {} : { securityInvoker: row.security_invoker }),
      ...(row.defaults === null
        ? {}
        : {
            defaults: Object.fromEntries(
              Object.entries(row.defaults).map(([column, expression]) => [column, printedSql(expression)]),
            ),
          }),
      columnTypes: row.column_types ?? [],
    },
  }),
  ...renamable<View>(),
  create: ({ columnTypes: _, ...fields }) => [createView(fields)],
  change(before, after) {
    if (isDeepStrictEqual(before.query, after.query)) return alteration(before, after)
    const kept = after.columnTypes.slice(0, before.columnTypes.length)
    if (!isDeepStrictEqual(kept, before.columnTypes)) return null
    const [old, now] = [definition(before), definition(after)]
    const { schema: _, name: __, ...was } = old
    return [replaceView({ ...now, was }), ...alteration({ ...now, defaults: before.defaults ?? {} }, after)]
  },
})

function definition({ columnTypes: _, defaults: __, ...view }: View) {
  return view
}

/** Options, and defaults of columns; null takes one away. */
function alteration(before: Omit<View, 'columnTypes'>, after: View): readonly Directive[] {
  const { was: optionsWere, ...options } = changedFields(optionsOf(before), optionsOf(after))
  const { was: defaultsWere, ...defaults } = changedFields(
    { ...noDefaults(after), ...before.defaults },
    { ...noDefaults(before), ...after.defaults },
  )
  const has = (changes: object) => Object.keys(changes).length > 0
  if (!has(options) && !has(defaults)) return []
  const { schema, name } = after
  const change = {
    ...inSchema({ schema }),
    name,
    ...options,
    ...(has(defaults) ? { defaults } : {}),
    was: { ...optionsWere, ...(has(defaults) ? { defaults: defaultsWere } : {}) },
  }
  return [alterView(change as AlterView)]
}

function optionsOf({ checkOption, securityBarrier, securityInvoker }: Partial<View>) {
  return {
    checkOption: checkOption ?? null,
    securityBarrier: securityBarrier ?? null,
    securityInvoker: securityInvoker ?? null,
  }
}

function noDefaults({ defaults = {} }: Partial<View>) {
  return Object.fromEntries(Object.keys(defaults).map((column) => [column, null]))
}
