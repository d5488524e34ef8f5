import type { IndexKey } from '../../operations/index-definition.ts'
import type { Node, ParsedStatement } from '../../sql/statements.ts'
import { rawSql } from '../../sql/tag.ts'
import { refuse } from '../python/evaluation.ts'

type Parse = (sql: string) => readonly ParsedStatement[]

/** What a text stands for between the parentheses of CREATE INDEX, as PostgreSQL's parser reads it: `lower(email)`, `created_at DESC`. */
export function indexElementOf(text: string, parse: Parse): IndexKey {
  const node = elementNode(text, parse) ?? refuse(`${JSON.stringify(text)} is nothing that an index can have`)
  const options = elementOptions(node)
  const column = node['name'] as string | undefined
  if (column !== undefined) return Object.keys(options).length === 0 ? column : { column, ...options }
  return { expression: rawSql(expressionText(text, parse)), ...options }
}

function elementNode(text: string, parse: Parse): Node | null {
  const node = tried(`CREATE INDEX ON t (${text})`, parse)?.['indexParams'] as readonly Node[] | undefined
  return node?.length === 1 ? (node[0]?.['IndexElem'] ?? null) : null
}

function elementOptions(node: Node): Omit<Extract<IndexKey, object>, 'column' | 'expression'> {
  const operatorClass = (node['opclass'] as readonly Node[] | undefined)
    ?.map((part) => part['String']?.sval)
    .join('.')
  const collation = (node['collation'] as readonly Node[] | undefined)
    ?.map((part) => part['String']?.sval)
    .join('.')
  return {
    ...(operatorClass === undefined ? {} : { operatorClass }),
    ...(collation === undefined ? {} : { collation }),
    ...(node['ordering'] === 'SORTBY_DESC' ? { order: 'desc' as const } : {}),
    ...(node['nulls_ordering'] === 'SORTBY_NULLS_FIRST' ? { nulls: 'first' as const } : {}),
    ...(node['nulls_ordering'] === 'SORTBY_NULLS_LAST' ? { nulls: 'last' as const } : {}),
  }
}

/** The expression without the words after it: the longest beginning that is an expression by itself. */
function expressionText(text: string, parse: Parse): string {
  const words = text.trimEnd().split(/(?=\s)/)
  for (let count = words.length; count > 0; count--) {
    const candidate = words.slice(0, count).join('').trim()
    if (isWholeExpression(candidate, parse)) return withoutParentheses(candidate, parse)
  }
  return text
}

/** COLLATE belongs to an expression too, and is said apart. */
function isWholeExpression(text: string, parse: Parse): boolean {
  const target = tried(`SELECT ${text}`, parse)?.['targetList']?.[0]?.ResTarget
  return target !== undefined && target.name === undefined && target.val?.CollateClause === undefined
}

function withoutParentheses(text: string, parse: Parse): string {
  const inner = text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text
  return inner !== text && isWholeExpression(inner, parse) ? inner : text
}

function tried(sql: string, parse: Parse): Node | null {
  try {
    return parse(sql)[0]?.tree.node ?? null
  } catch {
    // PostgreSQL's parser says no: that is the answer.
    return null
  }
}
