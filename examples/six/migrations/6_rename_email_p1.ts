/** Rename users.email to email_address, first half: both names live. */
import type { Operations } from 'limbeck'

export const revision = 'rename_email_p1'
export const downRevision = 'events_partition'
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-01-20T00:00:00Z'

export function upgrade(op: Operations) {
  op.expandColumn({ table: 'users', from: 'email', to: 'email_address' })
}
