import { children, type Graph, parents } from './graph.ts'

/**
 * The ids and all that comes before them, themselves included. By default through dependencies too; 'parents'
 * goes by `downRevision` alone. An id that no file has is in the answer and ends the walk.
 */
export function ancestors(
  graph: Graph,
  ids: Iterable<string>,
  through: 'parents' | 'dependencies' = 'dependencies',
): ReadonlySet<string> {
  if (through === 'parents') return reach(ids, (id) => parents(graph, id))
  return reach(ids, (id) => [...parents(graph, id), ...(graph.dependencies.get(id) ?? [])])
}

/**
 * The ids and all that comes after them, themselves included. By default what depends on them too; 'children'
 * goes by `downRevision` alone.
 */
export function descendants(
  graph: Graph,
  ids: Iterable<string>,
  through: 'children' | 'dependents' = 'dependents',
): ReadonlySet<string> {
  const next = (id: string) => children(graph, id).map((child) => child.id)
  if (through === 'children') return reach(ids, next)
  return reach(ids, (id) => [...next(id), ...(graph.dependents.get(id) ?? []).map((other) => other.id)])
}

/** All that shares a line of down revisions with this one: what `branch@…` may name. */
export function lineage(graph: Graph, id: string): ReadonlySet<string> {
  return new Set([...ancestors(graph, [id], 'parents'), ...descendants(graph, [id], 'children')])
}

function reach(ids: Iterable<string>, next: (id: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set(ids)
  // A set gives what is added while it is walked, so it is its own queue.
  for (const id of reached) for (const other of next(id)) reached.add(other)
  return reached
}
