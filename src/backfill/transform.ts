import { setImmediate } from 'node:timers/promises'
import type { Row } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { BackfillPlan, NewRow } from '../operations/backfill-plan.ts'
import type { Batch, BatchDone, BatchWorker } from './batch.ts'
import { arrayBuilder, insertSql, type TargetColumn, type TransformWork, targetColumns } from './insert.ts'
import type { KeyPosition } from './key.ts'
import { type Page, type PageBounds, type PageReader, readPage, unchangedSql } from './page.ts'
import { sourceOf } from './source.ts'

/** The revision's own transform threw, or made something that is no row of the target. */
export class TransformFailed extends LimbeckError {
  readonly code = 'TRANSFORM_FAILED'
  readonly table: string
  readonly key: readonly string[]

  constructor(table: string, key: readonly string[], reason: string, cause?: unknown) {
    super(`The transform failed for the row ${key.join(', ')} of ${table}: ${reason}`, {
      hint: 'Mend the transform (or the row) and run the command again: the batches before this one are done and stay.',
      cause,
    })
    this.table = table
    this.key = key
  }
}

/**
 * Batches that are read, turned into rows of another table by the revision's function, and written. While the server
 * writes one batch, the next, which was read before, is transformed. So a batch is written only if its source rows,
 * locked by the same statement, are still what was read; where the application has changed one meanwhile, the batch is
 * read again under the lock. Either way no write of the application is overtaken.
 */
export function transformWorker(plan: BackfillPlan, work: TransformWork): BatchWorker {
  let columns: readonly TargetColumn[] | null = null
  /** What was read and transformed ahead, and the batch under way, should it be tried again. */
  let known: readonly Prepared[] = []

  return async (batch) => {
    columns ??= await targetColumns(batch.connection, work.into)
    const target = { plan, work, columns }
    const current =
      known.find(({ after }) => samePosition(after, batch.after)) ??
      (await prepare(target, batch.after, await read(target, batch, batch.after)))
    if (current.page.last === null) return null
    const next = await read(target, batch, current.page.last)
    // Both go on at once; whichever fails, the other is waited for.
    const [written, prepared] = await Promise.allSettled([
      write(target, batch, current),
      prepare(target, current.page.last, next),
    ])
    known = prepared.status === 'fulfilled' ? [current, prepared.value] : [current]
    if (written.status === 'rejected') throw written.reason
    // The application has changed a row after it was read: read under the lock, then written.
    return written.value ?? writeAsRead(target, batch, sourceOf(plan).reader(work.columns, 'SHARE'))
  }
}

export type Target = {
  readonly plan: BackfillPlan
  readonly work: TransformWork
  readonly columns: readonly TargetColumn[]
}

/** A page and what its rows became. */
type Prepared = {
  readonly after: KeyPosition | null
  readonly page: Page
  /** Throws what the transform threw: when it is this page's turn, not while the one before is written. */
  made(): { readonly rows: number; readonly parameters: readonly string[] }
}

function read({ plan, work }: Target, batch: Batch, after: KeyPosition | null): Promise<Page> {
  return readPage(batch.connection, { ...bounds(plan, batch), after }, work.columns)
}

/** Rows turned at a stretch, before what is being sent and received gets its turn. */
const stretch = 200

async function prepare(target: Target, after: KeyPosition | null, page: Page): Promise<Prepared> {
  const builder = arrayBuilder(target.columns)
  let failure: unknown = null
  for (let n = 0; n < page.rows.length && failure === null; n += stretch) {
    await setImmediate()
    try {
      for (const { key, row } of page.rows.slice(n, n + stretch)) {
        for (const made of newRows(target, key, row)) builder.add(made)
      }
    } catch (error) {
      failure = error
    }
  }
  const made = { rows: builder.rows(), parameters: builder.parameters() }
  return {
    after,
    page,
    made() {
      if (failure !== null) throw failure
      return made
    },
  }
}

