import { type RetryReport, retryFailedRows } from '../backfill/retry.ts'
import { type Verification, verifyBackfill } from '../backfill/verify.ts'
import type { Connection } from '../connection/connection.ts'
import { listBackfills } from '../ledger/backfills.ts'
import { orInterrupted } from '../migrate/failure.ts'
import { type BackfillSelection, ofRevision } from './backfill.ts'
import { type Config, type Project, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { asInRevision, type RecordedBackfill, recordedBackfill } from './recorded-backfill.ts'
import { type RunOptions, withReading, withSession } from './session.ts'

export type BackfillVerifyOptions = BackfillSelection &
  RunOptions & {
    /** Puts right what is wrong: for a `set`, and for a transform that updates on a conflict. */
    readonly repair?: boolean
  }

export type BackfillVerifyReport = {
  readonly database: string
  readonly verified: readonly (Verification & { readonly revision: string })[]
}

export type BackfillRetryReport = {
  readonly database: string
  readonly retried: readonly (RetryReport & { readonly revision: string; readonly title: string })[]
}

/** Compares all rows with what the backfills should have made of them; all that the ledger knows, or those of one revision. */
export async function backfillVerify(
  config: Config = {},
  options: BackfillVerifyOptions = {},
): Promise<BackfillVerifyReport> {
  const project = resolveProject(config)
  const { repair = false, signal } = options
  const verify = async (connection: Connection) => {
    const verified: BackfillVerifyReport['verified'][number][] = []
    for (const backfill of await meant(project, connection, options)) {
      const plan = backfill.step.backfill
      const { revision } = backfill.status
      const found = await asInRevision(connection, backfill, () =>
        verifyBackfill({ connection, plan, repair, signal }),
      ).catch((error: unknown) => {
        throw orInterrupted(error, signal, revision)
      })
      verified.push({ ...found, revision })
    }
    return { database: connection.database, verified }
  }
  if (repair) return withSession(project, options, ({ connection }) => verify(connection))
  return withReading(project, ({ connection }) => verify(connection))
}

/** Tries the rows that were set aside once more, of all backfills or those of one revision. */
export async function backfillRetry(
  config: Config = {},
  options: BackfillSelection & RunOptions = {},
): Promise<BackfillRetryReport> {
  const project = resolveProject(config)
  return withSession(project, options, async ({ connection, ledger }) => {
    const retried: BackfillRetryReport['retried'][number][] = []
    for (const backfill of await meant(project, connection, options)) {
      const { run, stage, revision, title, failed } = backfill.status
      if (failed === 0) continue
      const plan = backfill.step.backfill
      const report = await asInRevision(connection, backfill, () =>
        retryFailedRows({ connection, ledger, run, stage, plan, signal: options.signal }),
      ).catch((error: unknown) => {
        throw orInterrupted(error, options.signal, revision)
      })
      retried.push({ ...report, revision, title })
    }
    return { database: connection.database, retried }
  })
}

/** The backfills that are meant, each with what its revision's file says of it. */
async function meant(
  project: Project,
  connection: Connection,
  { revision }: BackfillSelection,
): Promise<readonly RecordedBackfill[]> {
  const graph = readGraph(project)
  const all = await listBackfills(connection, project.ledgerSchema)
  const found: RecordedBackfill[] = []
  // What was undone, or done on the way down, has no say in how the rows should be.
  const current = ofRevision(
    all.filter((one) => one.current),
    revision,
  )
  for (const status of current) {
    found.push(await recordedBackfill(project, { connection, graph }, status))
  }
  return found
}
