import { LimbeckError } from '../error.ts'
import type { LoadedPlan } from './plan-all.ts'

/** What is gone for good once a revision is undone. */
export type Loss = { readonly revision: string; readonly what: string }

/** A downgrade or an abort that loses data, and nobody has said that it may. */
export class DataLoss extends LimbeckError {
  readonly code = 'DATA_LOSS'
  readonly losses: readonly Loss[]

  constructor(losses: readonly Loss[]) {
    super(`This loses data:\n${losses.map(({ revision, what }) => `  ${revision}: ${what}`).join('\n')}`, {
      hint: 'Say --yes (acceptLoss: true) if that is meant. Nothing has been changed.',
    })
    this.losses = losses
  }
}

/** What these plans lose, where that is accepted; else an error that lists it. */
export function refuseLoss(plans: readonly LoadedPlan[], accepted: boolean): readonly Loss[] {
  const lost = plans.flatMap(({ planned }) =>
    planned.loses.map((what) => ({ revision: planned.revision.id, what })),
  )
  if (lost.length > 0 && !accepted) throw new DataLoss(lost)
  return lost
}
