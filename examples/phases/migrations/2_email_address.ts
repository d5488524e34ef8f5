/** Let users.email be called email_address too. */
import type { Operations } from 'limbeck'

export const revision = 'email_address'
export const downRevision = 'users'
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-11-20T09:00:00Z'

export function upgrade(op: Operations) {
  op.expandColumn({ table: 'users', from: 'email', to: 'email_address' })
}
