import { type Connection, DatabaseError } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { LedgerWriter } from '../ledger/record.ts'
import type { Batch, BatchDone } from './batch.ts'
import type { KeyPosition } from './key.ts'
import { ProcessFailed } from './process.ts'
import { TransformFailed } from './transform.ts'

/** More rows failed than the backfill may set aside. */
export class TooManyFailedRows extends LimbeckError {
  readonly code = 'TOO_MANY_FAILED_ROWS'
  readonly title: string
  readonly limit: number

  constructor(title: string, limit: number, key: KeyPosition, cause: unknown) {
    super(
      `The row ${key.join(', ')} of the backfill ${title} failed, and ${limit} rows are set aside already: ${messageOf(cause)}`,
      {
        hint: 'Look at limbeck.backfill_failure, mend the rows or the expression, and run the command again: it goes on from the checkpoint.',
        cause,
      },
    )
    this.title = title
    this.limit = limit
  }
}

/**
 * Whether an error is about a row's data, so that the rows around it can still be done: classes 22 (data exception), 23
 * (integrity constraint) and P0 (raised by a trigger), or the transform's own.
 */
export function isAboutRow(error: unknown): boolean {
  if (error instanceof TransformFailed || error instanceof ProcessFailed) return true
  return error instanceof DatabaseError && ['22', '23', 'P0'].includes(error.server.sqlState.slice(0, 2))
}

/** A batch took longer than it may (57014, by statement_timeout): it is split like one that failed. */
export function isTimeout(error: unknown): boolean {
  return error instanceof DatabaseError && error.server.sqlState === '57014'
}

/** Passes one row that cannot be done: sets it aside and moves the checkpoint behind it, in one transaction. */
export async function setRowAside(options: {
  readonly connection: Connection
  readonly ledger: LedgerWriter
  readonly run: string
  readonly stage: number
  readonly title: string
  readonly limit: number
  readonly batch: Batch
  readonly key: KeyPosition
  readonly cause: unknown
}): Promise<BatchDone> {
  const { connection, ledger, run, stage, title, limit, batch, key, cause } = options
  const done = { last: key, scanned: 1, written: 0 }
  const [, failed] = await connection.run(
    [
      'BEGIN',
      `${ledger.rowsFailed(run, stage)} `,
      ledger.rowFailed(run, stage, key, messageOf(cause)),
      batch.checkpoint({ ...done, written: '0' }),
    ].join(';\n'),
  )
  if (Number(failed?.rows[0]?.['failed']) >= limit) {
    await connection.run('ROLLBACK')
    throw new TooManyFailedRows(title, limit, key, cause)
  }
  await connection.run('COMMIT')
  return done
}

function messageOf(cause: unknown): string {
  // PostgreSQL stores neither half a character nor a zero byte.
  return (cause instanceof Error ? cause.message : String(cause)).toWellFormed().replaceAll('\0', '')
}
