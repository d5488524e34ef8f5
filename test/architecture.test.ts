import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import { describe, expect, test } from 'vitest'

/** The rooms of `src/` in layer order: each may import from itself and from those before it. */
const layers = [
  ['error.ts', 'near-miss.ts', 'version.ts'],
  ['sql'],
  ['connection'],
  ['graph'],
  ['operations'],
  ['catalog'],
  ['samples'],
  ['autogenerate'],
  ['script'],
  ['plan'],
  ['trace'],
  ['lint'],
  ['ledger'],
  ['takeover'],
  ['backfill'],
  ['migrate'],
  ['importer'],
  ['commands'],
  ['studio'],
  ['cli'],
  // What an application imports: they gather from everywhere.
  ['index.ts', 'testing.ts', 'testing'],
]

/** Modules that cost time to load, so that each is loaded in one place and only when it is needed. */
const heavyModules = ['pg', '@electric-sql/pglite', 'libpg-query', 'py-ast', 'smol-toml']

const source = join(import.meta.dirname, '..', 'src')

/** The files of `src/`, by path, without their comments. */
const files: ReadonlyMap<string, string> = new Map(
  globSync('**/*.ts', { cwd: source }).map((path) => [
    path.replaceAll(sep, '/'),
    withoutComments(readFileSync(join(source, path), 'utf8')),
  ]),
)

test('each room imports only from itself and from the layers before it, dynamic and type imports included', () => {
  const wrong = [...files].flatMap(([path, text]) =>
    imports(path, text)
      .filter((imported) => layerOf(imported) > layerOf(path))
      .map((imported) => `${path} imports ${imported}`),
  )
  expect(wrong).toEqual([])
})

test('every file of src/ is in a room that the layers name', () => {
  expect([...files.keys()].filter((path) => layerOf(path) === -1)).toEqual([])
})

describe.each(heavyModules)('%s', (module) => {
  const users = [...files].map(([path, text]) => [path, mentions(text, module)] as const)

  test('is named in one file alone, but for its types', () => {
    expect(users.filter(([, found]) => found.length > 0)).toHaveLength(1)
  })

  test('is loaded by await import(), so that nobody pays for it who does not use it', () => {
    const found = users.flatMap(([, lines]) => lines).filter((line) => /\bimport\b|\bfrom\b/.test(line))
    expect(found).not.toEqual([])
    expect(found.filter((line) => !line.includes('await import('))).toEqual([])
  })
})

test('graph, operations and plan read no files', () => {
  expect(naming(/node:fs/, 'graph/', 'operations/', 'plan/')).toEqual([])
})

test('a command neither prints nor exits, and reads no arguments and no environment', () => {
  expect(naming(/\bprocess\.(stdout|stderr|exit|exitCode|argv|env)\b|\bconsole\./, 'commands/')).toEqual([])
})

test('only the process itself is asked for its arguments, environment and directory: by bin.ts and terminal.ts', () => {
  const outside = naming(/\bprocess\.(stdout|stderr|stdin|exit|exitCode|argv|env|cwd)\b|\bconsole\./, 'cli/')
  expect(outside.filter((path) => !['cli/bin.ts', 'cli/terminal.ts'].includes(path))).toEqual([])
})

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
}

/** The files of `src/` that a file imports, whichever way. */
function imports(path: string, text: string): readonly string[] {
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"`](\.[^'"`]+)/g)].map(([, target = '']) =>
    normalize(join(dirname(path), target)).replaceAll(sep, '/'),
  )
}

function layerOf(path: string): number {
  const [room = ''] = path.split('/')
  return layers.findIndex((rooms) => rooms.includes(room))
}

/** The lines that name a module other than for its types. */
function mentions(text: string, module: string): readonly string[] {
  const values = text
    .replaceAll(/\b(?:import|export) type\b[^;]*?\bfrom '[^']+'/g, '')
    .replaceAll(/\btypeof import\('[^']+'\)/g, '')
  return values.split('\n').filter((line) => new RegExp(`['"\`]${module}['"\`/]`).test(line))
}

/** The files in these rooms whose text matches. */
function naming(pattern: RegExp, ...rooms: readonly string[]): readonly string[] {
  return [...files]
    .filter(([path, text]) => rooms.some((room) => path.startsWith(room)) && pattern.test(text))
    .map(([path]) => path)
}
