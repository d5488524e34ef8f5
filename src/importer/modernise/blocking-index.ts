import { isOf, withFields } from '../../operations/operation.ts'
import { createIndex, createUniqueConstraint } from '../../operations/registry.ts'
import type { Rewriting } from './rewriting.ts'

/** An index is built while writers wait. */
export const blockingIndex: Rewriting = {
  found: 'an index is built while writers wait',
  instead: 'built concurrently, in a stage of its own',
  rewrite([directive], { isNew }) {
    if (directive === undefined) return null
    const isIndex = isOf(createIndex, directive) || isOf(createUniqueConstraint, directive)
    if (!isIndex || directive.concurrently === true || isNew(directive)) return null
    return { directives: [withFields(directive, { concurrently: true })], count: 1 }
  },
}
