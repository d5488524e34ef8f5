import { LimbeckError } from '../error.ts'
import type { Revision } from './revision.ts'

/** Who waits for whom, before it is known that no one waits for himself. */
export type Edges = {
  readonly revisions: ReadonlyMap<string, Revision>
  /** Ids that must come before the revision; those that no file has are passed over. */
  readonly before: (revision: Revision) => readonly string[]
  /** The inverse of `before`, edge for edge. */
  readonly after: (id: string) => readonly Revision[]
}

/** Revisions that each come before the next, and the last before the first. */
export class RevisionCycle extends LimbeckError {
  readonly code = 'REVISION_CYCLE'
  readonly cycle: readonly string[]
  readonly files: readonly string[]

  constructor(cycle: readonly Revision[]) {
    const ids = cycle.map(({ id }) => id)
    const files = cycle.map(({ file }) => file)
    super(`The revisions form a cycle: ${[...ids, ids[0]].join(' → ')}.`, {
      hint: `Correct downRevision, dependsOn or replaces in one of ${files.join(', ')}.`,
    })
    this.cycle = ids
    this.files = files
  }
}

/**
 * One order for the whole graph, so that every plan is a part of it: parents and dependencies first, a lineage
 * followed to its end before another begins, ties by creation date and then by id.
 */
export function topologicalOrder(edges: Edges): ReadonlyMap<string, Revision> {
  const waiting = countWaiting(edges)
  const ready = waiting.forNothing.sort(latestFirst)
  const order = new Map<string, Revision>()
  for (let next = ready.pop(); next; next = ready.pop()) {
    order.set(next.id, next)
    const after = edges.after(next.id)
    const [only] = after
    // Nearly always: one comes after it, and waits for nothing else.
    if (after.length === 1 && only !== undefined && !waiting.forSeveral.has(only.id)) ready.push(only)
    else for (const freed of release(after, waiting.forSeveral)) ready.push(freed)
  }
  if (order.size < edges.revisions.size) throw new RevisionCycle(findCycle(edges, order))
  return order
}

/** Who waits for how many. Nearly all wait for one, and are not counted. */
function countWaiting({ revisions, before }: Edges): {
  readonly forNothing: Revision[]
  readonly forSeveral: Map<string, number>
} {
  const forNothing: Revision[] = []
  const forSeveral = new Map<string, number>()
  for (const revision of revisions.values()) {
    let count = 0
    for (const id of before(revision)) if (revisions.has(id)) count++
    if (count === 0) forNothing.push(revision)
    if (count > 1) forSeveral.set(revision.id, count)
  }
  return { forNothing, forSeveral }
}

/** Those that waited for nothing else, the one to take first at the end: `ready` is a stack. */
function release(after: readonly Revision[], forSeveral: Map<string, number>): readonly Revision[] {
  const freed: Revision[] = []
  for (const revision of after) {
    const left = (forSeveral.get(revision.id) ?? 1) - 1
    if (left === 0) freed.push(revision)
    else forSeveral.set(revision.id, left)
  }
  return freed.length > 1 ? freed.sort(latestFirst) : freed
}

function latestFirst(a: Revision, b: Revision): number {
  const dates = compareText(b.createDate ?? '', a.createDate ?? '')
  return dates === 0 ? compareText(b.id, a.id) : dates
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** What could not be placed waits for something else that could not: going back along it must meet itself. */
function findCycle({ revisions, before }: Edges, placed: ReadonlyMap<string, Revision>): readonly Revision[] {
  const stuck = (id: string) => revisions.has(id) && !placed.has(id)
  const path: Revision[] = []
  const position = new Map<string, number>()
  let at = revisions.values().find(({ id }) => stuck(id))!
  while (!position.has(at.id)) {
    position.set(at.id, path.length)
    path.push(at)
    at = revisions.get(before(at).find(stuck)!)!
  }
  return path.slice(position.get(at.id)).reverse()
}
