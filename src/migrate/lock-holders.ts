import type { Lock } from '../operations/operation.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { sessionColumns } from './blockers.ts'
import { conflictsWith } from './lock-conflicts.ts'

/** Seconds from which on a transaction is old: what an application does for a request is over before. */
const oldTransaction = 1

/** The sessions whose transaction is old and which hold what one of these locks will have to wait for, on a table or a part of it. */
export function lockHoldersSql(locks: readonly Lock[], processId: number): string {
  const wanted = locks.map(({ schema, table, mode }) => {
    const name = quoteLiteral(qualifiedName({ schema, name: table }))
    const modes = conflictsWith(mode).map((held) => `'${held}Lock'`)
    return `(to_regclass(${name})::oid, ARRAY[${modes.join(', ')}])`
  })
  return `WITH named (relation, modes) AS (VALUES ${wanted.join(', ')}),
wanted AS (
  SELECT relation, modes FROM named UNION ALL
  SELECT part.relid::oid, modes FROM named, pg_partition_tree(relation) part WHERE part.level > 0
)
SELECT ${sessionColumns} FROM pg_stat_activity a
WHERE pid <> ${processId} AND pid <> pg_backend_pid() AND xact_start < clock_timestamp() - interval '${oldTransaction} s'
  AND EXISTS (SELECT FROM pg_locks held JOIN wanted USING (relation)
    WHERE held.pid = a.pid AND held.granted AND held.locktype = 'relation' AND held.mode = ANY (modes)
      AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
ORDER BY waits, seconds DESC NULLS LAST`
}
