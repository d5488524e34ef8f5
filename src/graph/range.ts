import { LimbeckError } from '../error.ts'
import type { Graph } from './graph.ts'
import { ancestors, descendants, lineage } from './lineage.ts'
import { checkNothingMissingBelow } from './missing.ts'
import type { Revision } from './revision.ts'
import { parseSelector, type Selector } from './selector.ts'
import { resolveTargets, type Standing, type Targets } from './targets.ts'

/** `from:to`; an open end is null: before everything, or all heads. */
export type Range = { readonly from: Selector | null; readonly to: Selector | null }

/** Text that is no range. */
export class InvalidRange extends LimbeckError {
  readonly code = 'INVALID_RANGE'
  readonly range: string

  constructor(range: string) {
    super(`"${range}" is not a range of revisions.`, {
      hint: 'Write "from:to", "from:", ":to" or "-3:current".',
    })
    this.range = range
  }
}

/** A range whose beginning does not come before its end. */
export class NotAncestor extends LimbeckError {
  readonly code = 'NOT_ANCESTOR'
  readonly from: string
  readonly to: readonly string[]

  constructor(from: string, to: readonly string[]) {
    super(`Revision ${from} does not come before ${to.join(', ') || 'the base'}.`, {
      hint: 'A range goes from the older revision to the newer: "older:newer".',
    })
    this.from = from
    this.to = to
  }
}

export function parseRange(text: string): Range {
  const ends = text.split(':').map((end) => end.trim())
  if (ends.length !== 2) throw new InvalidRange(text)
  const [from, to] = ends.map((end) => (end === '' ? null : parseSelector(end)))
  return { from: from ?? null, to: to ?? null }
}

/**
 * Both ends as targets. A bare count is from the other end: "-3:current" begins three before current, "a:+2" ends
 * two after a; "-3:-1" counts both from where the database stands.
 */
export function resolveRange(
  graph: Graph,
  { from, to }: Range,
  standing: Standing,
): { readonly from: Targets; readonly to: Targets } {
  const start = from ?? parseSelector('base')
  const end = to ?? parseSelector('heads')
  if (isBareCount(start) && !isBareCount(end)) {
    const reached = resolveTargets(graph, end, standing)
    return { from: resolveTargets(graph, start, standingAt(graph, reached, standing)), to: reached }
  }
  const begun = resolveTargets(graph, start, standing)
  const counted = isBareCount(end) && !isBareCount(start)
  return {
    from: begun,
    to: resolveTargets(graph, end, counted ? standingAt(graph, begun, standing) : standing),
  }
}

/** The applied set of a database that has reached these targets and nothing else: what offline mode starts from. */
export function appliedUpTo(graph: Graph, targets: Targets): ReadonlySet<string> {
  return ancestors(graph, targets.ids)
}

/**
 * What lies on the way between, both ends included, in the order of the graph; dependencies too where the range
 * begins before everything. Files that are missing are passed over.
 */
export function revisionsBetween(
  graph: Graph,
  { from, to }: { readonly from: Targets; readonly to: Targets },
): readonly Revision[] {
  const ends = from.branch === null ? to.ids : to.ids.filter(contains(lineage(graph, from.branch)))
  const below = ancestors(graph, ends)
  checkOrder(graph, { from: from.ids, to: ends, below })
  if (from.ids.length === 0) return [...graph.revisions.values()].filter(({ id }) => below.has(id))
  const above = descendants(graph, from.ids, 'children')
  return [...graph.revisions.values()].filter(({ id }) => below.has(id) && above.has(id))
}

function isBareCount(selector: Selector): boolean {
  return selector.to === 'relative' && selector.from === null
}

function standingAt(graph: Graph, targets: Targets, standing: Standing): Standing {
  const overrun = standing.direction === 'lookup' ? 'stay' : 'refuse'
  return { ...standing, applied: appliedUpTo(graph, targets), overrun }
}

function checkOrder(
  graph: Graph,
  { from, to, below }: { from: readonly string[]; to: readonly string[]; below: ReadonlySet<string> },
): void {
  const stray = from.find((id) => !below.has(id))
  if (stray === undefined) return
  checkNothingMissingBelow(graph, to)
  throw new NotAncestor(stray, to)
}

function contains(ids: ReadonlySet<string>): (id: string) => boolean {
  return (id) => ids.has(id)
}
