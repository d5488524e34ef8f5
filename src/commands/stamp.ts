import { ancestors } from '../graph/lineage.ts'
import { presentRevision } from '../graph/missing.ts'
import { parseSelector } from '../graph/selector.ts'
import { resolveTargets } from '../graph/targets.ts'
import { revisionChecksum } from '../script/checksum.ts'
import { keepingVersions } from './keep-versions.ts'
import { type Config, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { appliedIds, type PlacedSession, type RunOptions, withSession } from './session.ts'
import { withGraph } from './with-graph.ts'

export type StampOptions = RunOptions & {
  /** Forgets everything that the ledger has first, also what has no file and what was begun. */
  readonly purge?: boolean
}

export type StampReport = {
  readonly database: string
  readonly marked: readonly string[]
  readonly unmarked: readonly string[]
}

/**
 * Makes the ledger say that the database stands at these revisions: they and all before them count as applied, nothing
 * else does. Runs none of them.
 */
export async function stamp(
  config: Config,
  selectors: readonly string[],
  options: StampOptions = {},
): Promise<StampReport> {
  const project = resolveProject(config)
  const files = readGraph(project)
  return withSession(project, options, async (opened) => {
    // To say that the database has all of a run is a way out of one half of which has no file any more.
    const session = await keepingVersions(withGraph(files, opened, { partial: 'pass' }), { apart: 'pass' })
    const { graph } = session
    const applied = appliedIds(session.state)
    const targets = selectors.flatMap(
      (selector) => resolveTargets(graph, parseSelector(selector), { applied, direction: 'lookup' }).ids,
    )
    const reached = ancestors(graph, targets)
    const wanted = [...graph.revisions.keys()].filter((id) => reached.has(id))
    const done = await markApplied(session, wanted, options)
    return { database: session.connection.database, ...done }
  })
}

/** Writes into the ledger that of the revisions that have files these are applied, and no others. */
export async function markApplied(
  { graph, connection, state, ledger }: PlacedSession,
  wanted: readonly string[],
  { purge = false }: Pick<StampOptions, 'purge'> = {},
): Promise<Pick<StampReport, 'marked' | 'unmarked'>> {
  const applied = appliedIds(state)
  const wants = new Set(wanted)
  const isOff = (id: string) => purge || (!wants.has(id) && graph.revisions.has(id))
  const unmarked = [...applied].filter(isOff)
  const standing = new Set([...wanted, ...[...applied].filter((id) => !isOff(id))])
  const marked = wanted.filter((id) => purge || !applied.has(id))
  const stamped = marked.map((id) => {
    const revision = presentRevision(graph, id)
    return ledger.stamped('stamp', { ...revision, checksum: revisionChecksum(revision) })
  })
  const begun = state.unfinished.map(({ revision }) => revision)
  const forgotten = begun.filter((id) => purge || wants.has(id) || graph.revisions.has(id))
  await connection.run(
    [
      'BEGIN',
      ...unmarked.map((id) => ledger.unstamped(graph.revisions.get(id) ?? { id, replaces: [] })),
      ...forgotten.map(ledger.forgotten),
      ...stamped,
      ...ledger.versionsStamped(standing),
      'COMMIT',
    ].join(';\n'),
  )
  return { marked, unmarked }
}
