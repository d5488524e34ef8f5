import type { Observation, ObservedLock } from '../trace/observation.ts'
import { altersBy } from './tree.ts'

/**
 * What a statement locks on an older version than the one that it was tried on, which was 18. Measured on 13 to 18: before 14 DETACH PARTITION took
 * SHARE UPDATE EXCLUSIVE on the partition, and before 18 GRANT and REVOKE took nothing on a table.
 */
export function locksOfMajor(
  { locks, statement }: Pick<Observation, 'locks' | 'statement'>,
  major: number,
): readonly ObservedLock[] {
  const { tree } = statement.parsed
  if (major < 18 && tree.kind === 'GrantStmt') return []
  if (major >= 14 || !altersBy(tree, ['AT_DetachPartition'])) return locks
  const parent = tree.node['relation']?.relname
  return locks.map((lock) =>
    lock.kind === 'r' && lock.relation.split('.').at(-1) !== parent
      ? { ...lock, mode: 'ShareUpdateExclusive' }
      : lock,
  )
}
