import type { Node, StatementTree } from '../sql/statements.ts'
import { wordsOf } from '../trace/words.ts'

/**
 * Whether a statement writes a column's values elsewhere, so that they can be told from what it wrote: as they are, as another type, as a label. What is put together of
 * several columns, or is one of two values, does not say any more what they were.
 */
export function keepsColumn(tree: StatementTree, column: string, table: string): boolean {
  if (!writing.has(tree.kind)) return false
  const targets = found(tree.node, 'ResTarget').flatMap(({ val }) => (val === undefined ? [] : [val as Node]))
  const isWhole = targets.some((value) => isAll(value)) && wordsOf(tree).has(table)
  return isWhole || targets.some((value) => keeps(value, column)) || isJoinedBy(tree.node, column)
}

const writing = new Set(['UpdateStmt', 'InsertStmt', 'MergeStmt', 'CreateTableAsStmt', 'SelectStmt'])

function isAll(value: Node): boolean {
  return (value['ColumnRef']?.fields ?? []).some((field: Node) => field['A_Star'] !== undefined)
}

function keeps(value: Node, column: string): boolean {
  const [kind = '', inner = {}] = Object.entries(value)[0] ?? []
  const node = inner as Node
  switch (kind) {
    case 'ColumnRef':
      return nameOf(node) === column
    case 'A_Expr':
      return !comparing.has(operatorOf(node)) && isOnly(node, column)
    case 'CoalesceExpr':
    case 'MinMaxExpr':
      return isOnly(node, column)
    case 'FuncCall':
      return joining.has(functionOf(node)) ? isOnly(node, column) : mentions(node, column)
    // A condition has two values.
    case 'BoolExpr':
    case 'NullTest':
    case 'BooleanTest':
      return false
    default:
      return mentions(node, column)
  }
}

/** What of several values makes one that does not say which they were. */
const joining = new Set(['concat', 'concat_ws', 'format', 'greatest', 'least'])
const comparing = new Set(['=', '<>', '<', '>', '<=', '>=', '~', '~*', '~~', '~~*', '!~', '@>', '?'])

/** No other column is in it. */
function isOnly(node: Node, column: string): boolean {
  const names = new Set(found(node, 'ColumnRef').map(nameOf))
  return names.size === 1 && names.has(column)
}

function mentions(node: Node, column: string): boolean {
  return found(node, 'ColumnRef').some((one) => nameOf(one) === column)
}

/** What it wrote was looked up by the column: `r.name = u.role`. */
function isJoinedBy(node: Node, column: string): boolean {
  return found(node, 'A_Expr').some((one) => {
    const sides = [one['lexpr'], one['rexpr']].map((side: Node | undefined) =>
      nameOf(side?.['ColumnRef'] ?? {}),
    )
    return operatorOf(one) === '=' && sides.includes(column) && !sides.includes('')
  })
}

function nameOf(reference: Node): string {
  return String(reference['fields']?.at(-1)?.String?.sval ?? '')
}

function operatorOf(node: Node): string {
  return String(node['name']?.at(-1)?.String?.sval ?? '')
}

function functionOf(node: Node): string {
  return String(node['funcname']?.at(-1)?.String?.sval ?? '')
}

/** All nodes of a kind in a tree. */
function found(node: unknown, kind: string): readonly Node[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([name, value]) => [
    ...(name === kind ? [value as Node] : []),
    ...found(value, kind),
  ])
}