/** The check, the rows and the checkpoint in one statement, which is one transaction; null if the page has changed. */
async function write(
  { plan, work, columns }: Target,
  batch: Batch,
  prepared: Prepared,
): Promise<BatchDone | null> {
  const { page } = prepared
  const { rows, parameters } = prepared.made()
  const done = { last: page.last ?? [], scanned: page.rows.length, written: rows }
  const unchanged = '(SELECT unchanged FROM page)'
  const { rowCount } = await batch.connection.query(
    `WITH page AS (${unchangedSql({ plan, key: batch.key, after: batch.after }, page)}),
    made AS (${insertSql(work, columns, unchanged)})
    ${batch.checkpoint({ ...done, written: String(rows) })} AND ${unchanged}`,
    parameters,
  )
  return rowCount === 1 ? done : null
}

/** Batches of rows that cannot be told to be still the same later: read, turned and written in one transaction. */
export function plainTransformWorker(plan: BackfillPlan, work: TransformWork): BatchWorker {
  const reader = sourceOf(plan).reader(work.columns, 'SHARE')
  let columns: readonly TargetColumn[] | null = null
  const worker: BatchWorker = async (batch) => {
    columns ??= await targetColumns(batch.connection, work.into)
    return writeAsRead({ plan, work, columns }, batch, reader)
  }
  return Object.assign(worker, { close: async () => reader.close?.() })
}

/** Reads a batch in the transaction that writes it; where its rows can be locked, they are. */
async function writeAsRead(target: Target, batch: Batch, reader: PageReader): Promise<BatchDone | null> {
  const { work, columns } = target
  const { connection } = batch
  await reader.fetch?.(batch)
  await connection.run('BEGIN')
  const page = await reader.read(batch)
  if (page.last === null) {
    await connection.run('ROLLBACK')
    return null
  }
  const { rows, parameters } = (await prepare(target, batch.after, page)).made()
  const done = { last: page.last, scanned: page.rows.length, written: rows }
  await connection.query(insertSql(work, columns, 'true'), parameters)
  await connection.run(`${batch.checkpoint({ ...done, written: String(rows) })};\nCOMMIT`)
  return done
}

/** What a page's rows become, as parameters for the columns; `sources` says for each made row which row of the page it is of. */
export function madeRows(
  target: Target,
  page: Page,
): { readonly parameters: readonly string[]; readonly sources: readonly number[] } {
  const builder = arrayBuilder(target.columns)
  const sources: number[] = []
  page.rows.forEach(({ key, row }, n) => {
    for (const made of newRows(target, key, row)) {
      builder.add(made)
      sources.push(n)
    }
  })
  return { parameters: builder.parameters(), sources }
}

function bounds(plan: BackfillPlan, { key, after, upper, rows }: Batch): PageBounds {
  return { plan, key, after, upper, limit: rows }
}

function newRows({ plan, work }: Target, key: KeyPosition, row: Row): readonly NewRow[] {
  const made = transformed(plan.table, key, work, row)
  const rows: readonly NewRow[] = made === null ? [] : Array.isArray(made) ? made : [made]
  for (const one of rows) {
    const stranger = Object.keys(one).find((column) => !work.into.columns.includes(column))
    if (stranger !== undefined) {
      const reason = `it made the column ${stranger}, which "into.columns" does not name.`
      throw new TransformFailed(plan.table, key, reason)
    }
    const missing = work.into.columns.find((column) => one[column] === undefined)
    if (missing !== undefined) {
      const reason = `it made no value for the column ${missing}; NULL is null, and a column that is to have its default does not belong into "into.columns".`
      throw new TransformFailed(plan.table, key, reason)
    }
  }
  return rows
}

function transformed(table: string, key: KeyPosition, work: TransformWork, row: Row) {
  try {
    return work.transform(row)
  } catch (error) {
    throw new TransformFailed(table, key, error instanceof Error ? error.message : String(error), error)
  }
}

function samePosition(one: KeyPosition | null, other: KeyPosition | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
