import { relationKey } from './key.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * A snapshot without the partitions of tables of which the other names none: they come and go by time, and nobody declares them. Where some
 * are declared, all are.
 */
export function withoutUndeclared(snapshot: Snapshot, declared: Snapshot): Snapshot {
  const parents = partitionedIn(declared)
  const left = new Set<string>()
  // A partition's own partitions, and what is said of any, may stand before it.
  for (let known = -1; known < left.size; ) {
    known = left.size
    for (const [key, { needs, fields, parent, goesWith }] of snapshot) {
      const isPartition = 'partitionOf' in fields && !declared.has(key)
      const isOfOne = [parent, goesWith].some((whole) => whole !== undefined && left.has(whole))
      if (isOfOne || (isPartition && needs.some((need) => parents.get(need) === 'without' || left.has(need))))
        left.add(key)
    }
  }
  return left.size === 0 ? snapshot : new Map([...snapshot].filter(([key]) => !left.has(key)))
}

/** The partitioned tables, and whether they have partitions. */
function partitionedIn(snapshot: Snapshot): ReadonlyMap<string, 'with' | 'without'> {
  const tables = new Map<string, 'with' | 'without'>()
  for (const [key, { fields }] of snapshot) if ('partitionBy' in fields) tables.set(key, 'without')
  for (const { fields, needs } of snapshot.values())
    if ('partitionOf' in fields) for (const need of needs) if (tables.has(need)) tables.set(need, 'with')
  return tables
}

/** Tells of a table or an index whether any of the snapshots has it as a partitioned one. `schema`: the one in which objects are made. */
export function knowsPartitioned(
  snapshots: readonly Snapshot[],
  schema = 'public',
): (relation: { readonly schema?: string | undefined; readonly name: string }) => boolean {
  const known = new Set<string>()
  for (const snapshot of snapshots) {
    const tables = partitionedIn(snapshot)
    for (const [key, { parent }] of snapshot)
      if (tables.has(key) || (parent !== undefined && tables.has(parent))) known.add(key)
  }
  return (relation) => known.has(relationKey(relation.schema ?? schema, relation.name))
}
