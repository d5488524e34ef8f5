import { setImmediate } from 'node:timers/promises'
import type { ToldRename } from '../autogenerate/renames.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { embeddedMajor, extensionsIn } from '../connection/address.ts'
import type { Revision } from '../graph/revision.ts'
import { declarationOf, declaringTexts, makerOf, renamesIn, SchemaNotDeclared } from './declared-schema.ts'
import { type Held, held } from './held.ts'
import { type KnownRevisions, onKeptShadow } from './kept-shadow.ts'
import { makingOfProject } from './making.ts'
import type { Project } from './project.ts'
import { onEmpty, onShadow } from './prove.ts'
import type { Session } from './session.ts'
import { makeDirectives, makeRevisions, planForShadow, sessionOn, snapshotOf } from './shadow.ts'
import { noCache, snapshotCache, textsOf } from './snapshot-cache.ts'

/** One of the two that are compared: all that there is, whether it is compared or not. */
type Side = {
  /** As it was read before of the same texts; null where it has to be made. */
  known(): Snapshot | null
  read(): Promise<Snapshot>
}

/** What is declared. */
export type DeclaredSide = Side & {
  /** What it says itself of names that were others. */
  readonly told: readonly ToldRename[]
  /** All that it hangs on. */
  readonly texts: readonly string[]
  /** The same as `read`, with the database that was made for it. `started` is told once one is there, and empty. */
  open(started?: () => void): Promise<Held<Declared>>
}

/** What is declared, and a session in a database that has it; null where it was known and none was made. */
export type Declared = { readonly snapshot: Snapshot; readonly session: Promise<Session> | null }

/** What it is compared with. */
export type MadeSide = Side & {
  /** Uses a shadow that has it, each time anew. */
  on<Answer>(use: (session: Session, made: Snapshot) => Promise<Answer>): Promise<Answer>
}

/** What the declared schema is compared with: what the revisions make, or what the project's database has, which stands where they do. */
export type Against = 'revisions' | 'database'

/** Reads where the schema is declared, once. */
export async function declaredSide(project: Project): Promise<DeclaredSide> {
  const { schema } = project
  if (schema === null) throw new SchemaNotDeclared()
  const declaration = await declarationOf(schema, project)
  const texts = declaringTexts(declaration)
  const cache = cacheOf(project)
  const declaring = ['declared', ...texts]
  const offered = { extensions: extensionsIn(texts) }
  const make = async (started: () => void) => {
    // The texts are parsed while the database starts.
    const make = makerOf(declaration)
    return held<Declared>((keep) =>
      onEmpty(project, offered, async (bare) => {
        started()
        const snapshot = await make(bare)
        cache.set(declaring, snapshot)
        const making = Promise.withResolvers<void>()
        const session = sessionOn(bare, making.resolve)
        // Whoever uses it is told.
        session.catch(() => {})
        // The ledger is made while this thread compares, once PostgreSQL has been told to.
        await Promise.race([making.promise, session]).catch(() => {})
        await setImmediate()
        await keep({ snapshot, session })
        await session.catch(() => {})
      }),
    )
  }
  const open: DeclaredSide['open'] = async (started = () => {}) => {
    const snapshot = cache.get(declaring)
    return snapshot === null ? make(started) : { value: { snapshot, session: null }, async release() {} }
  }
  return {
    told: await renamesIn(declaration),
    texts,
    known: () => cache.get(declaring),
    open,
    async read() {
      const { value, release } = await open()
      await release()
      return value.snapshot
    },
  }
}

/** `tried`: texts of what is tried on the shadow afterwards, which may ask for extensions. */
export async function madeSide(
  project: Project,
  revisions: readonly Revision[],
  { against, tried }: { readonly against: Against; readonly tried: readonly string[] },
): Promise<MadeSide> {
  const cache = cacheOf(project)
  const there = against === 'database' ? await makingOfProject(project, revisions) : null
  const isKnowable = there === null && project.autogenerate.shadow === 'embedded'
  const said = isKnowable ? await knownRevisions(project, revisions, tried) : null
  const making = said === null ? null : ['made', ...said.texts.flat()]
  const known = () => (making === null ? null : cache.get(making))
  const on: MadeSide['on'] = (use) => {
    const withMade = async (session: Session) => {
      const made = known() ?? (await snapshotOf(session))
      if (making !== null) cache.set(making, made)
      return use(session, made)
    }
    if (said !== null) return onKeptShadow(project, said, withMade)
    return onShadow(project, async (session) => {
      if (there === null) await makeRevisions(session, revisions)
      else await makeDirectives(session, 'database', there)
      return withMade(session)
    })
  }
  return { known, on, read: async () => known() ?? (await on(async (_, made) => made)) }
}

/** On a server of the project's own the same texts may make something else tomorrow. */
function cacheOf({ autogenerate }: Project) {
  return autogenerate.shadow === 'embedded' ? snapshotCache() : noCache
}

/** What revisions make is known before they run, unless one of them awaits something. */
async function knownRevisions(
  { operations }: Project,
  revisions: readonly Revision[],
  tried: readonly string[],
): Promise<KnownRevisions | null> {
  const plans = await planForShadow(revisions, { server: { major: embeddedMajor }, operations })
  const texts = textsOf(plans)
  return texts === null ? null : { plans, texts, extensions: extensionsIn([...texts.flat(), ...tried]) }
}
