import type { Graph } from '../graph/graph.ts'
import type { LedgerState } from '../ledger/state.ts'
import type { Checksums } from './read-graph.ts'

/** A revision whose file is not what it was when it was applied. */
export type EditedRevision = { readonly id: string; readonly file: string }

/** The applied revisions whose files were edited since. One whose file is gone is not edited, but missing. */
export function editedRevisions(
  graph: Graph,
  state: LedgerState,
  checksums: Checksums,
): readonly EditedRevision[] {
  return state.applied.flatMap(({ id, checksum }) => {
    if (checksum === null) return []
    const file = graph.revisions.get(id)?.file
    return file === undefined || checksums.get(id) === checksum ? [] : [{ id, file }]
  })
}

/** Applied revisions that have no file. */
export function missingRevisions(graph: Graph, { applied }: LedgerState): readonly string[] {
  return applied.map(({ id }) => id).filter((id) => !graph.revisions.has(id))
}
