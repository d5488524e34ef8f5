import { type CatalogTextOptions, catalogLines, catalogQuery } from '../catalog/catalog-text.ts'
import { type FollowedCatalog, followCatalog } from '../catalog/followed-text.ts'
import { readSnapshot } from '../catalog/read-snapshot.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import type { DatabaseAddress } from '../connection/address.ts'
import { connect } from '../connection/connect.ts'
import type { Connection } from '../connection/connection.ts'
import type { Scratch } from '../connection/scratch.ts'
import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'
import { ledgerWriter } from '../ledger/record.ts'
import { readState } from '../ledger/state.ts'
import { ensureLedger } from '../ledger/tables.ts'
import { MigrationFailed } from '../migrate/failure.ts'
import type { Directive, Step } from '../operations/operation.ts'
import { type Vocabulary, vocabularyWith } from '../operations/operations.ts'
import type { Recording } from '../operations/recording.ts'
import { planRevision } from '../plan/plan.ts'
import { RevisionMistake } from '../script/revision-mistake.ts'
import { type LoadedPlan, type Planning, planAll } from './plan-all.ts'
import type { Project } from './project.ts'
import { runAll } from './run-all.ts'
import { withServerObjects } from './server-objects.ts'
import { runner, type Session } from './session.ts'
import { withStop } from './stoppable.ts'

/** A revision that cannot be run where there are no rows. */
export class ShadowFailed extends LimbeckError {
  readonly code = 'SHADOW_FAILED'

  constructor(cause: Error) {
    super(`The revisions cannot be run on an empty database: ${cause.message}`, {
      hint: 'What they make is found out by running them without any rows, asserts and the functions of backfills passed over. A revision that needs rows that none of them has written can be known only where these are.',
      cause,
    })
  }
}

/** A directive that is in no file yet cannot be run on what there is. */
export class DirectiveFailed extends LimbeckError {
  readonly code = 'DIRECTIVE_FAILED'
  /** The directive in a line, where one is to blame, and what PostgreSQL says. */
  readonly reason: string

  constructor(cause: LimbeckError) {
    const reason = reasonOf(cause)
    super(`What was tried on an empty database cannot be run: ${reason}`, {
      hint: 'It is tried beside your databases: nothing was changed there, and nothing was written. Mend the cause where it is declared, or write this change by hand.',
      cause,
    })
    this.reason = reason
  }
}

/** Without the name that the shadow has for it, which is in no file that anybody could open. */
function reasonOf(error: LimbeckError): string {
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  const title = error instanceof MigrationFailed ? error.place.title : null
  if (title !== null) return `${title}: ${cause.message}`
  return error instanceof RevisionMistake ? cause.message : error.message
}

/** A database that is read and written without a ledger. */
export type Bare = Pick<Session, 'connection' | 'project'>

/** Uses a database that is there for as long as something is tried in it. */
export async function withScratch<Address extends DatabaseAddress, Answer>(
  scratch: Scratch<Address>,
  use: (address: Address) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await use(scratch.address)
  } finally {
    await scratch.drop()
  }
}

/** The same, with a ledger, so that revisions can run. */
export function withShadow<Answer>(
  project: Project,
  scratch: Scratch,
  use: (session: Session) => Promise<Answer>,
): Promise<Answer> {
  return withScratch(scratch, (address) =>
    onDatabase(project, address, async (bare) => use(await sessionOn(bare))),
  )
}

/** Works on a database as on the project's own, but for what the project does around its runs. */
export async function onDatabase<Answer>(
  project: Project,
  address: DatabaseAddress,
  use: (bare: Bare) => Promise<Answer>,
): Promise<Answer> {
  return onOpen(project, { address, connection: await connect(address) }, use)
}

/** The same with one that is open already, and is closed then. */
export async function onOpen<Answer>(
  project: Project,
  { address, connection }: { readonly address: DatabaseAddress; readonly connection: Connection },
  use: (bare: Bare) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await withStop(project, connection.abandon, () => use(bareOn(project, address, connection)))
  } finally {
    await connection.close()
  }
}

/** A database that is open already. */
export function bareOn(project: Project, address: DatabaseAddress, connection: Connection): Bare {
  return { connection, project: { ...project, address, hooks: {} } }
}

/** Makes the ledger where there is none, of which `making` is told before. */
export async function sessionOn(
  { connection, project }: Bare,
  making: () => void = () => {},
): Promise<Session> {
  await ensureLedger(connection, project.ledgerSchema, async () => making())
  return {
    connection,
    project,
    state: await readState(connection, project.ledgerSchema),
    ledger: ledgerWriter(project.ledgerSchema, runner()),
    options: {},
  }
}

/** What the catalog says, but for the ledger and the database itself. */
export async function schemaText({ connection, project }: Bare): Promise<readonly string[]> {
  return catalogLines((await connection.run(catalogQuery(shown(project)))).at(-1)?.rows ?? [])
}

/** The same, for who asks again and again. */
export function followSchema({ connection, project }: Bare): FollowedCatalog {
  return followCatalog(connection, shown(project))
}

function shown({ ledgerSchema }: Project): CatalogTextOptions {
  return { ledgerSchema, ofDatabase: false, notNullNames: 'chosen' }
}

/** What there is, as objects, in a session that is ours alone. */
export function snapshotOf({ connection, project }: Bare): Promise<Snapshot> {
  return readSnapshot(connection, { ledgerSchema: project.ledgerSchema, isAskedAgain: true })
}

