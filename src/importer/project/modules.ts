import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Evaluation, Modules } from '../python/evaluation.ts'
import { carryOut } from '../python/module.ts'
import type { Source } from '../python/syntax.ts'
import { Module, Scope, type Value } from '../python/value.ts'

type Reader = {
  readonly paths: readonly string[]
  parse(text: string, file: string): Source
  /** An evaluation that says nothing, for a file of the project's own. */
  evaluationOf(source: Source, scope: Scope): Evaluation
}

/** Modules that belong to libraries, whatever folders of the same name the project has. */
const libraries = new Set([
  'alembic',
  'sqlalchemy',
  'json',
  'os',
  'sys',
  're',
  'datetime',
  'typing',
  'enum',
  'uuid',
  'logging',
  'decimal',
])

/** The project's own modules; each is read once, when a name in it is first asked for. */
export function projectModules({ paths, parse, evaluationOf }: Reader): Modules {
  const known = new Map<string, Module>()

  function load(file: string, name: string): Module {
    const found = known.get(file)
    if (found !== undefined) return found
    const scope = new Scope(null)
    const module = new Module(name, scope, file)
    known.set(file, module)
    const source = parse(readFileSync(file, 'utf8'), file)
    carryOut(source.body, evaluationOf(source, scope))
    return module
  }

  function find(name: string, from: { readonly file: string; readonly level: number }): Value | undefined {
    const words = name === '' ? [] : name.split('.')
    if (from.level === 0 && libraries.has(words[0] ?? '')) return undefined
    if (from.level > 0) {
      const folder = relativeFolder(from)
      const file = moduleFile(folder, words)
      return file === null ? undefined : load(file, name)
    }
    for (const path of paths) {
      const file = words.length === 0 ? null : moduleFile(path, words)
      if (file !== null) return load(file, name)
    }
    return undefined
  }

  return {
    find,
    absolute: (name, { level }) => (level === 0 ? name : `${'.'.repeat(level)}${name}`),
  }
}

function relativeFolder({ file, level }: { readonly file: string; readonly level: number }): string {
  let folder = dirname(file)
  for (let n = 1; n < level; n++) folder = dirname(folder)
  return folder
}

function moduleFile(folder: string, words: readonly string[]): string | null {
  const base = join(folder, ...words)
  if (words.length > 0 && existsSync(`${base}.py`)) return `${base}.py`
  const own = join(base, '__init__.py')
  return existsSync(own) ? own : null
}
