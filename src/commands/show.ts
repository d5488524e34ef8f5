import { readFileSync } from 'node:fs'
import { presentRevision } from '../graph/missing.ts'
import { parseSelector } from '../graph/selector.ts'
import { resolveTargets } from '../graph/targets.ts'
import { type Entry, entryMaker } from './entry.ts'
import { type Config, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { appliedIds, withReading } from './session.ts'

/** The revisions that a selector names, with the text of their files. */
export async function show(
  config: Config,
  selector: string,
): Promise<readonly (Entry & { readonly text: string })[]> {
  const project = resolveProject(config)
  const graph = readGraph(project)
  const asksDatabase = selector.includes('current') || /^[+-]/.test(selector)
  const applied = asksDatabase
    ? await withReading(project, async ({ state }) => appliedIds(state))
    : new Set<string>()
  const { ids } = resolveTargets(graph, parseSelector(selector), { applied, direction: 'lookup' })
  const entry = entryMaker(graph)
  return ids
    .map((id) => entry(presentRevision(graph, id)))
    .map((revision) => ({ ...revision, text: readFileSync(revision.file, 'utf8') }))
}
