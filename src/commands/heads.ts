import { heads as headsOf } from '../graph/heads.ts'
import { type Entry, entryMaker } from './entry.ts'
import { type Config, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'

export type HeadsOptions = {
  /** Leaves out heads that another head depends on. */
  readonly resolveDependencies?: boolean
}

/** The revisions that no other one follows. Reads headers only. */
export async function heads(config: Config = {}, options: HeadsOptions = {}): Promise<readonly Entry[]> {
  const graph = readGraph(resolveProject(config))
  return headsOf(graph, options).map(entryMaker(graph))
}
