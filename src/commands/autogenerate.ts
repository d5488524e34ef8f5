import type { RowsInWay } from '../autogenerate/compare.ts'
import { type Change, changeBetween } from '../autogenerate/directives.ts'
import type { ToldRename } from '../autogenerate/renames.ts'
import { relationKey } from '../catalog/key.ts'
import { knowsPartitioned } from '../catalog/partitioned.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { embeddedMajor, extensionsIn } from '../connection/address.ts'
import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'
import type { Directive, Server } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'
import { warningsInTurn } from '../operations/warnings.ts'
import { compared, withCarried } from './compared.ts'
import {
  declarationOf,
  declaredSnapshot,
  declaringTexts,
  renamesIn,
  SchemaNotDeclared,
} from './declared-schema.ts'
import { type KnownRevisions, onKeptShadow } from './kept-shadow.ts'
import { makingOfProject } from './making.ts'
import {
  filesOfTables,
  inHalves,
  inTwoRevisions,
  type Online,
  type TableFile,
  type TwoRevisions,
} from './online.ts'
import type { Project } from './project.ts'
import {
  DifferenceNotProved,
  DifferenceRefused,
  type Look,
  onEmpty,
  onShadow,
  type PossibleRename,
  prove,
  RenameNotFound,
  renameOnShadow,
} from './prove.ts'
import type { Session } from './session.ts'
import { makeDirectives, makeRevisions, planForShadow, snapshotOf } from './shadow.ts'
import { noCache, snapshotCache, textsOf } from './snapshot-cache.ts'

/** What makes of what the revisions make what is declared: in one revision, or in two. Both directions have been tried. */
export type Generated = {
  /** None where there is no difference. */
  readonly revisions: readonly GeneratedRevision[]
  /** What is gone for good, a sentence each. */
  readonly losses: readonly string[]
  /** What a careful person wants to know before it runs where there are rows, a sentence each: what is told of the directives, and what was measured. */
  readonly hazards: readonly string[]
  /** What was taken for gone, and may have another name. */
  readonly unclear: readonly PossibleRename[]
  /** What is known of the tables and indexes that the revisions speak of, for who writes them as SQL. */
  readonly isPartitioned: NonNullable<Server['isPartitioned']>
}

export type GeneratedRevision = {
  readonly upgrade: readonly Directive[]
  readonly downgrade: Downgrade
}

/** What undoes it. `derived`: it is the inverse of the upgrade, so that nobody has to write it. Or why nothing does. */
export type Downgrade =
  | { readonly directives: readonly Directive[]; readonly derived: boolean }
  | { readonly irreversible: string }

/** What the declared schema is compared with: what the revisions make, or what the project's database has, which stands where they do. */
export type Against = 'revisions' | 'database'

export type Telling = {
  readonly against: Against
  readonly told: readonly ToldRename[]
  /** What becomes of what may have another name and of which nobody has said it. */
  readonly unclear: 'refuse' | 'drop'
  readonly online: Online
}

