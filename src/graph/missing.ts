import { LimbeckError } from '../error.ts'
import { didYouMean, nearMisses } from '../near-miss.ts'
import { children, type Graph } from './graph.ts'
import { ancestors } from './lineage.ts'
import type { Revision } from './revision.ts'

/** A revision that another one names, or that the database has, and that no file in the folders is. */
export class MissingRevision extends LimbeckError {
  readonly code = 'MISSING_REVISION'
  readonly id: string
  /** The revision that names it, with its file; null where only the database does. */
  readonly neededBy: Revision | null
  readonly candidates: readonly string[]

  constructor(id: string, facts: { neededBy: Revision | null; candidates: readonly string[] }) {
    const { neededBy, candidates } = facts
    const reason = neededBy ? `${neededBy.id} (${neededBy.file}) needs it` : 'the database has it'
    super(`No file is revision ${id}, and ${reason}.`, {
      hint: `Restore its file, or correct the name.${didYouMean(candidates)}`,
    })
    this.id = id
    this.neededBy = neededBy
    this.candidates = candidates
  }
}

/** The error for an id that no file has; `neededBy` is looked up where the caller does not know it. */
export function missingRevision(graph: Graph, id: string, neededBy?: Revision): MissingRevision {
  return new MissingRevision(id, {
    neededBy: neededBy ?? children(graph, id)[0] ?? graph.dependents.get(id)?.[0] ?? null,
    candidates: nearMisses(id, graph.revisions.keys()),
  })
}

/** The revision with exactly this id, for a caller that must have its file. */
export function presentRevision(graph: Graph, id: string): Revision {
  const revision = graph.revisions.get(id)
  if (!revision) throw missingRevision(graph, id)
  return revision
}

/** Throws where a file is missing somewhere below: then it cannot be said what is not an ancestor. */
export function checkNothingMissingBelow(graph: Graph, ids: Iterable<string>): void {
  for (const id of ancestors(graph, ids)) presentRevision(graph, id)
}
