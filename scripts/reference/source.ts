import { globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

const directory = join(import.meta.dirname, '..', '..', 'src')

/** The files of `src/`, by path from there. */
export function sources(): ReadonlyMap<string, string> {
  const paths = globSync('**/*.ts', { cwd: directory }).sort()
  return new Map(
    paths.map((path) => [path.replaceAll(sep, '/'), readFileSync(join(directory, path), 'utf8')]),
  )
}

/** What the comment right above a declaration says, as Markdown; null if there is none. */
export function documentation(text: string, name: string): string | null {
  const comment = String.raw`\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*`
  const declaration = String.raw`(?:export )?(?:abstract )?(?:const|class|type|function) ${name}\b`
  const found = text.match(new RegExp(comment + declaration))?.[1]
  if (found === undefined) return null
  return found
    .split('\n')
    .map((line) => line.replace(/^\s*\*\s?/, '').trim())
    .join('\n')
    .trim()
}

/** A type's declaration as it stands in its file: up to the first line that is neither indented nor its end. */
export function typeDeclaration(text: string, name: string): string | null {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => new RegExp(`^(?:export )?type ${name}\\b`).test(line))
  if (start === -1) return null
  const length = lines.slice(start + 1).findIndex((line) => !/^[\s}]/.test(line))
  const declaration = lines.slice(start, length === -1 ? undefined : start + 1 + length)
  return declaration.join('\n').trimEnd()
}

/** The types that a declaration names, in the order in which it does. */
export function namedTypes(declaration: string): readonly string[] {
  const code = declaration.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/'[^']*'/g, '')
  return [...new Set(code.match(/\b[A-Z]\w*/g))]
}
