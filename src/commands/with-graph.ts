import type { Graph } from '../graph/graph.ts'
import { type Placed, placeRevisions } from '../graph/replaced.ts'
import type { AppliedRevision, LedgerState } from '../ledger/state.ts'
import { appliedIds } from './session.ts'

/**
 * A database together with the revisions as they stand in it: where one replaces others, what the database has of them decides, and
 * its state speaks of what stands. `partial`: see `placeRevisions`.
 */
export function withGraph<Any extends { readonly state: LedgerState }>(
  files: Graph,
  reading: Any,
  options: { readonly partial?: 'refuse' | 'pass' } = {},
): Any & { readonly graph: Graph } {
  if (files.standIns.size === 0) return { ...reading, graph: files }
  const { state } = reading
  const begun = state.unfinished.filter(({ stages }) => stages.length > 0).map(({ revision }) => revision)
  const placed = placeRevisions(files.read, { applied: appliedIds(state), begun: new Set(begun) }, options)
  return { ...reading, graph: placed.graph, state: { ...state, applied: appliedEntries(state, placed) } }
}

/** What is applied as the revisions that another replaces is told as that one, where the last of them was. */
function appliedEntries({ applied }: LedgerState, { graph, heldAs }: Placed): readonly AppliedRevision[] {
  const entries = new Map<string, AppliedRevision>()
  const by = new Map([...heldAs].flatMap(([id, recorded]) => recorded.map((replaced) => [replaced, id])))
  for (const entry of applied) {
    const id = by.get(entry.id) ?? entry.id
    const known = entries.get(id)
    // It has a place of its own in the ledger, or takes that of the last one.
    if (known !== undefined && known.checksum !== null) continue
    const revision = id === entry.id ? undefined : graph.revisions.get(id)
    entries.delete(id)
    entries.set(id, revision === undefined ? entry : { ...entry, ...toldOf(revision), checksum: null })
  }
  return [...entries.values()]
}

function toldOf({ id, downRevisions, dependsOn, message }: Omit<AppliedRevision, 'checksum' | 'appliedAt'>) {
  return { id, downRevisions, dependsOn, message }
}
