import { existsSync, mkdirSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { type ConvertedProject, convertProject } from '../importer/alembic-project.ts'
import type { Finding } from '../importer/modernise/rewriting.ts'
import type { ConvertedRevision } from '../importer/revision.ts'
import { readRevisions } from '../script/directory.ts'
import { templates } from '../script/template.ts'
import { FileExists, writeNew } from '../script/write.ts'
import { type Config, resolveProject } from './project.ts'
import { type Replayed, replay } from './replay.ts'
import type { Stoppable } from './stoppable.ts'

export type ImportAlembicOptions = Stoppable & {
  /** The folder of `alembic.ini` or `pyproject.toml`, that file, or the folder of `env.py`; as seen from the project's. */
  readonly path: string
  /** The section of the ini file. Default: `alembic`. */
  readonly name?: string
  /** Says in Limbeck's safe way what Alembic says in another: constraints, indexes, enums, updates of all rows. */
  readonly modernise?: boolean
  /** Says what would be done, and writes nothing. */
  readonly check?: boolean
  /** Runs what is in the folder then on an empty database. */
  readonly verify?: boolean
  /** With `verify`: SQL that makes the schema that Alembic has made (`pg_dump --schema-only`), to compare with. As seen from the project's folder. */
  readonly dump?: string
}

/** A statement that is left in Python, in a file that refuses to run there. */
export type NotImported = { readonly file: string; readonly line: number; readonly reason: string }

export type ImportAlembicReport = {
  readonly from: string
  readonly directory: string
  readonly written: readonly string[]
  /** How many were there already. */
  readonly known: number
  /** How many revisions there are, and how many of them are converted whole. */
  readonly revisions: number
  readonly whole: number
  readonly notConverted: readonly NotImported[]
  /** Forms that are said in a safer way, where that was asked for. */
  readonly findings: readonly Finding[]
  /** Files that are no Python. */
  readonly broken: readonly NotImported[]
  /** Where the names of constraints come from. */
  readonly namingConvention: { readonly file: string; readonly line: number } | null
  /** What came of running them, where that was asked for. */
  readonly replayed: Replayed | null
}

/** Writes a revision of Limbeck's for each of an Alembic project's that is not there yet. Python is read, and not run. */
export async function importAlembic(
  config: Config,
  options: ImportAlembicOptions,
): Promise<ImportAlembicReport> {
  const project = resolveProject(config, options)
  const { directory, migrations } = project
  const target = migrations[0] ?? join(directory, 'migrations')
  const { check = false, name: section, modernise: isModern = false } = options
  const converted = await convertProject(resolve(directory, options.path), { section, isModern })
  const known = idsThere(migrations)
  const added = converted.revisions.filter(({ revision }) => !known.has(revision.id))
  const files = added.map((revision) => ({ revision, path: pathOf(revision, converted, target) }))
  const taken = files.find(({ path }) => existsSync(path))
  if (taken !== undefined && !check) throw new FileExists(taken.path)
  if (!check) for (const { revision, path } of files) write(revision, path)
  return {
    ...report(added, converted, directory),
    directory: target,
    known: converted.revisions.length - added.length,
    written: check ? [] : files.map(({ path }) => path),
    replayed: options.verify === true ? await replay(project, options.dump ?? null) : null,
  }
}

function report(
  added: readonly ConvertedRevision[],
  { project, broken, convention }: ConvertedProject,
  directory: string,
): Omit<ImportAlembicReport, 'directory' | 'known' | 'written' | 'replayed'> {
  const place = (file: string) => relative(directory, file)
  const missing = added.flatMap((revision) => revision.missing)
  return {
    from: place(project.config ?? project.scripts),
    revisions: added.length,
    whole: added.filter((revision) => revision.missing.length === 0).length,
    notConverted: missing.map(({ file, line, reason }) => ({ file: place(file), line, reason })),
    findings: added.flatMap(({ findings }) => findings).map((one) => ({ ...one, file: place(one.file) })),
    broken: broken.map(({ file, line, message }) => ({ file: place(file), line, reason: message })),
    namingConvention: convention === null ? null : { file: place(convention.file), line: convention.line },
  }
}

/** The revisions that the project has already: they stay as they are. */
function idsThere(migrations: readonly string[]): ReadonlySet<string> {
  const folders = migrations.filter((folder) => existsSync(folder))
  return new Set(readRevisions(folders, { recursive: true }).map(({ id }) => id))
}

/** The name of the Python file; of several folders of versions, each has one here too. */
function pathOf({ file }: ConvertedRevision, { project }: ConvertedProject, target: string): string {
  const home = project.versions.find((folder) => file.startsWith(`${folder}/`)) ?? dirname(file)
  const inner = relative(home, file).replace(/\.py$/, '.ts')
  return project.versions.length > 1 ? join(target, basename(home), inner) : join(target, inner)
}

function write({ revision }: ConvertedRevision, path: string): void {
  const template = templates.find(({ name }) => name === 'ts')
  if (template === undefined) throw new Error('There is no template ts.')
  mkdirSync(dirname(path), { recursive: true })
  writeNew(path, template.render(revision))
}
