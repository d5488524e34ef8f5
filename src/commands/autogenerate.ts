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
import { declaredSnapshot, SchemaNotDeclared, sourcesOf } from './declared-schema.ts'
import type { Project } from './project.ts'
import type { Session } from './session.ts'
import { makeDirectives, makeRevisions, snapshotOf, withShadow } from './shadow.ts'
import { cachedSnapshot, revisionTexts } from './snapshot-cache.ts'

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
  const to = await declaredOf(project)
  if (isNothing(await revisionsOf(project, revisions), to)) return { upgrade: [], downgrade: null }
  return onShadow(project, async (session) => {
    const from = await makeAndRead(session, revisions)
    const { renaming, renamed } = await rename(session, { from, to, told })
    const change = changeBetween(renamed, to)
    const upgrade = [...renaming, ...change.directives]
    await prove(session, { id: 'upgrade', directives: change.directives, to })
    const derived = inverseOf({ directives: upgrade, unsaid: change.unsaid })
    if (derived !== null && (await leadsBack(session, derived, from))) return { upgrade, downgrade: null }
    // First what is as it was but for its name, then the old names.
    const undoneRenaming = inverseOf({ directives: renaming, unsaid: [] }) ?? []
    const downgrade = [...changeBetween(to, renamed).directives, ...undoneRenaming]
    if (derived === null) await prove(session, { id: 'downgrade', directives: downgrade, to: from })
    else await proveAnew(project, revisions, { upgrade, downgrade })
    return { upgrade, downgrade }
  })
}

/** What the revisions would still have to do. What may be a renaming is told as what goes and what comes. */
export async function missing(
  project: Project,
  revisions: readonly Revision[],
): Promise<readonly Directive[]> {
  const [from, to] = [await revisionsOf(project, revisions), await declaredOf(project)]
  return changeBetween(from, to).directives
}

function isNothing(from: Snapshot, to: Snapshot): boolean {
  return changeBetween(from, to).directives.length === 0
}

/** Gives in the shadow what has another name its new one, as long as there is any, and reads what there is then. */
async function rename(
  session: Session,
  {
    from,
    to,
    told,
  }: { readonly from: Snapshot; readonly to: Snapshot; readonly told: readonly ToldRename[] },
): Promise<{ readonly renaming: readonly Directive[]; readonly renamed: Snapshot }> {
  const renaming: Directive[] = []
  let renamed = from
  for (let round = 1; ; round++) {
    const { certain, likely } = renamesBetween(renamed, to, told)
    if (certain.length === 0) {
      if (likely.length > 0) throw unclear(likely)
      return { renaming, renamed }
    }
    // What depends on it follows, which PostgreSQL does itself.
    const directives = certain.flatMap(renamingOf)
    await makeDirectives(session, `renaming ${round}`, directives)
    renaming.push(...directives)
    renamed = compared(await snapshotOf(session), session.project.autogenerate)
  }
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
  const sources = await sourcesOf(schema, project)
  const snapshot = await kept(
    project,
    sources.map(({ text }) => text),
    (session) => declaredSnapshot(session, sources),
  )
  return compared(snapshot, project.autogenerate)
}

async function revisionsOf(project: Project, revisions: readonly Revision[]): Promise<Snapshot> {
  const snapshot = await kept(project, revisionTexts(revisions, project), async (session) => {
    await makeRevisions(session, revisions)
    return snapshotOf(session)
  })
  return compared(snapshot, project.autogenerate)
}

/** What comes of the same texts on the embedded database is the same each time. */
function kept(
  project: Project,
  texts: readonly string[],
  read: (session: Session) => Promise<Snapshot>,
): Promise<Snapshot> {
  const make = () => onShadow(project, read)
  return project.autogenerate.shadow === 'embedded' ? cachedSnapshot(texts, make) : make()
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

async function makeAndRead(session: Session, revisions: readonly Revision[]): Promise<Snapshot> {
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
    const from = await makeAndRead(session, revisions)
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
