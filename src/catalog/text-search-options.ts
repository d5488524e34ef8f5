import type { TextSearchOptions } from '../operations/text-search-dictionary.ts'

/** A name, bare or quoted, and what it is set to: a number, or a text, which begins with E where it has backslashes. */
const option = /([^\s"=]+|"(?:[^"]|"")+") = (?:(E?)'((?:[^'\\]|''|\\\\)*)'|([^',\s]+))(?:, |$)/gy

/**
 * The options of a dictionary, as `serialize_deflist` of PostgreSQL has written them: `language = 'german', casesensitive = 1`.
 * Names and texts have their quotes doubled, and texts their backslashes.
 * https://github.com/postgres/postgres/blob/master/src/backend/commands/tsearchcmds.c
 */
export function textSearchOptions(text: string): TextSearchOptions {
  const found = [...text.matchAll(option)]
  if (found.map(([whole]) => whole).join('') !== text)
    throw new Error(`PostgreSQL has kept options that cannot be read: ${text}`)
  return Object.fromEntries(
    found.map(([, name = '', escaped, quoted, number]) => [
      optionName(name),
      quoted === undefined ? Number(number) : optionText(quoted, escaped === 'E'),
    ]),
  )
}

function optionName(printed: string): string {
  return printed.startsWith('"') ? printed.slice(1, -1).replaceAll('""', '"') : printed
}

function optionText(quoted: string, hasBackslashes: boolean): string | boolean {
  const text = quoted.replaceAll("''", "'")
  // Templates read `true` as text: a directive's boolean is written so.
  if (text === 'true' || text === 'false') return text === 'true'
  return hasBackslashes ? text.replaceAll('\\\\', '\\') : text
}
