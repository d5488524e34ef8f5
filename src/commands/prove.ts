import { changeBetween } from '../autogenerate/directives.ts'
import { type Rename, type Renames, renamesBetween, type ToldRename } from '../autogenerate/renames.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import type { DatabaseAddress, LastingAddress } from '../connection/address.ts'
import { connect } from '../connection/connect.ts'
import {
  createEmbeddedScratch,
  createMemoryScratch,
  createScratch,
  type MemoryScratchOptions,
} from '../connection/scratch.ts'
import { LimbeckError } from '../error.ts'
import type { Directive } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'
import { databaseAddress, type Project } from './project.ts'
import type { Session } from './session.ts'
import {
  type Bare,
  DirectiveFailed,
  makeDirectives,
  onDatabase,
  sessionOn,
  snapshotOf,
  withScratch,
} from './shadow.ts'

/** What was found to be the difference does not make the one of the other. */
export class DifferenceNotProved extends LimbeckError {
  readonly code = 'DIFFERENCE_NOT_PROVED'
  readonly remaining: readonly string[]

  constructor(remaining: readonly string[], cause?: unknown) {
    super(
      `What would be written does not make the declared schema: ${remaining.join('; ')}. This is a bug in Limbeck; nothing was written.`,
      {
        hint: 'Write the revision by hand, and please report the two schemas.',
        ...(cause === undefined ? {} : { cause }),
      },
    )
    this.remaining = remaining
  }
}

/** What was found to be the difference cannot be run. */
export class DifferenceRefused extends LimbeckError {
  readonly code = 'DIFFERENCE_REFUSED'

  constructor(cause: LimbeckError) {
    super(
      `What would make the declared schema cannot be run: ${cause instanceof DirectiveFailed ? cause.reason : cause.message}`,
      {
        hint: 'Write this change by hand: a new column beside the old one (op.expandColumn, op.expandKey), a table that is partitioned (op.partitionTable), a mapping of labels (op.replaceEnum). Nothing was written.',
        cause,
      },
    )
  }
}

/** What is compared of all that there is on a shadow. */
export type Look = (whole: Snapshot) => Snapshot

/** What goes, and what comes that may be the same. */
export type PossibleRename = { readonly from: string; readonly to: string }

/** What has its new name. */
export type Renamed = {
  readonly renaming: readonly Directive[]
  /** All that there is then. */
  readonly whole: Snapshot
  /** What was taken for gone, and may have another name. */
  readonly unclear: readonly PossibleRename[]
}