/** Runs revisions where there are no rows. */
export async function makeRevisions(session: Session, revisions: readonly Revision[]): Promise<void> {
  const { operations } = session.project
  await makePlanned(session, await planForShadow(revisions, { server: session.connection, operations }))
}

/** Plans revisions for where there are no rows. */
export function planForShadow(
  revisions: readonly Revision[],
  planning: Omit<Planning, 'vocabulary'>,
): Promise<readonly LoadedPlan[]> {
  const vocabulary = onShadowOnly(vocabularyWith(planning.operations))
  return planAll(revisions, 'upgrade', { ...planning, vocabulary })
}

/** Undoes revisions that were run on this shadow, the last one first. */
export async function unmakeRevisions(session: Session, revisions: readonly Revision[]): Promise<void> {
  const { operations } = session.project
  const vocabulary = onShadowOnly(vocabularyWith(operations))
  const server = session.connection
  const plans = await planAll(revisions.toReversed(), 'downgrade', { server, operations, vocabulary })
  await makePlanned(session, plans)
}

/** Runs directives as a revision that is in no file. `name`: one that no other has in this shadow. */
export async function makeDirectives(
  session: Session,
  name: string,
  directives: readonly Directive[],
): Promise<void> {
  // No project calls a revision so.
  const id = `limbeck: ${name}`
  const vocabulary = onShadowOnly(vocabularyWith(session.project.operations))
  const revision: Revision = {
    id,
    downRevisions: [],
    branchLabels: [],
    dependsOn: [],
    message: id,
    createDate: null,
    phase: null,
    replaces: [],
    parts: [],
    file: id,
  }
  const recording: Recording = {
    directives: directives.map((directive) => ({ directive, at: null })),
    open: null,
  }
  const server = session.connection
  const planning = { revision, direction: 'upgrade', recording, server, vocabulary } as const
  const file = {
    revision,
    checksum: '',
    upgrade: () => {},
    downgrade: null,
    irreversible: null,
    recordUpgrade: async () => recording,
    recordDowngrade: async () => null,
  }
  try {
    await runPlanned(session, [{ planned: await planRevision(planning), file, vocabulary }])
  } catch (error) {
    throw error instanceof LimbeckError ? new DirectiveFailed(error) : error
  }
}

/** Runs the revisions that were planned for a shadow and have not run there yet. */
export async function makePlanned(session: Session, plans: readonly LoadedPlan[]): Promise<void> {
  try {
    await runPlanned(session, plans)
  } catch (error) {
    throw error instanceof LimbeckError ? new ShadowFailed(error) : error
  }
}

/** The same, for who tells himself what went wrong. */
export async function runPlanned(session: Session, plans: readonly LoadedPlan[]): Promise<void> {
  await withServerObjects(session.connection, () => runLeft(session, plans))
}

/** The same where none of them was begun and nothing is half done, so that the ledger need not be asked. */
export async function runUntried(session: Session, plans: readonly LoadedPlan[]): Promise<void> {
  let isUntried = true
  await withServerObjects(session.connection, async () => {
    const first = isUntried
    isUntried = false
    if (first) await runAll({ ...session, state: { ...session.state, unfinished: [] } }, plans, 'revision')
    else await runLeft(session, plans)
  })
}

/** What an attempt before has done is done. */
async function runLeft(session: Session, plans: readonly LoadedPlan[]): Promise<void> {
  const state = await readState(session.connection, session.project.ledgerSchema)
  const applied = new Set(state.applied.map(({ id }) => id))
  const left = plans.filter(
    ({ planned: { revision, direction } }) => applied.has(revision.id) === (direction === 'downgrade'),
  )
  await runAll({ ...session, state }, left, 'revision')
}

const trying = new WeakMap<Planning['operations'], Vocabulary>()

/** What revisions say where it is only tried with rows: functions that make a row of a row are called, and no others. */
export function tryingVocabulary(operations: Planning['operations']): Vocabulary {
  const vocabulary = trying.get(operations) ?? onShadowOnly(vocabularyWith(operations), { transforms: true })
  trying.set(operations, vocabulary)
  return vocabulary
}

/**
 * What only looks at rows, or would reach another server, does nothing. Backfills of SQL are run: a revision may have written rows, and one after
 * it may need them to be as a backfill leaves them. The functions of an author's are not called for what is only tried.
 */
function onShadowOnly(vocabulary: Vocabulary, calls: Calls = { transforms: false }): Vocabulary {
  return new Map(
    [...vocabulary].map(([kind, definition]) => {
      if (definition.reachesOut === true) return [kind, { ...definition, steps: () => [] }]
      if (definition.rowsOnly !== true) return [kind, definition]
      const steps: typeof definition.steps = (fields, server) =>
        definition.steps(fields, server).filter((step) => isRunOnShadow(step, calls))
      return [kind, { ...definition, steps }]
    }),
  )
}

/** Which functions of an author's are called: those that make a row of a row, or none. */
type Calls = { readonly transforms: boolean }

function isRunOnShadow(step: Step, { transforms }: Calls): boolean {
  if (step.run !== 'backfill') return false
  const { work, from } = step.backfill
  if (work.type === 'process' || (work.type === 'transform' && !transforms)) return false
  return !(from !== undefined && 'stream' in from)
}
