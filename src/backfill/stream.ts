import type { Row } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { BackfillPlan, StreamSource } from '../operations/backfill-plan.ts'
import type { KeyPosition } from './key.ts'
import type { Page, PagePlace, PageReader } from './page.ts'
import { NotAKey } from './query.ts'

/** The revision's own stream threw. */
export class StreamFailed extends LimbeckError {
  readonly code = 'STREAM_FAILED'

  constructor(title: string, after: KeyPosition | null, cause: unknown) {
    const where = after === null ? 'at its beginning' : `behind ${after.join(', ')}`
    super(
      `The stream of the backfill ${title} failed ${where}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        hint: 'Mend it and run the command again: the batches before are done, and it is asked to go on behind them.',
        cause,
      },
    )
  }
}

type Read = { readonly key: KeyPosition; readonly row: Row }

/**
 * Reads a stream batch by batch. What was read and not done yet is kept, for a batch that is tried again; where the stream
 * is at another place than the batch, it is asked anew to begin behind the batch's cursor.
 */
export function streamReader(plan: BackfillPlan, { stream, cursor }: StreamSource): PageReader {
  let rows: AsyncIterator<Row> | Iterator<Row> | null = null
  /** What the kept rows follow; undefined before the stream was asked. */
  let base: KeyPosition | null | undefined
  let kept: readonly Read[] = []

  const close = async () => {
    const open = rows
    rows = null
    base = undefined
    kept = []
    await open?.return?.()
  }
  const follow = async (after: KeyPosition | null) => {
    if (base !== undefined && isSame(base, after)) return
    const n = kept.findIndex(({ key }) => isSame(key, after))
    if (n >= 0) kept = kept.slice(n + 1)
    else {
      await close()
      const opened = stream(after?.[0] ?? null)
      rows = Symbol.asyncIterator in opened ? opened[Symbol.asyncIterator]() : opened[Symbol.iterator]()
    }
    base = after
  }
  const fill = async (count: number) => {
    const read = [...kept]
    while (read.length < count && rows !== null) {
      const next = await rows.next()
      if (next.done === true) {
        rows = null
        break
      }
      const key = [String(cursor(next.value))]
      if (isSame(read.at(-1)?.key ?? base ?? null, key))
        throw new NotAKey(plan.title, `two rows, one after the other, have the cursor ${key[0]}`)
      read.push({ key, row: next.value })
    }
    kept = read
  }
  const fetch = async ({ after, rows: count }: PagePlace) => {
    try {
      await follow(after)
      await fill(count)
    } catch (error) {
      throw error instanceof LimbeckError ? error : new StreamFailed(plan.title, after, error)
    }
  }
  return {
    fetch,
    async read(at): Promise<Page> {
      await fetch(at)
      const page = kept.slice(0, at.rows)
      return { rows: page, last: page.at(-1)?.key ?? null, version: '0' }
    },
    close,
  }
}

function isSame(one: KeyPosition | null, other: KeyPosition | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
