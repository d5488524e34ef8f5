import { type Change, changeBetween } from '../autogenerate/directives.ts'
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
import type { Revision } from '../graph/revision.ts'
import type { Directive } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'
import { compared } from './compared.ts'
import { declaredSnapshot, SchemaNotDeclared } from './declared-schema.ts'
import type { Project } from './project.ts'
import type { Session } from './session.ts'
import { makeDirectives, makeRevisions, snapshotOf, withShadow } from './shadow.ts'

/** What makes of what the revisions make what is declared. Both directions have been tried. */
export type Generated = {
  readonly upgrade: readonly Directive[]
  /** What undoes it; null where it is derived from the upgrade. */
  readonly downgrade: readonly Directive[] | null
}

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

/** Something may have another name now, or may be gone and something else new: only a person knows. */
export class RenameUnclear extends LimbeckError {
  readonly code = 'RENAME_UNCLEAR'
  readonly renames: readonly { readonly from: string; readonly to: string }[]

  constructor(renames: readonly { readonly from: string; readonly to: string }[]) {
    const each = renames.map(({ from, to }) => `${from} may be called ${to} now`)
    const [first] = renames
    super(`${each.join('; ')}. Nothing was written.`, {
      hint: `Say --rename ${first?.from}=${first?.to} if it is, and --rename ${first?.from}= if its rows are to go.`,
    })
    this.renames = renames
  }
}

/** Finds what makes the declared schema of what the revisions make, and tries it there and back on empty databases. */
export async function generate(
  project: Project,
  revisions: readonly Revision[],
  told: readonly ToldRename[] = [],
): Promise<Generated> {
  const { to, renaming, change } = await difference(project, revisions, told)
  const upgrade = [...renaming, ...change.directives]
  if (upgrade.length === 0) return { upgrade, downgrade: null }
  const derived = inverseOf({ directives: upgrade, unsaid: change.unsaid })
  return onShadow(project, async (session) => {
    const from = await revisionsSnapshot(session, revisions)
    await prove(session, { id: 'upgrade', directives: upgrade, to })
    if (derived !== null && (await leadsBack(session, derived, from))) return { upgrade, downgrade: null }
    const downgrade = await downgradeOf(project, { revisions, renaming, to })
    if (derived === null) await prove(session, { id: 'downgrade', directives: downgrade, to: from })
    else await proveAnew(project, revisions, { upgrade, downgrade })
    return { upgrade, downgrade }
  })
}

/** What the revisions make, what is declared, and what makes the one of the other: first what only gets other names. */
export async function difference(
  project: Project,
  revisions: readonly Revision[],
  told: readonly ToldRename[] = [],
): Promise<{ readonly to: Snapshot; readonly renaming: readonly Directive[]; readonly change: Change }> {
  const to = await declaredOf(project)
  return onShadow(project, async (session) => {
    let from = await revisionsSnapshot(session, revisions)
    const renaming: Directive[] = []
    for (let round = 1; ; round++) {
      const { certain, likely } = renamesBetween(from, to, told)
      if (certain.length === 0) {
        if (likely.length > 0) throw unclear(likely)
        return { to, renaming, change: changeBetween(from, to) }
      }
      // What depends on it follows, which PostgreSQL does itself.
      const directives = certain.flatMap(renamingOf)
      await makeDirectives(session, `renaming ${round}`, directives)
      renaming.push(...directives)
      from = compared(await snapshotOf(session), project.autogenerate)
    }
  })
}

function unclear(renames: readonly Rename[]): RenameUnclear {
  return new RenameUnclear(
    renames.map(({ before, after }) => ({
      from: calledOf(before),
      to: calledOf(after).split('.').at(-1) ?? '',
    })),
  )
}

async function declaredOf(project: Project): Promise<Snapshot> {
  const { schema } = project
  if (schema === null) throw new SchemaNotDeclared()
  return onShadow(project, async (session) =>
    compared(await declaredSnapshot(session, schema), project.autogenerate),
  )
}

/** The way back, where it is not the inverse of the way there: first what is as it was but for its name, then the old names. */
async function downgradeOf(
  project: Project,
  {
    revisions,
    renaming,
    to,
  }: {
    readonly revisions: readonly Revision[]
    readonly renaming: readonly Directive[]
    readonly to: Snapshot
  },
): Promise<readonly Directive[]> {
  const renamed = await onShadow(project, async (session) => {
    await makeRevisions(session, revisions)
    await makeDirectives(session, 'renaming', renaming)
    return compared(await snapshotOf(session), project.autogenerate)
  })
  return [
    ...changeBetween(to, renamed).directives,
    ...(inverseOf({ directives: renaming, unsaid: [] }) ?? []),
  ]
}

/** An empty database where the project wants it. */
async function onShadow<Answer>(
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

async function revisionsSnapshot(session: Session, revisions: readonly Revision[]): Promise<Snapshot> {
  await makeRevisions(session, revisions)
  return compared(await snapshotOf(session), session.project.autogenerate)
}

async function prove(
  session: Session,
  {
    id,
    directives,
    to,
  }: { readonly id: string; readonly directives: readonly Directive[]; readonly to: Snapshot },
): Promise<void> {
  await makeDirectives(session, id, directives).catch((error: unknown) => {
    throw error instanceof LimbeckError ? new DifferenceNotProved([error.message], error) : error
  })
  const made = compared(await snapshotOf(session), session.project.autogenerate)
  const rest = changeBetween(made, to).directives
  if (rest.length > 0)
    throw new DifferenceNotProved(rest.map((directive) => `it still needs "${factsOf(directive).title}"`))
}

async function leadsBack(
  session: Session,
  directives: readonly Directive[],
  from: Snapshot,
): Promise<boolean> {
  try {
    await prove(session, { id: 'downgrade', directives, to: from })
    return true
  } catch (error) {
    if (error instanceof DifferenceNotProved) return false
    throw error
  }
}

async function proveAnew(
  project: Project,
  revisions: readonly Revision[],
  {
    upgrade,
    downgrade,
  }: { readonly upgrade: readonly Directive[]; readonly downgrade: readonly Directive[] },
): Promise<void> {
  await onShadow(project, async (session) => {
    const from = await revisionsSnapshot(session, revisions)
    await makeDirectives(session, 'upgrade', upgrade)
    await prove(session, { id: 'downgrade', directives: downgrade, to: from })
  })
}

/** The downgrade that the directives imply; null where one of them has none, or something goes with another unsaid. */
function inverseOf({ directives, unsaid }: Change): readonly Directive[] | null {
  if (unsaid.length > 0) return null
  const inverse: Directive[] = []
  for (const directive of [...directives].reverse()) {
    const undone = factsOf(directive).inverse()
    if ('irreversible' in undone) return null
    inverse.push(...undone)
  }
  return inverse
}
