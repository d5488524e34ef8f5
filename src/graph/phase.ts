import type { Graph } from './graph.ts'
import type { Phase, Revision } from './revision.ts'

/** A pending revision and when in a deploy it runs. */
export type Phased = { readonly revision: Revision; readonly phase: Phase }

/** Where a pending revision stands between deploys. */
export type Place = {
  /**
   * How many new applications have to be out before it may run: none for an expand revision that waits for nothing; one
   * for a contract revision, and for what stands on it; two for a contract revision that stands on an expand revision
   * of those, because that one is for an application which cannot be out yet; and so on.
   */
  readonly round: number
  /** The contract revision that puts it there: itself, or one that it stands on. Null in round 0. */
  readonly border: string | null
}

/** The places of pending revisions, which are in the order of the graph. Takes time linear in revisions and edges. */
export function places(graph: Graph, pending: readonly Phased[]): ReadonlyMap<string, Place> {
  const found = new Map<string, Place>()
  const phases = new Map(pending.map(({ revision, phase }) => [revision.id, phase]))
  for (const { revision, phase } of pending) {
    const before = [...revision.downRevisions, ...(graph.dependencies.get(revision.id) ?? [])]
    let place: Place = phase === 'expand' ? { round: 0, border: null } : { round: 1, border: revision.id }
    for (const id of before) {
      const below = found.get(id)
      if (below === undefined) continue
      const next = phase === 'contract' && phases.get(id) === 'expand'
      const round = below.round + (next ? 1 : 0)
      if (round > place.round) place = { round, border: next ? revision.id : below.border }
    }
    found.set(revision.id, place)
  }
  return found
}
