import { join } from 'node:path'
import { cacheDirectory } from '../connection/cache-directory.ts'
import { imageName } from '../connection/pglite.ts'
import type { Observation } from '../trace/observation.ts'
import type { TracedStatement } from '../trace/subject.ts'
import { version } from '../version.ts'
import { codeIn, readKept, writeKept } from './kept-file.ts'
import type { Seen } from './lint-report.ts'
import type { LintSubject } from './lint-subjects.ts'
import type { Beginning } from './lint-twins.ts'
import type { Project } from './project.ts'
import { digest } from './snapshot-cache.ts'

/** A statement by its place among all of the subject's: where it stands in a file may be another line the next time. */
type Placed = { readonly place: number }

/** What is kept of a subject. */
type KeptSubject = {
  readonly observations: readonly (Omit<Observation, 'statement' | 'held'> & {
    readonly statement: Placed
    readonly held: readonly (Omit<Observation['held'][number], 'by'> & { readonly by: Placed })[]
  })[]
  readonly recipes: readonly (string | null)[]
}

const mostKept = 200

/**
 * What the same statements were seen to do on the same schema before, by the same code: rules judge it anew each time. Nothing is kept where it is not
 * known what makes the schema, or where it is tried on a server, which may be another tomorrow.
 */
export async function withKept(
  project: Project,
  {
    beginning,
    subjects,
    ways,
  }: {
    readonly beginning: Beginning
    readonly subjects: readonly LintSubject[]
    /** How it is run, last, and before that how it might have been run so that all was seen that is seen now. */
    readonly ways: readonly (readonly unknown[])[]
  },
  see: () => Promise<readonly Seen[]>,
): Promise<readonly Seen[]> {
  const files = ways.map((way) => fileOf(project, { beginning, subjects, way }))
  const file = files.at(-1) ?? null
  if (file === null) return see()
  for (const known of files) {
    const kept = known === null ? null : (readKept(known) as readonly KeptSubject[] | null)
    if (kept !== null) return kept.map((one, at) => seenAgain(one, subjects[at]))
  }
  const seen = await see()
  writeKept(file, seen.map(keptOf), mostKept)
  return seen
}

function fileOf(
  { ledgerSchema, autogenerate }: Project,
  {
    beginning: { texts },
    subjects,
    way,
  }: Pick<Parameters<typeof withKept>[1], 'beginning' | 'subjects'> & { readonly way: readonly unknown[] },
): string | null {
  const isKnown = texts !== null && autogenerate.shadow === 'embedded'
  if (!isKnown || Object.values(autogenerate).some((value) => typeof value === 'function')) return null
  const said = subjects.map(({ transactions, lacking }) => [
    lacking.map(({ parsed }) => parsed.text),
    transactions.map(({ isBlock, isImplied, rollsBack, statements, course }) => [
      isBlock,
      isImplied,
      rollsBack,
      course?.when,
      statements.map(({ parsed, title }) => [parsed.text, title]),
    ]),
  ])
  const known = JSON.stringify([ledgerSchema, autogenerate, said, way])
  return join(cacheDirectory(), 'observations', digest([version, imageName(), ...code(), known, ...texts]))
}

function code(): readonly string[] {
  const here = import.meta.dirname
  return codeIn([here, ...['trace', 'samples', 'operations', 'sql'].map((room) => join(here, '..', room))])
}

function keptOf({ subject, observations, recipe }: Seen): KeptSubject {
  const statements = statementsOf(subject)
  const places = new Map(statements.map((statement, place) => [statement, { place }]))
  const placeOf = (statement: TracedStatement) => places.get(statement) ?? { place: -1 }
  return {
    observations: observations.map((one) => ({
      ...one,
      statement: placeOf(one.statement),
      held: one.held.map((lock) => ({ ...lock, by: placeOf(lock.by) })),
    })),
    recipes: statements.map(recipe),
  }
}

function seenAgain({ observations, recipes }: KeptSubject, subject: LintSubject | undefined): Seen {
  if (subject === undefined) throw new Error('What is kept is of so many subjects as there are.')
  const statements = statementsOf(subject)
  const at = ({ place }: Placed) => {
    const statement = statements[place]
    if (statement === undefined) throw new Error('What is kept is of the statements that there are.')
    return statement
  }
  const codes = new Map(statements.map((statement, place) => [statement, recipes[place] ?? null]))
  return {
    subject,
    observations: observations.map((one) => ({
      ...one,
      statement: at(one.statement),
      held: one.held.map((lock) => ({ ...lock, by: at(lock.by) })),
    })),
    recipe: (statement) => codes.get(statement) ?? null,
  }
}

function statementsOf({ transactions }: LintSubject): readonly TracedStatement[] {
  return transactions.flatMap(({ statements }) => statements)
}
