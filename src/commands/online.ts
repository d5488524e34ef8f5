import { changeBetween } from '../autogenerate/directives.ts'
import type { ToldRename } from '../autogenerate/renames.ts'
import { relationKey } from '../catalog/key.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { LimbeckError } from '../error.ts'
import type { Phase } from '../graph/revision.ts'
import type { Directive, Halves } from '../operations/operation.ts'
import { type DirectiveFacts, factsOf } from '../operations/operations.ts'
import { newness } from '../operations/phase.ts'
import { withCarried } from './compared.ts'
import type { Project } from './project.ts'
import { DifferenceNotProved, DifferenceRefused, type Look, prove, renameOnShadow } from './prove.ts'
import type { Session } from './session.ts'
import { makeDirectives, snapshotOf } from './shadow.ts'

/** For which tables a change that old and new code cannot live through together is written in two halves: `app.orders`. */
export type Online = (table: string) => boolean

/** A change that is written in two halves, and what these are. */
export type InHalves = { readonly directive: Directive; readonly halves: Halves }

/** Two revisions that together make what is declared: the second runs when no application of before is left. */
export type TwoRevisions = { readonly expand: readonly Directive[]; readonly contract: readonly Directive[] }

/** The changes in two halves do not lead to what is declared. */
export class NotInHalves extends LimbeckError {
  readonly code = 'NOT_IN_HALVES'
  readonly changes: readonly string[]

  constructor(changes: readonly string[], cause: LimbeckError) {
    super(`${changes.join(' and ')} cannot be written in two halves here: ${cause.message}`, {
      hint: 'Leave the table out of "online", so that it is changed in one step, or write both halves by hand. Nothing was written.',
      cause,
    })
    this.changes = changes
  }
}

/**
 * Which of the directives an application of before does not bear, or would wait for while the table is rewritten, and that can be said in two
 * halves. `rewritten`: the tables that PostgreSQL wrote anew when they were run.
 */
export function inHalves(
  directives: readonly Directive[],
  { online, rewritten }: { readonly online: Online; readonly rewritten: ReadonlySet<string> },
): readonly InHalves[] {
  return inPhases(directives).flatMap(({ directive, facts, phase }) => {
    const { halves, locks } = facts
    if (halves === null) return []
    const tables = locks.map(({ schema = 'public', table }) => ({ schema, table }))
    const isOnline = tables.some(({ schema, table }) => online(`${schema}.${table}`))
    const isFelt =
      phase === 'contract' || tables.some(({ schema, table }) => rewritten.has(relationKey(schema, table)))
    return isOnline && isFelt ? [{ directive, halves }] : []
  })
}

/**
 * Writes the changes in halves: what is left besides is what still differs once both halves have run. It comes with the first half where the
 * application of before bears it, else with the second. `onMade` gives a database as the revisions make it, each time anew.
 */
export async function inTwoRevisions(
  project: Project,
  {
    found,
    to,
    told,
    look,
    onMade,
  }: {
    readonly found: readonly InHalves[]
    readonly to: Snapshot
    readonly told: readonly ToldRename[]
    readonly look: Look
    onMade<Answer>(use: (session: Session) => Promise<Answer>): Promise<Answer>
  },
): Promise<TwoRevisions> {
  const expand = found.map(({ halves }) => halves.expand)
  const contract = found.map(({ halves }) => halves.contract)
  try {
    const rest = await onMade(async (session) => {
      await run(session, 'both halves', [...expand, ...contract])
      // What has been said of names may be done by then.
      const names = {
        to,
        told: told.map((one) => ({ ...one, stays: true as const })),
        unclear: 'drop',
        look,
      } as const
      const { renaming, whole } = await renameOnShadow(session, {
        whole: await snapshotOf(session),
        ...names,
      })
      const both = withCarried({ from: look(whole), to }, whole, project.autogenerate)
      return [...renaming, ...changeBetween(both.from, both.to).directives]
    })
    for (const early of earlier(found, rest)) {
      const revisions = { expand: [...expand, ...early], contract: [...contract, ...without(rest, early)] }
      if (await leadsThere(onMade, { revisions, to, look })) return revisions
    }
    // Something needs what only the second half makes.
    const revisions = { expand, contract: [...contract, ...rest] }
    await onMade((session) => proveBoth(session, { revisions, to, look }))
    return revisions
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error
    throw new NotInHalves(
      found.map(({ directive }) => factsOf(directive).title),
      error,
    )
  }
}

