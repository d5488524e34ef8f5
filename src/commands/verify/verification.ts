import type { Graph } from '../../graph/graph.ts'
import type { Revision } from '../../graph/revision.ts'
import type { Project } from '../project.ts'
import type { KeptVerdicts } from './kept-verdicts.ts'
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
  /** Of these, what was found before. */
  readonly kept: KeptVerdicts
  /** The first of which something is not known, or as many as there are. */
  readonly first: number
  /** All from there on up, down and up again: done once, however many ask. */
  walk(): Promise<Walk>
}

/** What was found, and what could not be looked at. As it is kept: plain data. */
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

/** What is found revision by revision: what was found before, and the rest by `look`, which may end before the last. */
export async function inTurn(
  { revisions, kept, first }: Subject,
  name: string,
  look: () => Promise<readonly Verdict[]>,
): Promise<readonly Verdict[]> {
  const known = revisions.slice(0, first).map((_, at) => kept.get(name, at) ?? nothing)
  const found = first === revisions.length ? [] : await look()
  // The one at which it ended is where it begins the next time.
  const whole = first + found.length === revisions.length ? found : found.slice(0, -1)
  for (const [at, verdict] of whole.entries()) kept.set(name, first + at, verdict)
  if (whole.length > 0) kept.save()
  return [...known, ...found]
}

/** Verdicts as one. */
export function together(verdicts: readonly Verdict[]): Verdict {
  return {
    findings: verdicts.flatMap(({ findings }) => findings),
    notes: verdicts.flatMap(({ notes }) => notes),
  }
}

const nothing: Verdict = { findings: [], notes: [] }

/** A finding that a revision is to blame for. */
export function findingOf({ id, file }: Revision, message: string, details: readonly string[] = []): Finding {
  return { revision: id, file, line: null, message, details }
}
