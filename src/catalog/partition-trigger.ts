import { alterTrigger } from '../operations/trigger.ts'
import type { Enabled } from '../operations/trigger-definition.ts'
import { type EnabledLetter, enabledOf } from './enabled.ts'
import { keyOf, relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { made } from './scope.ts'

type PartitionTrigger = {
  readonly schema?: string
  readonly table: string
  readonly name: string
  readonly enabled: Enabled
  /** When the trigger fires of which it is a part, and with it all those of which nothing is said. */
  readonly above: Enabled
}

type Found = {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly enabled: EnabledLetter
  readonly above: EnabledLetter
  /** The triggers of which it is a part, each by schema, table and name. */
  readonly wholes: readonly (readonly [schema: string, table: string, name: string])[]
}

const partitionTriggerKey = (schema: string, table: string, name: string) =>
  keyOf('trigger of partition', schema, table, name)

/** When a trigger fires that a partition has from its table, where that is another time than there. */
export const partitionTrigger = objectKind<PartitionTrigger, Found>({
  kind: 'trigger of a partition',
  traces: made('pg_trigger'),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_trigger'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid,
      n.nspname AS schema, c.relname AS table, t.tgname AS name, t.tgenabled::text AS enabled, p.tgenabled::text AS above,
      above.names AS wholes
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_trigger p ON p.oid = t.tgparentid AND p.tgenabled <> t.tgenabled
    JOIN LATERAL (
      WITH RECURSIVE up AS (
        SELECT p.oid, p.tgparentid UNION ALL SELECT g.oid, g.tgparentid FROM up JOIN pg_trigger g ON g.oid = up.tgparentid)
      SELECT json_agg(json_build_array(wn.nspname, wc.relname, g.tgname)) AS names, bool_or(up.tgparentid = 0 AND NOT g.tgisinternal) AS of_user
      FROM up JOIN pg_trigger g ON g.oid = up.oid JOIN pg_class wc ON wc.oid = g.tgrelid JOIN pg_namespace wn ON wn.oid = wc.relnamespace
    ) above ON above.of_user
    WHERE c.relpersistence <> 't' AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname, t.tgname`,
  read: ({ schema, table, name, enabled, above, wholes }, { inSchema }) => ({
    key: partitionTriggerKey(schema, table, name),
    parent: relationKey(schema, table),
    needs: wholes.flatMap((whole) => [keyOf('trigger', ...whole), partitionTriggerKey(...whole)]),
    fields: {
      ...inSchema(schema),
      table,
      name,
      enabled: enabledOf(enabled).enabled ?? true,
      above: enabledOf(above).enabled ?? true,
    },
  }),
  create: ({ above, ...fields }) => [alterTrigger({ ...fields, was: { enabled: above } })],
  change: (before, { above, ...fields }) =>
    // What is said of the whole is said of all parts: these have to follow.
    before.above === above ? [alterTrigger({ ...fields, was: { enabled: before.enabled } })] : null,
})
