import { LimbeckError } from '../error.ts'
import type { Graph } from '../graph/graph.ts'
import { type Place, places } from '../graph/phase.ts'
import type { Phase } from '../graph/revision.ts'
import { type BackfillStatus, listBackfills } from '../ledger/backfills.ts'
import type { PlannedRevision } from '../plan/plan.ts'
import type { LoadedPlan } from './plan-all.ts'
import type { Session } from './session.ts'

/** A pending revision that this phase leaves for later. */
export type WaitingRevision = {
  readonly id: string
  readonly message: string
  readonly phase: Phase | null
  /** Whose turn it is; see `PlannedRevisionReport`. */
  readonly turn: number
  readonly because: string
}

/** Nobody has said when in a deploy a revision runs, and it cannot be told from what is known of it before it runs. */
export class PhaseUnknown extends LimbeckError {
  readonly code = 'PHASE_UNKNOWN'
  readonly revision: string
  readonly file: string
  readonly line: number | null

  constructor({ revision, open }: PlannedRevision) {
    const line = open?.at?.line ?? null
    const place = `${revision.file}${line === null ? '' : `:${line}`}`
    super(
      `${place}: ${revision.id} reads the database here, so what it does after that, and in which phase, is not known.`,
      {
        hint: "Say it in the header: export const phase = 'expand', or 'contract' if the application of before cannot bear it.",
      },
    )
    this.revision = revision.id
    this.file = revision.file
    this.line = line
  }
}

/** The contract was asked for, and what has to be there before the new application is out is not. */
export class ExpandPending extends LimbeckError {
  readonly code = 'EXPAND_PENDING'
  readonly revisions: readonly string[]
  /** Those of their backfills that were begun, and how far each is. */
  readonly backfills: readonly BackfillStatus[]

  constructor(revisions: readonly string[], backfills: readonly BackfillStatus[]) {
    const what =
      revisions.length === 1 ? 'This revision belongs' : `These ${revisions.length} revisions belong`
    super(
      [
        `${what} before the new application, and ${revisions.length === 1 ? 'is' : 'are'} not applied: ${revisions.join(', ')}.`,
        ...backfills.map(howFar),
      ].join('\n'),
      {
        hint: 'Run "limbeck upgrade --phase expand" to its end, bring the new application out, then contract. Nothing has been changed.',
      },
    )
    this.revisions = revisions
    this.backfills = backfills
  }
}

/** `The backfill users.email_address of rename_p1 is stopped: 12000 of about 20000 rows are done.` */
function howFar({ title, revision, state, scanned, estimated, failed }: BackfillStatus): string {
  const all = estimated === null || estimated < scanned ? '' : ` of about ${estimated}`
  const aside = failed === 0 ? '' : `, ${failed} set aside`
  return `The backfill ${title} of ${revision} is ${state}: ${scanned}${all} rows are done${aside}.`
}

/** Plans of one phase, and what is left for a later one. */
export type Choice = { readonly chosen: readonly LoadedPlan[]; readonly waiting: readonly WaitingRevision[] }

/**
 * What runs in a phase: before the new application is out, the expand revisions that stand on no pending contract; after
 * it, the contracts, and what stands on them without being a beginning of something that a later one will end.
 */
export function choose(graph: Graph, plans: readonly LoadedPlan[], phase: Phase): Choice {
  const found = placesOf(
    graph,
    plans.map(({ planned }) => planned),
  )
  const turn = phase === 'expand' ? 0 : 1
  const isChosen = ({ planned }: LoadedPlan) => placeOf(found, planned).turn <= turn
  const chosen = plans.filter(isChosen)
  const unknown = chosen.find(({ planned }) => planned.phase?.phase === null)
  if (unknown !== undefined) throw new PhaseUnknown(unknown.planned)
  const waiting = plans.filter((plan) => !isChosen(plan))
  return { chosen, waiting: waiting.map(({ planned }) => waitingRevision(planned, placeOf(found, planned))) }
}

/** What of a choice belongs before the new application: where there is any, that application cannot be out. */
export function expandPending(graph: Graph, { chosen }: Choice): readonly string[] {
  const planned = chosen.map((plan) => plan.planned)
  const found = placesOf(graph, planned)
  return planned.filter((plan) => placeOf(found, plan).turn === 0).map(({ revision }) => revision.id)
}

/** Refuses to contract while the new application cannot be out, and says how far its backfills are. */
export async function refuseExpandPending(
  { connection, project }: Session,
  graph: Graph,
  choice: Choice,
): Promise<void> {
  const ids = expandPending(graph, choice)
  if (ids.length === 0) return
  const backfills = await listBackfills(connection, project.ledgerSchema)
  const theirs = backfills.filter(
    ({ revision, current, state }) => current && state !== 'done' && ids.includes(revision),
  )
  throw new ExpandPending(ids, theirs)
}

/** Where each stands; one of which it is not known counts as an expand revision, until it is to run. */
export function placesOf(graph: Graph, planned: readonly PlannedRevision[]): ReadonlyMap<string, Place> {
  return places(
    graph,
    planned.map(({ revision, phase }) => ({ revision, phase: phase?.phase ?? 'expand' })),
  )
}

export function placeOf(found: ReadonlyMap<string, Place>, { revision }: PlannedRevision): Place {
  return found.get(revision.id) ?? { turn: 0, border: null }
}

function waitingRevision({ revision, phase }: PlannedRevision, place: Place): WaitingRevision {
  const { id, message } = revision
  return { id, message, phase: phase?.phase ?? null, turn: place.turn, because: reason(id, phase, place) }
}

/** Why a revision is on this side of the border. */
function reason(id: string, phase: PlannedRevision['phase'], { border }: Place): string {
  if (border !== id) return `comes after ${border}`
  return phase?.declared === true ? 'contract, as its header says' : (phase?.breaks ?? []).join(', ')
}
