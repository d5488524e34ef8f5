/** Organizations and users, as the six migrations find them. */
import type { Operations } from 'limbeck'

export const revision = 'previous_rev'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-01-01T00:00:00Z'

export function upgrade(op: Operations) {
  op.createExtension({ name: 'pg_trgm' })
  op.createEnum({ name: 'user_status', values: ['active', 'inactive', 'deleted'] })
  op.createTable({
    name: 'organizations',
    columns: [
      { name: 'id', type: 'uuid', primaryKey: true, default: op.sql`gen_random_uuid()` },
      { name: 'name', type: 'text', notNull: true },
      { name: 'is_default', type: 'boolean', notNull: true, default: false },
    ],
  })
  op.createTable({
    name: 'users',
    columns: [
      { name: 'id', type: 'uuid', primaryKey: true, default: op.sql`gen_random_uuid()` },
      { name: 'email', type: 'varchar(255)', notNull: true, unique: true },
      { name: 'name', type: 'text' },
      { name: 'status', type: 'user_status', notNull: true, default: 'active' },
      { name: 'preferences', type: 'jsonb' },
      { name: 'created_at', type: 'timestamptz', notNull: true, default: op.sql`now()` },
      { name: 'deleted_at', type: 'timestamptz' },
    ],
  })
}
