import { children } from '../graph/graph.ts'
import { branchPoints } from '../graph/heads.ts'
import { type Entry, entryMaker } from './entry.ts'
import { type Config, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'

/** A revision that several follow, and these. */
export type Branch = { readonly point: Entry; readonly children: readonly Entry[] }

/** Where the graph branches. Reads headers only. */
export async function branches(config: Config = {}): Promise<readonly Branch[]> {
  const graph = readGraph(resolveProject(config))
  const entry = entryMaker(graph)
  return branchPoints(graph).map((point) => ({
    point: entry(point),
    children: children(graph, point.id).map(entry),
  }))
}
