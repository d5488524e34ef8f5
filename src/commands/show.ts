import { readFileSync } from 'node:fs'
import { presentRevision } from '../graph/missing.ts'
import { parseSelector } from '../graph/selector.ts'
import { resolveTargets } from '../graph/targets.ts'
import { type Entry, entryMaker } from './entry.ts'
import { type Config, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { appliedIds, withReading } from './session.ts'
import { withGraph } from './with-graph.ts'

/** The revisions that a selector names, with the text of their files. */
export async function show(
  config: Config,
  selector: string,
): Promise<readonly (Entry & { readonly text: string })[]> {
  const project = resolveProject(config)
  const files = readGraph(project)
  const asksDatabase = selector.includes('current') || /^[+-]/.test(selector)
  const { graph, applied } = asksDatabase
    ? await withReading(project, async (reading) => {
        const { graph: placed, state } = withGraph(files, reading)
        return { graph: placed, applied: appliedIds(state) }
      })
    : { graph: files, applied: new Set<string>() }
  const { ids } = resolveTargets(graph, parseSelector(selector), { applied, direction: 'lookup' })
  const entry = entryMaker(graph)
  return ids
    .map((id) => entry(presentRevision(graph, id)))
    .map((revision) => ({ ...revision, text: readFileSync(revision.file, 'utf8') }))
}
