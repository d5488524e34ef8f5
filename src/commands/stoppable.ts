import { LimbeckError } from '../error.ts'

/** For what changes nothing but databases of its own. */
export type Stoppable = {
  /** Ends it, whatever it is at; its databases are dropped, and it throws `InterruptedUnwritten`. */
  readonly signal?: AbortSignal | undefined
}

/** It was asked to stop, and nothing but databases of its own was changed. */
export class InterruptedUnwritten extends LimbeckError {
  readonly code = 'INTERRUPTED_UNWRITTEN'

  constructor(cause: unknown) {
    super('Stopped as asked. Nothing was written.', { hint: 'Run the same command again.', cause })
  }
}

/** Does what a signal ends: whatever failed since then has failed of that. */
export async function untilStopped<Answer>(
  { signal }: Stoppable,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    const answer = await work()
    // Something may have been taken for an answer that only was the end.
    signal?.throwIfAborted()
    return answer
  } catch (error) {
    throw signal?.aborted === true ? new InterruptedUnwritten(error) : error
  }
}

/** Waits for what somebody else does, who knows nothing of the signal. */
export async function orStopped<Answer>(
  { signal }: Stoppable,
  work: Answer | Promise<Answer>,
): Promise<Answer> {
  if (signal === undefined) return work
  const stopped = Promise.withResolvers<never>()
  const stop = () => stopped.reject(signal.reason)
  signal.addEventListener('abort', stop)
  try {
    signal.throwIfAborted()
    return await Promise.race([work, stopped.promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Uses something that a signal takes away. */
export async function withStop<Answer>(
  { signal }: Stoppable,
  take: () => void,
  use: () => Promise<Answer>,
): Promise<Answer> {
  signal?.addEventListener('abort', take)
  try {
    signal?.throwIfAborted()
    return await use()
  } finally {
    signal?.removeEventListener('abort', take)
  }
}
