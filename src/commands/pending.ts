import { LimbeckError } from '../error.ts'
import type { Graph } from '../graph/graph.ts'
import { places } from '../graph/phase.ts'
import type { Phase, Revision } from '../graph/revision.ts'
import type { PlannedPhase } from '../plan/phase.ts'
import type { Planning } from './plan-all.ts'

/** A revision that is not applied, and when in a deploy it runs. */
export type PendingRevision = {
  readonly id: string
  readonly message: string
  /** Null where it is not known: the revision reads the database and does not say it, or its file is broken. */
  readonly phase: Phase | null
  /** Whose turn it is; see `PlannedRevisionReport`. */
  readonly turn: number
  /** Why it cannot be planned; null where it can. */
  readonly problem: string | null
}

/** What is pending, each planned by itself: a file that is broken hides nothing of the others. */
export async function pendingRevisions(
  graph: Graph,
  pending: readonly Revision[],
  planning: Planning,
): Promise<readonly PendingRevision[]> {
  const known: (Known & { readonly revision: Revision })[] = []
  for (const revision of pending) known.push({ revision, ...(await phaseOf(revision, planning)) })
  const found = places(
    graph,
    known.map(({ revision, phase }) => ({ revision, phase: phase ?? 'expand' })),
  )
  return known.map(({ revision: { id, message }, phase, problem }) => ({
    id,
    message,
    phase,
    turn: found.get(id)?.turn ?? 0,
    problem,
  }))
}

type Known = { readonly phase: Phase | null; readonly problem: string | null }

async function phaseOf(revision: Revision, planning: Planning): Promise<Known> {
  const { planAll } = await import('./plan-all.ts')
  try {
    const [plan] = await planAll([revision], 'upgrade', planning)
    const phase: PlannedPhase | null = plan?.planned.phase ?? null
    return { phase: phase?.phase ?? null, problem: null }
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error
    return { phase: revision.phase, problem: error.message }
  }
}
