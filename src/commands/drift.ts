import { changeBetween } from '../autogenerate/directives.ts'
import { timePartitions } from '../catalog/partitions.ts'
import { readSnapshot } from '../catalog/read-snapshot.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import type { Connection } from '../connection/connection.ts'
import { createScratch } from '../connection/scratch.ts'
import { LimbeckError } from '../error.ts'
import { missingRevision } from '../graph/missing.ts'
import type { Directive } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'
import { revisionCode } from '../script/revision-text.ts'
import { type Autogenerate, defaultAutogenerate } from './autogenerate-options.ts'
import { compared } from './compared.ts'
import { type Kept, upkeepsOf } from './partitions.ts'
import { type Config, type Project, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { appliedIds, type Session, withReading } from './session.ts'
import {
  DirectiveFailed,
  makeDirectives,
  makeRevisions,
  schemaText,
  snapshotOf,
  withShadow,
} from './shadow.ts'
import { type Stoppable, untilStopped } from './stoppable.ts'
import { withGraph } from './with-graph.ts'

/** What a database has beside what its revisions make, as PostgreSQL's catalogs say it, a line each. */
export type DriftReport = {
  readonly database: string
  /** How many revisions are applied. */
  readonly revisions: number
  /** What makes of what the revisions make what the database is, a line each: what somebody has done. Empty where that cannot be said so. */
  readonly byHand: readonly string[]
  /** The same as it may stand in a revision. */
  readonly code: string
  /** In the database, and made by no revision. */
  readonly inDatabase: readonly string[]
  /** Made by the revisions, and not in the database, or not so. */
  readonly inRevisions: readonly string[]
  /** Revisions that are half done: what they have done so far is in the database alone. */
  readonly halfDone: readonly string[]
}

/**
 * Compares a database with what its applied revisions make on an empty one, which is made beside it and dropped again. Changes
 * nothing in the database itself. Partitions that `op.keepPartitions` lets come and go are no difference, nor is what
 * `autogenerate.exclude` and `include` leave to others.
 */
export async function drift(config: Config = {}, options: Stoppable = {}): Promise<DriftReport> {
  return untilStopped(options, () => driftOf(resolveProject(config, options)))
}

async function driftOf(project: Project): Promise<DriftReport> {
  const files = readGraph(project)
  return withReading(project, async (reading) => {
    const { graph, connection, state } = withGraph(files, reading)
    const applied = appliedIds(state)
    const lacking = [...applied].find((id) => !graph.revisions.has(id))
    if (lacking !== undefined) throw missingRevision(graph, lacking)
    const revisions = [...graph.revisions.values()].filter(({ id }) => applied.has(id))
    const kept = await upkeepsOf(project, graph, applied)
    const here = await schemaText({ connection, project })
    const whole = await readSnapshot(connection, { ledgerSchema: project.ledgerSchema })
    return withShadow(project, await createScratch(project.address, connection), async (shadow) => {
      await makeRevisions(shadow, revisions)
      const passing = await passingPartitions(kept, [connection, shadow.connection])
      const looked = (snapshot: Snapshot) => compared(snapshot, chosenBy(project))
      const lasting = (snapshot: Snapshot) =>
        new Map([...looked(snapshot)].filter(([key]) => !mentions(key, passing)))
      const made = await snapshotOf(shadow)
      const directives = directivesBetween(lasting(made), lasting(whole))
      const there = await textWithTheirs(shadow, theirsBetween({ made, whole, looked }))
      return {
        byHand: directives.map((directive) => factsOf(directive).title),
        code: revisionCode(directives),
        database: connection.database,
        revisions: revisions.length,
        inDatabase: without(here, there).filter((line) => !mentions(line, passing) && !isElsewhere(line)),
        inRevisions: without(there, here).filter((line) => !mentions(line, passing)),
        halfDone: state.unfinished.filter(({ stages }) => stages.length > 0).map(({ revision }) => revision),
      }
    })
  })
}

/** What somebody has done to an object that the project leaves to others is none of its drift; owners and privileges are. */
function chosenBy({ autogenerate: { include, exclude } }: Project): Required<Autogenerate> {
  return { ...defaultAutogenerate, include, exclude, owners: true, privileges: true }
}

/** What makes of the objects that the project leaves to others what they are in the database, beside its own as the revisions make them. */
function theirsBetween({
  made,
  whole,
  looked,
}: {
  readonly made: Snapshot
  readonly whole: Snapshot
  readonly looked: (snapshot: Snapshot) => Snapshot
}): readonly Directive[] {
  const [ours, oursHere] = [looked(made), looked(whole)]
  const theirs = [...compared(whole, everything)].filter(([key]) => !oursHere.has(key))
  return directivesBetween(compared(made, everything), new Map([...ours, ...theirs]))
}

const everything = { ...defaultAutogenerate, owners: true, privileges: true }

/** The catalogs of the shadow once what is left to others is there as in the database: no line tells whose it is. */
async function textWithTheirs(shadow: Session, theirs: readonly Directive[]): Promise<readonly string[]> {
  const own = await schemaText(shadow)
  if (theirs.length === 0) return own
  try {
    await makeDirectives(shadow, 'what is left to others', theirs)
  } catch (error) {
    // It needs what the revisions do not make, of which is told.
    if (error instanceof DirectiveFailed) return own
    throw error
  }
  return schemaText(shadow)
}

function directivesBetween(there: Snapshot, here: Snapshot): readonly Directive[] {
  try {
    return changeBetween(there, here, { rows: 'go' }).directives
  } catch (error) {
    // There is a difference, and nothing that makes it.
    if (error instanceof LimbeckError) return []
    throw error
  }
}

/** A subscription is not made where revisions are only tried: it would take its rows from the publisher. */
function isElsewhere(line: string): boolean {
  return /^(comment on )?subscription /.test(line)
}

/** The partitions of tables that are kept up which are not in both databases. */
async function passingPartitions(
  kept: readonly Kept[],
  databases: readonly Connection[],
): Promise<readonly string[]> {
  const counts = new Map<string, number>()
  for (const connection of databases)
    for (const table of kept)
      for (const { name } of (await timePartitions(connection, table)) ?? [])
        counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].filter(([, count]) => count < databases.length).map(([name]) => name)
}

/** Whether a line speaks of a table, or of what is called after it. */
function mentions(line: string, tables: readonly string[]): boolean {
  return tables.some((name) => {
    const at = line.indexOf(name)
    return at !== -1 && !/\w/.test(line.charAt(at - 1)) && !/[a-z0-9]/i.test(line.charAt(at + name.length))
  })
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others)
  return lines.filter((line) => !known.has(line))
}