/** Finds what makes the declared schema of what the revisions make, and tries it there and back on empty databases. */
export async function generate(
  project: Project,
  revisions: readonly Revision[],
  telling: Telling,
): Promise<Generated> {
  const sides = await sidesOf(project, revisions, telling.against)
  const known = sides.known()
  if (known !== null && isNothing(known)) return nothingFor(telling)
  // Each in a thread of its own.
  const declared = sides.declared()
  // Where the other fails, nobody waits for it.
  declared.catch(() => {})
  return sides.onMade(async (session, made) => {
    const to = await declared
    const look: Look = (whole) => compared(whole, project.autogenerate, to)
    const from = look(made)
    if (isNothing({ from, to })) return nothingFor(telling)
    const told = [...telling.told, ...sides.told]
    const names = { whole: made, to, told, unclear: telling.unclear, look }
    const { renaming, whole, unclear } = await renameOnShadow(session, names)
    const both = withCarried({ from: look(whole), to }, whole, project.autogenerate)
    const rows: RowsInWay = { rows: telling.unclear === 'drop' ? 'go' : 'stay' }
    const change = changeBetween(both.from, both.to, rows)
    const upgrade = [...renaming, ...change.directives]
    const isPartitioned = knowsPartitioned([made, whole, to])
    const losses = upgrade.flatMap((directive) => factsOf(directive).loses)
    const files = await filesOfTables(session)
    await prove(session, { id: 'upgrade', directives: change.directives, to, look })
    const rewritten = changedFiles(files, await filesOfTables(session))
    const found = inHalves(upgrade, { online: telling.online, rewritten })
    if (found.length > 0) {
      const two = await inTwoRevisions(project, { found, to, told, look, onMade: sides.onMade })
      const revisions = await withWayBack(two, { from, look, onMade: sides.onMade })
      // What the first has made is in use when the second runs.
      const all = [two.expand, two.contract].flatMap(warningsOf)
      return { revisions, losses, hazards: all, unclear, isPartitioned }
    }
    const guessed = new Set(upgrade.flatMap((directive) => factsOf(directive).rewrites))
    const known = warningsOf(upgrade).filter((warning) => !guessed.has(warning))
    const drifted = telling.against === 'database' ? await drift(project, { revisions, from, look }) : []
    const hazards = [...drifted, ...known, ...[...rewritten].map((table) => rewriting(table, upgrade))]
    const derived = inverseOf({ directives: upgrade, unsaid: change.unsaid })
    if (derived !== null && (await leadsBack(session, { directives: derived, to: from, look }))) {
      const downgrade = { directives: derived, derived: true }
      return { revisions: [{ upgrade, downgrade }], losses, hazards, unclear, isPartitioned }
    }
    const written = async (): Promise<readonly Directive[]> => {
      // First what is as it was but for its name, then the old names.
      const undoneRenaming = inverseOf({ directives: renaming, unsaid: [] }) ?? []
      const directives = [...changeBetween(both.to, both.from, rows).directives, ...undoneRenaming]
      const back = { id: 'downgrade', directives, to: from, look }
      if (derived === null) await prove(session, back)
      // What was derived has been run there, as far as it went.
      else
        await sides.onMade(async (anew) => {
          await makeDirectives(anew, 'upgrade', upgrade)
          await prove(anew, back)
        })
      return directives
    }
    const downgrade = await written().then(
      (directives) => ({ directives, derived: false }),
      (error: unknown) => {
        if (error instanceof LimbeckError) return { irreversible: error.message }
        throw error
      },
    )
    return { revisions: [{ upgrade, downgrade }], losses, hazards, unclear, isPartitioned }
  })
}

/** What was made for a database that somebody has changed by hand is for no other. */
async function drift(
  project: Project,
  {
    revisions,
    from,
    look,
  }: { readonly revisions: readonly Revision[]; readonly from: Snapshot; readonly look: Look },
): Promise<readonly string[]> {
  const warning =
    'the database is not what its revisions make: on any other one, and where revisions are tried, this revision may fail. See "limbeck drift"'
  try {
    const made = await (await sidesOf(project, revisions, 'revisions')).made()
    return isNothing({ from: look(made), to: from }) ? [] : [warning]
  } catch (error) {
    if (error instanceof LimbeckError) return [warning]
    throw error
  }
}

function warningsOf(directives: readonly Directive[]): readonly string[] {
  return warningsInTurn(directives.map((directive) => factsOf(directive))).flat()
}

/** `directives`: by which it is written anew. */
function rewriting(table: string, directives: readonly Directive[]): string {
  const name = table.slice(table.indexOf(' ') + 1)
  const hasHalves = directives.some((directive) => {
    const { halves, locks } = factsOf(directive)
    return halves !== null && locks.some((lock) => relationKey(lock.schema ?? 'public', lock.table) === table)
  })
  const remedy = hasHalves ? ': --online writes a new type in two halves' : ''
  return `${name} is written anew, and closed for as long as that takes${remedy}`
}

/** Before the second half the first one can be taken back; the second takes away what the application of before has used. */
async function withWayBack(
  { expand, contract }: TwoRevisions,
  { from, look, onMade }: { readonly from: Snapshot; readonly look: Look; readonly onMade: Sides['onMade'] },
): Promise<readonly GeneratedRevision[]> {
  const derived = inverseOf({ directives: expand, unsaid: [] })
  const comesBack =
    derived !== null &&
    (await onMade(async (session) => {
      await makeDirectives(session, 'expand', expand)
      return leadsBack(session, { directives: derived, to: from, look })
    }))
  const downgrade: Downgrade = comesBack
    ? { directives: derived, derived: true }
    : { irreversible: 'what undoes its directives does not bring back what there was' }
  const irreversible = contract.flatMap((directive) => {
    const undone = factsOf(directive).inverse()
    return 'irreversible' in undone ? [undone.irreversible] : []
  })
  return [
    { upgrade: expand, downgrade },
    { upgrade: contract, downgrade: { irreversible: [...new Set(irreversible)].join(' ') } },
  ]
}

function changedFiles(
  before: ReadonlyMap<string, TableFile>,
  after: ReadonlyMap<string, TableFile>,
): ReadonlySet<string> {
  const changed = [...before].filter(([id, { file }]) => (after.get(id)?.file ?? file) !== file)
  return new Set(changed.map(([, { table }]) => table))
}

