import { parentPort, workerData } from 'node:worker_threads'
import type { Answer, Request, ThreadStart } from './embedded-messages.ts'
import { startPglite } from './pglite.ts'

/** The thread of an embedded database: PostgreSQL runs here, so that what it does for long keeps nobody else from anything. */
const port = parentPort
if (port === null) throw new Error('This file is the start of a thread.')
const start = workerData as ThreadStart
const nothing = new Uint8Array()

try {
  const database = await startPglite(start)
  const answer = async ({ id }: Request, work: () => Promise<Uint8Array>) => {
    try {
      const said = await work()
      port.postMessage({ id, said } satisfies Answer)
    } catch (failed) {
      port.postMessage({ id, failed } satisfies Answer)
    }
  }
  port.on('message', (request: Request) =>
    answer(request, async () => {
      if ('message' in request) return database.execProtocolRaw(request.message)
      await database.close()
      return nothing
    }),
  )
  port.postMessage({ id: 0, said: nothing } satisfies Answer)
} catch (failed) {
  port.postMessage({ id: 0, failed } satisfies Answer)
}
