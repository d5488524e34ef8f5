import { LimbeckError } from '../error.ts'
import { children, type Graph } from './graph.ts'
import { descendants } from './lineage.ts'
import { presentRevision } from './missing.ts'
import { NotAncestor } from './range.ts'
import type { Revision } from './revision.ts'
import type { Targets } from './targets.ts'

/** Revisions that are no line of which each has one before it and nothing beside it, so that one could stand for them. */
export class NotARun extends LimbeckError {
  readonly code = 'NOT_A_RUN'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`These revisions cannot be one: ${problems.join('; ')}.`, {
      hint: 'A run is a line without branches: end it before what is named here, or begin it after that. Nothing was written.',
    })
    this.problems = problems
  }
}

/** The revisions from one to another, both included, the older one first; from the beginning of the line where `from` names none. */
export function runBetween(
  graph: Graph,
  { from, to }: { readonly from: Targets; readonly to: Targets },
): readonly Revision[] {
  const [first] = onlyOne(from, 'beginning')
  const [last] = onlyOne(to, 'end')
  if (last === undefined) throw new NotARun(['there is none at the end of the range'])
  const run = lineBetween(graph, first, last)
  const problems = [
    ...(run.length < 2 ? [`there is only ${run.map(({ id }) => id).join()}`] : []),
    ...besides(graph, run),
    ...circular(graph, run),
  ]
  if (problems.length > 0) throw new NotARun(problems)
  return run
}

function onlyOne({ ids }: Targets, place: string): readonly string[] {
  if (ids.length > 1) throw new NotARun([`there are several at the ${place} of the range: ${ids.join(', ')}`])
  return ids
}

function lineBetween(graph: Graph, first: string | undefined, last: string): readonly Revision[] {
  const line = [presentRevision(graph, last)]
  for (let at = presentRevision(graph, last); at.id !== first; ) {
    const [before, ...others] = at.downRevisions
    if (others.length > 0) throw new NotARun([`${at.id} joins ${at.downRevisions.join(' and ')}`])
    if (before === undefined && first === undefined) break
    if (before === undefined) throw new NotAncestor(first ?? '', [last])
    at = presentRevision(graph, before)
    line.unshift(at)
  }
  return line
}

/** What comes after a revision in the middle. */
function besides(graph: Graph, run: readonly Revision[]): readonly string[] {
  return run.slice(0, -1).flatMap(({ id }, n) =>
    children(graph, id)
      .filter((child) => child.id !== run[n + 1]?.id)
      .map((child) => `${child.id} (${child.file}) comes after ${id} too`),
  )
}

/** What a revision of the run depends on, and has itself to come after the run. */
function circular(graph: Graph, run: readonly Revision[]): readonly string[] {
  const ids = new Set(run.map(({ id }) => id))
  const after = descendants(graph, ids)
  return run.flatMap(({ id }) =>
    (graph.dependencies.get(id) ?? [])
      .filter((other) => !ids.has(other) && after.has(other))
      .map((other) => `${id} depends on ${other}, which comes after one of them`),
  )
}
