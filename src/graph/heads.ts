import { branchRevision } from './branch.ts'
import { children, type Graph, parents } from './graph.ts'
import { lineage } from './lineage.ts'
import type { Revision } from './revision.ts'

/** Only what is on one branch, named by its label or by a revision of it. */
type OnBranch = { readonly branch?: string | null }

/** Counts a dependency as a parent too: what another revision depends on is then no head. */
type Resolving = { readonly resolveDependencies?: boolean }

/** The revisions that no other has as a down revision, in the order of the graph. */
export function heads(graph: Graph, options: OnBranch & Resolving = {}): readonly Revision[] {
  return select(graph, options, ({ id }) => {
    if (children(graph, id).length > 0) return false
    return !(options.resolveDependencies && graph.dependents.has(id))
  })
}

/** The revisions without a down revision, in the order of the graph. */
export function bases(graph: Graph, options: OnBranch = {}): readonly Revision[] {
  return select(graph, options, ({ downRevisions }) => downRevisions.length === 0)
}

/** The revisions that several others have as a down revision. */
export function branchPoints(graph: Graph, options: OnBranch = {}): readonly Revision[] {
  return select(graph, options, ({ id }) => children(graph, id).length > 1)
}

/**
 * The applied ids that no other applied revision comes after. One that the folder lacks is a head, after the
 * others, unless an applied revision of the folder names it.
 */
export function appliedHeads(
  graph: Graph,
  applied: ReadonlySet<string>,
  { resolveDependencies = false }: Resolving = {},
): readonly string[] {
  const covered = new Set<string>()
  for (const id of [...graph.revisions.keys()].reverse()) {
    if (!applied.has(id) && !covered.has(id)) continue
    for (const parent of parents(graph, id)) covered.add(parent)
    if (resolveDependencies) for (const other of graph.dependencies.get(id) ?? []) covered.add(other)
  }
  const present = [...graph.revisions.keys()].filter((id) => applied.has(id) && !covered.has(id))
  const missing = [...applied].filter((id) => !graph.revisions.has(id) && !covered.has(id))
  return [...present, ...missing.sort()]
}

function select(
  graph: Graph,
  { branch }: OnBranch,
  wanted: (revision: Revision) => boolean,
): readonly Revision[] {
  const found = [...graph.revisions.values()].filter(wanted)
  if (branch === undefined || branch === null) return found
  const related = lineage(graph, branchRevision(graph, branch).id)
  return found.filter(({ id }) => related.has(id))
}
