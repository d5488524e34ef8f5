import { parentPort, workerData } from 'node:worker_threads'
import type { PGlite } from '@electric-sql/pglite'
import type { Answer, Request, ThreadStart } from './embedded-messages.ts'
import { startPglite } from './pglite.ts'

/** The thread of an embedded database: PostgreSQL runs here, so that what it does for long keeps nobody else from anything. */
const port = parentPort
if (port === null) throw new Error('This file is the start of a thread.')
const start = workerData as ThreadStart
const nothing = new Uint8Array()

/** What the server says to a message, as it comes: it is taken apart where it is read, and not here too. */
async function said(database: PGlite, message: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  await database.execProtocolRawStream(message, { onRawData: (piece) => pieces.push(piece.slice()) })
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

try {
  const database = await startPglite(start)
  const answer = async ({ id }: Request, work: () => Promise<Uint8Array<ArrayBuffer>>) => {
    try {
      const said = await work()
      port.postMessage({ id, said } satisfies Answer, [said.buffer])
    } catch (failed) {
      port.postMessage({ id, failed } satisfies Answer)
    }
  }
  port.on('message', (request: Request) =>
    answer(request, async () => {
      if ('message' in request) return said(database, request.message)
      await database.close()
      return new Uint8Array()
    }),
  )
  port.postMessage({ id: 0, said: nothing } satisfies Answer)
} catch (failed) {
  port.postMessage({ id: 0, failed } satisfies Answer)
}