function nothingFor({ told }: Telling): Generated {
  const said = told.filter(({ to }) => to !== null)
  if (said.length > 0) throw new RenameNotFound(said)
  return { revisions: [], losses: [], hazards: [], unclear: [], isPartitioned: () => false }
}

/** What the revisions would still have to do, a line each. What may be a renaming is told as what goes and what comes. */
export async function missing(project: Project, revisions: readonly Revision[]): Promise<readonly string[]> {
  const sides = await sidesOf(project, revisions, 'revisions')
  const both = async (): Promise<Compared> => {
    const to = await sides.declared()
    return { from: compared(await sides.made(), project.autogenerate, to), to }
  }
  const { from, to } = sides.known() ?? (await both())
  try {
    return changeBetween(from, to, { rows: 'go' }).directives.map((directive) => factsOf(directive).title)
  } catch (error) {
    // There is a difference, and no way to it that can be generated.
    if (error instanceof LimbeckError) return [error.message]
    throw error
  }
}

type Compared = { readonly from: Snapshot; readonly to: Snapshot }

/** What is declared, and what the revisions make. */
type Sides = {
  /** What the declared schema itself says of other names. */
  readonly told: readonly ToldRename[]
  /** Both as they are compared, where both were read before from the same texts. */
  known(): Compared | null
  declared(): Promise<Snapshot>
  /** All that the revisions make. */
  made(): Promise<Snapshot>
  /** Uses a shadow on which the revisions have run, and all that they make. */
  onMade<Answer>(use: (session: Session, made: Snapshot) => Promise<Answer>): Promise<Answer>
}

async function sidesOf(project: Project, revisions: readonly Revision[], against: Against): Promise<Sides> {
  const { schema, autogenerate, operations } = project
  if (schema === null) throw new SchemaNotDeclared()
  const isEmbedded = autogenerate.shadow === 'embedded'
  const declaration = await declarationOf(schema, project)
  const texts = declaringTexts(declaration)
  const cache = isEmbedded ? snapshotCache() : noCache
  const declaring = ['declared', ...texts]
  const there = against === 'database' ? await makingOfProject(project, revisions) : null
  const known = isEmbedded && there === null ? await knownRevisions(revisions, { operations, texts }) : null
  const making = known === null ? null : ['made', ...known.texts.flat()]
  const keptMade = () => (making === null ? null : cache.get(making))
  const onMade: Sides['onMade'] = (use) => {
    const read = async (session: Session) => {
      const made = keptMade() ?? (await snapshotOf(session))
      if (making !== null) cache.set(making, made)
      return use(session, made)
    }
    if (known !== null) return onKeptShadow(project, known, read)
    return onShadow(project, async (session) => {
      if (there === null) await makeRevisions(session, revisions)
      else await makeDirectives(session, 'database', there)
      return read(session)
    })
  }
  return {
    told: await renamesIn(declaration),
    known() {
      const [made, declared] = [keptMade(), cache.get(declaring)]
      if (made === null || declared === null) return null
      const to = compared(declared, autogenerate)
      return { from: compared(made, autogenerate, to), to }
    },
    async declared() {
      const offered = { extensions: extensionsIn(texts) }
      const read = () => onEmpty(project, offered, (empty) => declaredSnapshot(empty, declaration))
      const snapshot = cache.get(declaring) ?? (await read())
      cache.set(declaring, snapshot)
      return compared(snapshot, autogenerate)
    },
    made: async () => keptMade() ?? (await onMade(async (_, made) => made)),
    onMade,
  }
}

/** What revisions make is known before they run, unless one of them awaits something. `texts`: those of what is tried after them. */
async function knownRevisions(
  revisions: readonly Revision[],
  { operations, texts: declared }: Pick<Project, 'operations'> & { readonly texts: readonly string[] },
): Promise<KnownRevisions | null> {
  const plans = await planForShadow(revisions, { server: { major: embeddedMajor }, operations })
  const texts = textsOf(plans)
  return texts === null ? null : { plans, texts, extensions: extensionsIn([...texts.flat(), ...declared]) }
}

function isNothing({ from, to }: Compared): boolean {
  try {
    return changeBetween(from, to).directives.length === 0
  } catch (error) {
    // What cannot be done before something has its new name is a difference too.
    if (error instanceof LimbeckError) return false
    throw error
  }
}

async function leadsBack(
  session: Session,
  back: { readonly directives: readonly Directive[]; readonly to: Snapshot; readonly look: Look },
): Promise<boolean> {
  try {
    await prove(session, { id: 'downgrade', ...back })
    return true
  } catch (error) {
    if (error instanceof DifferenceNotProved || error instanceof DifferenceRefused) return false
    throw error
  }
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
