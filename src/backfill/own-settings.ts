import type { BackfillPlan } from '../operations/backfill-plan.ts'
import { quoteLiteral } from '../sql/literal.ts'

/** By these a trigger knows the writes of a backfill from the application's. */
function ownSettings({ settings = {} }: BackfillPlan): readonly (readonly [string, string])[] {
  return [['limbeck.backfill', 'on'], ...Object.entries(settings)]
}

/** Statements after which a session's writes are the backfill's. */
export function setOwnSettings(plan: BackfillPlan): readonly string[] {
  return ownSettings(plan).map(([name, value]) => `SET ${name} = ${quoteLiteral(value)}`)
}

/** Statements after which they are not any more. */
export function resetOwnSettings(plan: BackfillPlan): readonly string[] {
  return ownSettings(plan).map(([name]) => `RESET ${name}`)
}
