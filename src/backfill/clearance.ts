import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { LedgerWriter } from '../ledger/record.ts'
import type { Pace } from './pace.ts'
import { lookEvery, pause, type Verdict, type Watch } from './throttle.ts'

/** The operator has cancelled the backfill; what its batches did stays. */
export class BackfillCancelled extends LimbeckError {
  readonly code = 'BACKFILL_CANCELLED'
  readonly title: string

  constructor(title: string) {
    super(`The backfill ${title} was cancelled.`, {
      hint: 'What its batches did stays. "limbeck backfill resume" takes the cancellation back; "limbeck upgrade" then goes on from the checkpoint.',
    })
    this.title = title
  }
}

/** A signal reached the threshold at which the backfill must not go on. */
export class BackfillStopped extends LimbeckError {
  readonly code = 'BACKFILL_STOPPED'
  readonly title: string
  readonly verdict: Verdict

  constructor(title: string, verdict: Verdict) {
    super(`The backfill ${title} stopped: ${verdict.reason}.`, {
      hint: 'What its batches did stays. When the cause is gone, run the same command again: it goes on from the checkpoint.',
    })
    this.title = title
    this.verdict = verdict
  }
}

export type ClearanceOptions = {
  readonly title: string
  readonly connection: Connection
  readonly ledger: LedgerWriter
  readonly run: string
  readonly stage: number
  readonly pace: Pace
  readonly watch: Watch
  readonly signal: AbortSignal | undefined
  /** Told when a reason to wait comes up, changes, or is gone (null). */
  onWait(reason: string | null): void
}

/**
 * Waits between two batches until the backfill may go on, and gives the pace at which; looks at most four times a second.
 * While it waits, it says that it is there.
 */
export type Clearance = (alive: () => Promise<void>) => Promise<Pace>

export function clearance(options: ClearanceOptions): Clearance {
  const { title, connection, ledger, run, stage, signal, watch, onWait } = options
  let { pace } = options
  // The first batch waits for the first look.
  let looked = Number.NEGATIVE_INFINITY
  let told: string | null = null

  const tell = async (reason: string | null) => {
    if (reason === told) return
    told = reason
    await connection.run(ledger.backfillWaits(run, stage, reason))
    onWait(reason)
  }
  return async (alive) => {
    if (performance.now() - looked < lookEvery) return pace
    for (;;) {
      looked = performance.now()
      const [result] = await connection.run(ledger.backfillWanted(run, stage))
      const row = result?.rows[0]
      if (row?.['wanted'] === 'cancel') throw new BackfillCancelled(title)
      const target = row?.['target_milliseconds']
      pace = {
        ...options.pace,
        ...(target === null || target === undefined ? {} : { targetMilliseconds: Number(target) }),
      }
      const verdict = await watch()
      if (verdict?.action === 'stop') throw new BackfillStopped(title, verdict)
      const reason = row?.['wanted'] === 'pause' ? 'paused by the operator' : (verdict?.reason ?? null)
      await tell(reason)
      if (reason === null) return pace
      await alive()
      await pause(signal)
      signal?.throwIfAborted()
    }
  }
}
