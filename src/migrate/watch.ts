import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { Lock } from '../operations/operation.ts'
import { type Blocker, blockersOf, findBlockers, identityOf, waitsSql } from './blockers.ts'
import type { OnEvent } from './events.ts'
import { isStrong } from './lock-conflicts.ts'
import { lockHoldersSql } from './lock-holders.ts'
import { lazyObserver } from './observer.ts'
import { progressOf, progressSql } from './statement-progress.ts'
import { termination, type Waiting } from './terminate.ts'

/** For which revision something is done, and who is told what is seen meanwhile. */
export type Watched = { readonly revision: string; readonly onEvent: OnEvent }

/** A second pair of eyes for a run: who keeps its sessions waiting, and how far their statements are. */
export type Watch = {
  /** Does work on a session and looks at it from another one meanwhile; `silent` where the work tells its progress itself. */
  over<Answer>(
    session: Connection,
    watched: Watched & { readonly silent?: boolean },
    work: () => Promise<Answer>,
  ): Promise<Answer>
  /**
   * Names old sessions that hold what these locks will have to wait for, before anybody stands in line. Only where the run
   * has waited or taken long already: what goes quickly is not made slower by a look.
   */
  ahead(session: Connection, watched: Watched, locks: readonly Lock[]): Promise<void>
  /** Milliseconds until a blocker of the session's last message is to be ended: to wait longer with the next attempt is no use. */
  due(session: Connection): number | null
  close(): Promise<void>
}

export type WatchOptions = {
  /** Seconds after which a session that blocks the run is ended; null for never. */
  readonly terminateBlockersAfter: number | null
  /** Milliseconds of the lock timeout: the first look comes before it is over. */
  readonly lockTimeout: number
}

/** Milliseconds after which a message is no longer a quick one, and between two looks at it. */
const firstLook = 150
const lookEvery = 500

/** An embedded database has one session, which nobody can keep waiting. */
const unwatched: Watch = {
  over: (_session, _watched, work) => work(),
  ahead: async () => {},
  due: () => null,
  close: async () => {},
}

/** A watch over a run. Its own session is opened when something takes longer than a moment, and never for a run that does not wait. */
export function openWatch(connection: Connection, options: WatchOptions): Watch {
  if (connection.embedded) return unwatched
  const { terminateBlockersAfter, lockTimeout } = options
  const delay = lockTimeout > 0 ? Math.min(firstLook, lockTimeout / 3) : firstLook
  const lazy = lazyObserver(connection)
  const ours = new Set([connection.processId])
  const terminate = terminateBlockersAfter === null ? null : termination(terminateBlockersAfter)
  let told: { revision: string; readonly identities: Set<string> } = { revision: '', identities: new Set() }
  let failed = false

  /** Those of them that the revision has not been told of. */
  const news = (revision: string, blockers: readonly Blocker[]) => {
    if (told.revision !== revision) told = { revision, identities: new Set() }
    const fresh = blockers.filter((blocker) => !told.identities.has(identityOf(blocker)))
    for (const blocker of fresh) told.identities.add(identityOf(blocker))
    return fresh
  }
  const foreign = (blockers: readonly Blocker[]) =>
    blockers.filter(({ processId }) => processId === null || !ours.has(processId))
  /** To look is a courtesy: where it fails, the work goes on, and it is told once. */
  const courteously = async ({ revision, onEvent }: Watched, look: () => Promise<void>) => {
    try {
      await look()
    } catch (error) {
      if (!(error instanceof LimbeckError)) throw error
      if (!failed) onEvent({ type: 'unwatched', revision, reason: error.message })
      failed = true
    }
  }

  return {
    async over(session, watched, work) {
      ours.add(session.processId)
      const { revision, onEvent, silent = false } = watched
      const began = performance.now()
      const waiting: Waiting = {
        session,
        onTerminated: (blocker, seconds) =>
          onEvent({ type: 'blocker-terminated', revision, blocker, seconds }),
        onSpared: (blocker, spared) => onEvent({ type: 'blocker-spared', revision, blocker, ...spared }),
      }
      let working = true
      const look = async (observer: Connection) => {
        const [waits, found] = await observer.run(
          `${waitsSql(session.processId)};\n${progressSql(session.processId, session.major)}`,
        )
        const blocked = waits?.rows[0]?.['waits'] === true
        const blockers = blocked ? foreign(await findBlockers(observer, session.processId)) : []
        if (!working) return
        const fresh = news(revision, blockers)
        if (fresh.length > 0) onEvent({ type: 'blocked', revision, blockers: fresh })
        const progress = progressOf(found?.rows[0], (performance.now() - began) / 1000)
        // Who only waits gets nowhere.
        if (!silent && (progress.command !== null || blockers.length === 0))
          onEvent({ type: 'statement-progress', revision, progress })
        await terminate?.look(waiting, observer, blockers)
      }
      const looking = repeat(delay, () => courteously(watched, () => lazy.ask(look)))
      try {
        const answer = await work()
        terminate?.passed(session)
        const thrown = looking.thrown()
        if (thrown !== null) throw thrown.error
        return answer
      } finally {
        working = false
        looking.stop()
      }
    },
    async ahead(session, watched, locks) {
      const strong = locks.filter(({ mode }) => isStrong(mode))
      if (strong.length === 0 || !lazy.isOpen()) return
      const { revision, onEvent } = watched
      await courteously(watched, () =>
        lazy.ask(async (observer) => {
          const results = await observer.run(lockHoldersSql(strong, session.processId))
          const holders = foreign(blockersOf(results.at(-1)?.rows ?? []))
          const fresh = news(revision, holders)
          if (fresh.length > 0) onEvent({ type: 'in-the-way', revision, blockers: fresh })
        }),
      )
    },
    due: (session) => terminate?.due(session) ?? null,
    close: lazy.close,
  }
}

/**
 * Does something again and again, for the first time after so many milliseconds, until it is stopped. What is thrown, which
 * only who is told can do, ends it too.
 */
function repeat(milliseconds: number, act: () => Promise<void>) {
  let stopped = false
  let thrown: { readonly error: unknown } | null = null
  let timer: NodeJS.Timeout | undefined
  const schedule = (pause: number) => {
    timer = setTimeout(async () => {
      await act().catch((error: unknown) => {
        thrown = { error }
        stopped = true
      })
      if (!stopped) schedule(lookEvery)
    }, pause).unref()
  }
  schedule(milliseconds)
  return {
    stop() {
      stopped = true
      clearTimeout(timer)
    },
    /** What was thrown, if anything was. */
    thrown: () => thrown,
  }
}

/** Has a watch while something is done. */
export async function withWatch<Answer>(
  connection: Connection,
  options: WatchOptions,
  use: (watch: Watch) => Promise<Answer>,
): Promise<Answer> {
  const watch = openWatch(connection, options)
  try {
    return await use(watch)
  } finally {
    await watch.close()
  }
}
