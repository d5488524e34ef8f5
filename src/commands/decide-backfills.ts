import type { Graph } from '../graph/graph.ts'
import { replacedIds } from '../graph/replaces.ts'
import { refuseUnfinished, type UnfinishedBackfill, unmetNeeds, withDetached } from '../plan/detach.ts'
import type { LoadedPlan } from './plan-all.ts'

/** What is asked of the backfills of one run. */
export type BackfillWishes = {
  /** Record every revision without its backfills, as far as nothing needs them. */
  readonly detach: boolean
  /** Backfills that earlier revisions were recorded without. */
  readonly unfinished: readonly UnfinishedBackfill[]
  readonly graph: Graph
}

/** The plans of one run, with its backfills done in their place or left to workers. Refuses what needs an unfinished one. */
export function decideBackfills(plans: readonly LoadedPlan[], wishes: BackfillWishes): readonly LoadedPlan[] {
  const unfinished = withReplaced(wishes)
  for (const { planned, vocabulary } of plans) refuseUnfinished(planned, unfinished, vocabulary)
  return decided(plans, wishes.detach)
}

/** The same for who only looks: what would be refused is warned of. */
export function foreseeBackfills(
  plans: readonly LoadedPlan[],
  wishes: BackfillWishes,
): readonly LoadedPlan[] {
  const unfinished = withReplaced(wishes)
  return decided(plans, wishes.detach).map((plan) => {
    const unmet = unmetNeeds(plan.planned, unfinished, plan.vocabulary).map(({ refusal }) => refusal.message)
    return { ...plan, planned: { ...plan.planned, warns: [...plan.planned.warns, ...unmet] } }
  })
}

/** A backfill of a revision that replaces others is what these speak of by their own ids. */
function withReplaced({ unfinished, graph }: BackfillWishes): readonly UnfinishedBackfill[] {
  return unfinished.map((backfill) => ({
    ...backfill,
    replaced: replacedIds(graph.revisions.get(backfill.revision)?.replaces ?? []),
  }))
}

function decided(plans: readonly LoadedPlan[], all: boolean): readonly LoadedPlan[] {
  const [first] = plans
  if (first === undefined) return plans
  const revisions = plans.map(({ planned }) => planned)
  const found = withDetached(revisions, { all, vocabulary: first.vocabulary })
  return plans.map((plan, n) => ({ ...plan, planned: found[n] ?? plan.planned }))
}
