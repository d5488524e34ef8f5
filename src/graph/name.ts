import { LimbeckError } from '../error.ts'
import { didYouMean, nearMisses } from '../near-miss.ts'
import type { Graph } from './graph.ts'
import type { Revision } from './revision.ts'

/** A partial id that begins several ids. */
export class AmbiguousRevision extends LimbeckError {
  readonly code = 'AMBIGUOUS_REVISION'
  readonly partialId: string
  readonly candidates: readonly string[]

  constructor(partialId: string, candidates: readonly string[]) {
    super(`"${partialId}" begins ${candidates.length} revision ids: ${candidates.join(', ')}.`, {
      hint: 'Write more of the id.',
    })
    this.partialId = partialId
    this.candidates = candidates
  }
}

/** A name that is neither an id, nor the beginning of one, nor a branch label. */
export class UnknownRevision extends LimbeckError {
  readonly code = 'UNKNOWN_REVISION'
  readonly revision: string
  readonly candidates: readonly string[]

  constructor(revision: string, candidates: readonly string[]) {
    super(`There is no revision "${revision}".`, {
      hint: `"limbeck history" lists them all.${didYouMean(candidates)}`,
    })
    this.revision = revision
    this.candidates = candidates
  }
}

type Names = Pick<Graph, 'revisions' | 'labelled'>

/** The revision with this id, or the only one whose id begins so. Without `among`, any revision will do. */
export function findByPrefix(
  { revisions }: Pick<Graph, 'revisions'>,
  prefix: string,
  among?: ReadonlySet<string>,
): Revision | undefined {
  const exact = revisions.get(prefix)
  if (exact) return exact
  const found = [...revisions.keys()].filter((id) => id.startsWith(prefix) && (among?.has(id) ?? true))
  if (found.length > 1) throw new AmbiguousRevision(prefix, found.sort())
  return found[0] === undefined ? undefined : revisions.get(found[0])
}

/** The revision that a person names by id, branch label or unique partial id, in that order. */
export function revisionNamed(graph: Names, name: string, among?: ReadonlySet<string>): Revision {
  const found = graph.labelled.get(name) ?? findByPrefix(graph, name, among)
  if (!found) throw unknownRevision(graph, name)
  return found
}

/** For a name that fits nothing; the near misses are looked for among ids and labels. */
export function unknownRevision({ revisions, labelled }: Names, name: string): UnknownRevision {
  return new UnknownRevision(name, nearMisses(name, [...revisions.keys(), ...labelled.keys()]))
}
