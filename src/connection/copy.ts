import { once } from 'node:events'
import type { Client, QueryResult } from 'pg'
import { quoteLiteral } from '../sql/literal.ts'

/** Rows in COPY's text or CSV format, in pieces of any size that need not end where a row does. */
export type CopyRows = AsyncIterable<Uint8Array>

/** Runs a `COPY … FROM STDIN` with these rows. Each kind of server has its way. */
export type CopyIn = (client: Client, text: string, rows: CopyRows) => Promise<Pick<QueryResult, 'rowCount'>>

/** What node-postgres has of the protocol's copy messages, though its types do not say so; PGlite's adapter has no socket. */
type Wire = {
  query(text: string): void
  sendCopyFromChunk(piece: Uint8Array): void
  endCopyFrom(): void
  sendCopyFail(message: string): void
  readonly stream: NodeJS.WritableStream & { readonly writableNeedDrain?: boolean }
}

/**
 * Sends the rows as the protocol's copy messages, no faster than the socket takes them. Where they cannot be read to
 * their end the server is told to fail, so that half of them are never stored.
 */
export const copyOverSocket: CopyIn = (client, text, rows) => {
  const outcome = Promise.withResolvers<{ rowCount: number | null }>()
  const ended = new AbortController()
  let rowCount: number | null = null
  const send = async (wire: Wire) => {
    try {
      for await (const piece of rows) {
        if (ended.signal.aborted) return
        wire.sendCopyFromChunk(piece)
        if (wire.stream.writableNeedDrain) await once(wire.stream, 'drain', { signal: ended.signal })
      }
      wire.endCopyFrom()
    } catch (error) {
      if (!ended.signal.aborted) wire.sendCopyFail(error instanceof Error ? error.message : String(error))
    }
  }
  // What node-postgres calls a submittable: it is given the answers from its turn in the queue on.
  client.query({
    submit: (wire: unknown) => (wire as Wire).query(text),
    handleCopyInResponse: (wire: Wire) => void send(wire),
    handleCommandComplete({ text: tag }: { readonly text: string }) {
      rowCount = Number(tag.split(' ')[1])
    },
    handleError(error: Error) {
      ended.abort()
      outcome.reject(error)
    },
    handleReadyForQuery: () => outcome.resolve({ rowCount }),
  })
  return outcome.promise
}

/** A file that the server can read. `name`: as the server calls it. */
export type CopyFile = {
  readonly name: string
  write(rows: CopyRows): Promise<void>
  remove(): Promise<void>
}

/**
 * Puts the rows into a file that the server reads: PGlite's server, a program in this process, ends itself where it would have to
 * wait for a client's rows.
 */
export function copyThroughFile(file: CopyFile): CopyIn {
  return async (client, text, rows) => {
    try {
      await file.write(rows)
      return await client.query(
        text.replace(fromStdin, `$1${quoteLiteral(file.name).replaceAll('$', '$$$$')}`),
      )
    } finally {
      await file.remove()
    }
  }
}

/** The words after the table and its columns; a quoted name may hold the same ones. */
const fromStdin = /^((?:"(?:[^"]|"")*"|[^"])*? FROM )STDIN/

const pieceBytes = 65_536

/** Small pieces, such as single rows, joined to larger ones: each is a message. */
export async function* joinPieces(
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): CopyRows {
  let waiting: Uint8Array[] = []
  let bytes = 0
  for await (const piece of pieces) {
    const buffer = typeof piece === 'string' ? Buffer.from(piece) : piece
    waiting.push(buffer)
    bytes += buffer.length
    if (bytes < pieceBytes) continue
    yield Buffer.concat(waiting)
    waiting = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(waiting)
}
