import type { Directive } from '../../src/operations/operation.ts'
import { factsOf } from '../../src/operations/operations.ts'

/**
 * Whether the inverse of these brings back what there was. That rows were checked is not forgotten by an inverse; and what takes labels of an enum
 * away refuses that under a domain, which has to step aside.
 */
export function isInvertible(directives: readonly Directive[]): boolean {
  return directives.every(
    (directive) =>
      !['validateConstraint', 'addEnumValues'].includes(directive.kind) &&
      !('irreversible' in factsOf(directive).inverse()),
  )
}

/** Whether rows or values are lost on the way. */
export function doesLose(directives: readonly Directive[]): boolean {
  return directives.some((directive) => factsOf(directive).loses.length > 0)
}
