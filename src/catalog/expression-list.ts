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
