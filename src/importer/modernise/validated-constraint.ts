import { isOf } from '../../operations/operation.ts'
import { createCheckConstraint, createForeignKey } from '../../operations/registry.ts'
import type { Rewriting } from './rewriting.ts'

/** Rows are checked under the lock of ADD CONSTRAINT. */
export const validatedConstraint: Rewriting = {
  found: 'a constraint checks all rows while its table is locked',
  instead: 'NOT VALID, and validated in a stage of its own',
  rewrite([directive], { isNew }) {
    if (directive === undefined) return null
    if (isOf(createForeignKey, directive)) {
      if (directive.validation !== 'now' || isNew(directive)) return null
      const { validation: _, ...fields } = directive
      return { directives: [createForeignKey(fields)], count: 1 }
    }
    if (!isOf(createCheckConstraint, directive) || directive.validation !== 'now' || isNew(directive))
      return null
    const { validation: _, ...fields } = directive
    return { directives: [createCheckConstraint(fields)], count: 1 }
  },
}
