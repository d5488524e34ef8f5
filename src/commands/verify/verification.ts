import type { Graph } from '../../graph/graph.ts'
import type { Revision } from '../../graph/revision.ts'
import type { Project } from '../project.ts'
import type { Walk } from './walk.ts'

/** One thing that is to hold of all revisions. */
export type Verification = {
  /** In a word or two, with dashes: what it is accepted by. */
  readonly name: string
  /** That it holds, as a sentence for a person and as the name of a test. */
  readonly title: string
  verify(subject: Subject): Promise<Verdict>
}

/** What is verified. */
export type Subject = {
  readonly project: Project
  readonly graph: Graph
  /** In the order in which they run. */
  readonly revisions: readonly Revision[]
  /** All of them up, down and up again: done once, however many ask. */
  walk(): Promise<Walk>
}

export type Verdict = {
  readonly findings: readonly Finding[]
  /** What could not be looked at, a sentence each. */
  readonly notes: readonly string[]
}

/** Something that does not hold. */
export type Finding = {
  /** The revision's id; null for what is of none. */
  readonly revision: string | null
  readonly file: string | null
  readonly line: number | null
  readonly message: string
  /** Further lines, as evidence. */
  readonly details: readonly string[]
}

/** A finding that a revision is to blame for. */
export function findingOf({ id, file }: Revision, message: string, details: readonly string[] = []): Finding {
  return { revision: id, file, line: null, message, details }
}
