import { isDeepStrictEqual } from 'node:util'
import { changeBetween } from '../autogenerate/directives.ts'
import { kinds } from '../catalog/kinds.ts'
import { rowTypes } from '../catalog/row-types.ts'
import type { CatalogObject, Snapshot } from '../catalog/snapshot.ts'
import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'
import type { Directive } from '../operations/operation.ts'
import { vocabularyWith } from '../operations/operations.ts'
import { contentOf, type RevisionContent } from '../plan/content.ts'
import { IrreversibleRevision } from '../plan/plan.ts'
import { compared } from './compared.ts'
import { type LoadedPlan, planAll, recordDowngrade } from './plan-all.ts'
import type { Session } from './session.ts'
import { makeRevisions, snapshotOf } from './shadow.ts'

/** A part of what is to replace a run: one of its revisions, or several of them together. */
export type Piece = {
  readonly revisions: readonly Revision[]
  /** Whether these revisions are said in directives that make the same of an empty database in fewer steps. */
  readonly isMerged: boolean
  readonly upgrade: PieceText
  readonly downgrade: PieceText | { readonly irreversible: string }
  /** Whether the author has written how it is undone, so that this may be more than the inverse. */
  readonly isUndoneByHand: boolean
}

/** Directives; or null, where only the function in the revision's own file says it: it reads the database, or has functions in it. */
export type PieceText = { readonly directives: readonly Directive[] | null }

/** A run of revisions as pieces, and what there is before and after it. */
export type Pieces = {
  readonly pieces: readonly Piece[]
  /** Revisions of rows alone that are left out. */
  readonly dropped: readonly Revision[]
  readonly from: Snapshot
  readonly to: Snapshot
}

/** What is known of a run once it has been run on an empty database. */
export type ReadRun = Pieces & {
  readonly run: readonly LoadedRevision[]
  /** By table or view, its columns in their order. */
  readonly columns: ReadonlyMap<string, readonly string[]>
}

/** A revision with what is known of it before it runs. */
export type LoadedRevision = LoadedPlan & { readonly content: RevisionContent }

export async function loadRun(
  { connection, project }: Session,
  revisions: readonly Revision[],
): Promise<readonly LoadedRevision[]> {
  const { operations } = project
  const plans = await planAll(revisions, 'upgrade', { server: connection, operations })
  const loaded: LoadedRevision[] = []
  for (const plan of plans)
    loaded.push({ ...plan, content: await contentOf(plan.planned, vocabularyWith(operations)) })
  return loaded
}

/**
 * Runs a run on a shadow and cuts it into pieces. What is of the schema alone is merged with its neighbours, as long as it does nothing to a table
 * that may have rows by then: what becomes of rows, no comparison of schemas knows. Everything else is said again as it was said.
 */
export async function cutRun(
  session: Session,
  run: readonly LoadedRevision[],
  { dropsRows }: { readonly dropsRows: boolean },
): Promise<Pieces> {
  const look = lookAt(session)
  const from = await look.now()
  const pieces: Piece[] = []
  let stretch: Stretch | null = null
  const end = async (to: Snapshot) => {
    if (stretch !== null) pieces.push(...(await merged(stretch, to)))
    stretch = null
  }
  const dropped = run.filter(({ content }) => dropsRows && content === 'rows')
  for (const plan of run.filter((one) => !dropped.includes(one))) {
    if (plan.content !== 'schema') {
      await end(await look.now())
      await look.after(plan)
      pieces.push(await asSaid(plan))
      continue
    }
    const begun: Stretch = stretch ?? { from: await look.now(), plans: [] }
    // Where there is no table before it, there are no rows either.
    const before = [...begun.from.values()].some(holdsRows) ? await look.now() : null
    await look.after(plan)
    if (before !== null && touchesRows(plan, { start: begun.from, before, after: await look.now() })) {
      await end(before)
      pieces.push(await asSaid(plan))
    } else stretch = { ...begun, plans: [...begun.plans, plan] }
  }
  const to = await look.now()
  await end(to)
  return { pieces, dropped: dropped.map(({ planned }) => planned.revision), from, to }
}

/** Revisions of the schema alone, one after the other, and what there was before them. */
type Stretch = { readonly from: Snapshot; readonly plans: readonly LoadedRevision[] }

/** Everything that is compared, with whose it is and who may use it: what replaces a run must lose nothing. */
export async function wholeSnapshot(session: Session): Promise<Snapshot> {
  const all = { owners: true, privileges: true, include: ['*'], exclude: [] }
  return compared(await snapshotOf(session), { ...session.project.autogenerate, ...all })
}

/** The columns of every table and view, in their order. */
export async function columnsOf({
  connection,
  project,
}: Session): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await rowTypes(connection, project.ledgerSchema)
  return new Map(
    rows.map(({ schema, name, columns }) => [`${schema}.${name}`, columns.map((column) => column.name)]),
  )
}

