import { advance, openCursor } from './header-token.ts'

/** A call that is a statement on lines of its own: `op.execute(…)`. */
export type FoundCall = {
  readonly from: number
  readonly to: number
  /** What is before it on its line. */
  readonly indent: string
  readonly hasSemicolon: boolean
}

/** The call of `op.NAME` whose name stands at a place, from 1; null where it is no statement on lines of its own. */
export function callAt(
  text: string,
  { line, column, name }: { readonly line: number; readonly column: number; readonly name: string },
): FoundCall | null {
  const begins = lineStart(text, line)
  const at = begins + column - 1
  const receiver = 'op.'
  const from = at - receiver.length
  const indent = text.slice(begins, from)
  if (indent.trim() !== '' || !text.startsWith(`${receiver}${name}`, from)) return null
  const to = callEnd(text, at + name.length)
  if (to === null) return null
  const [rest = ''] = text.slice(to).split('\n')
  const isAlone = /^;?\s*$/.test(rest)
  return isAlone ? { from, to, indent, hasSemicolon: rest.startsWith(';') } : null
}

/** A piece of a text, and what stands there instead. */
export type Replacement = { readonly from: number; readonly to: number; readonly text: string }

/** Other calls in the place of one. `code`: calls on lines of their own, without semicolons. */
export function replacedCall(call: FoundCall, code: string): Replacement {
  return { from: call.from, to: call.to, text: asIn(code, call) }
}

/** The text with all of them replaced. */
export function withReplacements(text: string, replacements: readonly Replacement[]): string {
  return replacements
    .toSorted((a, b) => b.from - a.from)
    .reduce(
      (written, { from, to, text: other }) => `${written.slice(0, from)}${other}${written.slice(to)}`,
      text,
    )
}

function asIn(code: string, { indent, hasSemicolon }: FoundCall): string {
  const lines = code.split('\n')
  const ended = lines.map((line, at) =>
    hasSemicolon && lines[at + 1]?.startsWith('op.') ? `${line};` : line,
  )
  return ended.map((line, at) => (at === 0 || line === '' ? line : `${indent}${line}`)).join('\n')
}

/** Behind the bracket that closes the arguments, which begin at a place; null where there are none. */
function callEnd(text: string, position: number): number | null {
  const cursor = openCursor(text)
  cursor.position = position
  advance(cursor)
  if (cursor.depth === 0) return null
  while (cursor.depth > 0 && cursor.position < text.length) advance(cursor)
  return cursor.depth > 0 ? null : cursor.position
}

function lineStart(text: string, line: number): number {
  let at = 0
  for (let n = 1; n < line; n++) at = text.indexOf('\n', at) + 1
  return at
}
