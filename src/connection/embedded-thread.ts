import { Worker } from 'node:worker_threads'
import type { PGlite } from '@electric-sql/pglite'
import type { EmbeddedAddress } from './address.ts'
import { cacheDirectory } from './cache-directory.ts'
import type { Answer, Asked, Request, ThreadStart } from './embedded-messages.ts'
import { isMade, protocolParser } from './pglite.ts'

/** PostgreSQL in a thread of its own, as the adapter for node-postgres asks for it. */
export type EmbeddedThread = Pick<PGlite, 'execProtocolStream' | 'waitReady' | 'close'> & {
  /** Ends it in the middle of whatever it is doing. */
  abandon(): void
}

/** From a file of the source and from where the build has put it. */
const worker = import.meta.url.endsWith('.ts') ? './embedded-worker.ts' : './connection/embedded-worker.js'

/** Starts an embedded database. The process does not end while it is asked something, and need not wait for it else. */
export async function startThread(address: EmbeddedAddress): Promise<EmbeddedThread> {
  // What may be refused there is refused in this thread: an error that crosses over is no LimbeckError any more.
  const start: ThreadStart = { address, cache: isMade(address) ? null : cacheDirectory() }
  const thread = new Worker(new URL(worker, import.meta.url), { workerData: start })
  const waiting = new Map<number, PromiseWithResolvers<Uint8Array>>()
  const wait = (id: number) => {
    const answer = Promise.withResolvers<Uint8Array>()
    waiting.set(id, answer)
    thread.ref()
    return answer.promise
  }
  let ended: Error | null = null
  const ends = (reason: Error) => {
    ended ??= reason
    for (const answer of waiting.values()) answer.reject(reason)
    waiting.clear()
  }
  thread.on('message', (answer: Answer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (waiting.size === 0) thread.unref()
    if ('failed' in answer) asked?.reject(answer.failed)
    else asked?.resolve(answer.said)
  })
  thread.on('error', ends)
  thread.on('exit', () => ends(new Error('The thread of the embedded database has ended.')))
  let last = 0
  const ask = async (asked: Asked) => {
    if (ended !== null) throw ended
    const id = ++last
    const answer = wait(id)
    thread.postMessage({ ...asked, id } satisfies Request)
    return answer
  }
  await wait(0)
  const parse = await protocolParser()
  return {
    waitReady: Promise.resolve(),
    async execProtocolStream(message) {
      const messages = parse(await ask({ message }))
      if (!endsTurn(message) || messages.some(({ name }) => name === 'readyForQuery')) return messages
      ends(new Error(brokeOff))
      throw ended
    },
    abandon() {
      ends(new Error('The embedded database was cut off.'))
      void thread.terminate()
    },
    async close() {
      if (ended === null) await ask({ end: true })
      await thread.terminate()
    },
  }
}

/** Whether the server has to say behind it that it is ready: a Query, or a Sync. https://www.postgresql.org/docs/current/protocol-flow.html */
function endsTurn([type]: Uint8Array): boolean {
  return type === 'Q'.charCodeAt(0) || type === 'S'.charCodeAt(0)
}

/** PGlite passes over what JavaScript throws while PostgreSQL runs, and whoever waits for an answer would wait for good. */
const brokeOff =
  'PostgreSQL broke off without an answer, as the embedded one does where its stack is full: in a function that calls itself without end, or in an expression that is nested too deep'
