import { type Connection, DatabaseError } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { RecordedBackfill } from './claim.ts'

/** A worker that has a range and does not move: its process is stopped, or its machine is out of reach. */
export type FrozenWorker = {
  readonly ordinal: number
  /** The server's process id of its session. */
  readonly processId: number
  readonly role: string | null
  /** Since when its checkpoint has not moved. */
  readonly seconds: number
}

/** A worker is frozen, and this session's role may not end its session. */
export class WorkerFrozen extends LimbeckError {
  readonly code = 'WORKER_FROZEN'
  readonly title: string
  readonly worker: FrozenWorker

  constructor(title: string, worker: FrozenWorker, cause: unknown) {
    const { processId, role, seconds, ordinal } = worker
    super(
      `The session ${processId} of ${role ?? 'an unknown role'} has range ${ordinal} of the backfill ${title} and has not moved for ${seconds} s, and this role may not end it.`,
      {
        hint: `End it as ${role ?? 'its own role'}, a member of it or of pg_signal_backend: "SELECT pg_terminate_backend(${processId})". Then run the same command again: it goes on from the checkpoint.`,
        cause,
      },
    )
    this.title = title
    this.worker = worker
  }
}

/**
 * Ends the sessions of workers that have not moved for so long. The range of each is free when its session has ended,
 * not before, so that never two sessions work at one: what the frozen one had in its transaction is rolled back, and when its
 * process wakes up, it finds that its connection is gone.
 * https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-SIGNAL
 */
export async function endFrozenWorkers(
  connection: Connection,
  backfill: RecordedBackfill & { readonly title: string; readonly seconds: number },
): Promise<readonly FrozenWorker[]> {
  const { ledger, run, stage, title, seconds } = backfill
  const frozen = ledger.frozenWorkers(run, stage, seconds)
  const [found] = await connection.run(frozen)
  const ended: FrozenWorker[] = []
  for (const row of found?.rows ?? []) {
    const worker = {
      ordinal: Number(row['ordinal']),
      processId: Number(row['pid']),
      role: row['role'] === null ? null : String(row['role']),
      seconds: Number(row['seconds']),
    }
    try {
      // Asked again in the same breath: it may have woken up since.
      const [killed] = await connection.run(
        `SELECT pg_terminate_backend(pid) FROM (${frozen}) frozen WHERE pid = ${worker.processId} AND ordinal = ${worker.ordinal}`,
      )
      if ((killed?.rows.length ?? 0) > 0) ended.push(worker)
    } catch (error) {
      if (error instanceof DatabaseError && error.server.sqlState === '42501')
        throw new WorkerFrozen(title, worker, error)
      throw error
    }
  }
  return ended
}
