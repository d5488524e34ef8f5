import type { Directive } from '../operations/operation.ts'
import { builtIn, factsOf, type Vocabulary } from '../operations/operations.ts'
import { inlineSql } from '../sql/tag.ts'
import type { PlannedRevision } from './plan.ts'
import type { PlannedStep } from './stage.ts'

/**
 * What a revision is about: the schema alone, so that a snapshot after it has all that it did; rows alone, so that it leaves the schema as
 * it is; or something that cannot be told from either.
 */
export type RevisionContent = 'schema' | 'rows' | 'other'

export async function contentOf(
  { directives, steps, open }: PlannedRevision,
  vocabulary: Vocabulary,
): Promise<RevisionContent> {
  if (open !== null) return 'other'
  const contents: RevisionContent[] = []
  for (const [n, { directive }] of directives.entries())
    contents.push(await directiveContent(directive, steps[n] ?? [], vocabulary))
  return joined(contents)
}

/** Nothing at all is of the schema, which stays as it is. */
function joined(contents: readonly RevisionContent[]): RevisionContent {
  const [first = 'schema'] = contents
  return contents.every((content) => content === first) ? first : 'other'
}

async function directiveContent(
  directive: Directive,
  steps: readonly PlannedStep[],
  vocabulary: Vocabulary,
): Promise<RevisionContent> {
  const { rowsOnly, reachesOut, upkeep, needsBackfills } = factsOf(directive, vocabulary)
  if (rowsOnly) return 'rows'
  // What is kept up is known by the revision that says so, and by no catalog; so is what waits for a backfill and does nothing else.
  if (reachesOut || upkeep !== null || (steps.length === 0 && needsBackfills.length > 0)) return 'other'
  const contents: RevisionContent[] = []
  for (const step of steps) contents.push(await stepContent(step, { isOurs: builtIn.has(directive.kind) }))
  return joined(contents)
}

/** What one of Limbeck's operations does in a DO block or a procedure, it does to the schema, or to rows with what they are in. */
async function stepContent(
  step: PlannedStep,
  { isOurs }: { readonly isOurs: boolean },
): Promise<RevisionContent> {
  if (step.run === 'backfill') return 'rows'
  if (step.run === 'statement' && step.rows !== undefined) return 'rows'
  const isTold = isOurs && !step.handwritten
  if (step.run === 'procedure' && isTold) return 'schema'
  const { parseStatements } = await import('../sql/statements.ts')
  const texts = step.run === 'statement' ? [inlineSql(step.sql)] : step.procedure.preview
  const contents: RevisionContent[] = []
  for (const text of texts)
    for (const { content, isBlock } of await parseStatements(text))
      contents.push(isTold && isBlock ? 'schema' : content)
  return joined(contents)
}
