import type { Graph } from '../graph/graph.ts'
import { parseRange, resolveRange, revisionsBetween } from '../graph/range.ts'
import { type Entry, entryMaker } from './entry.ts'
import { type PendingRevision, pendingRevisions } from './pending.ts'
import { type Config, type Project, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { appliedIds, withReading } from './session.ts'
import { withGraph } from './with-graph.ts'

export type HistoryOptions = {
  /** `a:b`, either end open. Default: everything. */
  readonly range?: string
  /** Marks what the database has applied. */
  readonly indicateCurrent?: boolean
  /** With `indicateCurrent`: says of what is pending when in a deploy it runs, for which its files are loaded. */
  readonly phases?: boolean
}

export type HistoryEntry = Entry & {
  readonly applied: boolean | null
  /** When it runs, where it is pending and that was asked for. */
  readonly pending?: PendingRevision
}

export type HistoryReport = {
  /** Newest first. */
  readonly revisions: readonly HistoryEntry[]
}

/** The revisions in the order of the graph, newest first. The database is read only where the question needs it. */
export async function history(config: Config = {}, options: HistoryOptions = {}): Promise<HistoryReport> {
  const project = resolveProject(config)
  const files = readGraph(project)
  const range = parseRange(options.range ?? ':')
  const asksDatabase = options.indicateCurrent === true || (options.range ?? '').includes('current')
  const { graph, applied, pending } = asksDatabase
    ? await readStanding(project, files, options)
    : { graph: files, applied: null, pending: nothingPending }
  const ends = resolveRange(graph, range, {
    applied: applied ?? new Set(),
    direction: 'lookup',
    overrun: 'stay',
  })
  const entry = entryMaker(graph)
  const revisions = revisionsBetween(graph, ends).toReversed()
  return {
    revisions: revisions.map((revision) => ({
      ...entry(revision),
      applied: applied?.has(revision.id) ?? null,
      ...pendingOf(pending.get(revision.id)),
    })),
  }
}

const nothingPending: ReadonlyMap<string, PendingRevision> = new Map()

async function readStanding(project: Project, files: Graph, { indicateCurrent, phases }: HistoryOptions) {
  return withReading(project, async (reading) => {
    const { graph, connection, state } = withGraph(files, reading)
    const applied = appliedIds(state)
    if (indicateCurrent !== true || phases !== true) return { graph, applied, pending: nothingPending }
    const lacking = [...graph.revisions.values()].filter(({ id }) => !applied.has(id))
    const planning = { server: connection, operations: project.operations }
    const pending = await pendingRevisions(graph, lacking, planning)
    return { graph, applied, pending: new Map(pending.map((one) => [one.id, one])) }
  })
}

function pendingOf(pending: PendingRevision | undefined): Pick<HistoryEntry, 'pending'> {
  return pending === undefined ? {} : { pending }
}
