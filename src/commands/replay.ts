import { LimbeckError } from '../error.ts'
import { type Graph, parents } from '../graph/graph.ts'
import type { Revision } from '../graph/revision.ts'
import type { Project } from './project.ts'
import { onShadow } from './prove.ts'
import { readGraph } from './read-graph.ts'
import type { Session } from './session.ts'
import { planForShadow, runPlanned } from './shadow.ts'

/** What came of running revisions on an empty database. */
export type Replayed = {
  readonly revisions: number
  /** Those that cannot run, and why. What comes after one of them is not tried. */
  readonly failed: readonly { readonly revision: string; readonly file: string; readonly reason: string }[]
  readonly untried: readonly string[]
  /** What makes of their schema that of a dump, a line each; null where there is none, or not all of them have run. */
  readonly differences: readonly string[] | null
}

/** Runs all revisions on an empty database, as far as they can, and compares what they make with what a dump declares. */
export async function replay(project: Project, dump: string | null): Promise<Replayed> {
  const graph = readGraph(project)
  const revisions = [...graph.revisions.values()]
  const { failed, untried } = await onShadow(project, (session) => runEach(session, graph))
  const isWhole = failed.length + untried.length === 0
  const differences =
    dump === null || !isWhole ? null : await differencesFrom({ ...project, schema: dump }, revisions)
  return { revisions: revisions.length, failed, untried, differences }
}

async function runEach(session: Session, graph: Graph): Promise<Pick<Replayed, 'failed' | 'untried'>> {
  const failed: Replayed['failed'][number][] = []
  const out = new Set<string>()
  const untried: string[] = []
  for (const revision of graph.revisions.values()) {
    const { id, file } = revision
    const needs = [...parents(graph, id), ...(graph.dependencies.get(id) ?? [])]
    if (needs.some((need) => out.has(need))) {
      out.add(id)
      untried.push(id)
      continue
    }
    const reason = await whyNot(session, revision)
    if (reason === null) continue
    out.add(id)
    failed.push({ revision: id, file, reason })
  }
  return { failed, untried }
}

async function whyNot(session: Session, revision: Revision): Promise<string | null> {
  try {
    const { operations } = session.project
    await runPlanned(session, await planForShadow([revision], { server: session.connection, operations }))
    return null
  } catch (error) {
    // What a signal has ended is no fault of the revision's.
    if (!(error instanceof LimbeckError) || session.project.signal?.aborted === true) throw error
    await session.connection.reset()
    return error.message
  }
}

async function differencesFrom(project: Project, revisions: readonly Revision[]): Promise<readonly string[]> {
  const { missing } = await import('./autogenerate.ts')
  return missing(project, revisions)
}
