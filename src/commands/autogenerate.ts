import { changeBetween } from '../autogenerate/directives.ts'
import type { RowsInWay } from '../autogenerate/rows-in-the-way.ts'
import { knowsPartitioned } from '../catalog/partitioned.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'
import { factsOf } from '../operations/operations.ts'
import { compared, withCarried } from './compared.ts'
import type { Project } from './project.ts'
import { type Look, type Renamed, RenameNotFound, renamedAlready, renameOnShadow } from './prove.ts'
import {
  type Asked,
  type Compared,
  type Found,
  type Generated,
  isNothing,
  provedOn,
  type Telling,
} from './proved-change.ts'
import { type Declared, type DeclaredSide, declaredSide, type MadeSide, madeSide } from './sides.ts'
import { derivedBack, inverseOf, leadsBack, type Shadows } from './way-back.ts'

/** Finds what makes the declared schema of what the revisions make, and tries it there and back on empty databases. */
export async function generate(
  project: Project,
  revisions: readonly Revision[],
  telling: Telling,
): Promise<Generated> {
  const declared = await declaredSide(project)
  // Where it has to be made, that takes longest: it begins at once, in a thread of its own.
  const started = Promise.withResolvers<void>()
  const begun = declared.known() === null ? declared.open(started.resolve) : null
  // Where this side fails, nobody waits for the other.
  begun?.catch(() => {})
  const asked = { project, revisions, telling, told: [...telling.told, ...declared.told] }
  try {
    const made = await madeSide(project, revisions, { against: telling.against, tried: declared.texts })
    const before = knownOf(project, declared, made)
    if (before !== null && isNothing(before)) return nothingFor(telling)
    const there = made.known()
    if (begun !== null && there !== null) {
      const { value: wanted } = await begun
      const found = await onOne(asked, { wanted, there, onMade: made.on })
      if (found !== null) return found
    } else if (begun !== null) {
      // Two that start at once are in each other's way.
      await Promise.race([started.promise, begun])
    }
    return await made.on(async (session, whole) => {
      const { value: wanted } = await (begun ?? declared.open())
      const sides = sidesOf(asked, { whole, to: wanted.snapshot })
      // Where one was tried alone, it may be anywhere between the two.
      const beside = there === null ? wanted.session : null
      return onBoth({ ...sides, session, beside, onMade: made.on }, asked)
    })
  } finally {
    await begun?.then(
      ({ release }) => release(),
      () => {},
    )
  }
}

/** All that the revisions make, what is compared of what is declared, and what compares. */
type Sides = Pick<Shadows, 'whole' | 'to' | 'look'>

function sidesOf({ project }: Asked, { whole, to: all }: Pick<Sides, 'whole' | 'to'>): Sides {
  const to = compared(all, project.autogenerate)
  const seen = new WeakMap<Snapshot, Snapshot>()
  // Both sides are looked at again and again.
  const look: Look = (whole) => {
    const known = seen.get(whole) ?? compared(whole, project.autogenerate, to)
    seen.set(whole, known)
    return known
  }
  return { whole, to, look }
}

/** What differs between what is there, by its new names, and what is wanted. */
function foundBetween(
  { whole, to, look }: Sides,
  { renaming, whole: renamed, unclear }: Renamed,
  { project, telling }: Asked,
): Found {
  const both = withCarried({ from: look(renamed), to }, renamed, project.autogenerate)
  const rows: RowsInWay = { rows: telling.unclear === 'drop' ? 'go' : 'stay' }
  const change = changeBetween(both.from, both.to, rows)
  const upgrade = [...renaming, ...change.directives]
  const derived = inverseOf({ directives: upgrade, unsaid: change.unsaid })
  const isPartitioned = knowsPartitioned([whole, renamed, to])
  return { ...both, renaming, change, upgrade, derived, rows, unclear, isPartitioned }
}

/**
 * Shows both ways on the one database that has what is declared: it is taken back to what the revisions make, and comes from there. null where
 * that cannot be, since something has another name or does not come back.
 */
async function onOne(
  asked: Asked,
  {
    wanted,
    there,
    onMade,
  }: { readonly wanted: Declared; readonly there: Snapshot } & Pick<Shadows, 'onMade'>,
): Promise<Generated | null> {
  const sides = sidesOf(asked, { whole: there, to: wanted.snapshot })
  const { whole, to, look } = sides
  const renamed = renamedAlready({ whole, to, told: asked.told, unclear: asked.telling.unclear, look })
  if (wanted.session === null || renamed === null) return null
  const found = foundBetween(sides, renamed, asked)
  if (found.upgrade.length === 0) return nothingFor(asked.telling)
  if (found.derived === null) return null
  const session = await wanted.session
  // All that is there, compared or not: else it would not be known what the way there begins with.
  const back = { directives: found.derived, to: whole, look: (all: Snapshot) => all }
  if (!(await leadsBack(session, back))) return null
  return provedOn({ ...sides, session, beside: null, onMade }, { found, asked, back: async () => true })
}

/** Shows them on a database that has what the revisions make, and on one beside it, where there is one, that has what is declared. */
async function onBoth(shadows: Shadows, asked: Asked): Promise<Generated> {
  const { session, whole, to, look } = shadows
  const names = { whole, to, told: asked.told, unclear: asked.telling.unclear, look }
  const found = foundBetween(shadows, await renameOnShadow(session, names), asked)
  if (found.upgrade.length === 0) return nothingFor(asked.telling)
  return provedOn(shadows, { found, asked, back: derivedBack(shadows, found.derived) })
}

function nothingFor({ told }: Telling): Generated {
  const said = told.filter(({ to }) => to !== null)
  if (said.length > 0) throw new RenameNotFound(said)
  return { revisions: [], losses: [], hazards: [], unclear: [], isPartitioned: () => false }
}

/** What the revisions would still have to do, a line each. What may be a renaming is told as what goes and what comes. */
export async function missing(project: Project, revisions: readonly Revision[]): Promise<readonly string[]> {
  const declared = await declaredSide(project)
  const made = await madeSide(project, revisions, { against: 'revisions', tried: declared.texts })
  const both = async (): Promise<Compared> => {
    const to = compared(await declared.read(), project.autogenerate)
    return { from: compared(await made.read(), project.autogenerate, to), to }
  }
  const { from, to } = knownOf(project, declared, made) ?? (await both())
  try {
    return changeBetween(from, to, { rows: 'go' }).directives.map((directive) => factsOf(directive).title)
  } catch (error) {
    // There is a difference, and no way to it that can be generated.
    if (error instanceof LimbeckError) return [error.message]
    throw error
  }
}

/** Both as they are compared, where both were read before from the same texts. */
function knownOf({ autogenerate }: Project, declared: DeclaredSide, made: MadeSide): Compared | null {
  const [wanted, there] = [declared.known(), made.known()]
  if (wanted === null || there === null) return null
  const to = compared(wanted, autogenerate)
  return { from: compared(there, autogenerate, to), to }
}