/** Reads what there is only where somebody asks, and once. */
function lookAt(session: Session) {
  let known: Snapshot | null = null
  return {
    async now(): Promise<Snapshot> {
      known ??= await wholeSnapshot(session)
      return known
    },
    async after({ planned }: LoadedPlan): Promise<void> {
      await makeRevisions(session, [planned.revision])
      known = null
    },
  }
}

/** Whether a revision does something to what may have rows since `start`. */
function touchesRows(
  { planned }: LoadedPlan,
  { start, before, after }: { readonly start: Snapshot; readonly before: Snapshot; readonly after: Snapshot },
): boolean {
  if (planned.loses.length > 0) return true
  const isOld = (object: CatalogObject): boolean =>
    start.has(object.key) || (object.parent !== undefined && start.has(object.parent))
  const holders = [...before.values(), ...after.values()].filter(
    (object) => holdsRows(object) && isOld(object),
  )
  const restedOn = new Set(holders.map(({ key }) => key))
  // What its values are made of too: the labels of an enum under a domain. A set gives what is added while it is walked.
  for (const key of restedOn)
    for (const need of [...(before.get(key)?.needs ?? []), ...(after.get(key)?.needs ?? [])])
      restedOn.add(need)
  return [...restedOn].some((key) => !isAlike(before.get(key), after.get(key)))
}

function holdsRows({ kind, fields }: CatalogObject): boolean {
  return kinds.get(kind)?.holdsRows?.(fields) === true
}

function isAlike(before: CatalogObject | undefined, after: CatalogObject | undefined): boolean {
  return before?.kind === after?.kind && isDeepStrictEqual(before?.fields, after?.fields)
}

async function merged({ from, plans }: Stretch, to: Snapshot): Promise<readonly Piece[]> {
  const reasons = plans.flatMap((plan) => declaredIrreversible(plan) ?? [])
  const [only, ...others] = plans
  if (only !== undefined && others.length === 0) {
    // Alone, it is said best as its author said it, unless only the schema tells how it is undone.
    const piece = await asSaid(only)
    if (!('irreversible' in piece.downgrade) || reasons.length > 0) return [piece]
  }
  const piece = mergedPiece({ from, plans }, to, reasons)
  if (piece !== null) return [piece]
  const pieces: Piece[] = []
  for (const plan of plans) pieces.push(await asSaid(plan))
  return pieces
}

function mergedPiece({ from, plans }: Stretch, to: Snapshot, reasons: readonly string[]): Piece | null {
  const [irreversible] = reasons
  try {
    const { directives } = changeBetween(from, to)
    return {
      revisions: plans.map(({ planned }) => planned.revision),
      isMerged: true,
      isUndoneByHand: false,
      upgrade: { directives },
      downgrade:
        irreversible === undefined ? { directives: changeBetween(to, from).directives } : { irreversible },
    }
  } catch (error) {
    // What cannot be made in one go is made as it was made.
    if (error instanceof LimbeckError) return null
    throw error
  }
}

/** Why its author has said that nothing undoes it. A .sql file without a downgrade says nothing. */
function declaredIrreversible({ file }: LoadedPlan): string | null {
  return file.revision.file.endsWith('.sql') ? null : file.irreversible
}

/** A run in which nothing is merged. */
export async function asSaidAll({ run, dropped }: ReadRun): Promise<readonly Piece[]> {
  const pieces: Piece[] = []
  for (const plan of run) if (!dropped.includes(plan.planned.revision)) pieces.push(await asSaid(plan))
  return pieces
}

async function asSaid(plan: LoadedPlan): Promise<Piece> {
  const { planned, file } = plan
  return {
    revisions: [planned.revision],
    isMerged: false,
    isUndoneByHand: file.downgrade !== null,
    upgrade: pieceText(planned),
    downgrade: await saidDowngrade(plan),
  }
}

async function saidDowngrade({ file, vocabulary }: LoadedPlan): Promise<Piece['downgrade']> {
  try {
    const text = pieceText(await recordDowngrade(file, vocabulary))
    if (text.directives !== null || file.downgrade !== null) return text
    return {
      irreversible: `${file.revision.id}: what undoes it has functions in it, and is written nowhere.`,
    }
  } catch (error) {
    if (error instanceof IrreversibleRevision)
      return { irreversible: file.irreversible ?? `${error.revision}: ${error.reason}` }
    throw error
  }
}

function pieceText({
  directives: recorded,
  open,
}: Pick<LoadedPlan['planned'], 'directives' | 'open'>): PieceText {
  const directives = recorded.map(({ directive }) => directive)
  return { directives: open === null && directives.every(isPlain) ? directives : null }
}

/** Whether it can be written down: a function may need what stands around it in its file. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'function') return false
  if (typeof value !== 'object' || value === null) return true
  return Object.values(value).every(isPlain)
}
