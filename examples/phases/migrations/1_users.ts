/** Users, as the application that is out knows them. */
import type { Operations } from 'limbeck'

export const revision = 'users'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-11-01T09:00:00Z'

export function upgrade(op: Operations) {
  op.createTable({
    name: 'users',
    columns: [
      { name: 'id', type: 'bigint', identity: 'by default', primaryKey: true },
      { name: 'email', type: 'varchar(255)', notNull: true, unique: true },
    ],
  })
}
