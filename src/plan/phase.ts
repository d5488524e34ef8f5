import type { Phase, Revision } from '../graph/revision.ts'
import type { DirectiveFacts } from '../operations/operations.ts'
import { newness } from '../operations/phase.ts'
import type { OpenEnd, SourcePosition } from '../operations/recording.ts'
import type { PlannedStep } from './stage.ts'

/** When in a deploy a revision runs, and how that is known. */
export type PlannedPhase = {
  /** Null where the author has not said it and the revision reads the database, so that no plan knows all of it. */
  readonly phase: Phase | null
  readonly declared: boolean
  /** What in it the application of before may fail on or read wrong, a line each: `drop column users.email (line 7)`. */
  readonly breaks: readonly string[]
}

/** A directive with its answers and its steps. */
export type PlannedDirective = {
  readonly facts: DirectiveFacts
  readonly at: SourcePosition | null
  readonly steps: readonly PlannedStep[]
}

/** What the author has declared counts; else one directive that implies `contract` makes the revision one. */
export function plannedPhase(
  { phase }: Revision,
  directives: readonly PlannedDirective[],
  open: OpenEnd | null,
): PlannedPhase {
  const breaks = breakages(directives)
  if (phase !== null) return { phase, declared: true, breaks }
  if (breaks.length > 0) return { phase: 'contract', declared: false, breaks }
  return { phase: open === null ? 'expand' : null, declared: false, breaks }
}

/** What an operator should know of a revision that its author has declared to be harmless, and that does not look so. */
export function phaseWarnings({ phase, declared, breaks }: PlannedPhase): readonly string[] {
  if (phase !== 'expand' || !declared) return []
  return breaks.map((what) => `declared "expand", but the application of before may not bear it: ${what}`)
}

function breakages(directives: readonly PlannedDirective[]): readonly string[] {
  const made = newness()
  const lines = directives.flatMap(({ facts, at, steps }) => {
    const found = facts.phase(made.isNew) === 'contract' ? [placed(facts.title, at)] : []
    made.add(facts.makes)
    return [...found, ...steps.flatMap((step) => breakageOfSql(step, made))]
  })
  // Several statements of one directive have its title and its line.
  return [...new Set(lines)]
}

/** The author's own SQL, of which PostgreSQL's parser has told what it makes and what it takes. */
function breakageOfSql(
  { title, at, effect }: PlannedStep,
  made: ReturnType<typeof newness>,
): readonly string[] {
  if (effect === undefined) return []
  const known = effect.breaks.some((part) => part === 'any' || !made.isNew(part))
  made.add(effect.makes)
  return known ? [placed(title, at)] : []
}

function placed(title: string, at: SourcePosition | null): string {
  return at === null ? title : `${title} (line ${at.line})`
}
