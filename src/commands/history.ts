import { parseRange, resolveRange, revisionsBetween } from '../graph/range.ts'
import { type Entry, entryMaker } from './entry.ts'
import { type Config, resolveProject } from './project.ts'
import { appliedIds, readGraph, withReading } from './session.ts'

export type HistoryOptions = {
  /** `a:b`, either end open. Default: everything. */
  readonly range?: string
  /** Marks what the database has applied. */
  readonly indicateCurrent?: boolean
}

export type HistoryReport = {
  /** Newest first. */
  readonly revisions: readonly (Entry & { readonly applied: boolean | null })[]
}

/** The revisions in the order of the graph, newest first. The database is read only where the question needs it. */
export async function history(config: Config = {}, options: HistoryOptions = {}): Promise<HistoryReport> {
  const project = resolveProject(config)
  const graph = readGraph(project)
  const range = parseRange(options.range ?? ':')
  const asksDatabase = options.indicateCurrent === true || (options.range ?? '').includes('current')
  const applied = asksDatabase ? await withReading(project, async ({ state }) => appliedIds(state)) : null
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
    })),
  }
}
