import { type Constant, type Header, messageOf } from './header-scan.ts'

const COMMENT = /(?:(\/\*\*(?!\/)[^*]*(?:\*(?!\/)[^*]*)*\*\/)[ \t\r\n]+)?/y
const IMPORT = /import (?:type )?\{[\w ,]*\} from '[^'\\\n\r]*';?[ \t\r]*\n[\r\n]*/y
const CONSTANT =
  /export const (\w+) = (?:null|'([^'\\\n\r]*)'|\[('[^'\\\n\r]*'(?:, '[^'\\\n\r]*')*)\]);?[ \t\r]*\n[\r\n]*/y
const FUNCTION = /export (?:async )?function (\w+)/y
const NAME_POSITION = 'export const '.length

/**
 * The header of a file that has one just as `limbeck revision` writes it, as nearly all do: a comment, imports, a
 * constant a line, a function. Null for any other: `scanScript` reads those token by token, and the same from these,
 * but takes several times as long, which is felt with thousands of files.
 */
export function plainHeader(text: string): Header | null {
  const comment = match(COMMENT, text, 0)
  let position = COMMENT.lastIndex
  while (match(IMPORT, text, position)) position = IMPORT.lastIndex
  const constants = new Map<string, Constant>()
  for (let found = match(CONSTANT, text, position); found; found = match(CONSTANT, text, position)) {
    const [, name = '', string, list] = found
    if (constants.has(name) || name === 'upgrade' || name === 'downgrade') return null
    const value = list === undefined ? (string ?? null) : list.slice(1, -1).split("', '")
    constants.set(name, { value, position: position + NAME_POSITION })
    position = CONSTANT.lastIndex
  }
  const end = match(FUNCTION, text, position)
  if (end === null || !constants.has('revision')) return null
  const message = comment?.[1] === undefined ? '' : messageOf(comment[1])
  return { text, constants, message, hasUpgrade: end[1] === 'upgrade' }
}

/** What a sticky pattern finds at just this position. */
function match(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position
  return pattern.exec(text)
}
