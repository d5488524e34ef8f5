import { presentRevision } from '../graph/missing.ts'
import { revisionNamed } from '../graph/name.ts'
import { revisionChecksum } from '../script/checksum.ts'
import { editedRevisions } from './edited.ts'
import { type Config, resolveProject } from './project.ts'
import { readGraphWithChecksums } from './read-graph.ts'
import { type RunOptions, withSession } from './session.ts'
import { withGraph } from './with-graph.ts'

/**
 * Accepts files that were edited after they were applied: the ledger takes over their new checksums. With no ids, all
 * that were edited. Runs nothing.
 */
export async function accept(
  config: Config,
  ids: readonly string[] = [],
  options: RunOptions = {},
): Promise<{ readonly database: string; readonly accepted: readonly string[] }> {
  const project = resolveProject(config)
  const { graph: files, checksums } = readGraphWithChecksums(project)
  return withSession(project, options, async (opened) => {
    const { graph, connection, state, ledger } = withGraph(files, opened)
    const named = ids.map((id) => revisionNamed(graph, id).id)
    const edited = editedRevisions(graph, state, checksums).map(({ id }) => id)
    const accepted = edited.filter((id) => named.length === 0 || named.includes(id))
    const records = accepted.map((id) => {
      const revision = presentRevision(graph, id)
      return ledger.stamped('accept', { ...revision, checksum: revisionChecksum(revision) })
    })
    await connection.run(['BEGIN', ...records, 'COMMIT'].join(';\n'))
    return { database: connection.database, accepted }
  })
}
