import type { Connection } from '../connection/connection.ts'
import type { LedgerWriter } from '../ledger/record.ts'
import type { Range } from './range.ts'
import { rangeOf } from './state.ts'

/** A backfill as the ledger knows it. */
export type RecordedBackfill = {
  readonly ledger: LedgerWriter
  readonly run: string
  readonly stage: number
}

/** A range that this session has, and nobody else. */
export type Claim = {
  /** As it stood when it was claimed. */
  readonly range: Range
  /** Says that its worker is there, though it has no batch to show for it; writes it down now and then. */
  alive(): Promise<void>
  release(): Promise<void>
}

/**
 * Takes the first of these ranges that is not done and that nobody has: by an advisory lock, which PostgreSQL takes
 * away when the session ends, however it ends. Null where there is none just now.
 */
export async function claimRange(
  connection: Connection,
  backfill: RecordedBackfill & { readonly aliveEverySeconds: number },
  open: readonly Range[],
): Promise<Claim | null> {
  const { ledger, run, stage } = backfill
  for (const { ordinal } of open) {
    const { lock, read } = ledger.claimRange(run, stage, ordinal)
    const [locked] = await connection.run(lock)
    if (locked?.rows[0]?.['acquired'] !== true) continue
    const release = async () => {
      await connection.run(ledger.releaseRange(run, stage, ordinal))
    }
    // Read under the lock: whoever had it before may have moved it, or have come to its end.
    const [found] = await connection.run(read)
    const [row] = found?.rows ?? []
    if (row !== undefined) {
      const alive = everySoOften(backfill.aliveEverySeconds, () =>
        connection.run(ledger.rangeMoved(run, stage, ordinal)),
      )
      return { range: rangeOf(row), alive, release }
    }
    await release()
  }
  return null
}

function everySoOften(seconds: number, act: () => Promise<unknown>): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < seconds * 1000) return
    last = performance.now()
    await act()
  }
}
