/**
 * The items of a list as PostgreSQL prints it, cut at the commas that are in no parentheses, brackets, quotes or names. Only for what PostgreSQL
 * itself has printed: there are no comments and no dollar quotes in it.
 */
export function splitList(text: string): readonly string[] {
  const items: string[] = []
  let [depth, start] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === "'" || character === '"') at = text.indexOf(character, at + 1)
    else if (character === '(' || character === '[') depth++
    else if (character === ')' || character === ']') depth--
    else if (character === ',' && depth === 0) {
      items.push(text.slice(start, at).trim())
      start = at + 1
    }
    // A doubled quote opens again at once, so that nothing has to be known of it.
    if (at === -1) throw new Error(`PostgreSQL printed a list that does not end: ${text}`)
  }
  const last = text.slice(start).trim()
  return last === '' ? items : [...items, last]
}

/** An expression without the parentheses that PostgreSQL puts around it where it is no call; where they are wanted, operations put them again. */
export function withoutParentheses(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')')) return text
  let depth = 0
  for (let at = 0; at < text.length - 1; at++) {
    const character = text[at]
    if (character === "'" || character === '"') at = text.indexOf(character, at + 1)
    else if (character === '(') depth++
    else if (character === ')') depth--
    if (depth === 0) return text
  }
  return text.slice(1, -1)
}
