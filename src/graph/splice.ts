import { LimbeckError } from '../error.ts'
import { children, type Graph } from './graph.ts'
import { presentRevision } from './missing.ts'
import type { Revision } from './revision.ts'
import type { Targets } from './targets.ts'

/** A new revision on top of one that has a child already, without saying that a branch is wanted. */
export class NotAHead extends LimbeckError {
  readonly code = 'NOT_A_HEAD'
  readonly id: string

  constructor(id: string, next: readonly string[]) {
    super(`Revision ${id} is not a head: ${next.join(', ')} comes after it.`, {
      hint: 'Name a head, or say "--splice" to start a branch here.',
    })
    this.id = id
  }
}

/** The parents of a revision about to be written; a branch is started only where `splice` asks for it. */
export function parentsOfNew(
  graph: Graph,
  targets: Targets,
  { splice }: { readonly splice: boolean },
): readonly Revision[] {
  return targets.ids.map((id) => {
    const next = children(graph, id).map((child) => child.id)
    if (!splice && next.length > 0) throw new NotAHead(id, next)
    return presentRevision(graph, id)
  })
}
