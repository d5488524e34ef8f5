import type { Connection } from '../connection/connection.ts'
import { leaseName } from '../connection/lease.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import type { BackfillProgress, BackfillRun } from './backfill-run.ts'
import { formOf } from './form.ts'
import { findKey } from './key.ts'
import { resetOwnSettings, setOwnSettings } from './own-settings.ts'
import type { Range } from './range.ts'
import { furtherSessions } from './sessions.ts'
import { addBatch, beginState, isOpen, readState } from './state.ts'
import { walk } from './walk.ts'

/** Runs a backfill from its checkpoints, or from the start, to its end: range after range, on as many sessions as it may have. */
export async function runBackfill(options: BackfillRun): Promise<BackfillProgress> {
  const { connection, plan } = options
  await connection.run(batchSettings(options))
  try {
    return await walkRanges(options)
  } finally {
    // Where the connection is gone, so are its settings, and the error that is on its way is the one to tell.
    await connection
      .run(['RESET lock_timeout', 'SET statement_timeout = 0', ...resetOwnSettings(plan)].join(';\n'))
      .catch(() => {})
  }
}

async function walkRanges(options: BackfillRun): Promise<BackfillProgress> {
  const { connection, plan, ledger, signal } = options
  const key = await findKey(connection, plan)
  const state = (await readState(options)) ?? (await beginState(options, key))
  const ranges = state.ranges.filter(isOpen)
  const sessions = (await isTemporary(options)) ? 1 : Math.min(plan.sessions, ranges.length)
  const further = await furtherSessions(connection, {
    count: sessions - 1,
    lease: leaseName(ledger.schema),
  })
  const onWait = onceForAll(options.onWait)
  let progress = state.progress
  try {
    // A setting of one's own is in no catalog from which it could be taken over.
    for (const session of further) await session.run(batchSettings(options))
    await walkTogether([connection, ...further], ranges, signal, (session, range, stop) =>
      walk({ ...options, onWait, connection: session, signal: stop }, key, range, (batch) => {
        progress = addBatch(progress, batch)
        options.onProgress(progress)
      }),
    )
  } finally {
    for (const session of further) await session.close()
  }
  return progress
}

/** What each session of a backfill is told. A batch that waits too long for its rows is split; one that reads far for a few is not. */
function batchSettings({ patience, settings, plan }: BackfillRun): string {
  const timeout = formOf(plan).takesWhere ? 0 : longestBatch(settings.pace.targetMilliseconds)
  return [
    `SET lock_timeout = ${patience.lockTimeout}`,
    `SET statement_timeout = ${timeout}`,
    ...setOwnSettings(plan),
  ].join(';\n')
}

/** Several sessions wait for the same reason: it is told once. */
function onceForAll(tell: BackfillRun['onWait']): BackfillRun['onWait'] {
  let told: string | null = null
  return (reason) => {
    if (reason !== told) tell(reason)
    told = reason
  }
}

/** A temporary table is there for its own session alone. */
async function isTemporary({ connection, plan }: BackfillRun): Promise<boolean> {
  const tables = [plan, ...formOf(plan).targets]
  const names = tables.map((table) => quoteLiteral(qualifiedName({ ...table, name: table.table })))
  const [result] = await connection.run(
    `SELECT 1 FROM pg_class WHERE oid IN (${names.map((name) => `to_regclass(${name})`).join(', ')}) AND relpersistence = 't'`,
  )
  return (result?.rows.length ?? 0) > 0
}

/** Each session takes the next range until there is none. Where one fails, the others stop after their batch. */
async function walkTogether(
  sessions: readonly Connection[],
  ranges: readonly Range[],
  signal: AbortSignal | undefined,
  work: (session: Connection, range: Range, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const waiting = [...ranges]
  const stop = new AbortController()
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal])
  const walks = sessions.map(async (session) => {
    for (let range = waiting.shift(); range !== undefined; range = waiting.shift()) {
      await work(session, range, either).catch((error: unknown) => {
        stop.abort(error)
        throw error
      })
    }
  })
  await Promise.allSettled(walks)
  either.throwIfAborted()
}

/** Milliseconds after which a batch that has not come to its end is ended, to be split. */
function longestBatch(targetMilliseconds: number): number {
  return Math.max(5_000, 20 * targetMilliseconds)
}
