/** Add suspended and pending_verification to user_status. */
import type { Operations } from 'limbeck'

export const revision = 'enum_status'
export const downRevision = 'migrate_prefs'
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-01-18T00:00:00Z'

export function upgrade(op: Operations) {
  op.addEnumValues({
    name: 'user_status',
    values: [
      { value: 'pending_verification', before: 'active' },
      { value: 'suspended', after: 'inactive' },
    ],
  })
}

export function downgrade(op: Operations) {
  op.replaceEnum({
    name: 'user_status',
    values: ['active', 'inactive', 'deleted'],
    mapping: { suspended: 'inactive', pending_verification: 'inactive' },
  })
}
