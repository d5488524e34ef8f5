/** Add the events table, partitioned by month. */
import type { Operations } from 'limbeck'

export const revision = 'events_partition'
export const downRevision = 'enum_status'
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-01-19T00:00:00Z'

export function upgrade(op: Operations) {
  op.createTable({
    name: 'events',
    columns: [
      { name: 'id', type: 'uuid', notNull: true, default: op.sql`gen_random_uuid()` },
      { name: 'event_type', type: 'text', notNull: true },
      { name: 'user_id', type: 'uuid', references: { table: 'users', column: 'id', onDelete: 'SET NULL' } },
      { name: 'payload', type: 'jsonb' },
      { name: 'created_at', type: 'timestamptz', notNull: true, default: op.sql`now()` },
    ],
    // PostgreSQL cannot keep id alone unique over partitions: the key says so by holding both.
    constraints: [{ name: 'events_pkey', primaryKey: { columns: ['id', 'created_at'] } }],
    partitionBy: { strategy: 'range', columns: ['created_at'] },
  })
  op.createPartitions({
    table: 'events',
    every: 'month',
    from: '2026-01-01',
    to: '2027-07-01',
    default: true,
  })
  op.createIndex({
    name: 'idx_events_user_type',
    table: 'events',
    columns: ['user_id', 'event_type', { column: 'created_at', order: 'desc' }],
    concurrently: true,
  })
}
