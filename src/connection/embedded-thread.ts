import { getCompileCacheDir } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { PGlite } from '@electric-sql/pglite'
import type { Answer, Asked, Request, ThreadStart } from './embedded-messages.ts'
import { compilePostgres, protocolParser } from './pglite.ts'

/** PostgreSQL in a thread of its own, as the adapter for node-postgres asks for it. */
export type EmbeddedThread = Pick<PGlite, 'execProtocolStream' | 'waitReady'> & {
  /** Writes to the end of a file in the data directory. */
  append(name: string, bytes: Uint8Array): Promise<void>
  remove(name: string): Promise<void>
  /** All files of one in memory, in one piece: while it is open, as a crash would leave them. */
  image(): Promise<Uint8Array<ArrayBuffer>>
  /** The same, once it is closed. */
  endWithImage(): Promise<Uint8Array<ArrayBuffer>>
  /** Closes the database. */
  end(): Promise<void>
  /** Ends it in the middle of whatever it is doing. */
  abandon(): void
}

/** From a file of the source and from where the build has put it. */
const worker = import.meta.url.endsWith('.ts') ? './embedded-worker.ts' : './connection/embedded-worker.js'

/** While the first thread is made: V8 gives each thread that compiles the same what another has, for as long as it is there. */
let compiling: Promise<object> | null = null

/** One that has begun with what does not depend on which database it is for. */
let begun: Worker | null = null

/** Begins with the thread of the next embedded database, before it is known which that is. `end` lets it go where nobody has taken it. */
export function beginThread(): { end(): void } {
  const thread = newThread()
  begun = thread
  // One that has ended before anybody took it is begun anew, and whoever does that is told why.
  thread.on('error', () => {})
  thread.on('exit', () => {
    if (begun === thread) begun = null
  })
  return {
    end() {
      if (begun !== thread) return
      begun = null
      void thread.terminate()
    },
  }
}

function takeThread(): Worker {
  const thread = begun ?? newThread()
  begun = null
  return thread
}

/** The process does not wait for it. */
function newThread(): Worker {
  // Node keeps compiled code for a thread that asks for it.
  const thread = new Worker(new URL(worker, import.meta.url), { workerData: getCompileCacheDir() })
  compiling ??= compilePostgres()
  // Whoever starts a database is told.
  compiling.catch(() => {})
  thread.unref()
  return thread
}

/** Starts an embedded database. The process does not end while it is asked something, and need not wait for it else. */
export async function startThread(start: ThreadStart): Promise<EmbeddedThread> {
  const thread = takeThread()
  const waiting = new Map<number, PromiseWithResolvers<Uint8Array<ArrayBuffer>>>()
  const wait = (id: number) => {
    const answer = Promise.withResolvers<Uint8Array<ArrayBuffer>>()
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
  const started = wait(0)
  thread.postMessage(start)
  const [parse] = await Promise.all([protocolParser(), started])
  const abandon = () => {
    ends(new Error('The embedded database was cut off.'))
    void thread.terminate()
  }
  return {
    waitReady: Promise.resolve(),
    async execProtocolStream(message) {
      const messages = parse(await ask({ message }))
      if (!endsTurn(message) || messages.some(({ name }) => name === 'readyForQuery')) return messages
      ends(new Error(brokeOff))
      throw ended
    },
    async append(to, bytes) {
      await ask({ append: bytes, to })
    },
    async remove(name) {
      await ask({ remove: name })
    },
    abandon,
    image: () => ask({ image: true }),
    async endWithImage() {
      await ask({ end: true })
      const image = await ask({ image: true })
      await thread.terminate()
      return image
    },
    async end() {
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
