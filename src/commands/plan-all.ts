import type { Revision } from '../graph/revision.ts'
import type { Server } from '../operations/operation.ts'
import {
  type Direction,
  derivedDowngrade,
  IrreversibleRevision,
  type PlannedRevision,
  planRevision,
} from '../plan/plan.ts'
import { loadRevision, type RevisionFile } from '../script/revision-file.ts'

/** A revision with its plan and its file. */
export type LoadedPlan = { readonly planned: PlannedRevision; readonly file: RevisionFile }

/** Loads and plans revisions, all of them before any of them runs: a mistake in the last stops the first. */
export async function planAll(
  revisions: readonly Revision[],
  direction: Direction,
  server: Server,
): Promise<readonly LoadedPlan[]> {
  const plans: LoadedPlan[] = []
  for (const revision of revisions) {
    const file = await loadRevision(revision)
    const recording = direction === 'upgrade' ? await file.recordUpgrade() : await recordDowngrade(file)
    plans.push({ file, planned: await planRevision({ revision, direction, recording, server }) })
  }
  return plans
}

async function recordDowngrade(file: RevisionFile) {
  const { revision, irreversible } = file
  if (irreversible !== null) throw new IrreversibleRevision(revision.id, irreversible, revision.file)
  return (await file.recordDowngrade()) ?? derivedDowngrade(revision, await file.recordUpgrade())
}
