import { appliedHeads, heads } from '../graph/heads.ts'
import { upgradePath } from '../graph/path.ts'
import { type BackfillStatus, listBackfills, unfinishedOf } from '../ledger/backfills.ts'
import { type AppliedRevision, standingRuns, type UnfinishedRun } from '../ledger/state.ts'
import { type EditedRevision, editedRevisions, missingRevisions } from './edited.ts'
import { type OtherTool, readOtherTools } from './other-tools.ts'
import { type PendingRevision, pendingRevisions } from './pending.ts'
import { type Config, resolveProject } from './project.ts'
import { readGraphWithChecksums } from './read-graph.ts'
import { appliedIds, withReading } from './session.ts'
import { withGraph } from './with-graph.ts'

/** Where a database stands, beside the project's revisions. */
export type StatusReport = {
  readonly database: string
  /** The heads of what is applied. */
  readonly current: readonly string[]
  readonly heads: readonly string[]
  readonly applied: readonly AppliedRevision[]
  readonly pending: readonly PendingRevision[]
  /** Begun and not at their end: running just now, stopped, or failed. */
  readonly unfinished: readonly UnfinishedRun[]
  /** Backfills that applied revisions were recorded without, and that are not finished. */
  readonly backfills: readonly BackfillStatus[]
  /** Applied files that were edited since. */
  readonly edited: readonly EditedRevision[]
  /** Applied revisions that have no file. */
  readonly missing: readonly string[]
  /** Other migration tools whose tables say something of the database that the ledger does not. */
  readonly otherTools: readonly OtherTool[]
}

/** What is applied, pending, running, failed. Changes nothing, not even where Limbeck has never been. */
export async function status(config: Config = {}): Promise<StatusReport> {
  const project = resolveProject(config)
  const { graph: files, checksums } = readGraphWithChecksums(project)
  return withReading(project, async (reading) => {
    const { graph, connection, state } = withGraph(files, reading)
    const applied = appliedIds(state)
    const targets = { ids: heads(graph).map(({ id }) => id), branch: null }
    const pending = upgradePath(graph, { applied, targets })
    return {
      database: connection.database,
      current: appliedHeads(graph, applied),
      heads: targets.ids,
      applied: state.applied,
      pending: await pendingRevisions(graph, pending, { server: connection, operations: project.operations }),
      // One that did nothing and has no file was given another name, or was thrown away.
      unfinished: standingRuns(state.unfinished).filter(
        ({ revision, stages }) => stages.length > 0 || graph.revisions.has(revision),
      ),
      backfills: unfinishedOf(await listBackfills(connection, project.ledgerSchema)),
      edited: editedRevisions(graph, state, checksums),
      missing: missingRevisions(graph, state),
      otherTools: await readOtherTools({ connection, state, graph }, project),
    }
  })
}
