import { hostname, userInfo } from 'node:os'
import { connect } from '../connection/connect.ts'
import type { Connection } from '../connection/connection.ts'
import { acquireLease, leaseName } from '../connection/lease.ts'
import type { Graph } from '../graph/graph.ts'
import { type LedgerWriter, ledgerWriter } from '../ledger/record.ts'
import { type LedgerState, readLedger, readState } from '../ledger/state.ts'
import { ensureLedger } from '../ledger/tables.ts'
import type { OnEvent } from '../migrate/events.ts'
import { Interrupted } from '../migrate/failure.ts'
import { version } from '../version.ts'
import type { Project } from './project.ts'

/** What every function that works on a database may be given. */
export type RunOptions = {
  readonly onEvent?: OnEvent
  /** Stops the run at the next safe point: between stages, and between the batches of a backfill. */
  readonly signal?: AbortSignal
}

/** A database, read only: nothing is made or changed in it. */
export type Reading = { readonly connection: Connection; readonly state: LedgerState }

/** A database under the lease, with its ledger. */
export type Session = Reading & {
  readonly ledger: LedgerWriter
  readonly project: Project
  readonly options: RunOptions
}

/** A session, with the revisions as they stand in its database. */
export type PlacedSession = Session & { readonly graph: Graph }

/** What planning needs to know of a session. */
export function forSession({ connection, project }: Session) {
  return { server: connection, operations: project.operations }
}

/** The ids of what is applied. */
export function appliedIds(state: LedgerState): ReadonlySet<string> {
  return new Set(state.applied.map((revision) => revision.id))
}

/** Opens the database, reads its ledger, and closes it again afterwards. */
export async function withReading<Answer>(
  project: Project,
  use: (reading: Reading) => Promise<Answer>,
): Promise<Answer> {
  const connection = await connect(project.address)
  try {
    return await use({ connection, state: await readLedger(connection, project.ledgerSchema) })
  } finally {
    await connection.close()
  }
}

/**
 * Opens the database and holds the lease while it is used: nobody else changes it through Limbeck meanwhile. `lookFirst` is called where
 * the ledger knows nothing, before anything is made there.
 */
export async function withSession<Answer>(
  project: Project,
  options: RunOptions,
  use: (session: Session) => Promise<Answer>,
  lookFirst?: (connection: Connection) => Promise<void>,
): Promise<Answer> {
  const connection = await connect(project.address)
  try {
    const lease = await acquireLease(connection, {
      name: leaseName(project.ledgerSchema),
      waitMilliseconds: project.leaseWaitMilliseconds,
      signal: options.signal,
      onWait: (holder) => options.onEvent?.({ type: 'lease-waiting', holder }),
    })
    if (lease === null) throw new Interrupted(null)
    const look = async () => lookFirst?.(connection)
    await ensureLedger(connection, project.ledgerSchema, look)
    const state = await readState(connection, project.ledgerSchema)
    if (state.applied.length === 0) await look()
    const ledger = ledgerWriter(project.ledgerSchema, runner())
    const answer = await use({ connection, state, ledger, project, options })
    await lease.release()
    return answer
  } finally {
    // The lease ends with the session, so a failure needs no release of its own.
    await connection.close()
  }
}

/** Who runs, for the ledger. */
export function runner() {
  return { osUser: userInfo().username, host: hostname(), version }
}
