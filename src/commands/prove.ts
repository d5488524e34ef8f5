import { changeBetween } from '../autogenerate/directives.ts'
import {
  calledOf,
  type Rename,
  renamesBetween,
  renamingOf,
  type ToldRename,
} from '../autogenerate/renames.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { connect } from '../connection/connect.ts'
import { LimbeckError } from '../error.ts'
import type { Directive } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'
import type { Project } from './project.ts'
import type { Session } from './session.ts'
import { makeDirectives, withShadow } from './shadow.ts'

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
      `What would make the declared schema cannot be run: ${cause.cause instanceof Error ? cause.cause.message : cause.message}`,
      {
        hint: 'Write this change by hand: a new column beside the old one (op.expandColumn, op.expandKey), a table that is partitioned (op.partitionTable), a mapping of labels (op.replaceEnum). Nothing was written.',
        cause,
      },
    )
  }
}

/** Reads of a shadow what is compared. */
export type Look = (session: Session) => Promise<Snapshot>

/** What goes, and what comes that may be the same. */
export type PossibleRename = { readonly from: string; readonly to: string }

type Renamed = {
  readonly renaming: readonly Directive[]
  readonly renamed: Snapshot
  /** What was taken for gone, and may have another name. */
  readonly unclear: readonly PossibleRename[]
}

/** Something may have another name now, or may be gone and something else new: only a person knows. */
export class RenameUnclear extends LimbeckError {
  readonly code = 'RENAME_UNCLEAR'
  readonly renames: readonly PossibleRename[]

  constructor(renames: readonly PossibleRename[]) {
    const each = renames.map(({ from, to }) => `${from} may be called ${to} now`)
    const [first] = renames
    super(`${each.join('; ')}.`, {
      hint: `Say --rename ${first?.from}=${first?.to} if it is, and --rename ${first?.from}= if its rows are to go. Nothing was written.`,
    })
    this.renames = renames
  }
}

/** An empty database where the project wants it. */
export async function onShadow<Answer>(
  project: Project,
  use: (session: Session) => Promise<Answer>,
): Promise<Answer> {
  if (project.autogenerate.shadow === 'embedded') return withShadow({ project }, use)
  const beside = await connect(project.address)
  try {
    return await withShadow({ project, beside }, use)
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

/** Gives in a shadow what has another name its new one, as long as there is any, and reads what there is then. */
export async function renameOnShadow(
  session: Session,
  {
    from,
    to,
    told,
    unclear,
    look,
  }: {
    readonly from: Snapshot
    readonly to: Snapshot
    readonly told: readonly ToldRename[]
    readonly unclear: 'refuse' | 'drop'
    readonly look: Look
  },
): Promise<Renamed> {
  const renaming: Directive[] = []
  const done = new Set<string>()
  let renamed = from
  for (let round = 1; ; round++) {
    const { certain, likely } = renamesBetween(renamed, to, told)
    if (certain.length === 0 || round > mostRounds) {
      if (likely.length > 0 && unclear === 'refuse') throw new RenameUnclear(likely.map(named))
      const lost = told.filter((one) => one.to !== null && !done.has(one.from))
      if (lost.length > 0) throw new RenameNotFound(lost)
      return { renaming, renamed, unclear: likely.map(named) }
    }
    // What depends on it follows, which PostgreSQL does itself.
    for (const { told: said } of certain) if (said !== undefined) done.add(said.from)
    const directives = certain.flatMap(renamingOf)
    await makeDirectives(session, `renaming ${round}`, directives)
    renaming.push(...directives)
    renamed = await look(session)
  }
}

function named({ before, after }: Rename): PossibleRename {
  return { from: calledOf(before), to: calledOf(after).split('.').at(-1) ?? '' }
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
  const made = await look(session)
  const rest = changeBetween(made, to, { rows: 'go' }).directives
  if (rest.length > 0)
    throw new DifferenceNotProved(rest.map((directive) => `it still needs "${factsOf(directive).title}"`))
}
