import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { LimbeckError } from '../error.ts'
import type { Graph } from '../graph/graph.ts'
import { heads } from '../graph/heads.ts'
import { descendants } from '../graph/lineage.ts'
import { placeRevisions } from '../graph/replaced.ts'
import type { Revision } from '../graph/revision.ts'
import { readFolder } from '../importer/sql/folder.ts'
import type { NotConverted } from '../importer/sql/format.ts'
import { formatOf } from '../importer/sql/formats.ts'
import { type ConvertedMigration, convertedMigrations } from '../importer/sql/revisions.ts'
import { readRevisions } from '../script/directory.ts'
import { type NewRevision, templates } from '../script/template.ts'
import { FileExists, UnknownTemplate, writeNew } from '../script/write.ts'
import { type Config, type Project, resolveProject } from './project.ts'

export type ImportSqlOptions = {
  /** The tool, where the folder does not tell it: `flyway`, `goose` and so on. */
  readonly tool?: string
  /** What stands for `${name}` in the scripts of tools that put values there. */
  readonly placeholders?: { readonly [name: string]: string }
  /** Writes nothing: the report alone. */
  readonly check?: boolean
}

/** A revision that was written, or would be. */
export type ImportedRevision = {
  readonly id: string
  readonly message: string
  readonly file: string
  /** The file that it comes from, as seen from the folder. */
  readonly source: string
  /** Its upgrade is not converted: it refuses to run until somebody writes what it does. */
  readonly refuses: boolean
  /** The lines of that file on which BEGIN and COMMIT stood, which no revision has. */
  readonly transactionLines: readonly number[]
}

export type ImportSqlReport = {
  /** As it is typed, and as it is called. */
  readonly tool: string
  readonly title: string
  readonly folder: string
  /** Where the revisions are. */
  readonly directory: string
  readonly revisions: readonly ImportedRevision[]
  /** Migrations whose revisions were there already. */
  readonly known: readonly string[]
  readonly notConverted: readonly NotConverted[]
  /** Files that are no migrations, with the reason. */
  readonly passedOver: readonly NotConverted[]
  readonly written: boolean
}

/** The migrations of another tool lie where the revisions are to be written. */
export class SameFolder extends LimbeckError {
  readonly code = 'SAME_FOLDER'
  readonly folder: string

  constructor(folder: string) {
    super(`${folder} is where the revisions would be written too.`, {
      hint: 'Nothing was written. Name another folder for them: --migrations DIR, or "migrations" in the config file.',
    })
    this.folder = folder
  }
}

/** Writes a revision for each migration that another tool has in a folder. What is there already stays as it is. */
export async function importSql(
  config: Config,
  path: string,
  { tool, placeholders = {}, check = false }: ImportSqlOptions = {},
): Promise<ImportSqlReport> {
  const project = resolveProject(config)
  const folder = resolve(project.directory, path)
  const directory = project.migrations[0] ?? project.directory
  if (folder === directory) throw new SameFolder(folder)
  const files = readFolder(folder).filter(({ path: file }) => !isWithin(join(folder, file), directory))
  const format = formatOf(files, { folder, tool })
  const { migrations, passedOver } = format.read(files, {
    placeholders: new Map(Object.entries(placeholders)),
  })
  const there = revisionsThere(project)
  const { graph } = placeRevisions(there)
  const known = migrations.map(({ id }) => id).filter((id) => isThere(graph, id))
  const added = migrations.filter(({ id }) => !isThere(graph, id))
  const converted = await convertedMigrations(added, tipAfter(graph, known))
  const placed = converted.map((migration) => ({ ...migration, file: fileOf(directory, migration) }))
  checkTogether(there, placed)
  if (!check) writeAll(directory, placed)
  return {
    tool: format.tool.name,
    title: format.tool.title,
    folder,
    directory,
    revisions: placed.map(({ revision: { id, message }, file, source, template, transactionLines }) => ({
      id,
      message,
      file,
      source,
      refuses: template === 'ts',
      transactionLines,
    })),
    known,
    notConverted: converted.flatMap((migration) => migration.notConverted),
    passedOver,
    written: !check,
  }
}

/** What was written before is nothing to import. */
function isWithin(file: string, directory: string): boolean {
  return file.startsWith(directory + sep)
}

/** As a revision, or as one of those that another was squashed from. */
function isThere(graph: Graph, id: string): boolean {
  return graph.revisions.has(id) || graph.standIns.has(id)
}

/** What further migrations come after: what is last of what was imported before and of all that follows it. */
function tipAfter(graph: Graph, known: readonly string[]): string | null {
  const standing = known.map((id) => graph.standIns.get(id)?.revision.id ?? id)
  const last = standing.at(-1) ?? null
  const later = descendants(graph, standing)
  const [tip, another] = heads(graph).filter(({ id }) => later.has(id))
  return tip === undefined || another !== undefined ? last : tip.id
}

/** The revisions that the project has; none where it has no folder yet. */
function revisionsThere({ migrations }: Project): readonly Revision[] {
  const folders = migrations.filter((folder) => existsSync(folder))
  return readRevisions(folders, { recursive: true })
}

type Placed = ConvertedMigration & { readonly file: string }

function fileOf(directory: string, { fileName, template }: ConvertedMigration): string {
  return join(directory, `${fileName}.${template}`)
}

/** What the graph would refuse is not written: an id that two migrations come to. */
function checkTogether(there: readonly Revision[], placed: readonly Placed[]): void {
  const added = placed.map(
    ({ revision, source }): Revision => ({ ...revision, replaces: [], parts: [], file: source }),
  )
  placeRevisions([...there, ...added])
  const taken = placed.find(({ file }) => existsSync(file))
  if (taken !== undefined) throw new FileExists(taken.file)
}

function writeAll(directory: string, placed: readonly Placed[]): void {
  mkdirSync(directory, { recursive: true })
  for (const { revision, template, file } of placed) writeNew(file, textOf(revision, template))
}

function textOf(revision: NewRevision, name: ConvertedMigration['template']): string {
  const template = templates.find((one) => one.name === name)
  if (template === undefined) throw new UnknownTemplate(name, templates)
  return template.render(revision)
}
