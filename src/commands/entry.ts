import { branchLabels } from '../graph/branch.ts'
import type { Graph } from '../graph/graph.ts'
import { branchPoints, heads } from '../graph/heads.ts'
import { entryId } from '../graph/replaces.ts'
import type { Phase, Revision } from '../graph/revision.ts'

/** A revision as the listing commands report it. */
export type Entry = {
  readonly id: string
  readonly message: string
  readonly downRevisions: readonly string[]
  readonly dependsOn: readonly string[]
  readonly branchLabels: readonly string[]
  /** What it stands for; nearly always nothing. */
  readonly replaces: readonly string[]
  readonly createDate: string | null
  /** What the header says; null where the operations imply it. */
  readonly phase: Phase | null
  readonly file: string
  readonly isHead: boolean
  readonly isBranchPoint: boolean
  readonly isMerge: boolean
}

/** Makes entries of revisions, with what the graph knows of their place. */
export function entryMaker(graph: Graph): (revision: Revision) => Entry {
  const headIds = new Set(heads(graph).map(({ id }) => id))
  const branchPointIds = new Set(branchPoints(graph).map(({ id }) => id))
  const labels = branchLabels(graph)
  return (revision) => ({
    id: revision.id,
    message: revision.message,
    downRevisions: revision.downRevisions,
    dependsOn: revision.dependsOn,
    branchLabels: labels.get(revision.id) ?? [],
    replaces: revision.replaces.map(entryId),
    createDate: revision.createDate,
    phase: revision.phase,
    file: revision.file,
    isHead: headIds.has(revision.id),
    isBranchPoint: branchPointIds.has(revision.id),
    isMerge: revision.downRevisions.length > 1,
  })
}
