import type { Connection } from '../connection/connection.ts'
import type { KeyColumn, KeyPosition } from './key.ts'

/** What one batch is given. */
export type Batch = {
  readonly connection: Connection
  readonly key: readonly KeyColumn[]
  /** The last row that is done, or that lies before the range; null where nothing does. */
  readonly after: KeyPosition | null
  /** Empty where there is no end to be known. */
  readonly upper: KeyPosition
  /** How many rows to take. */
  readonly rows: number
  /** The statement that writes the checkpoint, to be run in the batch's own transaction. `written` is an expression. */
  checkpoint(done: { readonly last: KeyPosition; readonly scanned: number; readonly written: string }): string
}

/** What one batch did. */
export type BatchDone = { readonly last: KeyPosition; readonly scanned: number; readonly written: number }

/** Does one batch and writes its checkpoint with it; null if there are no rows left. */
export type BatchWorker = ((batch: Batch) => Promise<BatchDone | null>) & {
  /** Lets go of what it has open. */
  close?(): Promise<void>
}
