import type { DatabaseError } from '../connection/connection.ts'

/**
 * Which of the texts that were sent together failed, and at which of its characters. PostgreSQL counts the position
 * from the start of the whole message, and has said how many statements were done before.
 */
export function failedStatement(
  texts: readonly string[],
  error: DatabaseError,
): { readonly index: number; readonly position: number | null } {
  const { position } = error.server
  if (position !== undefined) return byPosition(texts, position)
  return { index: Math.min(error.completed, texts.length - 1), position: null }
}

/** Positions are characters, not UTF-16 units; the texts are joined by a semicolon and a line feed. */
function byPosition(texts: readonly string[], position: number): { index: number; position: number } {
  let before = 0
  for (const [index, text] of texts.entries()) {
    const characters = [...text].length
    if (position <= before + characters + 1 || index === texts.length - 1)
      return { index, position: position - before }
    before += characters + ';\n'.length
  }
  return { index: 0, position }
}
