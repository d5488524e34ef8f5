/** The list of tenants. */
import type { Operations } from 'limbeck'

export const revision = 'tenants'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-11-26T00:00:00Z'

export function upgrade(op: Operations) {
  op.createTable({
    name: 'tenants',
    columns: [
      { name: 'name', type: 'text', primaryKey: true },
      { name: 'seats', type: 'integer', notNull: true },
    ],
  })
}
