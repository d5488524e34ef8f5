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
  /** Milliseconds until the time is up of somebody who was in the session's way at the last look; null where there is nobody. */
  due(session: Connection): number | null
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
  const terms = new Map<string, Term>()
  const settled = new Set<string>()
  const looked = new Map<Connection, Waiting>()
  const elapsed = ({ began }: Term) => (performance.now() - began) / 1000
  const isOpen = ({ blocker }: Term) => !blocker.waits && !settled.has(identityOf(blocker))
  const deal = async (observer: Connection, term: Term) => {
    const { blocker, waiting } = term
    settled.add(identityOf(blocker))
    const outcome = spared(blocker) ?? (await terminate(observer, blocker, waiting.session))
    if (outcome === 'terminated') waiting.onTerminated(blocker, Math.round(elapsed(term)))
    else if (outcome !== 'gone') waiting.onSpared(blocker, outcome)
  }
  const ofSession = (session: Connection) =>
    [...terms].filter(([, { waiting }]) => waiting.session === session)
  return {
    async look(waiting, observer, blockers) {
      looked.set(waiting.session, waiting)
      const known = new Map(ofSession(waiting.session))
      // Who was there at an earlier look at this message has let it pass; who was there in an earlier attempt may come again.
      for (const [key, term] of known) if (term.waiting === waiting) terms.delete(key)
      for (const blocker of blockers) {
        const key = `${waiting.session.processId} ${identityOf(blocker)}`
        terms.set(key, { blocker, waiting, began: known.get(key)?.began ?? performance.now() })
      }
      for (const [, term] of ofSession(waiting.session))
        if (term.waiting === waiting && isOpen(term) && elapsed(term) >= afterSeconds)
          await deal(observer, term)
    },
    due(session) {
      const last = looked.get(session)
      // An attempt at which nobody looked must not be taken for one that was in somebody's way.
      looked.delete(session)
      const open = ofSession(session).flatMap(([, term]) =>
        term.waiting === last && isOpen(term) ? [term] : [],
      )
      if (open.length === 0) return null
      return Math.max(0, 1000 * Math.min(...open.map((term) => afterSeconds - elapsed(term))))
    },
    passed(session) {
      for (const [key] of ofSession(session)) terms.delete(key)
    },
  }
}

/** Who is in the way of which message, and since when. */
type Term = { readonly blocker: Blocker; readonly waiting: Waiting; readonly began: number }

/** What is not ended whoever may: it has no session, or it does what must be done, or nobody knows what it does. */
function spared({ preparedAs, backend, query }: Blocker): Spared | null {
  if (preparedAs !== null)
    return {
      reason: 'it has no session',
      hint: `End it with COMMIT PREPARED or ROLLBACK PREPARED '${preparedAs.replaceAll("'", "''")}'.`,
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

/** `gone` where its transaction has ended meanwhile, or our session waits for nobody any more. */
async function terminate(
  observer: Connection,
  { processId, transaction, backend }: Blocker,
  session: Connection,
): Promise<'terminated' | 'gone' | Spared> {
  try {
    const { rows } = await observer.query(
      `SELECT pg_terminate_backend(pid) AS sent FROM pg_stat_activity
      WHERE pid = $1::integer AND pg_blocking_pids($3::integer) <> '{}' AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = $1::integer AND virtualtransaction = $2)`,
      [String(processId), transaction, String(session.processId)],
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