/** As it may be typed: a name that PostgreSQL quotes has quotes that a shell would take away. */
function shellWord(text: string): string {
  return /["\s]/.test(text) ? `'${text}'` : text
}

/** Something may have another name now, or may be gone and something else new: only a person knows. */
export class RenameUnclear extends LimbeckError {
  readonly code = 'RENAME_UNCLEAR'
  readonly renames: readonly PossibleRename[]

  constructor(renames: readonly PossibleRename[]) {
    const each = renames.map(({ from, to }) => `${from} may be called ${to} now`)
    const [first] = renames
    super(`${each.join('; ')}.`, {
      hint: `Say --rename ${shellWord(`${first?.from}=${first?.to}`)} if it is, and --rename ${shellWord(`${first?.from}=`)} if it is to go. Nothing was written.`,
    })
    this.renames = renames
  }
}

/** A database with nothing but a ledger, where the project wants it. */
export function onShadow<Answer>(
  project: Project,
  use: (session: Session) => Promise<Answer>,
): Promise<Answer> {
  return onEmpty(project, {}, async (bare) => use(await sessionOn(bare)))
}

/** An empty database where the project wants it. */
export function onEmpty<Answer>(
  project: Project,
  offered: Offered,
  use: (bare: Bare) => Promise<Answer>,
): Promise<Answer> {
  const { shadow } = project.autogenerate
  const on = (address: DatabaseAddress) => onDatabase(project, address, use)
  return shadow === 'embedded'
    ? withScratch(createMemoryScratch(offered), on)
    : onServerScratch(project, shadow, on)
}

/** The extensions that a database has to have if it is an embedded one. Default: all there are. */
type Offered = Pick<MemoryScratchOptions, 'extensions'>

/** The same, for who opens it himself, and more than once. */
export async function onScratch<Answer>(
  project: Project,
  use: (address: LastingAddress) => Promise<Answer>,
): Promise<Answer> {
  const { shadow } = project.autogenerate
  if (shadow !== 'embedded') return onServerScratch(project, shadow, use)
  return withScratch(await createEmbeddedScratch(), use)
}

async function onServerScratch<Answer>(
  project: Project,
  shadow: string,
  use: (address: LastingAddress) => Promise<Answer>,
): Promise<Answer> {
  const address = shadow === 'beside' ? project.address : databaseAddress(shadow, project.directory)
  const beside = await connect(address)
  try {
    return await withScratch(await createScratch(address, beside), use)
  } finally {
    await beside.close()
  }
}

/** A renaming that somebody has told, and that there is none of. */
export class RenameNotFound extends LimbeckError {
  readonly code = 'RENAME_NOT_FOUND'
  readonly renames: readonly ToldRename[]

  constructor(renames: readonly ToldRename[]) {
    super(
      `There is nothing that becomes another: ${renames.map(({ from, to }) => `${from}=${to}`).join(', ')}.`,
      {
        hint: 'The old name has to be gone from the declared schema and the new one to be new in it, both of one kind and in one place: app.users.name=full_name. Nothing was written.',
      },
    )
    this.renames = renames
  }
}

/** A table, then what is in it, then what is said of that: more are no renaming. */
const mostRounds = 20

/** What is to have other names: `whole` is all that there is before, `told` what somebody has said of them. */
type Names = {
  readonly whole: Snapshot
  readonly to: Snapshot
  readonly told: readonly ToldRename[]
  readonly unclear: 'refuse' | 'drop'
  readonly look: Look
}

/** Gives in a shadow what has another name its new one, as long as there is any. */
export async function renameOnShadow(session: Session, names: Names): Promise<Renamed> {
  const renaming: Directive[] = []
  const done = new Set<string>()
  let { whole } = names
  for (let round = 1; ; round++) {
    const found = renamesBetween(names.look(whole), names.to, names.told)
    const { certain } = found
    if (certain.length === 0 || round > mostRounds)
      return { renaming, whole, unclear: leftUnclear(found, { ...names, done }) }
    // What depends on it follows, which PostgreSQL does itself.
    for (const { told: said } of certain) if (said !== undefined) done.add(said.from)
    const directives = certain.flatMap((rename) => rename.directives)
    await makeDirectives(session, `renaming ${round}`, directives)
    renaming.push(...directives)
    whole = await snapshotOf(session)
  }
}

/** The same where nothing has another name, for which there need be no shadow; null where something has. */
export function renamedAlready(names: Names): Renamed | null {
  const { whole, to, told, look } = names
  const found = renamesBetween(look(whole), to, told)
  if (found.certain.length > 0) return null
  return { renaming: [], whole, unclear: leftUnclear(found, { ...names, done: new Set() }) }
}

/** What may have another name of what is left; refused where that is to be said, and where what was said is not there. `done`: what has its new name. */
function leftUnclear(
  { likely }: Renames,
  { told, unclear, done }: Pick<Names, 'told' | 'unclear'> & { readonly done: ReadonlySet<string> },
): readonly PossibleRename[] {
  if (likely.length > 0 && unclear === 'refuse') throw new RenameUnclear(likely.map(named))
  const lost = told.filter((one) => one.to !== null && one.stays !== true && !done.has(one.from))
  if (lost.length > 0) throw new RenameNotFound(lost)
  return likely.map(named)
}

function named({ from, to }: Rename): PossibleRename {
  // The last of the names, of which each may be quoted, with dots in it.
  return { from, to: to.match(/(?:"(?:[^"]|"")*"|[^."]+)$/)?.[0] ?? to }
}

/** Runs directives on a shadow, and looks whether they have made of it what was wanted. */
export async function prove(
  session: Session,
  {
    id,
    directives,
    to,
    look,
  }: {
    readonly id: string
    readonly directives: readonly Directive[]
    readonly to: Snapshot
    readonly look: Look
  },
): Promise<void> {
  await makeDirectives(session, id, directives).catch((error: unknown) => {
    throw error instanceof LimbeckError ? new DifferenceRefused(error) : error
  })
  const made = look(await snapshotOf(session))
  const rest = changeBetween(made, to, { rows: 'go' }).directives
  if (rest.length > 0)
    throw new DifferenceNotProved(rest.map((directive) => `it still needs "${factsOf(directive).title}"`))
}
