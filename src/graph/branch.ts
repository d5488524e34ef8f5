import { LimbeckError } from '../error.ts'
import { didYouMean, nearMisses } from '../near-miss.ts'
import { children, type Graph } from './graph.ts'
import { descendants } from './lineage.ts'
import { findByPrefix } from './name.ts'
import type { Revision } from './revision.ts'

/** What stands before the "@" is neither a branch label nor a revision. */
export class UnknownBranchLabel extends LimbeckError {
  readonly code = 'UNKNOWN_BRANCH_LABEL'
  readonly label: string
  readonly candidates: readonly string[]

  constructor(label: string, candidates: readonly string[]) {
    super(`There is no branch "${label}".`, {
      hint: `Before "@" comes a branch label, or a revision of the branch.${didYouMean(candidates)}`,
    })
    this.label = label
    this.candidates = candidates
  }
}

/** The revision that stands for a branch: the one with the label, or any revision of it by id or partial id. */
export function branchRevision(graph: Graph, branch: string): Revision {
  const found = graph.labelled.get(branch) ?? findByPrefix(graph, branch)
  if (!found) throw new UnknownBranchLabel(branch, nearMisses(branch, graph.labelled.keys()))
  return found
}

/**
 * By id, the labels of every branch that the revision is on: the labelled revision's own, its descendants', and
 * those of the straight line of ancestors back to where the branch leaves another, which is not of it.
 */
export function branchLabels(graph: Graph): ReadonlyMap<string, readonly string[]> {
  const labels = new Map<string, string[]>()
  for (const [label, revision] of graph.labelled) {
    for (const id of [
      ...straightLineBelow(graph, revision),
      ...descendants(graph, [revision.id], 'children'),
    ]) {
      const known = labels.get(id)
      if (known) known.push(label)
      else labels.set(id, [label])
    }
  }
  return labels
}

function straightLineBelow(graph: Graph, revision: Revision): readonly string[] {
  const line: string[] = []
  let at = onlyParent(graph, revision)
  while (at && at.downRevisions.length < 2 && children(graph, at.id).length < 2) {
    line.push(at.id)
    at = onlyParent(graph, at)
  }
  return line
}

function onlyParent(graph: Graph, { downRevisions }: Revision): Revision | undefined {
  return downRevisions.length === 1 ? graph.revisions.get(downRevisions[0]!) : undefined
}
