/** The first tenant. */
import type { Operations } from 'limbeck'

export const revision = 'acme'
export const downRevision = 'tenants'
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-11-26T00:00:00Z'

export function upgrade(op: Operations) {
  op.createTenant({ name: 'acme', seats: 5 })
}
