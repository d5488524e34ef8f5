import { LimbeckError } from '../error.ts'
import type { BackfillPlan, BackfillWork } from '../operations/backfill-plan.ts'
import { bindSql, rawSql } from '../sql/tag.ts'
import type { BatchWorker } from './batch.ts'
import { sourceOf } from './source.ts'

/** The revision's own function threw. */
export class ProcessFailed extends LimbeckError {
  readonly code = 'PROCESS_FAILED'
  readonly table: string

  constructor(table: string, cause: unknown) {
    super(
      `The function failed for a batch of ${table}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        hint: 'Mend it (or the rows) and run the command again: the batches before this one are done and stay.',
        cause,
      },
    )
    this.table = table
  }
}

/** Batches that the revision's own function does, in the transaction that holds the checkpoint. */
export function processWorker(
  plan: BackfillPlan,
  work: BackfillWork & { readonly type: 'process' },
): BatchWorker {
  const reader = sourceOf(plan).reader(work.columns, 'UPDATE')
  const worker: BatchWorker = async (batch) => {
    const { connection, checkpoint } = batch
    await reader.fetch?.(batch)
    await connection.run('BEGIN')
    const page = await reader.read(batch)
    if (page.last === null) {
      await connection.run('ROLLBACK')
      return null
    }
    const found = page.rows.map(({ row }) => row)
    try {
      await work.process(found, {
        async query(sql) {
          const { text, values } = bindSql(typeof sql === 'string' ? rawSql(sql) : sql)
          if (values.length > 0) return (await connection.query(text, values)).rows
          return (await connection.run(text)).at(-1)?.rows ?? []
        },
      })
    } catch (error) {
      throw error instanceof LimbeckError ? error : new ProcessFailed(plan.table, error)
    }
    const done = { last: page.last, scanned: found.length, written: found.length }
    await connection.run(`${checkpoint({ ...done, written: String(found.length) })};\nCOMMIT`)
    return done
  }
  return Object.assign(worker, { close: async () => reader.close?.() })
}
