import type { Token } from '../../sql/statements.ts'

/** Parts of a statement by its words and parentheses, as PostgreSQL's scanner sees them. */
export type Pieces = {
  /** What stands between the first parentheses, cut at its commas. */
  firstList(): readonly string[]
  /** What follows a word outside of parentheses, up to the next of others; null where there is no such word. */
  after(word: string, ...ends: readonly string[]): string | null
}

export function pieces(text: string, scan: (sql: string) => readonly Token[]): Pieces {
  const tokens = withDepth(scan(text))
  return {
    firstList() {
      const open = tokens.findIndex((token) => token.text === '(')
      const close = tokens.findIndex((token, n) => n > open && token.text === ')' && token.depth === 0)
      if (open === -1 || close === -1) return []
      return cutAtCommas(text, tokens.slice(open + 1, close), 1)
    },
    after(word, ...ends) {
      const at = tokens.findIndex((token) => token.depth === 0 && token.text.toUpperCase() === word)
      const start = tokens[at + 1]
      if (at === -1 || start === undefined) return null
      const end = tokens.findIndex(
        (token, n) => n > at && token.depth === 0 && ends.includes(token.text.toUpperCase()),
      )
      const last = tokens[end === -1 ? tokens.length - 1 : end - 1]
      return text.slice(start.from, last?.to).replace(/;\s*$/, '').trim()
    },
  }
}

/** Texts between commas that stand in no parentheses. */
export function atCommas(text: string, scan: (sql: string) => readonly Token[]): readonly string[] {
  return cutAtCommas(text, withDepth(scan(text)), 0)
}

type Deep = Token & { readonly depth: number }

/** How many parentheses are open around a token; those that open and close stand outside of their own. */
function withDepth(tokens: readonly Token[]): readonly Deep[] {
  let depth = 0
  return tokens.map((token) => {
    if (token.text === ')') depth -= 1
    const deep = { ...token, depth }
    if (token.text === '(') depth += 1
    return deep
  })
}

function cutAtCommas(text: string, tokens: readonly Deep[], depth: number): readonly string[] {
  const parts: Deep[][] = [[]]
  for (const token of tokens) {
    if (token.text === ',' && token.depth === depth) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts.flatMap((part) => {
    const [first, last] = [part[0], part.at(-1)]
    return first === undefined || last === undefined ? [] : [text.slice(first.from, last.to)]
  })
}
