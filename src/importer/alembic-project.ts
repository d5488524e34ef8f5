import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { routineParser, statementParser, tokenScanner } from '../sql/statements.ts'
import type { Conversion } from './alembic/context.ts'
import { inOrder } from './order.ts'
import { namingConvention } from './project/convention.ts'
import { type AlembicProject, locateProject } from './project/locate.ts'
import { projectModules } from './project/modules.ts'
import type { Modules } from './python/evaluation.ts'
import { refuse } from './python/evaluation.ts'
import { PythonSyntaxError, pythonParser } from './python/syntax.ts'
import {
  type ConvertedRevision,
  convertRevision,
  evaluationFor,
  type ReadRevision,
  readRevision,
} from './revision.ts'
import { usualConvention } from './sqlalchemy/name.ts'

/** An Alembic project, converted. */
export type ConvertedProject = {
  readonly project: AlembicProject
  readonly revisions: readonly ConvertedRevision[]
  /** Where the names of constraints come from; null where the project says nothing of them. */
  readonly convention: { readonly file: string; readonly line: number } | null
  /** Files that are no Python. */
  readonly broken: readonly PythonSyntaxError[]
}

/** Reads an Alembic project and converts its revisions, without running Python. */
export async function convertProject(
  path: string,
  { section, isModern = false }: { readonly section?: string | undefined; readonly isModern?: boolean } = {},
): Promise<ConvertedProject> {
  const project = await locateProject(path, section)
  const parse = await pythonParser()
  const parseSql = await statementParser()
  const scan = await tokenScanner()
  const routine = await routineParser()
  const broken: PythonSyntaxError[] = []
  const base: Conversion = {
    convention: usualConvention,
    parse: parseSql,
    enums: new Set(),
    settings: project.settings,
    readFile: (file) => readBeside(file, project),
  }
  const modules: Modules = projectModules({
    paths: project.paths,
    parse,
    evaluationOf: (source, scope) => evaluationFor(source, scope, base, modules),
  })
  const found = namingConvention(project, modules)
  const conversion = found === null ? base : { ...base, convention: found.convention }
  const read: ReadRevision[] = []
  for (const file of revisionFiles(project)) {
    try {
      const revision = readRevision(parse(readFileSync(file, 'utf8'), file), conversion, modules)
      if (revision !== null) read.push(revision)
    } catch (error) {
      if (!(error instanceof PythonSyntaxError)) throw error
      broken.push(error)
    }
  }
  const home = dirname(project.config ?? project.scripts)
  const revisions = inOrder(read).map((revision) =>
    convertRevision(revision, conversion, {
      modules,
      scan,
      routine,
      isModern,
      home,
      isNamedElsewhere: (name) =>
        read.some((other) => other !== revision && other.source.lines.some((line) => line.includes(name))),
    }),
  )
  return { project, revisions, convention: found, broken }
}

function revisionFiles({ versions, recursive }: AlembicProject): readonly string[] {
  return versions.flatMap((folder) =>
    readdirSync(folder, { recursive, encoding: 'utf8' })
      .filter(
        (name) => name.endsWith('.py') && basename(name) !== '__init__.py' && !name.includes('__pycache__'),
      )
      .sort()
      .map((name) => join(folder, name)),
  )
}

/** A file that a revision reads, as seen from where Alembic runs or from the revision. */
function readBeside(path: string, { root, scripts, versions }: AlembicProject): string {
  const places = isAbsolute(path) ? [path] : [root, scripts, ...versions].map((folder) => join(folder, path))
  const found = places.find((place) => existsSync(place))
  return found === undefined ? refuse(`the file ${path} is not there`) : readFileSync(found, 'utf8')
}
