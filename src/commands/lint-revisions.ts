import { execFile } from 'node:child_process'
import { relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import { embeddedMajor, extensionsIn } from '../connection/address.ts'
import { LimbeckError } from '../error.ts'
import type { Graph } from '../graph/graph.ts'
import { ancestors } from '../graph/lineage.ts'
import { parseRange, resolveRange, revisionsBetween } from '../graph/range.ts'
import type { Revision } from '../graph/revision.ts'
import { parseSelector } from '../graph/selector.ts'
import { resolveTargets } from '../graph/targets.ts'
import { type Direction, IrreversibleRevision } from '../plan/plan.ts'
import { revisionSubject } from './lint-revision-subject.ts'
import type { LintSubject } from './lint-subjects.ts'
import { askTarget, readTarget, type Target, unknownTarget } from './lint-target.ts'
import type { Beginning, UnknownBeginning } from './lint-twins.ts'
import { type LoadedPlan, planAll } from './plan-all.ts'
import type { Project } from './project.ts'
import { readGraph } from './read-graph.ts'
import { appliedIds, withReading } from './session.ts'
import { makePlanned, planForShadow, sessionOn } from './shadow.ts'
import { textsOf } from './snapshot-cache.ts'
import { withGraph } from './with-graph.ts'

/** Which revisions: by selectors and ranges, by what git says has changed since a commit, or what the database lacks. */
export type WhichRevisions =
  | { readonly selectors: readonly string[] }
  | { readonly since: string }
  | { readonly pending: true }

/** git does not say what has changed since a commit. */
export class SinceUnknown extends LimbeckError {
  readonly code = 'SINCE_UNKNOWN'
  readonly since: string

  constructor(since: string, cause: unknown) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause)
    super(`git does not say what has changed since ${JSON.stringify(since)}: ${said}`, {
      hint: 'Name a commit, a branch or a tag that this clone has: a shallow clone has few.',
      cause,
    })
    this.since = since
  }
}

/** What is looked at, and what makes the schema that there is before. */
export type Linted = {
  readonly subjects: readonly LintSubject[]
  readonly beginning: Beginning | UnknownBeginning
  /** The database that it is for, as far as it was asked. */
  readonly target: Target
  /** What was chosen and cannot be looked at, a sentence each. */
  readonly passedOver?: readonly string[]
}

/**
 * The revisions to look at, as they would run or be undone, and what makes the schema that there is before the first of them. `asks`: whether the database that they are for
 * is asked where it need not be.
 */
export async function revisionSubjects(
  project: Project,
  which: WhichRevisions,
  { asks, direction }: { readonly asks: boolean; readonly direction: Direction },
): Promise<Linted> {
  const { graph, chosen, target } = await choose(project, which, asks)
  const planning = { server: { major: embeddedMajor }, operations: project.operations }
  if (direction === 'upgrade')
    return planSubjects(project, { graph, plans: await planAll(chosen, direction, planning), target })
  const plans: LoadedPlan[] = []
  const oneWay: string[] = []
  for (const revision of chosen.toReversed()) {
    const plan = await planAll([revision], direction, planning).catch((error: unknown) => {
      if (error instanceof IrreversibleRevision) return error
      throw error
    })
    if (plan instanceof IrreversibleRevision)
      oneWay.push(`${relative(project.directory, revision.file)}: it is not undone: ${plan.reason}`)
    else plans.push(...plan)
  }
  return { ...(await planSubjects(project, { graph, plans, target })), passedOver: oneWay }
}

/** The same for revisions that were planned. */
export async function planSubjects(
  project: Project,
  {
    graph,
    plans,
    target,
  }: { readonly graph: Graph; readonly plans: readonly LoadedPlan[]; readonly target: Target },
): Promise<Linted> {
  const ids = new Set(plans.map(({ planned }) => planned.revision.id))
  const needed = ancestors(graph, [...ids])
  // What is undone has been done, and what hangs on it has been undone before.
  const isWayBack = plans[0]?.planned.direction === 'downgrade'
  const before = [...graph.revisions.values()].filter(
    ({ id }) => needed.has(id) && (isWayBack || !ids.has(id)),
  )
  const { operations, directory } = project
  const isEmbedded = project.autogenerate.shadow === 'embedded'
  const made = await planForShadow(before, { server: { major: embeddedMajor }, operations })
  const subjects: LintSubject[] = []
  for (const plan of plans) subjects.push(await revisionSubject(plan, { directory, isEmbedded }))
  const said = subjects.flatMap(({ transactions }) =>
    transactions.flatMap(({ statements }) => statements.map(({ parsed }) => parsed.text)),
  )
  const texts = textsOf(made)?.flat() ?? null
  return {
    subjects,
    target,
    beginning: {
      texts,
      extensions: extensionsIn([...(texts ?? []), ...said]),
      make: async (bare) => makePlanned(await sessionOn(bare), made),
    },
  }
}

type Chosen = { readonly graph: Graph; readonly chosen: readonly Revision[]; readonly target: Target }

async function choose(project: Project, which: WhichRevisions, asks: boolean): Promise<Chosen> {
  const graph = readGraph(project)
  const target = asks && !('pending' in which) ? await askTarget(project) : unknownTarget
  if ('selectors' in which) return { graph, chosen: selected(graph, which.selectors), target }
  if ('since' in which) {
    const changed = new Set(await changedSince(project, which.since))
    return {
      graph,
      chosen: [...graph.revisions.values()].filter(({ file }) => changed.has(file)),
      target,
    }
  }
  return withReading(project, async (reading) => {
    const standing = withGraph(graph, reading)
    const applied = appliedIds(standing.state)
    return {
      graph: standing.graph,
      target: await readTarget(reading.connection, project),
      chosen: [...standing.graph.revisions.values()].filter(({ id }) => !applied.has(id)),
    }
  })
}

function selected(graph: Graph, selectors: readonly string[]): readonly Revision[] {
  const standing = { applied: new Set<string>(), direction: 'lookup' } as const
  const ids = new Set(
    selectors.flatMap((selector) =>
      selector.includes(':')
        ? revisionsBetween(graph, resolveRange(graph, parseRange(selector), standing)).map(({ id }) => id)
        : resolveTargets(graph, parseSelector(selector), standing).ids,
    ),
  )
  return [...graph.revisions.values()].filter(({ id }) => ids.has(id))
}

/** Files of revisions that git does not have at a commit, or has otherwise; those that it has not been told of too. */
async function changedSince({ directory, migrations }: Project, since: string): Promise<readonly string[]> {
  const folders = migrations.map((folder) => relative(directory, folder) || '.')
  const git = async (...words: readonly string[]) => {
    const { stdout } = await promisify(execFile)('git', [...words, '--', ...folders], { cwd: directory })
    return stdout.split('\0').filter((name) => name !== '')
  }
  try {
    const changed = await git(
      'diff',
      '--relative',
      '--name-only',
      '-z',
      '--diff-filter=AMR',
      '--merge-base',
      since,
    )
    const untold = await git('ls-files', '--others', '--exclude-standard', '-z')
    return [...changed, ...untold].map((name) => resolve(directory, name))
  } catch (error) {
    throw new SinceUnknown(since, error)
  }
}
