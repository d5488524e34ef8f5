/** Add organization_id to users, with a default. */
import type { Operations } from 'limbeck'

export const revision = 'add_org_001'
export const downRevision = 'previous_rev'
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-01-15T00:00:00Z'

export function upgrade(op: Operations) {
  op.assert({
    that: op.sql`(SELECT count(*) FROM organizations WHERE is_default) = 1 OR NOT EXISTS (SELECT FROM users)`,
    message: 'exactly one organization has to be the default one before users can be given one',
  })

  // From now on there can only be one, so that the default of a new user is never in doubt.
  op.createIndex({
    name: 'organizations_one_default',
    table: 'organizations',
    columns: ['is_default'],
    unique: true,
    where: op.sql`is_default`,
  })
  op.createFunction({
    name: 'default_organization_id',
    returns: 'uuid',
    language: 'sql',
    volatility: 'stable',
    set: { search_path: 'public' },
    body: 'SELECT id FROM organizations WHERE is_default',
  })

  // A stable default is evaluated once and stored in the catalog: no row is rewritten, and no row is left without.
  op.addColumn({
    table: 'users',
    column: { name: 'organization_id', type: 'uuid', default: op.sql`default_organization_id()` },
  })
  op.setNotNull({ table: 'users', column: 'organization_id' })

  op.createIndex({
    name: 'users_organization_id_idx',
    table: 'users',
    columns: ['organization_id'],
    concurrently: true,
  })

  // NOT NULL and SET NULL contradict each other: users of a deleted organization go to the default one.
  op.createForeignKey({
    name: 'fk_users_organization',
    table: 'users',
    columns: ['organization_id'],
    references: { table: 'organizations', columns: ['id'] },
    onDelete: 'SET DEFAULT',
  })
}
