// The tree of PostgreSQL's parser, as in statements.ts.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Node = Record<string, any>

/** What an expression names and says: of a CHECK, a partition's bound, a generated column. */
export type ExpressionContent = {
  /** The columns that it names, each once. */
  readonly columns: readonly string[]
  /** Its constants without their types, each once: numbers as they are written, the text of strings. */
  readonly numbers: readonly string[]
  readonly texts: readonly string[]
}

/** Of the tree of an expression. */
export function expressionContent(tree: Node): ExpressionContent {
  const found = { columns: new Set<string>(), numbers: new Set<string>(), texts: new Set<string>() }
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    // An array's entries are its elements.
    for (const [kind, inner] of Object.entries(node as Node)) {
      if (kind === 'ColumnRef') noteColumn(inner, found.columns)
      else if (kind === 'A_Const') noteConstant(inner, found)
      else visit(inner)
    }
  }
  visit(tree)
  return { columns: [...found.columns], numbers: [...found.numbers], texts: [...found.texts] }
}

function noteColumn(reference: Node, columns: Set<string>): void {
  const name = reference['fields']?.at(-1)?.String?.sval
  if (name !== undefined) columns.add(name)
}

/** The tree leaves out an integer that is 0. */
function noteConstant(constant: Node, found: { readonly numbers: Set<string>; readonly texts: Set<string> }) {
  if (constant['sval'] !== undefined) found.texts.add(constant['sval'].sval ?? '')
  else if (constant['fval'] !== undefined) found.numbers.add(constant['fval'].fval)
  else if (constant['ival'] !== undefined) found.numbers.add(String(constant['ival'].ival ?? 0))
}
