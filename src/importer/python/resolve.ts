import { NotConverted } from './not-converted.ts'
import type { Scope, Value } from './value.ts'

/** Files import each other, and a name is looked for that is not bound yet. */
export class CircularImport extends NotConverted {}

/** What a scope binds a name to, looked for where that was left for later; undefined where it binds nothing. */
export function resolved(scope: Scope, name: string): Value | undefined {
  const binding = scope.names.get(name)
  if (binding === undefined) return undefined
  if ('value' in binding) return binding.value
  // Files that import each other in a circle would look for ever.
  const circle = {
    later: () => {
      throw new CircularImport(`${name} is imported in a circle`)
    },
  }
  scope.names.set(name, circle)
  try {
    const value = binding.later()
    scope.names.set(name, { value })
    return value
  } catch (error) {
    scope.names.set(name, binding)
    throw error
  }
}
