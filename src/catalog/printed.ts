import { rawSql, type Sql } from '../sql/tag.ts'
import { splitList } from './expression-list.ts'

/*
 * Statements that PostgreSQL itself has printed, and of which no catalog has the parts by themselves. There are no comments, dollar quotes and
 * escape strings in them, keywords are in capitals, and a name that is not in quotes has none.
 */

/** SQL that PostgreSQL has printed. */
export function printedSql(text: string): Sql {
  return rawSql(settled(text))
}

/**
 * As PostgreSQL prints it once it has read again what it had printed; without this the two would differ for ever. What differs is known of two forms:
 * of `a IN ('x', 'y')`, where `a` is a varchar, it first casts the array, and after that each of its elements; and of
 * `a BETWEEN 1 AND 9 AND b` it makes one condition of three once it has printed the first as one of two.
 */
export function settled(text: string): string {
  return joinedConditions(castElements(text))
}

function castElements(text: string): string {
  if (!text.includes(castArray)) return text
  for (const { at } of outsideQuotes(text)) {
    if (!text.startsWith(castArray, at)) continue
    const start = at + castArray.length
    const end = closing(text, start)
    const [cast, type] = text.slice(end).match(arrayCast) ?? []
    if (cast === undefined) continue
    const elements = splitList(text.slice(start, end)).map((element) => `(${castElements(element)})::${type}`)
    return `${text.slice(0, at)}ARRAY[${elements.join(', ')}]${castElements(text.slice(end + cast.length))}`
  }
  return text
}

/**
 * Without the parentheses around the first of several conditions that is some itself, joined by the same word: PostgreSQL's grammar looks through them
 * (makeAndExpr and makeOrExpr in gram.y). Around each other it prints parentheses too, and so a word outside all of those in a pair joins what is in it.
 */
function joinedConditions(text: string): string {
  if (!/\) (?:AND|OR) /.test(text)) return text
  const open: { readonly start: number; readonly words: Set<string> }[] = []
  const dropped: number[] = []
  for (const { at, character } of outsideQuotes(text)) {
    if (character === '(') open.push({ start: at, words: new Set() })
    const word = character === ' ' ? wordAt(text, at) : null
    if (word !== null) open.at(-1)?.words.add(word)
    if (character !== ')') continue
    const pair = open.pop()
    if (pair === undefined) return text
    const isFirst = pair.start === 0 || text[pair.start - 1] === '('
    if (isFirst && pair.words.has(wordAt(text, at + 1) ?? '')) dropped.push(pair.start, at)
  }
  const gone = new Set(dropped)
  return gone.size === 0
    ? text
    : text
        .split('')
        .filter((_, at) => !gone.has(at))
        .join('')
}

function wordAt(text: string, at: number): 'AND' | 'OR' | null {
  if (text.startsWith(' AND ', at)) return 'AND'
  return text.startsWith(' OR ', at) ? 'OR' : null
}

const castArray = '(ARRAY['

const arrayCast = /^\]\)::((?:[\w. ]|"(?:[^"]|"")*")+(?:\([\d,]+\))?)\[\]/

/** Where the bracket that was opened before a position is closed. */
function closing(text: string, start: number): number {
  let depth = 0
  for (const { at, character } of outsideQuotes(text.slice(start))) {
    if (character === '[') depth++
    if (character === ']' && depth-- === 0) return start + at
  }
  throw new Error(`PostgreSQL printed brackets that do not end: ${text}`)
}

/** The query of a view, from what pg_get_viewdef prints: without the blanks before it and the semicolon behind it. */
export function printedQuery(text: string): Sql {
  return printedSql(text.trim().replace(/;$/, ''))
}

/** What stands in each outermost pair of parentheses. */
export function inParentheses(text: string): readonly string[] {
  const found: string[] = []
  let [depth, start] = [0, 0]
  for (const { at, character } of outsideQuotes(text)) {
    if (character === '(' && depth++ === 0) start = at + 1
    if (character === ')' && --depth === 0) found.push(text.slice(start, at))
  }
  return found
}

/** What stands before and after the first of these keywords. */
export function cutAt(text: string, keyword: string): readonly [before: string, after: string] {
  for (const { at } of outsideQuotes(text)) {
    const end = at + keyword.length
    // Line feeds are put in where a line gets long, and a parenthesis may follow at once.
    if (text.startsWith(keyword, at) && /[\s)]/.test(text[at - 1] ?? ' ') && /[\s(]/.test(text[end] ?? ' '))
      return [text.slice(0, at).trim(), text.slice(end).trim()]
  }
  throw new Error(`PostgreSQL printed no ${keyword} in: ${text}`)
}

/** The statements that end in semicolons. */
export function printedStatements(text: string): readonly string[] {
  const found: string[] = []
  let start = 0
  for (const { at, character } of outsideQuotes(text)) {
    if (character !== ';') continue
    found.push(text.slice(start, at).trim())
    start = at + 1
  }
  return found
}

/** The characters that are in no string and no quoted name; of these the first quote is one. */
function* outsideQuotes(text: string): Generator<{ readonly at: number; readonly character: string }> {
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    yield { at, character }
    // A doubled quote opens again at once, so that nothing has to be known of it.
    if (character === "'" || character === '"') at = text.indexOf(character, at + 1)
    if (at === -1) throw new Error(`PostgreSQL printed quotes that do not end: ${text}`)
  }
}
