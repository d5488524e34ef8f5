import { existsSync, mkdirSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { type ConvertedProject, convertProject } from '../importer/alembic-project.ts'
import type { ConvertedRevision } from '../importer/revision.ts'
import { templates } from '../script/template.ts'
import { FileExists, writeNew } from '../script/write.ts'
import { type Config, resolveProject } from './project.ts'

export type ImportAlembicOptions = {
  /** The folder of `alembic.ini` or `pyproject.toml`, that file, or the folder of `env.py`; as seen from the project's. */
  readonly path: string
  /** The section of the ini file. Default: `alembic`. */
  readonly name?: string
  /** Says what would be done, and writes nothing. */
  readonly check?: boolean
}

/** A statement that is left in Python, in a file that refuses to run there. */
export type NotImported = { readonly file: string; readonly line: number; readonly reason: string }

export type ImportAlembicReport = {
  readonly from: string
  readonly directory: string
  readonly written: readonly string[]
  /** How many revisions there are, and how many of them are converted whole. */
  readonly revisions: number
  readonly whole: number
  readonly notConverted: readonly NotImported[]
  /** Files that are no Python. */
  readonly broken: readonly NotImported[]
  /** Where the names of constraints come from. */
  readonly namingConvention: { readonly file: string; readonly line: number } | null
}

/** Writes a revision of Limbeck's for each of an Alembic project's. Python is read, and not run. */
export async function importAlembic(
  config: Config,
  options: ImportAlembicOptions,
): Promise<ImportAlembicReport> {
  const { directory, migrations } = resolveProject(config)
  const target = migrations[0] ?? join(directory, 'migrations')
  const converted = await convertProject(resolve(directory, options.path), options.name)
  const files = converted.revisions.map((revision) => ({
    revision,
    path: pathOf(revision, converted, target),
  }))
  const taken = files.find(({ path }) => existsSync(path))
  if (taken !== undefined && options.check !== true) throw new FileExists(taken.path)
  const place = (file: string) => relative(directory, file)
  if (options.check !== true) for (const { revision, path } of files) write(revision, path)
  const missing = converted.revisions.flatMap((revision) => revision.missing)
  const { convention } = converted
  return {
    from: place(converted.project.config ?? converted.project.scripts),
    directory: target,
    written: options.check === true ? [] : files.map(({ path }) => path),
    revisions: files.length,
    whole: converted.revisions.filter((revision) => revision.missing.length === 0).length,
    notConverted: missing.map(({ file, line, reason }) => ({ file: place(file), line, reason })),
    broken: converted.broken.map(({ file, line, message }) => ({ file: place(file), line, reason: message })),
    namingConvention: convention === null ? null : { file: place(convention.file), line: convention.line },
  }
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
