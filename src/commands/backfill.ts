import { LimbeckError } from '../error.ts'
import { type BackfillStatus, backfillControl, listBackfills } from '../ledger/backfills.ts'
import { type Config, resolveProject } from './project.ts'
import { withReading } from './session.ts'

export type BackfillSelection = {
  /** The revision whose backfill is meant; left out where only one is under way. */
  readonly revision?: string
}

/** No backfill is under way, or none of that revision. */
export class NoSuchBackfill extends LimbeckError {
  readonly code = 'NO_SUCH_BACKFILL'

  constructor(revision: string | undefined, known: readonly string[]) {
    super(revision === undefined ? 'No backfill is under way.' : `No backfill of ${revision} is under way.`, {
      hint:
        known.length === 0
          ? '"limbeck backfill list --all" shows those that are done too.'
          : `Under way: ${known.join(', ')}.`,
    })
  }
}

/** Several backfills are under way, and none was named. */
export class SeveralBackfills extends LimbeckError {
  readonly code = 'SEVERAL_BACKFILLS'

  constructor(known: readonly string[]) {
    super(`${known.length} backfills are under way: ${known.join(', ')}.`, {
      hint: 'Name the revision: "limbeck backfill pause add_org_001".',
    })
  }
}

export type BackfillReport = { readonly database: string; readonly backfills: readonly BackfillStatus[] }

export type BackfillListOptions = {
  /** Those too that ended more than a day ago. */
  readonly all?: boolean
}

export type BackfillListReport = BackfillReport & {
  /** How many more the ledger knows, which ended more than a day ago. */
  readonly leftOut: number
}

/**
 * The backfills that are not at their end or have ended in the last day, or all that the ledger knows; the latest first. Nothing is
 * counted: how many rows there are is PostgreSQL's estimate.
 */
export async function backfillList(
  config: Config = {},
  { all = false }: BackfillListOptions = {},
): Promise<BackfillListReport> {
  const project = resolveProject(config)
  return withReading(project, async ({ connection }) => {
    const known = await listBackfills(connection, project.ledgerSchema)
    const backfills = all ? known : known.filter(isOfInterest)
    return { database: connection.database, backfills, leftOut: known.length - backfills.length }
  })
}

/** Rows that were set aside are work that is left, however long ago the rest was done. */
function isOfInterest({ open, recent, current, failed }: BackfillStatus): boolean {
  return open || recent || (current && failed > 0)
}

/** Lets a backfill that runs, in whatever process, wait after its batch until it is resumed. */
export function backfillPause(
  config: Config = {},
  selection: BackfillSelection = {},
): Promise<BackfillReport> {
  return control(config, selection, { wanted: 'pause' })
}

/** Lets a backfill that was paused go on; one that was cancelled may be taken up again by `upgrade`. */
export function backfillResume(
  config: Config = {},
  selection: BackfillSelection = {},
): Promise<BackfillReport> {
  return control(config, selection, { wanted: 'run' })
}

/** Ends a backfill after its batch, and with it the run; what is done stays. */
export function backfillCancel(
  config: Config = {},
  selection: BackfillSelection = {},
): Promise<BackfillReport> {
  return control(config, selection, { wanted: 'cancel' })
}

/** Sets how long a batch should take, for a backfill that runs and for its later attempts. */
export function backfillTune(
  config: Config,
  { batchMilliseconds, ...selection }: BackfillSelection & { readonly batchMilliseconds: number },
): Promise<BackfillReport> {
  return control(config, selection, { targetMilliseconds: batchMilliseconds })
}

/** What an operator wants goes into the ledger without the lease, which the run itself holds; the run looks there between batches. */
async function control(
  config: Config,
  { revision }: BackfillSelection,
  change: Parameters<typeof backfillControl>[2],
): Promise<BackfillReport> {
  const project = resolveProject(config)
  return withReading(project, async ({ connection }) => {
    const all = await listBackfills(connection, project.ledgerSchema)
    const open = all.filter((one) => one.open)
    const known = open.map((backfill) => backfill.revision)
    const meant = ofRevision(open, revision)
    const [only] = meant
    if (only === undefined) throw new NoSuchBackfill(revision, known)
    if (meant.length > 1) throw new SeveralBackfills(known)
    await connection.run(backfillControl(project.ledgerSchema, only, change))
    const after = await listBackfills(connection, project.ledgerSchema)
    return {
      database: connection.database,
      backfills: after.filter(({ run, stage }) => run === only.run && stage === only.stage),
    }
  })
}

/** The backfills of a revision, by its whole id or its beginning; all of them where none is named. */
export function ofRevision(
  backfills: readonly BackfillStatus[],
  revision: string | undefined,
): readonly BackfillStatus[] {
  const exact = backfills.filter((backfill) => backfill.revision === revision)
  return exact.length > 0 ? exact : backfills.filter((one) => one.revision.startsWith(revision ?? ''))
}
