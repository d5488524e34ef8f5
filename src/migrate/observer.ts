import { type Connection, ConnectionLost } from '../connection/connection.ts'

/** The session from which a run is looked at. */
export type LazyObserver = {
  isOpen(): boolean
  /** Looks, when those before have looked; at nothing where there can be no further session. */
  ask(look: (observer: Connection) => Promise<void>): Promise<void>
  /** Waits for the last look. */
  close(): Promise<void>
}

/** No look may keep anybody waiting, the run at its end least of all. */
const observerSettings = `SET application_name = 'limbeck watch'; SET lock_timeout = '1s'; SET statement_timeout = '5s'`

/** A further session, opened when it is first needed, asked one thing at a time, and opened anew where it was lost. */
export function lazyObserver(connection: Connection): LazyObserver {
  let observer: Promise<Connection | null> | null = null
  let turn: Promise<unknown> = Promise.resolve()
  const open = async () => {
    const opened = await connection.another()
    try {
      await opened?.run(observerSettings)
      return opened
    } catch (error) {
      await opened?.close()
      throw error
    }
  }
  const observed = async (look: (observer: Connection) => Promise<void>) => {
    observer ??= open().catch((error: unknown) => {
      observer = null
      throw error
    })
    const opened = await observer
    if (opened !== null) await look(opened)
  }
  return {
    isOpen: () => observer !== null,
    ask(look: (observer: Connection) => Promise<void>): Promise<void> {
      const answer = turn.then(async () => {
        try {
          await observed(look)
        } catch (error) {
          if (!(error instanceof ConnectionLost)) throw error
          observer = null
          await observed(look)
        }
      })
      turn = answer.catch(() => {})
      return answer
    },
    async close() {
      await turn
      await (await observer?.catch(() => null))?.close()
    },
  }
}
