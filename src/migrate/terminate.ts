import { type Connection, DatabaseError } from '../connection/connection.ts'
import { type Blocker, identityOf } from './blockers.ts'

/** Why a blocker was left as it is, and what a person can do about it. */
export type Spared = { readonly reason: string; readonly hint: string }

/** Whom a run tells of blockers that it has ended, or could not end. */
export type TerminationEvents = {
  onTerminated(blocker: Blocker, seconds: number): void
  onSpared(blocker: Blocker, spared: Spared): void
}

/** Is shown whoever is in the way each time that is looked, and ends those who have been for too long. */
export type Termination = (
  observer: Connection,
  blockers: readonly Blocker[],
  events: TerminationEvents,
) => Promise<void>

/**
 * Ends with pg_terminate_backend a session that has blocked the run for so many seconds, over all attempts, in one and the
 * same transaction. Who waits for a lock itself is not at fault: whoever it waits for is. Each blocker is dealt with once.
 */
export function termination(afterSeconds: number): Termination {
  const since = new Map<string, number>()
  const settled = new Set<string>()
  return async (observer, blockers, { onTerminated, onSpared }) => {
    for (const blocker of blockers) {
      const identity = identityOf(blocker)
      const first = since.get(identity) ?? performance.now()
      since.set(identity, first)
      const seconds = (performance.now() - first) / 1000
      if (blocker.waits || settled.has(identity) || seconds < afterSeconds) continue
      settled.add(identity)
      const outcome = spared(blocker) ?? (await terminate(observer, blocker))
      if (outcome === 'gone') continue
      if (outcome === 'terminated') onTerminated(blocker, Math.round(seconds))
      else onSpared(blocker, outcome)
    }
  }
}

/** What is not ended whoever may: it has no session, or it does what must be done, or nobody knows what it does. */
function spared({ preparedAs, backend, query }: Blocker): Spared | null {
  if (preparedAs !== null)
    return {
      reason: 'it is a prepared transaction, which has no session',
      hint: `Whoever prepared it should end it: COMMIT PREPARED or ROLLBACK PREPARED '${preparedAs.replaceAll("'", "''")}'.`,
    }
  if (backend === null)
    return {
      reason: 'this role may not see what it does',
      hint: 'Give the role pg_read_all_stats, so that no vacuum against wraparound is ended by mistake.',
    }
  // What autovacuum says of itself; it has no other sign.
  if (backend === 'autovacuum worker' && query?.includes('(to prevent wraparound)'))
    return {
      reason: 'it is a vacuum to prevent transaction id wraparound',
      hint: 'Let it finish: without it the server stops taking writes in the end. It would begin again at once.',
    }
  if (backend !== 'client backend' && backend !== 'autovacuum worker')
    return { reason: `it is a ${backend}`, hint: 'Only sessions of clients and autovacuum are ended.' }
  return null
}

/** `gone` where its transaction has ended meanwhile. */
async function terminate(
  observer: Connection,
  { processId, transaction, backend }: Blocker,
): Promise<'terminated' | 'gone' | Spared> {
  try {
    const { rows } = await observer.query(
      `SELECT pg_terminate_backend(pid) AS sent FROM pg_stat_activity
      WHERE pid = $1::integer AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = $1::integer AND virtualtransaction = $2)`,
      [String(processId), transaction],
    )
    return rows[0]?.['sent'] === true ? 'terminated' : 'gone'
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.server.sqlState !== '42501') throw error
    const { detail } = error.server
    const right =
      backend === 'autovacuum worker' && observer.major >= 18
        ? 'pg_signal_autovacuum_worker'
        : 'pg_signal_backend'
    return {
      reason: [error.message, detail].filter((part) => part !== undefined).join('. '),
      hint: `GRANT ${right} TO the role that migrates; the session of a superuser only a superuser may end.`,
    }
  }
}
