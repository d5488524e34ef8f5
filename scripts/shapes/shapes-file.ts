import { join } from 'node:path'
import { API, type Project, type Type } from 'typescript/unstable/sync'
import type { Shape } from '../../src/operations/shape.ts'
import { sharedShapes } from './shared-shapes.ts'
import { shaper } from './type-shape.ts'

const root = join(import.meta.dirname, '..', '..')

/** The file of `src/` that is made of the operations' types. */
export const shapesFile = join(root, 'src', 'operations', 'shapes.ts')

/** What stands in it, as TypeScript's checker reads the types of now. */
export function shapesText(): string {
  const api = new API({ cwd: root })
  try {
    const [project] = api.updateSnapshot({ openProjects: [join(root, 'tsconfig.json')] }).getProjects()
    if (project === undefined) throw new Error('TypeScript finds no project.')
    const { shapeOf, named } = shaper(project.checker)
    const fields = fieldTypes(project).map(([kind, type]) => [kind, shapeOf(type)] as const)
    return fileText(fields, [...sharedShapes(named)])
  } finally {
    api.close()
  }
}

/** The type of the fields of each operation that the registry exports. */
function fieldTypes({ checker, program }: Project): readonly (readonly [kind: string, type: Type])[] {
  const registry = program.getSourceFile(join(root, 'src', 'operations', 'registry.ts'))
  const module = registry && checker.getSymbolAtLocation(registry)
  if (module === undefined) throw new Error('There is no registry.')
  return checker.getExportsOfModule(module).flatMap((symbol) => {
    const type = checker.getTypeOfSymbol(symbol)
    if (type?.getAliasSymbol()?.name !== 'Operation') return []
    const [, fields] = type.getAliasTypeArguments()
    return fields === undefined ? [] : [[symbol.name, fields] as const]
  })
}

function fileText(
  fields: readonly (readonly [string, Shape])[],
  named: readonly (readonly [string, Shape])[],
): string {
  return `// Generated from the types of the operations by "npm run reference".
import type { Shapes } from './shape.ts'

/** The fields of each operation, by its name. */
export const fieldsOf: Shapes = ${objectText(fields)}

/** The shapes that have a name. */
export const shapes: Shapes = ${objectText(named)}
`
}

function objectText(entries: readonly (readonly [string, Shape])[]): string {
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{\n${sorted.map(([name, shape]) => `  ${name}: ${JSON.stringify(shape)},`).join('\n')}\n}`
}
