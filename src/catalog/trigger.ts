import { isDeepStrictEqual } from 'node:util'
import { inSchema } from '../operations/relation.ts'
import {
  alterTrigger,
  type CreateTrigger,
  createTrigger,
  type ReplaceTrigger,
  replaceTrigger,
} from '../operations/trigger.ts'
import type { Enabled, TriggerEvent, TriggerFunction } from '../operations/trigger-definition.ts'
import type { Sql } from '../sql/tag.ts'
import { type EnabledLetter, enabledOf } from './enabled.ts'
import { splitList } from './expression-list.ts'
import { keyOf, relationKey } from './key.ts'
import { objectKind, type Reading } from './object-kind.ts'
import { functionReferenceOf, type ObjectNameRow, objectNameRow } from './object-name.ts'
import { inParentheses, printedSql } from './printed.ts'
import { made } from './scope.ts'

type Named = { readonly schema?: string; readonly table: string; readonly name: string }

type Definition = {
  readonly constraint?: true
  readonly when: 'before' | 'after' | 'instead of'
  readonly events: readonly TriggerEvent[]
  readonly from?: { readonly schema?: string; readonly table: string }
  readonly deferrable?: true
  readonly initiallyDeferred?: true
  readonly referencing?: { readonly oldTable?: string; readonly newTable?: string }
  readonly forEach?: 'row'
  readonly condition?: Sql
  readonly execute: TriggerFunction
}

type Trigger = Named & {
  readonly definition: Definition
  readonly enabled?: Enabled
  /** CREATE OR REPLACE TRIGGER is there from PostgreSQL 14 on, and for no constraint trigger. */
  readonly replaceable: boolean
}

type Found = {
  readonly schema: string
  readonly table: string
  readonly name: string
  /** Bits, as in pg_trigger.h. */
  readonly type: number
  readonly columns: readonly string[] | null
  readonly is_constraint: boolean
  readonly from_schema: string | null
  readonly from_table: string | null
  readonly deferrable: boolean
  readonly deferred: boolean
  readonly old_table: string | null
  readonly new_table: string | null
  readonly conditional: boolean
  readonly function: ObjectNameRow
  readonly enabled: EnabledLetter
  readonly printed: string
  readonly replaceable: boolean
}

/** A trigger of a table or a view. What a partition has from its table is a part of the table's. */
export const trigger = objectKind<Trigger, Found>({
  kind: 'trigger',
  traces: made('pg_trigger'),
  query: ({
    major,
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_trigger'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid,
      n.nspname AS schema, c.relname AS table, t.tgname AS name, t.tgtype::int AS type,
      (SELECT array_agg(a.attname::text ORDER BY listed.at) FROM unnest(t.tgattr::int2[]) WITH ORDINALITY listed(attnum, at)
        JOIN pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum = listed.attnum) AS columns,
      t.tgconstraint <> 0 AS is_constraint, fn.nspname AS from_schema, fc.relname AS from_table, t.tgdeferrable AS deferrable,
      t.tginitdeferred AS deferred, t.tgoldtable AS old_table, t.tgnewtable AS new_table, t.tgqual IS NOT NULL AS conditional,
      ${objectNameRow('function', 't.tgfoid')} AS function, t.tgenabled::text AS enabled, pg_get_triggerdef(t.oid) AS printed,
      ${major >= 14} AND t.tgconstraint = 0 AS replaceable
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_class fc ON fc.oid = t.tgconstrrelid LEFT JOIN pg_namespace fn ON fn.oid = fc.relnamespace
    WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND c.relpersistence <> 't'
      AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname, t.tgname`,
  read(row, { inSchema }) {
    const { schema, table, name, enabled, replaceable } = row
    const named = { ...inSchema(schema), table, name }
    return {
      key: keyOf('trigger', schema, table, name),
      parent: relationKey(schema, table),
      reference: { trigger: named },
      fields: { ...named, definition: definitionOf(row, inSchema), ...enabledOf(enabled), replaceable },
    }
  },
  create: ({ definition, replaceable: _, ...fields }) => [
    // Read from the catalog, it is of one of the sorts that there are.
    createTrigger({ ...fields, ...definition } as CreateTrigger),
  ],
  change(before, after) {
    const { schema, table, name, definition, enabled = true } = after
    const named = { ...inSchema({ schema }), table, name }
    const [was, is] = [fired(before), fired(after)]
    if (isDeepStrictEqual(before.definition, definition))
      return isDeepStrictEqual(was, is)
        ? []
        : [alterTrigger({ ...named, enabled, was: { enabled: before.enabled ?? true } })]
    // Of one that fired for each row, partitions keep their parts when it is replaced.
    if (before.definition.forEach !== definition.forEach) return null
    if (!before.replaceable || !after.replaceable) return null
    return [
      replaceTrigger({
        ...named,
        ...definition,
        ...is,
        was: { ...before.definition, ...was },
      } as ReplaceTrigger),
    ]
  },
  // In partitions too it fires then as the whole does.
  disturbs: (before, after) => !isDeepStrictEqual(before.definition, after.definition),
})

function fired({ enabled }: Trigger) {
  return enabled === undefined ? {} : { enabled }
}

function definitionOf(row: Found, inSchema: Reading['inSchema']): Definition {
  const { type, is_constraint, from_schema, from_table, deferrable, deferred, old_table, new_table } = row
  const [first = '', second = ''] = inParentheses(row.printed)
  return {
    ...(is_constraint ? { constraint: true } : {}),
    when: type & 2 ? 'before' : type & 64 ? 'instead of' : 'after',
    events: eventsOf(row),
    ...(from_schema === null || from_table === null
      ? {}
      : { from: { ...inSchema(from_schema), table: from_table } }),
    ...(deferred ? { initiallyDeferred: true } : deferrable ? { deferrable: true } : {}),
    ...(old_table === null && new_table === null
      ? {}
      : {
          referencing: {
            ...(old_table === null ? {} : { oldTable: old_table }),
            ...(new_table === null ? {} : { newTable: new_table }),
          },
        }),
    ...(type & 1 ? { forEach: 'row' } : {}),
    // WHEN (condition) EXECUTE FUNCTION name(arguments): nothing before has parentheses.
    ...(row.conditional ? { condition: printedSql(first) } : {}),
    execute: functionOf(row, splitList(row.conditional ? second : first), inSchema),
  }
}

function eventsOf({ type, columns }: Found): readonly TriggerEvent[] {
  return [
    ...(type & 4 ? (['insert'] as const) : []),
    ...(type & 16 ? [columns === null ? ('update' as const) : { updateOf: columns }] : []),
    ...(type & 8 ? (['delete'] as const) : []),
    ...(type & 32 ? (['truncate'] as const) : []),
  ]
}

function functionOf(
  { function: called }: Found,
  texts: readonly string[],
  inSchema: Reading['inSchema'],
): TriggerFunction {
  return {
    ...functionReferenceOf(called, inSchema),
    ...(texts.length === 0
      ? {}
      : { arguments: texts.map((text) => text.slice(1, -1).replaceAll("''", "'")) }),
  }
}
