import type { Revision } from '../../graph/revision.ts'
import type { Direction } from '../../plan/plan.ts'
import { planAll } from '../plan-all.ts'
import type { Session } from '../session.ts'
import { tryingVocabulary } from '../shadow.ts'

/** Of what is only tried, functions that make a row of a row are called, and no others. */
export function plansOf(
  session: Pick<Session, 'connection' | 'project'>,
  revisions: readonly Revision[],
  direction: Direction,
) {
  const { operations } = session.project
  const vocabulary = tryingVocabulary(operations)
  return planAll(revisions, direction, { server: session.connection, operations, vocabulary })
}
