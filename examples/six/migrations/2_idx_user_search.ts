/** Indexes for user search: by organization, status and date, and by parts of the name. */
import type { Operations } from 'limbeck'

export const revision = 'idx_user_search'
export const downRevision = 'add_org_001'
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-01-16T00:00:00Z'

export function upgrade(op: Operations) {
  op.assert({
    that: op.sql`EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm')`,
    message: 'the extension pg_trgm has to be installed before a trigram index can be built',
  })
  op.createIndex({
    name: 'idx_users_org_status_created',
    table: 'users',
    columns: ['organization_id', 'status', { column: 'created_at', order: 'desc' }],
    where: op.sql`deleted_at IS NULL`,
    concurrently: true,
  })

  // A trigram index: for LIKE and ILIKE with patterns of three characters and more.
  op.createIndex({
    name: 'idx_users_name_trgm',
    table: 'users',
    using: 'gin',
    columns: [{ column: 'name', operatorClass: 'gin_trgm_ops' }],
    concurrently: true,
  })
}
