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

/** A revision that another one replaces, where only the whole of that one can be meant. */
export class ReplacedRevision extends LimbeckError {
  readonly code = 'REPLACED_REVISION'
  readonly replaced: string
  readonly by: string

  constructor(replaced: string, by: Revision) {
    super(`Revision ${replaced} is a part of ${by.id} now, which replaces it (${by.file}).`, {
      hint: `Name ${by.id}, which can only be applied and undone as a whole.`,
    })
    this.replaced = replaced
    this.by = by.id
  }
}

type Names = Pick<Graph, 'revisions' | 'labelled' | 'standIns'>

/**
 * The revision with this id, or the only one whose id begins so; what does not stand is the one that stands in its place. Without
 * `among`, any revision will do.
 */
export function findByPrefix(
  { revisions, standIns }: Pick<Graph, 'revisions' | 'standIns'>,
  prefix: string,
  among?: ReadonlySet<string>,
): Revision | undefined {
  const exact = revisions.get(prefix)
  if (exact) return exact
  const found = [...revisions.keys()].filter((id) => id.startsWith(prefix) && (among?.has(id) ?? true))
  if (found.length > 1) throw new AmbiguousRevision(prefix, found.sort())
  if (found[0] !== undefined) return revisions.get(found[0])
  const replaced = replacedNamed({ standIns }, prefix)
  return replaced === undefined ? undefined : standIns.get(replaced)?.revision
}

/** The id of what does not stand that a name means. */
function replacedNamed({ standIns }: Pick<Graph, 'standIns'>, name: string): string | undefined {
  if (standIns.has(name)) return name
  const found = [...standIns.keys()].filter((id) => id.startsWith(name))
  if (found.length > 1) throw new AmbiguousRevision(name, found.sort())
  return found[0]
}

/** The revision that a person names by id, branch label or unique partial id, in that order. */
export function revisionNamed(graph: Names, name: string, among?: ReadonlySet<string>): Revision {
  const found = graph.labelled.get(name) ?? findByPrefix(graph, name, among)
  if (!found) throw unknownRevision(graph, name)
  if (found.id.startsWith(name) || graph.labelled.has(name)) return found
  const replaced = replacedNamed(graph, name)
  if (replaced !== undefined && graph.standIns.get(replaced)?.isEnd === false)
    throw new ReplacedRevision(replaced, found)
  return found
}

/** For a name that fits nothing; the near misses are looked for among ids and labels. */
export function unknownRevision(
  { revisions, labelled }: Pick<Graph, 'revisions' | 'labelled'>,
  name: string,
): UnknownRevision {
  return new UnknownRevision(name, nearMisses(name, [...revisions.keys(), ...labelled.keys()]))
}