type Phased = { readonly directive: Directive; readonly facts: DirectiveFacts; readonly phase: Phase }

/**
 * What of the rest may come with the first half: all that the application of before bears, but for what is there already and made again; or of
 * the tables that have halves only what is new in them.
 */
function earlier(found: readonly InHalves[], rest: readonly Directive[]): readonly (readonly Directive[])[] {
  const tablesOf = ({ locks }: DirectiveFacts) =>
    locks.map(({ schema = 'public', table }) => `${schema}.${table}`)
  const halved = new Set(found.flatMap(({ directive }) => tablesOf(factsOf(directive))))
  const undone = new Set(rest.flatMap(titlesOfInverse))
  const borne = inPhases(rest).filter(({ phase, facts }) => phase === 'expand' && !undone.has(facts.title))
  const apart = borne.filter(
    ({ facts }) => facts.makes.length > 0 || !tablesOf(facts).some((table) => halved.has(table)),
  )
  return [borne, apart].map((some) => some.map(({ directive }) => directive))
}

function titlesOfInverse(directive: Directive): readonly string[] {
  const inverse = factsOf(directive).inverse()
  return 'irreversible' in inverse ? [] : inverse.map((one) => factsOf(one).title)
}

function without(all: readonly Directive[], some: readonly Directive[]): readonly Directive[] {
  return all.filter((one) => !some.includes(one))
}

type Wanted = { readonly revisions: TwoRevisions; readonly to: Snapshot; readonly look: Look }

async function leadsThere(
  onMade: (use: (session: Session) => Promise<void>) => Promise<void>,
  wanted: Wanted,
): Promise<boolean> {
  try {
    await onMade((session) => proveBoth(session, wanted))
    return true
  } catch (error) {
    if (error instanceof DifferenceNotProved || error instanceof DifferenceRefused) return false
    throw error
  }
}

async function proveBoth(session: Session, { revisions, to, look }: Wanted): Promise<void> {
  await run(session, 'expand', revisions.expand)
  await prove(session, { id: 'contract', directives: revisions.contract, to, look })
}

async function run(session: Session, name: string, directives: readonly Directive[]): Promise<void> {
  await makeDirectives(session, name, directives).catch((error: unknown) => {
    throw error instanceof LimbeckError ? new DifferenceRefused(error) : error
  })
}

/** Each directive with the half of a deploy in which the application of before bears it. */
function inPhases(directives: readonly Directive[]): readonly Phased[] {
  const made = newness()
  return directives.map((directive) => {
    const facts = factsOf(directive)
    const phase = facts.phase(made.isNew)
    made.add(facts.makes)
    return { directive, facts, phase }
  })
}

/** A table by its key, and where its rows are. */
export type TableFile = { readonly table: string; readonly file: string }

/** Where the rows of each table are: elsewhere once it was written anew. By OID, since what was dropped and made again is another table. */
export async function filesOfTables({ connection }: Session): Promise<ReadonlyMap<string, TableFile>> {
  const [found] =
    await connection.run(`SELECT c.oid::text AS id, n.nspname AS schema, c.relname AS name, pg_relation_filenode(c.oid)::text AS file
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_'`)
  return new Map(
    (found?.rows ?? []).map(({ id, schema, name, file }) => [
      String(id),
      { table: relationKey(String(schema), String(name)), file: String(file) },
    ]),
  )
}
