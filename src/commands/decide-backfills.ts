import { refuseUnfinished, type UnfinishedBackfill, unmetNeeds, withDetached } from '../plan/detach.ts'
import type { LoadedPlan } from './plan-all.ts'

/** What is asked of the backfills of one run. */
export type BackfillWishes = {
  /** Record every revision without its backfills, as far as nothing needs them. */
  readonly detach: boolean
  /** Backfills that earlier revisions were recorded without. */
  readonly unfinished: readonly UnfinishedBackfill[]
}

/** The plans of one run, with its backfills done in their place or left to workers. Refuses what needs an unfinished one. */
export function decideBackfills(
  plans: readonly LoadedPlan[],
  { detach, unfinished }: BackfillWishes,
): readonly LoadedPlan[] {
  for (const { planned, vocabulary } of plans) refuseUnfinished(planned, unfinished, vocabulary)
  return decided(plans, detach)
}

/** The same for who only looks: what would be refused is warned of. */
export function foreseeBackfills(
  plans: readonly LoadedPlan[],
  { detach, unfinished }: BackfillWishes,
): readonly LoadedPlan[] {
  return decided(plans, detach).map((plan) => {
    const unmet = unmetNeeds(plan.planned, unfinished, plan.vocabulary).map(({ refusal }) => refusal.message)
    return { ...plan, planned: { ...plan.planned, warns: [...plan.planned.warns, ...unmet] } }
  })
}

function decided(plans: readonly LoadedPlan[], all: boolean): readonly LoadedPlan[] {
  const [first] = plans
  if (first === undefined) return plans
  const revisions = plans.map(({ planned }) => planned)
  const found = withDetached(revisions, { all, vocabulary: first.vocabulary })
  return plans.map((plan, n) => ({ ...plan, planned: found[n] ?? plan.planned }))
}
