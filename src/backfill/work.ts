import type { Connection } from '../connection/connection.ts'
import type { BackfillProgress, BackfillRun } from './backfill-run.ts'
import { claimRange } from './claim.ts'
import { BackfillCancelled } from './clearance.ts'
import { endFrozenWorkers } from './frozen.ts'
import type { KeyColumn } from './key.ts'
import { type BackfillState, readState } from './state.ts'
import { newTally, type Tally } from './tally.ts'
import { pause } from './throttle.ts'
import { walk } from './walk.ts'

/** What a process works with at one backfill. */
type Work = {
  readonly key: readonly KeyColumn[]
  /** As it stood when the process came to it. */
  readonly state: BackfillState
  /** The first one also waits for workers elsewhere. */
  readonly sessions: readonly [Connection, ...Connection[]]
}

/** Takes range after range until all are done, by this process or by others. */
export async function workOn(options: BackfillRun, work: Work): Promise<BackfillProgress> {
  const { connection, signal } = options
  const onWait = onceForAll(options.onWait)
  const tally = newTally(options.plan.title, work.state.estimate)
  let { ranges } = work.state
  let waits = false
  for (;;) {
    tally.saw(ranges)
    if (waits) options.onProgress(tally.progress())
    if (ranges.every(({ done }) => done)) break
    const took = await takeTogether(
      { ...options, onWait },
      { ...work, state: { ...work.state, ranges } },
      tally,
    )
    ranges = (await readState(options))?.ranges ?? []
    if (took || ranges.every(({ done }) => done)) continue
    waits = true
    onWait('other workers have the last ranges')
    await pause(signal)
    signal?.throwIfAborted()
    await goOnAnyway(options, connection)
  }
  if (waits) onWait(null)
  return tally.progress()
}

/** While others have all that is left: heeds the operator, and ends those of them that are frozen. */
async function goOnAnyway(options: BackfillRun, connection: Connection): Promise<void> {
  const { ledger, run, stage, plan, settings } = options
  const [wanted] = await connection.run(ledger.backfillWanted(run, stage))
  if (wanted?.rows[0]?.['wanted'] === 'cancel') throw new BackfillCancelled(plan.title)
  const ended = await endFrozenWorkers(connection, {
    ledger,
    run,
    stage,
    title: plan.title,
    seconds: settings.frozenAfterSeconds,
  })
  for (const worker of ended) options.onFrozen(worker)
}

/**
 * Each session takes the next range that nobody has, until there is none. Where one fails, the others stop after their
 * batch. Whether there was one at all.
 */
async function takeTogether(options: BackfillRun, work: Work, tally: Tally): Promise<boolean> {
  const stop = new AbortController()
  const { signal } = options
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal])
  let took = false
  const sessions = work.sessions.map(async (session) => {
    try {
      while (await takeNext({ ...options, connection: session, signal: either }, work, tally)) took = true
    } catch (error) {
      stop.abort(error)
      throw error
    }
  })
  await Promise.allSettled(sessions)
  either.throwIfAborted()
  return took
}

/** Claims a range and walks it to its end; false where there is none to be had. */
async function takeNext(options: BackfillRun, { key, state }: Work, tally: Tally): Promise<boolean> {
  const { connection, ledger, run, stage, settings, signal } = options
  signal?.throwIfAborted()
  const open = state.ranges.filter(({ done }) => !done)
  const aliveEverySeconds = settings.frozenAfterSeconds / 4
  const claim = await claimRange(connection, { ledger, run, stage, aliveEverySeconds }, open)
  if (claim === null) return false
  const { range } = claim
  tally.claimed(range)
  try {
    const rest = await walk(options, key, claim, (batch) => options.onProgress(tally.add(range, batch)))
    await connection.run(ledger.rangeDone(run, stage, range.ordinal, rest))
  } finally {
    tally.released(range)
    // Where the connection is gone, so is the lock, and the error that is on its way is the one to tell.
    await claim.release().catch(() => {})
  }
  return true
}

/** Several sessions wait for the same reason: it is told once. */
function onceForAll(tell: BackfillRun['onWait']): BackfillRun['onWait'] {
  let told: string | null = null
  return (reason) => {
    if (reason !== told) tell(reason)
    told = reason
  }
}
