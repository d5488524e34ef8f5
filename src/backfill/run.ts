import { leaseName } from '../connection/lease.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import type { BackfillProgress, BackfillRun } from './backfill-run.ts'
import { formOf } from './form.ts'
import { resetOwnSettings, setOwnSettings } from './own-settings.ts'
import { sourceTable } from './relation.ts'
import { furtherSessions } from './sessions.ts'
import { sourceOf } from './source.ts'
import { type BackfillState, beginState, readState } from './state.ts'
import { workOn } from './work.ts'

/** Records that a backfill is begun, with its ranges, for whoever will work at it; nothing where that was done before. */
export async function beginBackfill(options: BackfillRun): Promise<BackfillState> {
  return (
    (await readState(options)) ??
    (await beginState(options, await sourceOf(options.plan).key(options.connection)))
  )
}

/**
 * Works at a backfill until nothing is left of it: range after range, on as many sessions as it may have, together with
 * whoever works at it elsewhere. Begins it where nobody has.
 */
export async function runBackfill(options: BackfillRun): Promise<BackfillProgress> {
  const { connection, plan } = options
  await connection.run(batchSettings(options))
  try {
    return await runSessions(options, await beginBackfill(options))
  } finally {
    // Where the connection is gone, so are its settings, and the error that is on its way is the one to tell.
    await connection
      .run(['RESET lock_timeout', 'SET statement_timeout = 0', ...resetOwnSettings(plan)].join(';\n'))
      .catch(() => {})
  }
}

async function runSessions(options: BackfillRun, state: BackfillState): Promise<BackfillProgress> {
  const { connection, plan, ledger } = options
  const key = await sourceOf(plan).key(connection)
  const open = state.ranges.filter(({ done }) => !done)
  const sessions = (await isTemporary(options)) ? 1 : Math.min(options.sessions, open.length)
  const further = await furtherSessions(connection, {
    count: sessions - 1,
    lease: options.leased ? leaseName(ledger.schema) : null,
  })
  try {
    // A setting of one's own is in no catalog from which it could be taken over.
    for (const session of further) await session.run(batchSettings(options))
    return await workOn(options, { key, state, sessions: [connection, ...further] })
  } finally {
    for (const session of further) await session.close()
  }
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

/** Whether a table of it is temporary: then it is there for its own session alone. */
export async function isTemporary({
  connection,
  plan,
}: Pick<BackfillRun, 'connection' | 'plan'>): Promise<boolean> {
  const tables = [sourceTable(plan), ...formOf(plan).targets].filter((table) => table !== null)
  const names = tables.map((table) => quoteLiteral(qualifiedName({ ...table, name: table.table })))
  const ids = names.map((name) => `to_regclass(${name})`).join(', ')
  const [result] = await connection.run(
    `SELECT 1 FROM pg_class WHERE oid = ANY (ARRAY[${ids}]::oid[]) AND relpersistence = 't'`,
  )
  return (result?.rows.length ?? 0) > 0
}

/** Milliseconds after which a batch that has not come to its end is ended, to be split. */
function longestBatch(targetMilliseconds: number): number {
  return Math.max(5_000, 20 * targetMilliseconds)
}
