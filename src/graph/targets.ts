import { LimbeckError } from '../error.ts'
import { branchRevision } from './branch.ts'
import type { Graph } from './graph.ts'
import { appliedHeads, heads } from './heads.ts'
import { lineage } from './lineage.ts'
import { checkNothingMissingBelow } from './missing.ts'
import { revisionNamed } from './name.ts'
import type { Anchor, Selector } from './selector.ts'
import { stepFrom } from './step.ts'

/** What a selector names in this graph and this database; the argument of the paths. */
export type Targets = {
  /** Full ids. None of them is the place before everything. */
  readonly ids: readonly string[]
  /** A revision of the branch that was named: what is beside its lineage is not meant. */
  readonly branch: string | null
}

/** What the names are read against. */
export type Standing = {
  readonly applied: ReadonlySet<string>
  /** Upwards one cannot count "-1" from where one stands, nor downwards "+1"; a lookup counts both ways. */
  readonly direction: 'upgrade' | 'downgrade' | 'lookup'
  /** What counting past a base or a head does: by default it is an error, in a range it stays there. */
  readonly overrun?: 'refuse' | 'stay'
}

/** "head" where there are several. */
export class MultipleHeads extends LimbeckError {
  readonly code = 'MULTIPLE_HEADS'
  readonly selector: string
  readonly heads: readonly string[]

  constructor(selector: string, heads: readonly string[]) {
    super(`"${selector}" could be any of ${heads.length} heads: ${heads.join(', ')}.`, {
      hint: 'Name one ("label@head" or its id), say "heads", or join them with "limbeck merge".',
    })
    this.selector = selector
    this.heads = heads
  }
}

/** `label@id` where the revision is not on that branch. */
export class RevisionNotOnBranch extends LimbeckError {
  readonly code = 'REVISION_NOT_ON_BRANCH'
  readonly id: string
  readonly branch: string

  constructor(id: string, branch: string) {
    super(`Revision ${id} is not on branch "${branch}".`, {
      hint: `"limbeck history -r ${branch}@base:${branch}@heads" lists the branch.`,
    })
    this.id = id
    this.branch = branch
  }
}

/** "+1" on the way down, or "-1" on the way up. */
export class WrongDirection extends LimbeckError {
  readonly code = 'WRONG_DIRECTION'
  readonly selector: string

  constructor(selector: string, direction: 'upgrade' | 'downgrade') {
    const [here, there] = direction === 'upgrade' ? ['upwards', '"+"'] : ['downwards', '"-"']
    super(`"${selector}" points the wrong way: ${direction} goes ${here}.`, {
      hint: `Count with ${there}, or from a named revision ("id-1", "head-1", "base+1").`,
    })
    this.selector = selector
  }
}

/** The full ids that a selector names. An applied id that no file has can be named by its whole id. */
export function resolveTargets(graph: Graph, selector: Selector, standing: Standing): Targets {
  const branch = selector.branch === null ? null : branchRevision(graph, selector.branch).id
  const place = { graph, selector, standing, related: branch === null ? null : lineage(graph, branch) }
  if (selector.to !== 'relative') return { ids: locate(place, selector), branch }

  checkDirection(selector, standing)
  const start = selector.from ? locate(place, selector.from) : current(place, { resolveDependencies: true })
  const ids = stepFrom(graph, {
    start,
    steps: selector.steps,
    related: place.related,
    selector: selector.text,
    overrun: standing.overrun ?? 'refuse',
  })
  // Counted from where the database stands, only the line one stands on is meant, not its siblings.
  return { ids, branch: branch ?? (selector.from ? null : (start[0] ?? null)) }
}

/** The graph, the question, and the ids of the named branch's lineage. */
type Place = {
  readonly graph: Graph
  readonly selector: Selector
  readonly standing: Standing
  readonly related: ReadonlySet<string> | null
}

function locate(place: Place, anchor: Anchor): readonly string[] {
  switch (anchor.to) {
    case 'base':
      return []
    case 'current':
      return current(place)
    case 'heads':
      return headIds(place)
    case 'head':
      return onlyHead(place)
    case 'revision':
      return [named(place, anchor.name)]
  }
}

function headIds({ graph, selector: { branch } }: Place): readonly string[] {
  return heads(graph, { branch }).map(({ id }) => id)
}

function onlyHead(place: Place): readonly string[] {
  const ids = headIds(place)
  if (ids.length < 2) return ids
  // A file that is missing in a chain leaves two ends: then it is the file that is to be named.
  checkNothingMissingBelow(place.graph, ids)
  throw new MultipleHeads(place.selector.text, ids)
}

/** Where the database stands, or stands on the named branch: the tips of what is applied of its lineage. */
function current(
  { graph, standing, related }: Place,
  options: { resolveDependencies?: boolean } = {},
): readonly string[] {
  if (!related) return appliedHeads(graph, standing.applied, options)
  return appliedHeads(graph, new Set([...standing.applied].filter((id) => related.has(id))))
}

function named({ graph, selector, standing, related }: Place, name: string): string {
  if (!graph.revisions.has(name) && (standing.applied.has(name) || graph.children.has(name))) return name
  const { id } = revisionNamed(graph, name, related ?? undefined)
  if (!related || related.has(id)) return id
  checkNothingMissingBelow(graph, [id, branchRevision(graph, selector.branch!).id])
  throw new RevisionNotOnBranch(id, selector.branch!)
}

function checkDirection(selector: Selector, { direction }: Standing): void {
  if (selector.to !== 'relative' || selector.from !== null) return
  if (direction === 'upgrade' && selector.steps < 0) throw new WrongDirection(selector.text, direction)
  if (direction === 'downgrade' && selector.steps > 0) throw new WrongDirection(selector.text, direction)
}
