import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, delimiter, dirname, join, resolve } from 'node:path'
import { LimbeckError } from '../../error.ts'
import { iniSection } from './ini.ts'

/** Where an Alembic project has what. */
export type AlembicProject = {
  /** The folder of its configuration. */
  readonly root: string
  readonly config: string | null
  /** The folder of `env.py`. */
  readonly scripts: string
  readonly versions: readonly string[]
  /** Whether folders of versions are searched with their subfolders. */
  readonly recursive: boolean
  /** The rest of what the configuration says. */
  readonly settings: ReadonlyMap<string, string>
  /** Where Python looks for modules. */
  readonly paths: readonly string[]
}

/** There is no Alembic project where one was said to be. */
export class NoAlembicProject extends LimbeckError {
  readonly code = 'NO_ALEMBIC_PROJECT'
  readonly path: string

  constructor(path: string, reason: string) {
    super(`There is no Alembic project at ${path}: ${reason}.`, {
      hint: 'Name the folder of alembic.ini (or pyproject.toml), the file itself, or the folder with env.py and versions/.',
    })
    this.path = path
  }
}

/** Finds an Alembic project by its folder, its configuration, or the folder of its scripts. */
export async function locateProject(path: string, section = 'alembic'): Promise<AlembicProject> {
  if (!existsSync(path)) throw new NoAlembicProject(path, 'there is nothing')
  const place = resolve(path)
  const isFile = statSync(place).isFile()
  const root = isFile ? dirname(place) : place
  for (const file of isFile ? [place] : ['alembic.ini', 'pyproject.toml'].map((name) => join(root, name))) {
    const settings = await settingsIn(file, section)
    if (settings !== null) return configured(root, file, settings)
  }
  if (isFile) throw new NoAlembicProject(path, `it has no section [${section}] with a script_location`)
  if (existsSync(join(root, 'versions'))) return plainProject(root, [join(root, 'versions')])
  if (readdirSync(root).some((name) => name.endsWith('.py'))) return plainProject(dirname(root), [root])
  throw new NoAlembicProject(path, 'neither alembic.ini, pyproject.toml, versions/ nor a revision is there')
}

type Settings = ReadonlyMap<string, string | readonly string[]>

async function settingsIn(file: string, section: string): Promise<Settings | null> {
  if (!existsSync(file)) return null
  const text = readFileSync(file, 'utf8')
  const here = new Map([['here', dirname(file)]])
  const found = file.endsWith('.toml')
    ? await tomlSettings(text, dirname(file))
    : iniSection(text, section, here)
  return found?.has('script_location') === true ? found : null
}

async function tomlSettings(text: string, here: string): Promise<Settings | null> {
  const { parse } = await import('smol-toml')
  const tool = parse(text)['tool']
  const own = isTable(tool) ? tool['alembic'] : undefined
  if (!isTable(own)) return null
  const put = (value: unknown) => String(value).replaceAll('%(here)s', here)
  return new Map(
    Object.entries(own).map(([key, value]) => [key, Array.isArray(value) ? value.map(put) : put(value)]),
  )
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function configured(root: string, config: string, settings: Settings): AlembicProject {
  const more = listIn(settings, 'prepend_sys_path').map((path) => resolve(root, path))
  const paths = [...new Set([...more, root, join(root, 'src'), dirname(root)])]
  const scripts = located(String(settings.get('script_location')), root, paths)
  const versions = listIn(settings, 'version_locations').map((path) =>
    located(path.replaceAll('%(here)s', root), root, paths),
  )
  const found = versions.length === 0 ? [join(scripts, 'versions')] : versions
  const missing = found.find((folder) => !existsSync(folder))
  if (missing !== undefined) throw new NoAlembicProject(config, `it names ${missing}, which is not there`)
  return {
    root,
    config,
    scripts,
    versions: found,
    settings: new Map(
      [...settings].flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
    ),
    recursive: String(settings.get('recursive_version_locations')).toLowerCase() === 'true',
    paths: searched([...paths, packageRoot(root), packageRoot(scripts), scripts, ...foldersAbove(root, 4)]),
  }
}

/** A folder, or `package:folder`. */
function located(place: string, root: string, paths: readonly string[]): string {
  const colon = /^([\w.]+):(.*)$/.exec(place)
  if (colon === null) return resolve(root, place)
  const [, name = '', inner = ''] = colon
  const folder = join(...name.split('.'), inner)
  return paths.map((path) => join(path, folder)).find(existsSync) ?? resolve(root, folder)
}

function listIn(settings: Settings, key: string): readonly string[] {
  const value = settings.get(key)
  if (value === undefined) return []
  if (typeof value !== 'string') return value
  const said = String(settings.get('path_separator') ?? settings.get('version_path_separator') ?? '')
  const separators: { readonly [word: string]: RegExp } = {
    os: new RegExp(delimiter),
    space: /\s+/,
    newline: /\n/,
    ':': /:/,
    ';': /;/,
  }
  const parts = value.split(separators[said] ?? /[\s,]+/)
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** Each once; a folder within a package is none in which Python looks, but for that of `env.py`. */
function searched([first = '', ...others]: readonly string[]): readonly string[] {
  const outside = others.filter((folder) => !existsSync(join(folder, '__init__.py')))
  return [...new Set([first, ...outside])]
}

/** A folder and those above it, up to that of the repository. */
function foldersAbove(folder: string, count: number): readonly string[] {
  if (count === 0 || existsSync(join(folder, '.git')) || dirname(folder) === folder) return [folder]
  return [folder, ...foldersAbove(dirname(folder), count - 1)]
}

/** The folder above the outermost package that a folder is in: where Python finds the package by its name. */
function packageRoot(folder: string): string {
  const above = dirname(folder)
  return existsSync(join(folder, '__init__.py')) && above !== folder ? packageRoot(above) : folder
}

function plainProject(scripts: string, versions: readonly string[]): AlembicProject {
  return {
    root: dirname(scripts),
    config: null,
    settings: new Map(),
    scripts,
    versions,
    recursive: basename(scripts) === 'versions',
    paths: searched([packageRoot(scripts), ...foldersAbove(scripts, 6)]),
  }
}
