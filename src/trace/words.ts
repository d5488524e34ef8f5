import type { StatementTree } from '../sql/statements.ts'

/** All texts that stand in a statement's tree, the names of relations and columns among them. */
export function wordsOf({ node }: StatementTree): ReadonlySet<string> {
  const words = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value === 'string') words.add(value)
    if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) walk(inner)
  }
  walk(node)
  return words
}
