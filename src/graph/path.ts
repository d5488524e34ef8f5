import { LimbeckError } from '../error.ts'
import { children, type Graph } from './graph.ts'
import { ancestors, descendants, lineage } from './lineage.ts'
import { missingRevision } from './missing.ts'
import type { Revision } from './revision.ts'
import type { Targets } from './targets.ts'

/** From what a database has, to what a selector names. */
type Journey = { readonly applied: ReadonlySet<string>; readonly targets: Targets }

/** A downgrade to a revision that the database does not have. */
export class TargetNotApplied extends LimbeckError {
  readonly code = 'TARGET_NOT_APPLIED'
  readonly id: string

  constructor(id: string) {
    super(`Revision ${id} is not applied, so nothing can be undone down to it.`, {
      hint: '"limbeck current" says where the database stands.',
    })
    this.id = id
  }
}

/**
 * What to apply, in the order of the graph: the targets and all before them that the database lacks, also what
 * was put below a revision that it has.
 */
export function upgradePath(graph: Graph, { applied, targets }: Journey): readonly Revision[] {
  const needed = ancestors(graph, targets.ids)
  const pending = [...graph.revisions.values()].filter(({ id }) => needed.has(id) && !applied.has(id))
  for (const id of targets.ids) checkPresentOrApplied(graph, applied, { id })
  for (const revision of pending) {
    const before = [...revision.downRevisions, ...(graph.dependencies.get(revision.id) ?? [])]
    for (const id of before) checkPresentOrApplied(graph, applied, { id, neededBy: revision })
  }
  return pending
}

/**
 * What to undo, latest first: all applied that comes after the targets or depends on that, on the named branch
 * or on all. What merely depends on a target itself stays, and so do other branches.
 */
export function downgradePath(graph: Graph, { applied, targets }: Journey): readonly Revision[] {
  for (const id of targets.ids) if (!applied.has(id)) throw new TargetNotApplied(id)
  const kept = ancestors(graph, targets.ids)
  checkNothingMissingAbove(graph, { applied, targets }, kept)
  const roots = firstUndone(graph, { applied, targets }).filter((id) => !kept.has(id))
  const undone = descendants(graph, roots)
  return [...graph.revisions.values()].filter(({ id }) => undone.has(id) && applied.has(id)).reverse()
}

function checkPresentOrApplied(
  graph: Graph,
  applied: ReadonlySet<string>,
  { id, neededBy }: { id: string; neededBy?: Revision },
): void {
  if (!graph.revisions.has(id) && !applied.has(id)) throw missingRevision(graph, id, neededBy)
}

/**
 * Nobody knows what an applied revision without a file stands on, so it may stand on what is to be undone. A named
 * branch says that what is beside it stays, and is stopped only by what its own line lacks.
 */
function checkNothingMissingAbove(
  graph: Graph,
  { applied, targets }: Journey,
  kept: ReadonlySet<string>,
): void {
  const concerned = ancestors(graph, targets.branch === null ? applied : [targets.branch])
  for (const id of concerned) {
    if (!graph.revisions.has(id) && !kept.has(id)) throw missingRevision(graph, id)
  }
}

function firstUndone(graph: Graph, { applied, targets: { ids, branch } }: Journey): readonly string[] {
  if (branch === null && ids.length === 0) return [...applied]
  const after = ids.length === 0 ? [...graph.revisions.values()].filter(isBase) : childrenOf(graph, ids)
  const related = branch === null ? null : lineage(graph, branch)
  return after.map(({ id }) => id).filter((id) => related?.has(id) ?? true)
}

function isBase({ downRevisions }: Revision): boolean {
  return downRevisions.length === 0
}

function childrenOf(graph: Graph, ids: readonly string[]): readonly Revision[] {
  return ids.flatMap((id) => children(graph, id))
}
