import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'
import type { Server } from '../operations/operation.ts'
import { type OwnOperation, type Vocabulary, vocabularyWith } from '../operations/operations.ts'
import type { Recording } from '../operations/recording.ts'
import { refuseDetached } from '../plan/detach.ts'
import {
  type Direction,
  derivedDowngrade,
  IrreversibleRevision,
  type PlannedRevision,
  planRevision,
} from '../plan/plan.ts'
import { loadRevision, type RevisionFile } from '../script/revision-file.ts'

/** A revision with its plan and its file, and the operations that it may say. */
export type LoadedPlan = {
  readonly planned: PlannedRevision
  readonly file: RevisionFile
  readonly vocabulary: Vocabulary
}

/** For which server is planned, with which operations of the project's own. */
export type Planning = {
  readonly server: Server
  readonly operations: readonly OwnOperation[]
  /** What the revisions can say, where that is not Limbeck's operations and those. */
  readonly vocabulary?: Vocabulary
}

/** Loads and plans revisions, all of them before any of them runs: a mistake in the last stops the first. */
export async function planAll(
  revisions: readonly Revision[],
  direction: Direction,
  { server, operations, vocabulary = vocabularyWith(operations) }: Planning,
): Promise<readonly LoadedPlan[]> {
  const plans: LoadedPlan[] = []
  for (const revision of revisions) {
    const file = await loadRevision(revision, vocabulary)
    const recording =
      direction === 'upgrade' ? await file.recordUpgrade() : await recordDowngrade(file, vocabulary)
    const planned = await planRevision({ revision, direction, recording, server, vocabulary })
    plans.push({ file, planned, vocabulary })
  }
  if (direction === 'downgrade')
    for (const { planned } of plans) refuseDetached(planned, 'its revision is undone with it.')
  return plans
}

/** Why an upgrade could not be undone, for who wants to know before; null where it can be. */
export async function whyIrreversible({ planned, file, vocabulary }: LoadedPlan): Promise<string | null> {
  if (planned.direction === 'downgrade') return null
  try {
    await recordDowngrade(file, vocabulary)
    return null
  } catch (error) {
    if (error instanceof IrreversibleRevision) return error.reason
    if (error instanceof LimbeckError) return error.message
    throw error
  }
}

/** What undoes a revision, by its own function or derived; throws `IrreversibleRevision` where nothing does. */
export async function recordDowngrade(file: RevisionFile, vocabulary: Vocabulary): Promise<Recording> {
  const { revision, irreversible } = file
  if (irreversible !== null) throw new IrreversibleRevision(revision.id, irreversible, revision.file)
  return (await file.recordDowngrade()) ?? derivedDowngrade(revision, await file.recordUpgrade(), vocabulary)
}
