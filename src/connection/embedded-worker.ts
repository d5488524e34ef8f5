import { parentPort, workerData } from 'node:worker_threads'
import type { Answer, Request, Said, ThreadStart } from './embedded-messages.ts'
import { startPglite } from './pglite.ts'

/** The thread of an embedded database: PostgreSQL runs here, so that what it does for long keeps nobody else from anything. */
const port = parentPort
if (port === null) throw new Error('This file is the start of a thread.')
const { address } = workerData as ThreadStart
const answer = (one: Answer) => port.postMessage(one)

try {
  const database = await startPglite(address)
  port.on('message', (request: Request) => {
    if ('end' in request)
      database.close().then(
        () => answer({ id: request.id, said: [] }),
        (failed: unknown) => answer({ id: request.id, failed }),
      )
    else
      database.execProtocolStream(request.message, { throwOnError: false }).then(
        (said) => answer({ id: request.id, said: said.map(portable) }),
        (failed: unknown) => answer({ id: request.id, failed }),
      )
  })
  answer({ id: 0, said: [] })
} catch (failed) {
  answer({ id: 0, failed })
}

function portable(message: object & { readonly name: string }): Said {
  if (!(message instanceof Error)) return message
  const { name, message: text } = message
  return { name, error: { ...message, message: text } }
}
