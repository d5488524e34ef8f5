import { enableCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { PGlite } from '@electric-sql/pglite'
import type { Answer, Asked, Request, ThreadStart } from './embedded-messages.ts'
import { packed } from './image.ts'
import { imageOf, type Place, placeOf } from './memory-files.ts'
import { compilePostgres, loadPglite, startPglite } from './pglite.ts'

/** The thread of an embedded database: PostgreSQL runs here, so that what it does for long keeps nobody else from anything. */
const port = parentPort
if (port === null) throw new Error('This file is the start of a thread.')
type Bytes = Uint8Array<ArrayBuffer>
const nothing = (): Bytes => new Uint8Array()

if (typeof workerData === 'string') enableCompileCache(workerData)
// It takes time, and which database this is to be may not be known yet. Whoever starts one is told if it fails.
const postgres = compilePostgres()
for (const begun of [postgres, loadPglite()]) begun.catch(() => {})

port.once('message', async (start: ThreadStart) => {
  try {
    const database = await startPglite(start, await postgres)
    const place = placeOf(database)
    port.on('message', ({ id, ...asked }: Request) => answer(id, () => said(asked, database, place)))
    await answer(0, async () => nothing())
  } catch (failed) {
    port.postMessage({ id: 0, failed } satisfies Answer)
  }
})

async function answer(id: number, work: () => Promise<Bytes>): Promise<void> {
  try {
    const said = await work()
    port?.postMessage({ id, said } satisfies Answer, [said.buffer])
  } catch (failed) {
    port?.postMessage({ id, failed } satisfies Answer)
  }
}

async function said(asked: Asked, database: PGlite, { files, root }: Place): Promise<Bytes> {
  if ('message' in asked) return saidTo(database, asked.message)
  if ('image' in asked) return packed(imageOf({ files, root }))
  if ('append' in asked) files.writeFile(`${root}/${asked.to}`, asked.append, { mode: 0o600, flags: 'a' })
  else if ('remove' in asked) files.unlink(`${root}/${asked.remove}`)
  else await database.close()
  return nothing()
}

/** What the server says to a message, as it comes: it is taken apart where it is read, and not here too. */
async function saidTo(database: PGlite, message: Uint8Array): Promise<Bytes> {
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
