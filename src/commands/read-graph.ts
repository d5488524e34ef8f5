import type { Graph } from '../graph/graph.ts'
import { placeRevisions } from '../graph/replaced.ts'
import { readRevisions } from '../script/directory.ts'
import type { Project } from './project.ts'

/** The revisions in the project's folders, as they stand where no database is asked: what replaces others does, and they do not. */
export function readGraph(project: Project): Graph {
  return placeRevisions(readRevisions(project.migrations, { recursive: true })).graph
}

/** By revision id, the checksum of its file as it is now. */
export type Checksums = ReadonlyMap<string, string | null>

/** The revisions in the project's folders, with the checksums of their files, in one reading of each. */
export function readGraphWithChecksums(project: Project): {
  readonly graph: Graph
  readonly checksums: Checksums
} {
  const revisions = readRevisions(project.migrations, { recursive: true, checksums: true })
  return {
    graph: placeRevisions(revisions).graph,
    checksums: new Map(revisions.map(({ id, checksum }) => [id, checksum])),
  }
}
