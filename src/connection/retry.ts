import { setTimeout } from 'node:timers/promises'
import { DatabaseError } from './connection.ts'

/** How long a statement stands in line for a lock, and how often it is tried again. */
export type LockPatience = {
  /** Milliseconds that a statement waits for a lock, and makes others wait behind it. */
  readonly lockTimeout: number
  /** Attempts altogether. */
  readonly attempts: number
  /** Milliseconds of pause after the first attempt; it doubles with each, up to `longestPause`, and varies at random. */
  readonly firstPause: number
  readonly longestPause: number
  /** Gives a number from 0 up to 1, by which a pause varies. */
  readonly random: () => number
}

export const defaultLockPatience: LockPatience = {
  lockTimeout: 500,
  attempts: 40,
  firstPause: 100,
  longestPause: 10_000,
  random: Math.random,
}

/** A wait that came to nothing and will be tried again. */
export type Retry = { readonly error: DatabaseError; readonly attempt: number; readonly pause: number }

/**
 * Whether the error means «not now»: a lock timeout (55P03), a deadlock that this session lost (40P01), or a
 * serialization failure (40001). PostgreSQL has rolled back what the statement did.
 */
export function isTransient(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && ['55P03', '40P01', '40001'].includes(error.server.sqlState)
}

/** Milliseconds of pause after an attempt: between half of it and half as much again, so that two who met do not meet again. */
export function pauseAfter({ firstPause, longestPause, random }: LockPatience, attempt: number): number {
  return Math.min(longestPause, firstPause * 2 ** (attempt - 1)) * (0.5 + random())
}

/** Tries something again, after growing pauses, while it fails for want of a lock. */
export async function retryTransient<Answer>(
  attempt: () => Promise<Answer>,
  options: {
    readonly patience: LockPatience
    readonly signal?: AbortSignal | undefined
    onRetry(retry: Retry): void
  },
): Promise<Answer> {
  const { patience, signal } = options
  for (let n = 1; ; n++) {
    try {
      return await attempt()
    } catch (error) {
      if (!isTransient(error) || n >= patience.attempts) throw error
      if (signal?.aborted) throw signal.reason
      const pause = pauseAfter(patience, n)
      options.onRetry({ error, attempt: n, pause })
      // An interruption ends the pause; the next attempt's owner sees the signal.
      await setTimeout(pause, undefined, { signal }).catch(() => {})
    }
  }
}
