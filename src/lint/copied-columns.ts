import type { Node, StatementTree } from '../sql/statements.ts'
import { wordsOf } from '../trace/words.ts'
import { nodesOf } from './tree.ts'

/** Where a statement writes the values of a column: the name of the column that gets them; null where it is not said. */
export type KeptIn = string | null

/**
 * Where a statement writes a column's values, so that they can be told from what it wrote: as they are, as another type, as a label. What is put together of
 * several columns, is a part of a value, or is one of two, does not say any more what they were.
 */
export function keptIn(tree: StatementTree, column: string, table: string): readonly KeptIn[] {
  if (!writing.has(tree.kind)) return []
  const isUpdate = tree.kind === 'UpdateStmt'
  const targets = nodesOf(tree.node, 'ResTarget').filter(({ val }) => val !== undefined)
  if (targets.some(({ val }) => isAll(val)) && wordsOf(tree).has(table)) return [null]
  const kept = targets
    .filter(({ val }) => keeps(val, column))
    .map(({ name, val }) => (isUpdate && !isScaledUp(val) ? (name ?? null) : null))
  return isJoinedBy(tree.node, column) ? [...kept, null] : kept
}

/** Whether an UPDATE leaves what a column has, and gives values to its NULLs alone. */
export function fillsNulls({ kind, node }: StatementTree, column: string): boolean {
  return (
    kind === 'UpdateStmt' &&
    nodesOf(node['whereClause'], 'NullTest').some(
      ({ nulltesttype: test, arg }) => test === 'IS_NULL' && nameOf(arg?.ColumnRef ?? {}) === column,
    )
  )
}

/** Whether a statement says what becomes of the rows that have one value in a column; several of these are a mapping. */
export function mapsValue({ kind, node }: StatementTree, column: string): boolean {
  return (
    kind === 'UpdateStmt' &&
    nodesOf(node['whereClause'], 'A_Expr').some((one) => {
      const sides = [one['lexpr'], one['rexpr']] as readonly (Node | undefined)[]
      const isColumn = (side: Node | undefined) => nameOf(side?.['ColumnRef'] ?? {}) === column
      return (
        operatorOf(one) === '=' &&
        sides.some(isColumn) &&
        sides.some((side) => nodesOf(side, 'A_Const').length > 0)
      )
    })
  )
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
      return !taking.has(operatorOf(node)) && isOnly(node, column)
    case 'CoalesceExpr':
    case 'MinMaxExpr':
      return isOnly(node, column)
    case 'FuncCall':
      if (losing.has(functionOf(node))) return isScaledUp(value) && isOnly(node, column)
      return joining.has(functionOf(node)) ? isOnly(node, column) : mentions(node, column)
    case 'TypeCast':
      return keeps(node['arg'] ?? {}, column)
    // A condition has two values.
    case 'BoolExpr':
    case 'NullTest':
    case 'BooleanTest':
      return false
    default:
      return mentions(node, column)
  }
}

/** Cents of euros, `round(total * 100)::integer`: nothing that a smaller type does not hold is left behind. */
function isScaledUp(value: Node): boolean {
  const { TypeCast: cast, FuncCall: call, A_Expr: product } = value
  if (cast !== undefined) return isScaledUp(cast.arg ?? {})
  if (call !== undefined)
    return functionOf(call) === 'round' && call.args?.length === 1 && isScaledUp(call.args[0])
  if (product === undefined || operatorOf(product) !== '*') return false
  return [product.lexpr, product.rexpr].some((side: Node | undefined) => side?.['A_Const'] !== undefined)
}

/** What of several values makes one that does not say which they were. */
const joining = new Set(['concat', 'concat_ws', 'format'])
/** Operators whose answer is a condition, or a part of a value. */
const taking = new Set([
  ...['=', '<>', '<', '>', '<=', '>=', '~', '~*', '~~', '~~*', '!~', '!~*', '!~~', '!~~*', '@>', '<@', '?'],
  ...['->', '->>', '#>', '#>>', '%', '@@'],
])
/** Functions that give a part of a value, or forget something of it. */
const losing = new Set([
  ...[
    'left',
    'right',
    'substr',
    'substring',
    'split_part',
    'regexp_replace',
    'regexp_match',
    'regexp_substr',
  ],
  ...['lower', 'upper', 'initcap', 'length', 'char_length', 'md5', 'sha256', 'hashtext', 'crypt', 'digest'],
  ...[
    'date_trunc',
    'date_part',
    'extract',
    'date',
    'round',
    'trunc',
    'floor',
    'ceil',
    'ceiling',
    'abs',
    'sign',
  ],
  ...['jsonb_extract_path_text', 'jsonb_extract_path', 'array_length', 'cardinality', 'width_bucket'],
])

/** No other column is in it. */
function isOnly(node: Node, column: string): boolean {
  const names = new Set(nodesOf(node, 'ColumnRef').map(nameOf))
  return names.size === 1 && names.has(column)
}

function mentions(node: Node, column: string): boolean {
  return nodesOf(node, 'ColumnRef').some((one) => nameOf(one) === column)
}

/** What it wrote was looked up by the column: `r.name = u.role`. */
function isJoinedBy(node: Node, column: string): boolean {
  return nodesOf(node, 'A_Expr').some((one) => {
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
