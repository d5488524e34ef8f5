import type { ParseResult } from 'libpg-query'
import type { Node, StatementTree } from './statements.ts'

/**
 * The statements that stand in a DO block, those that EXECUTE is given as a constant among them; nothing of what it is given otherwise, and nothing of a
 * block in another language than PL/pgSQL. https://www.postgresql.org/docs/current/plpgsql-statements.html
 */
export function blockStatements(
  parser: typeof import('libpg-query'),
  block: string,
): readonly StatementTree[] {
  try {
    const { statements, executed } = textsIn(parser.parsePlPgSQLSync(block))
    const constants = executed.flatMap((text) => constantOf(parser.parseSync(`SELECT ${text}`)) ?? [])
    return [...statements, ...constants].flatMap((text) => treesOf(parser.parseSync(text)))
  } catch (error) {
    if (!(error instanceof Error)) throw error
    // What is no PL/pgSQL, or none that the parser takes, the server will tell.
    return []
  }
}

type Texts = { readonly statements: readonly string[]; readonly executed: readonly string[] }

/** Of a tree of PL/pgSQL the texts that are statements, and the expressions that EXECUTE is given. */
function textsIn(tree: unknown): Texts {
  if (typeof tree !== 'object' || tree === null) return { statements: [], executed: [] }
  const { PLpgSQL_expr: expression, PLpgSQL_stmt_dynexecute: execute } = tree as Node
  if (expression !== undefined)
    return {
      statements: expression['parseMode'] === statementMode ? [String(expression['query'])] : [],
      executed: [],
    }
  const inner = Object.values(tree).map(textsIn)
  const given = execute?.['query']?.PLpgSQL_expr?.query
  return {
    statements: inner.flatMap(({ statements }) => statements),
    executed: [...(given === undefined ? [] : [String(given)]), ...inner.flatMap(({ executed }) => executed)],
  }
}

/** RAW_PARSE_DEFAULT; an expression by itself has another. */
const statementMode = 0

function constantOf(parsed: ParseResult): string | null {
  const [select] = treesOf(parsed)
  const value: unknown = select?.node['targetList']?.[0]?.ResTarget?.val?.A_Const?.sval?.sval
  return typeof value === 'string' ? value : null
}

function treesOf({ stmts = [] }: ParseResult): readonly StatementTree[] {
  return stmts.flatMap(({ stmt }) =>
    Object.entries((stmt ?? {}) as Node).map(([kind, node]) => ({ kind, node: node as Node })),
  )
}
