import type { Node, StatementTree } from '../sql/statements.ts'
import type { Observation } from '../trace/observation.ts'
import { wordsOf } from '../trace/words.ts'
import { nodesOf } from './tree.ts'

/** How many rows statements before it have written elsewhere that read a table; null where none does. A table by its name without a schema. */
export function copiedRows(
  table: string,
  observation: Observation,
  all: readonly Observation[],
): number | null {
  const copies = before(observation, all).filter(
    (one) => one.error === null && one.statement.parsed.said().some((tree) => isCopying(tree, table)),
  )
  return copies.length === 0 ? null : copies.reduce((sum, one) => sum + rowsElsewhere(one, table), 0)
}

const copying = new Set(['InsertStmt', 'CreateTableAsStmt', 'SelectStmt', 'MergeStmt'])

/** What a table's rows are written into again is no other place. */
function isCopying(tree: StatementTree, table: string): boolean {
  return copying.has(tree.kind) && wordsOf(tree).has(table) && tree.node['relation']?.relname !== table
}

function rowsElsewhere({ madeRows, written }: Observation, table: string): number {
  const inserted = written.filter(({ relation }) => relation.split('.').at(-1) !== table)
  return madeRows + inserted.reduce((sum, one) => sum + one.inserted, 0)
}

/** The statements of a migration before one of them. */
export function before(observation: Observation, all: readonly Observation[]): readonly Observation[] {
  const at = all.findIndex(({ statement }) => statement === observation.statement)
  return all.slice(0, Math.max(at, 0))
}

/** Whether the rows that a DELETE names by values of one column are inserted again after it: they are others now, and not gone. */
export function arePutAgain(observation: Observation, all: readonly Observation[]): boolean {
  const { kind, node } = observation.statement.parsed.tree
  const condition = node['whereClause']
  const named = nodesOf(condition, 'A_Const')
  const isByValues =
    nodesOf(condition, 'ColumnRef').length === 1 && nodesOf(condition, 'SubLink').length === 0
  if (kind !== 'DeleteStmt' || named.length === 0 || !isByValues) return false
  const at = all.findIndex(({ statement }) => statement === observation.statement)
  return all.slice(at + 1).some(({ statement: { parsed }, error }) => {
    const { tree } = parsed
    if (tree.kind !== 'InsertStmt' || error !== null) return false
    const written = new Set(nodesOf(tree.node, 'A_Const').map(constantOf))
    return (
      tree.node['relation']?.relname === node['relation']?.relname &&
      named.every((constant) => written.has(constantOf(constant)))
    )
  })
}

function constantOf({ location: _, ...constant }: Node): string {
  return JSON.stringify(constant)
}
