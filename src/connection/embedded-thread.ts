import { Worker } from 'node:worker_threads'
import type { PGlite } from '@electric-sql/pglite'
import type { EmbeddedAddress } from './address.ts'
import type { Answer, Request, Said, ThreadStart } from './embedded-messages.ts'

/** PostgreSQL in a thread of its own, as the adapter for node-postgres asks for it. */
export type EmbeddedThread = Pick<PGlite, 'execProtocolStream' | 'waitReady' | 'close'>

type BackendMessages = Awaited<ReturnType<PGlite['execProtocolStream']>>

/** From a file of the source and from where the build has put it. */
const worker = import.meta.url.endsWith('.ts') ? './embedded-worker.ts' : './connection/embedded-worker.js'

/** Starts an embedded database. The process does not end while it is asked something, and need not wait for it else. */
export async function startThread(address: EmbeddedAddress): Promise<EmbeddedThread> {
  const start: ThreadStart = { address }
  const thread = new Worker(new URL(worker, import.meta.url), { workerData: start })
  const waiting = new Map<number, PromiseWithResolvers<readonly Said[]>>()
  const wait = (id: number) => {
    const answer = Promise.withResolvers<readonly Said[]>()
    waiting.set(id, answer)
    thread.ref()
    return answer.promise
  }
  const ends = (reason: unknown) => {
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
  const ask = (request: Omit<Request & { readonly message: Uint8Array }, 'id'> | { readonly end: true }) => {
    const id = ++last
    const answer = wait(id)
    thread.postMessage({ id, ...request })
    return answer
  }
  await wait(0)
  return {
    waitReady: Promise.resolve(),
    execProtocolStream: async (message) => (await ask({ message })).map(whole) as BackendMessages,
    async close() {
      await ask({ end: true })
      await thread.terminate()
    },
  }
}

/** An error as node-postgres expects it. */
function whole(said: Said): object {
  return said.error === undefined ? said : Object.assign(new Error(), said.error, { name: said.name })
}
