import type { Connection } from '../connection/connection.ts'
import type { LockPatience, Retry } from '../connection/retry.ts'
import type { LedgerWriter } from '../ledger/record.ts'
import type { BackfillPlan } from '../operations/backfill-plan.ts'
import type { FrozenWorker } from './frozen.ts'
import type { BackfillSettings } from './settings.ts'

/** How far a backfill is. Rows are counted since its very first run, not since the last crash. */
export type BackfillProgress = {
  readonly title: string
  readonly scanned: number
  readonly written: number
  /** PostgreSQL's own estimate of the table's rows; never counted. */
  readonly estimated: number
  readonly batches: number
  /** Rows in the last batch, and milliseconds that it took. */
  readonly batchRows: number
  readonly batchMilliseconds: number
}

/** One attempt at a backfill: what it works with, and whom it tells. */
export type BackfillRun = {
  readonly connection: Connection
  readonly ledger: LedgerWriter
  readonly run: string
  readonly stage: number
  readonly plan: BackfillPlan
  /** How many sessions of this process work at it, at the most. */
  readonly sessions: number
  /** The connection has the lease, and its further sessions share it; workers of a backfill that is recorded have none. */
  readonly leased: boolean
  readonly settings: BackfillSettings
  readonly patience: LockPatience
  /** Stops at the end of the batch that is under way. */
  readonly signal: AbortSignal | undefined
  /** Does a session's work while somebody looks for whom it waits. */
  watched<Answer>(session: Connection, work: () => Promise<Answer>): Promise<Answer>
  onProgress(progress: BackfillProgress): void
  onRetry(retry: Retry): void
  /** Told why it waits, and with null that it goes on. */
  onWait(reason: string | null): void
  /** Told of a worker elsewhere that did not move any more, whose session was ended. */
  onFrozen(worker: FrozenWorker): void
}
