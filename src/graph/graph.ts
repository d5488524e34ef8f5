import { LimbeckError } from '../error.ts'
import { indexLabels } from './label.ts'
import { findByPrefix } from './name.ts'
import { topologicalOrder } from './order.ts'
import { checkNames, type Revision } from './revision.ts'

/**
 * Revisions with their edges in both directions. A parent or a dependency that no file has stays an id without
 * a revision: it is an error only for what must go through it.
 */
export type Graph = {
  /** By id, in topological order: parents and dependencies come first. */
  readonly revisions: ReadonlyMap<string, Revision>
  /** By branch label, the revision that carries it. */
  readonly labelled: ReadonlyMap<string, Revision>
  /** By id, the revisions that have it as a down revision. */
  readonly children: ReadonlyMap<string, readonly Revision[]>
  /** By id, what its `dependsOn` names, as full ids. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>
  /** By id, the revisions that depend on it. */
  readonly dependents: ReadonlyMap<string, readonly Revision[]>
  /** By the id of a revision that does not stand since another does, that one: see `replaced.ts`. */
  readonly standIns: ReadonlyMap<string, StandIn>
  /** All that were read, those too that do not stand. */
  readonly read: readonly Revision[]
}

/** What stands in a revision's place, and whether that ends where the revision does. */
export type StandIn = { readonly revision: Revision; readonly isEnd: boolean }

const NONE: readonly never[] = []

/** Two files with one revision id. */
export class DuplicateRevision extends LimbeckError {
  readonly code = 'DUPLICATE_REVISION'
  readonly id: string
  readonly files: readonly [string, string]

  constructor(id: string, files: readonly [string, string]) {
    super(`Revision ${id} is in two files: ${files.join(' and ')}.`, {
      hint: 'Delete one, or give it an id of its own.',
    })
    this.id = id
    this.files = files
  }
}

/** Takes time linear in revisions and edges. What the files contradict themselves in is refused here. */
export function buildGraph(
  revisions: readonly Revision[],
  { read = revisions, standIns = new Map() }: Partial<Pick<Graph, 'read' | 'standIns'>> = {},
): Graph {
  const byId = indexIds(revisions)
  const labelled = indexLabels(revisions, byId)
  const dependencies = resolveDependencies({ revisions: byId, labelled, standIns })
  const children = invert(revisions, ({ downRevisions }) => distinct(downRevisions))
  const dependents = invert(revisions, ({ id }) => dependencies.get(id) ?? NONE)
  const edges = { labelled, children, dependencies, dependents, standIns, read }
  const ordered = topologicalOrder({
    revisions: byId,
    before: ({ id, downRevisions }) => joined(distinct(downRevisions), dependencies.get(id)),
    after: (id) => joined(children.get(id) ?? NONE, dependents.get(id)),
  })
  return { revisions: ordered, ...edges }
}

/** The revisions that come right after this one; an id that no file has may have children too. */
export function children(graph: Graph, id: string): readonly Revision[] {
  return graph.children.get(id) ?? NONE
}

/** The ids right before this one, by `downRevision` alone; some may be in no file. */
export function parents(graph: Graph, id: string): readonly string[] {
  return distinct(graph.revisions.get(id)?.downRevisions ?? NONE)
}

function indexIds(revisions: readonly Revision[]): ReadonlyMap<string, Revision> {
  const byId = new Map<string, Revision>()
  for (const revision of revisions) {
    checkNames(revision)
    const other = byId.get(revision.id)
    if (other) throw new DuplicateRevision(revision.id, [other.file, revision.file])
    byId.set(revision.id, revision)
  }
  return byId
}

function resolveDependencies(
  names: Pick<Graph, 'revisions' | 'labelled' | 'standIns'>,
): ReadonlyMap<string, readonly string[]> {
  const dependencies = new Map<string, readonly string[]>()
  for (const { id, dependsOn } of names.revisions.values()) {
    if (dependsOn.length === 0) continue
    const ids = dependsOn.map((name) => names.labelled.get(name)?.id ?? findByPrefix(names, name)?.id ?? name)
    dependencies.set(id, distinct(ids))
  }
  return dependencies
}

function invert(
  revisions: readonly Revision[],
  edges: (revision: Revision) => readonly string[],
): ReadonlyMap<string, readonly Revision[]> {
  const inverse = new Map<string, Revision[]>()
  for (const revision of revisions) {
    for (const id of edges(revision)) {
      const known = inverse.get(id)
      if (known) known.push(revision)
      else inverse.set(id, [revision])
    }
  }
  return inverse
}

function joined<T>(edges: readonly T[], others: readonly T[] | undefined): readonly T[] {
  return others ? [...edges, ...others] : edges
}

function distinct(ids: readonly string[]): readonly string[] {
  return ids.length > 1 ? [...new Set(ids)] : ids
}
