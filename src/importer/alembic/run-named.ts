import { Code } from '../../operations/print.ts'
import { codeOf, residualOf } from '../python/code.ts'
import type { Value } from '../python/value.ts'

/** A name that only the run knows, as it stands in a directive; null for any other. */
export function runName(value: Value): string | null {
  if (residualOf(value) === null) return null
  const code: unknown = new Code(codeOf(value))
  // The printer writes a Code as it stands: what else reads these directives looks at no name of what is dropped.
  return code as string
}
