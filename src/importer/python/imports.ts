import { type Evaluation, refuse } from './evaluation.ts'
import { CircularImport, resolved } from './resolve.ts'
import type { Node } from './syntax.ts'
import { Module, type Scope, type Value } from './value.ts'

/** `import a.b as c`. */
export function importModules({ names }: Node<'Import'>, evaluation: Evaluation): void {
  const { scope } = evaluation.frame
  const file = evaluation.source.file
  for (const { name, asname } of names) {
    const [root = name] = name.split('.')
    const wanted = asname === undefined ? root : name
    scope.names.set(asname ?? root, {
      later: () =>
        evaluation.modules.find(wanted, { file, level: 0 }) ??
        evaluation.library.importName(wanted, evaluation),
    })
  }
}

/** `from a.b import c as d`: each name is looked for when it is first asked for. */
export function importFrom(
  { module = '', names, level = 0 }: Node<'ImportFrom'>,
  evaluation: Evaluation,
): void {
  const { scope } = evaluation.frame
  const from = { file: evaluation.source.file, level }
  for (const { name, asname } of names) {
    if (name === '*') {
      importAll(module, from, evaluation)
      continue
    }
    scope.names.set(asname ?? name, { later: () => imported(module, name, from, evaluation) })
  }
}

function imported(
  module: string,
  name: string,
  from: { readonly file: string; readonly level: number },
  evaluation: Evaluation,
): Value {
  const found = evaluation.modules.find(module, from)
  if (found instanceof Module) {
    const member = unlessCircular(found.scope, name)
    if (member !== undefined) return member
  }
  const inner = evaluation.modules.find(module === '' ? name : `${module}.${name}`, from)
  if (inner !== undefined) return inner
  const absolute = evaluation.modules.absolute(module, from)
  if (found !== undefined) return refuse(`${name} is not found in ${absolute}`)
  return evaluation.library.importName(`${absolute}.${name}`, evaluation)
}

/** A package that imports a module of its own by its own name means the module. */
function unlessCircular(scope: Scope, name: string): Value | undefined {
  try {
    return resolved(scope, name)
  } catch (error) {
    if (error instanceof CircularImport) return undefined
    throw error
  }
}

function importAll(
  module: string,
  from: { readonly file: string; readonly level: number },
  evaluation: Evaluation,
): void {
  const found = evaluation.modules.find(module, from)
  if (!(found instanceof Module)) return
  for (const [name, binding] of found.scope.names)
    if (!name.startsWith('_')) evaluation.frame.scope.names.set(name, binding)
}
