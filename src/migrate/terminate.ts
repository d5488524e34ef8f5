import { type Connection, DatabaseError } from '../connection/connection.ts'
import { type Blocker, identityOf } from './blockers.ts'

/** Why a blocker was left as it is, and what a person can do about it. */
export type Spared = { readonly reason: string; readonly hint: string }

/** Whom a run tells of blockers that it has ended, or could not end. */
export type TerminationEvents = {
  onTerminated(blocker: Blocker, seconds: number): void
  onSpared(blocker: Blocker, spared: Spared): void
}

/** Ends who has been in the way of a run for too long. */
export type Termination = {
  /** Is shown who keeps a session of ours waiting just now, in the middle of a message, each time that it is looked. */
  look(waiting: Waiting, observer: Connection, blockers: readonly Blocker[]): Promise<void>
  /** The session has got what it waited for: who was in its way is so no longer. */
  passed(session: Connection): void
}

/** A session of ours in the middle of a message; a further attempt is another message. */
export type Waiting = TerminationEvents & { readonly session: Connection }

/**
 * Ends with pg_terminate_backend a session that has blocked one of ours for so many seconds: in one and the same
 * transaction, over all attempts at a message and the pauses between them. Who waits for a lock itself is not at fault:
 * whoever it waits for is. Each blocker is dealt with once.
 */
export function termination(afterSeconds: number): Termination {
  const terms = new Map<string, { readonly waiting: Waiting; readonly began: number }>()
  const settled = new Set<string>()
  const deal = async (
    observer: Connection,
    blocker: Blocker,
    { onTerminated, onSpared }: Waiting,
    seconds: number,
  ) => {
    const outcome = spared(blocker) ?? (await terminate(observer, blocker))
    if (outcome === 'terminated') onTerminated(blocker, Math.round(seconds))
    else if (outcome !== 'gone') onSpared(blocker, outcome)
  }
  return {
    async look(waiting, observer, blockers) {
      const found = new Map(
        blockers.map((blocker) => [`${waiting.session.processId} ${identityOf(blocker)}`, blocker]),
      )
      for (const [key, term] of terms) if (term.waiting === waiting && !found.has(key)) terms.delete(key)
      for (const [key, blocker] of found) {
        const began = terms.get(key)?.began ?? performance.now()
        terms.set(key, { waiting, began })
        const seconds = (performance.now() - began) / 1000
        const identity = identityOf(blocker)
        if (blocker.waits || settled.has(identity) || seconds < afterSeconds) continue
        settled.add(identity)
        await deal(observer, blocker, waiting, seconds)
      }
    },
    passed(session) {
      for (const [key, { waiting }] of terms) if (waiting.session === session) terms.delete(key)
    },
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
