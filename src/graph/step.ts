import { LimbeckError } from '../error.ts'
import { children, type Graph, parents } from './graph.ts'
import { bases } from './heads.ts'
import { presentRevision } from './missing.ts'

/** A count from one place along one line. */
export type Steps = {
  /** Ids; none is the place before every base. */
  readonly start: readonly string[]
  /** More than 0 goes up to children, less goes down to parents. */
  readonly steps: number
  /** The lineage to stay on, or null to stay on none. */
  readonly related: ReadonlySet<string> | null
  /** As written, for messages. */
  readonly selector: string
  /** What to do past a base or a head. */
  readonly overrun: 'refuse' | 'stay'
}

/** There are fewer revisions than steps. */
export class RelativeOutOfRange extends LimbeckError {
  readonly code = 'RELATIVE_OUT_OF_RANGE'
  readonly selector: string
  /** The revision where the count ended, or null at the place before every base. */
  readonly reached: string | null

  constructor(selector: string, reached: string | null) {
    const end = reached === null ? 'nothing comes before the base' : `nothing comes after ${reached}`
    super(`"${selector}" counts too far: ${end}.`, { hint: 'Count fewer steps, or say "head" or "base".' })
    this.selector = selector
    this.reached = reached
  }
}

/** A count that could go on, or begin, at several revisions. */
export class AmbiguousStep extends LimbeckError {
  readonly code = 'AMBIGUOUS_STEP'
  readonly selector: string
  readonly candidates: readonly string[]

  constructor(selector: string, candidates: readonly string[]) {
    super(`"${selector}" is ambiguous: it could go by ${candidates.join(' or ')}.`, {
      hint: 'Name the branch ("label@+1" or "id@-1"), or the revision itself.',
    })
    this.selector = selector
    this.candidates = candidates
  }
}

/**
 * Where the count ends. A step up must have one way to go. A step down from a merge goes to all its parents, since
 * that is what is left when the merge alone is undone; only a further step is then ambiguous.
 */
export function stepFrom(graph: Graph, count: Steps): readonly string[] {
  let at = count.start
  for (let step = 0; step < Math.abs(count.steps); step++) {
    for (const id of at) presentRevision(graph, id)
    if (at.length > 1) throw new AmbiguousStep(count.selector, at)
    const next = count.steps > 0 ? stepUp(graph, count, at[0]) : stepDown(graph, count, at[0])
    if (next === null && count.overrun === 'stay') return at
    if (next === null) throw new RelativeOutOfRange(count.selector, at[0] ?? null)
    at = next
  }
  return at
}

function stepUp(
  graph: Graph,
  { related, selector }: Steps,
  from: string | undefined,
): readonly string[] | null {
  const after = from === undefined ? bases(graph) : children(graph, from)
  const next = after.map(({ id }) => id).filter((id) => related?.has(id) ?? true)
  if (next.length > 1) throw new AmbiguousStep(selector, next)
  return next.length === 0 ? null : next
}

function stepDown(graph: Graph, { related }: Steps, from: string | undefined): readonly string[] | null {
  if (from === undefined) return null
  return parents(graph, from).filter((id) => related?.has(id) ?? true)
}
