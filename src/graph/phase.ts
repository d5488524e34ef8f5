import { children, type Graph } from './graph.ts'
import type { Phase, Revision } from './revision.ts'

/** A pending revision and when in a deploy it runs. */
export type Phased = { readonly revision: Revision; readonly phase: Phase }

/** Where a pending revision stands between deploys. */
export type Place = {
  /**
   * Whose turn it is, counted from now: 0 runs before the new application is out, 1 after it, 2 before the next
   * application, 3 after that one, and so on. In an even turn there are expand revisions alone.
   */
  readonly turn: number
  /** The contract revision that puts it there: itself, or one that it stands on. Null in turn 0. */
  readonly border: string | null
}

/**
 * The places of pending revisions, which are in the order of the graph. A contract revision comes after all expand
 * revisions that it stands on, and an application between them. An expand revision that stands on a contract comes with
 * it; but where another contract stands on the expand revision, it begins a deploy of its own, so that no turn ever brings
 * something in and takes it away. Takes time linear in revisions and edges.
 */
export function places(graph: Graph, pending: readonly Phased[]): ReadonlyMap<string, Place> {
  const under = underContract(graph, pending)
  const found = new Map<string, Place>()
  for (const { revision, phase } of pending) {
    const before = [...revision.downRevisions, ...(graph.dependencies.get(revision.id) ?? [])]
    let last: Place = { turn: 0, border: null }
    for (const id of before) {
      const below = found.get(id)
      if (below !== undefined && below.turn > last.turn) last = below
    }
    found.set(revision.id, placeAfter(last, { revision, phase }, under))
  }
  return found
}

function placeAfter(
  { turn, border }: Place,
  { revision: { id }, phase }: Phased,
  under: ReadonlySet<string>,
): Place {
  const isContractTurn = turn % 2 === 1
  if (phase === 'contract') return { turn: isContractTurn ? turn : turn + 1, border: id }
  return { turn: isContractTurn && under.has(id) ? turn + 1 : turn, border }
}

/** The pending revisions on which a pending contract stands. */
function underContract(graph: Graph, pending: readonly Phased[]): ReadonlySet<string> {
  const phases = new Map(pending.map(({ revision, phase }) => [revision.id, phase]))
  const under = new Set<string>()
  for (const { revision } of pending.toReversed()) {
    const above = [...children(graph, revision.id), ...(graph.dependents.get(revision.id) ?? [])]
    if (above.some(({ id }) => phases.get(id) === 'contract' || under.has(id))) under.add(revision.id)
  }
  return under
}
