import { type AlterPolicy, alterPolicy, type CreatePolicy, createPolicy } from '../operations/policy.ts'
import { inSchema } from '../operations/relation.ts'
import type { Sql } from '../sql/tag.ts'
import { changedFields } from './change.ts'
import { keyOf, relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { printedSql } from './printed.ts'
import { made } from './scope.ts'

type Policy = {
  readonly schema?: string
  readonly table: string
  readonly name: string
  readonly as?: 'restrictive'
  readonly for?: 'select' | 'insert' | 'update' | 'delete'
  readonly to?: readonly string[]
  readonly using?: Sql
  readonly withCheck?: Sql
}

type Found = {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly permissive: boolean
  readonly command: '*' | keyof typeof commands
  /** Nothing for everybody. */
  readonly roles: readonly string[] | null
  readonly using: string | null
  readonly check: string | null
}

export const policy = objectKind<Policy, Found>({
  kind: 'policy',
  traces: made('pg_policy'),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_policy'::regclass::oid AS classid, p.oid AS objid, 0 AS objsubid,
      n.nspname AS schema, c.relname AS table, p.polname AS name, p.polpermissive AS permissive, p.polcmd::text AS command,
      (SELECT array_agg(rolname::text ORDER BY rolname) FROM pg_roles WHERE oid = ANY (p.polroles)) AS roles,
      pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS check
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relpersistence <> 't' AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname, p.polname`,
  read({ schema, table, name, permissive, command, roles, using, check }, { inSchema }) {
    const named = { ...inSchema(schema), table, name }
    return {
      key: keyOf('policy', schema, table, name),
      parent: relationKey(schema, table),
      reference: { policy: named },
      fields: {
        ...named,
        ...(permissive ? {} : { as: 'restrictive' }),
        ...(command === '*' ? {} : { for: commands[command] }),
        ...(roles === null ? {} : { to: roles }),
        ...(using === null ? {} : { using: printedSql(using) }),
        ...(check === null ? {} : { withCheck: printedSql(check) }),
      },
    }
  },
  // Read from the catalog, it has no expression that its command does not take.
  create: (fields) => [createPolicy(fields as CreatePolicy)],
  change(before, after) {
    const same = (['as', 'for'] as const).every((property) => before[property] === after[property])
    // ALTER POLICY takes no expression away, so that none that comes could be undone either.
    const asMany = (['using', 'withCheck'] as const).every(
      (property) => (before[property] === undefined) === (after[property] === undefined),
    )
    if (!same || !asMany) return null
    const { schema, table, name } = after
    const changed = changedFields(before, after, { to: ['PUBLIC'] })
    return [alterPolicy({ ...inSchema({ schema }), table, name, ...changed } as AlterPolicy)]
  },
})

const commands = { r: 'select', a: 'insert', w: 'update', d: 'delete' } as const
