import type { Node, StatementTree } from './statements.ts'

/**
 * The statements that stand in a DO block, in the order in which they are written; nothing of what EXECUTE puts together, and nothing of a block in
 * another language than PL/pgSQL. https://www.postgresql.org/docs/current/plpgsql-statements.html
 */
export function blockStatements(
  parser: typeof import('libpg-query'),
  block: string,
): readonly StatementTree[] {
  try {
    return queriesIn(parser.parsePlPgSQLSync(block)).flatMap((query) =>
      (parser.parseSync(query).stmts ?? []).flatMap(({ stmt }) =>
        Object.entries((stmt ?? {}) as Node).map(([kind, node]) => ({ kind, node: node as Node })),
      ),
    )
  } catch (error) {
    if (!(error instanceof Error)) throw error
    // What is no PL/pgSQL, or none that the parser takes, the server will tell.
    return []
  }
}

/** Texts of statements; an expression by itself has another mode. */
function queriesIn(tree: unknown): readonly string[] {
  if (typeof tree !== 'object' || tree === null) return []
  const expression = (tree as Node)['PLpgSQL_expr'] as Node | undefined
  if (expression !== undefined)
    return expression['parseMode'] === statementMode ? [String(expression['query'])] : []
  return Object.values(tree).flatMap(queriesIn)
}

/** RAW_PARSE_DEFAULT. */
const statementMode = 0
