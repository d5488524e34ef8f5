/** Let users.email_address be its only name. */
import type { Operations } from 'limbeck'

export const revision = 'no_email'
export const downRevision = 'email_address'
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-11-20T09:05:00Z'

export function upgrade(op: Operations) {
  op.contractColumn({ table: 'users', from: 'email', to: 'email_address' })
}
