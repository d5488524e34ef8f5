import type { BackfillPlan } from '../operations/backfill-plan.ts'
import type { BatchWorker } from './batch.ts'
import { setWorker } from './set.ts'
import { transformWorker } from './transform.ts'

/** What does a backfill's batches. */
export function backfillWorker(plan: BackfillPlan): BatchWorker {
  return plan.work.type === 'set' ? setWorker(plan, plan.work.set) : transformWorker(plan, plan.work)
}
