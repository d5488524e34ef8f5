import type { Phase } from '../graph/revision.ts'
import type { TablePart } from '../sql/effect.ts'
import type { TableReference } from './relation.ts'

export type { TablePart } from '../sql/effect.ts'

/** Whether a revision has itself made a table or a column before: no application of before knows it. */
export type IsNew = (part: TablePart) => boolean

/** For what changes or narrows a table: the application of before goes on as it did only where it does not know the table. */
export function phaseOfTable({ schema, table }: TableReference, isNew: IsNew): Phase {
  return isNew(schema === undefined ? { table } : { schema, table }) ? 'expand' : 'contract'
}

/** For what changes or narrows columns: one that the application of before knows is enough. */
export function phaseOfColumns(table: TableReference, columns: readonly string[], isNew: IsNew): Phase {
  const known = columns.length === 0 || columns.some((column) => !isNew({ ...table, column }))
  return known ? phaseOfTable(table, isNew) : 'expand'
}

/** The phase of something that consists of several. */
export function phaseOfSeveral(phases: readonly Phase[]): Phase {
  return phases.includes('contract') ? 'contract' : 'expand'
}

const unnoticed = [
  'statistics',
  'trigger',
  'policy',
  'rule',
  'eventTrigger',
  'publication',
  'subscription',
  'operatorClass',
  'operatorFamily',
  'domainConstraint',
  'foreignDataWrapper',
  'server',
]

/** Whether no application names an object of this kind, so that it may get another name or schema at any time. */
export function isUnnoticed(object: object): boolean {
  return unnoticed.some((kind) => kind in object)
}

/** Knows what has been made so far: a column is new with its table. A name without a schema is the search_path's. */
export function newness(): { readonly isNew: IsNew; add(parts: readonly TablePart[]): void } {
  const made = new Set<string>()
  const key = ({ schema, table, column }: TablePart) => JSON.stringify([schema, table, column])
  return {
    isNew: ({ column, ...table }) =>
      made.has(key(table)) || (column !== undefined && made.has(key({ ...table, column }))),
    add: (parts) => {
      for (const part of parts) made.add(key(part))
    },
  }
}
