import { resolve, sep } from 'node:path'
import { LimbeckError } from '../error.ts'
import type { Graph } from '../graph/graph.ts'
import { ancestors } from '../graph/lineage.ts'
import { revisionNamed } from '../graph/name.ts'
import { placeRevisions } from '../graph/replaced.ts'
import type { Phase, Revision } from '../graph/revision.ts'
import { parseSelector } from '../graph/selector.ts'
import { parentsOfNew } from '../graph/splice.ts'
import { resolveTargets } from '../graph/targets.ts'
import { runAfterWrite } from '../script/after-write.ts'
import type { NewRevision } from '../script/template.ts'
import { newRevisionId, writeRevision } from '../script/write.ts'
import { type Config, type Project, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'

export type RevisionOptions = {
  readonly message?: string
  /** The parents, as selectors; several make a merge. Default: `head`, or none in an empty folder. */
  readonly heads?: readonly string[]
  /** Allows a parent that has a child already: a branch is begun. */
  readonly splice?: boolean
  readonly branchLabel?: string
  /** The folder to write into, one of the project's or below one. Default: the first. */
  readonly directory?: string
  readonly id?: string
  readonly dependsOn?: readonly string[]
  /** When in a deploy it runs; left out, its operations imply it. */
  readonly phase?: Phase
  /** `ts`, `js`, `sql`, or one of the project's. */
  readonly template?: string
}

/** A revision in that folder would not be found again. */
export class FolderNotInProject extends LimbeckError {
  readonly code = 'FOLDER_NOT_IN_PROJECT'
  readonly folder: string
  readonly migrations: readonly string[]

  constructor(folder: string, migrations: readonly string[]) {
    super(`${folder} is in none of the project's folders of revisions: ${migrations.join(', ')}.`, {
      hint: 'Add it to "migrations" in the config file first, or name one of these.',
    })
    this.folder = folder
    this.migrations = migrations
  }
}

export type NewRevisionReport = {
  readonly id: string
  readonly file: string
  readonly downRevisions: readonly string[]
}

/** Writes a new, empty revision on top of a head. */
export async function revision(
  config: Config = {},
  options: RevisionOptions = {},
): Promise<NewRevisionReport> {
  return prepareRevision(config, options).write()
}

/** A revision that may be written: nothing would be wrong with its name, its parents and its place. */
export type PreparedRevision = {
  readonly project: Project
  readonly graph: Graph
  /** All that comes before it, and what it depends on. */
  readonly before: readonly Revision[]
  write(text?: Pick<NewRevision, 'upgrade' | 'downgrade' | 'irreversible'>): NewRevisionReport
}

export function prepareRevision(config: Config, options: RevisionOptions): PreparedRevision {
  const project = resolveProject(config)
  const graph = readGraph(project)
  const parents = parentIds(graph, options)
  const id = options.id ?? newRevisionId()
  const directory = folder(project, options.directory)
  const made = {
    id,
    message: options.message ?? '',
    downRevisions: parents,
    branchLabels: options.branchLabel === undefined ? [] : [options.branchLabel],
    dependsOn: (options.dependsOn ?? []).map((name) =>
      graph.labelled.has(name) ? name : revisionNamed(graph, name).id,
    ),
    phase: options.phase ?? null,
    replaces: [],
    parts: [],
    createDate: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  }
  // What the graph would refuse with it is not written: an id or a label that is taken.
  const placed = placeRevisions([...graph.read, { ...made, file: directory }]).graph
  const below = ancestors(placed, [id])
  const before = [...graph.revisions.values()].filter((revision) => below.has(revision.id))
  const write = (text = {}) => {
    const { templates } = project
    const template = options.template ?? project.template
    const file = writeRevision({ directory, revision: { ...made, ...text }, template, templates })
    runAfterWrite(project.afterWrite, { file, directory: project.directory })
    return { id, file, downRevisions: parents }
  }
  return { project, graph, before, write }
}

function parentIds(graph: Graph, { heads, splice = false }: RevisionOptions): readonly string[] {
  if (heads === undefined && graph.revisions.size === 0) return []
  const selectors = heads ?? ['head']
  return selectors.flatMap((selector) => {
    const targets = resolveTargets(graph, parseSelector(selector), {
      applied: new Set(),
      direction: 'lookup',
    })
    return parentsOfNew(graph, targets, { splice }).map(({ id }) => id)
  })
}

function folder({ directory, migrations }: Project, given: string | undefined): string {
  if (given === undefined) return migrations[0] ?? directory
  const wanted = resolve(directory, given)
  if (!migrations.some((known) => `${wanted}${sep}`.startsWith(`${known}${sep}`)))
    throw new FolderNotInProject(wanted, migrations)
  return wanted
}
