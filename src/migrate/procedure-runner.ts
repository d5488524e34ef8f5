import { isCancellation, type Row } from '../connection/connection.ts'
import { runForeign } from '../connection/prepared.ts'
import type { Course, Message } from '../operations/operation.ts'
import { type Attempt, watched } from './attempt.ts'
import { Interrupted } from './failure.ts'

/**
 * Sends what a course says and gives it the rows. An error goes to the course first, so that it can clean up. What is
 * said patiently can be interrupted: PostgreSQL is asked to cancel it, and the next run finds what it left.
 */
export async function runCourse(attempt: Attempt, course: Course): Promise<void> {
  const send = messageSender(attempt)
  try {
    let next = course.next([])
    while (!next.done) {
      const outcome = await send(next.value).then(
        (rows) => ({ rows }),
        (error: unknown) => ({ error }),
      )
      if ('error' in outcome && outcome.error instanceof Interrupted) throw outcome.error
      next = 'error' in outcome ? course.throw(outcome.error) : course.next(outcome.rows)
    }
  } finally {
    // Where the connection is gone, so is its setting, and the error that is on its way is the one to tell.
    await attempt.connection.run('RESET lock_timeout').catch(() => {})
  }
}

/** The lock timeout is set when it changes: it cannot travel with a statement that refuses a transaction. */
function messageSender(attempt: Attempt): (message: Message) => Promise<readonly Row[]> {
  const { connection, patience, signal, revision } = attempt
  let lockTimeout: number | null = null
  return async (message) => {
    const patiently = typeof message !== 'string'
    const wanted = patiently ? 0 : patience.lockTimeout
    if (wanted !== lockTimeout) await connection.run(`SET lock_timeout = ${wanted}`)
    lockTimeout = wanted
    const cancel = () => void connection.cancel().catch(() => {})
    if (patiently) signal?.addEventListener('abort', cancel)
    try {
      const text = patiently ? message.patiently : message
      const results = await watched(attempt, () => runForeign(connection, text))
      return results.findLast((result) => result.rows.length > 0)?.rows ?? []
    } catch (error) {
      if (connection.transaction() !== 'idle') await connection.run('ROLLBACK')
      throw patiently && signal?.aborted && isCancellation(error) ? new Interrupted(revision.id) : error
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }
}
