import { advance, type Cursor, openCursor, stringValue } from './header-token.ts'

/** A header constant: its literal value, or undefined where it is anything but a literal. */
export type Constant = {
  readonly value: string | null | readonly string[] | undefined
  /** Where in the text its name begins. */
  readonly position: number
}

/** What a header says, whichever language the file is in. */
export type Header = {
  readonly text: string
  /** By name, in the spelling of TypeScript. */
  readonly constants: ReadonlyMap<string, Constant>
  /** The first paragraph of the comment at the top. */
  readonly message: string
  /** Whether the file has an upgrade, and so must have a header. */
  readonly hasUpgrade: boolean
}

type Exports = { readonly constants: Map<string, Constant>; hasUpgrade: boolean }

/**
 * The exported constants of a TypeScript or JavaScript file, read token by token at its top level. Once there is
 * a revision, the first exported function, class or default ends it: what a body says, or says wrongly, is not read.
 */
export function scanScript(text: string): Header {
  const cursor = openCursor(text)
  const exports: Exports = { constants: new Map(), hasUpgrade: false }
  let ended = false
  advance(cursor)
  while (cursor.token !== '' && !ended) {
    const atTop = cursor.depth === 0 && cursor.token === 'export'
    advance(cursor)
    if (atTop) ended = readExport(cursor, exports) && exports.constants.has('revision')
  }
  return {
    text,
    constants: exports.constants,
    message: cursor.docComment === null ? '' : messageOf(cursor.docComment),
    hasUpgrade: exports.hasUpgrade,
  }
}

/** The first paragraph of a `/** … *\/` comment on one line, without its signs and tags. */
export function messageOf(docComment: string): string {
  const text = docComment.slice('/**'.length, -'*/'.length)
  return text.includes('\n') ? firstParagraph(text.split('\n').map(withoutStar)) : withoutStar(text)
}

function withoutStar(line: string): string {
  const text = line.trim()
  return text.startsWith('*') ? text.slice(1).trim() : text
}

/** On one line; a paragraph ends at a blank line or at a tag such as `@see`. */
export function firstParagraph(lines: readonly string[]): string {
  if (lines.length < 2) return lines[0] ?? ''
  const start = lines.findIndex((line) => line !== '')
  const end = lines.findIndex((line, at) => at > start && (line === '' || line.startsWith('@')))
  return lines.slice(Math.max(0, start), end < 0 ? undefined : end).join(' ')
}

/** Reads on from after "export"; true where what is exported is code, below which no header is expected. */
function readExport(cursor: Cursor, exports: Exports): boolean {
  switch (cursor.token) {
    case 'const':
    case 'let':
    case 'var':
      return readDeclarations(cursor, exports)
    case '{':
      readNames(cursor, exports)
      return false
    case 'async':
    case 'function':
    case 'class':
    case 'default':
      readFunctionName(cursor, exports)
      return true
    default:
      return false
  }
}

function readDeclarations(cursor: Cursor, exports: Exports): boolean {
  const constant = cursor.token === 'const'
  do {
    advance(cursor)
    const { token: name, start } = cursor
    advance(cursor)
    if (!atInitialiser(cursor)) return false
    if (name === 'upgrade') exports.hasUpgrade = true
    if (name === 'upgrade' || name === 'downgrade') return true
    advance(cursor)
    const value = readLiteral(cursor)
    const literal = endsInitialiser(cursor) && constant ? value : undefined
    if (!exports.constants.has(name)) {
      exports.constants.set(name, { value: literal, position: start })
    }
  } while (cursor.token === ',' && cursor.depth === 0)
  return false
}

/** Goes over a type, if there is one, to the sign before the value. */
function atInitialiser(cursor: Cursor): boolean {
  if (cursor.token === ':') skipUntil(cursor, ['='])
  return cursor.token === '='
}

/** `export { a, b as c }`: a header written so is not a literal one. */
function readNames(cursor: Cursor, exports: Exports): void {
  while (cursor.depth > 0 && cursor.token !== '') {
    const { token: name, start } = cursor
    advance(cursor)
    if (cursor.token !== ',' && cursor.token !== '}') continue
    if (name === 'upgrade') exports.hasUpgrade = true
    if (name === 'revision') exports.constants.set(name, { value: undefined, position: start })
  }
}

function readFunctionName(cursor: Cursor, exports: Exports): void {
  while (/^(?:async|function|default|\*)$/.test(cursor.token)) advance(cursor)
  if (cursor.token === 'upgrade') exports.hasUpgrade = true
}

/** A string, null or an array of strings; undefined for another expression, which may be left half read. */
function readLiteral(cursor: Cursor): string | null | readonly string[] | undefined {
  if (cursor.token === '[') return readArray(cursor)
  const value = cursor.token === 'null' ? null : stringValue(cursor.token)
  if (value !== undefined) advance(cursor)
  return value
}

function readArray(cursor: Cursor): readonly string[] | undefined {
  const items: string[] = []
  advance(cursor)
  while (cursor.token !== ']') {
    const item = stringValue(cursor.token)
    if (item === undefined) return undefined
    items.push(item)
    advance(cursor)
    if (cursor.token === ',') advance(cursor)
    else if (cursor.token !== ']') return undefined
  }
  advance(cursor)
  return items
}

/** Whether the value read is the whole of it, and not the left side of `'a' + b`. Passes over `as const`. */
function endsInitialiser(cursor: Cursor): boolean {
  if (cursor.token === 'as' || cursor.token === 'satisfies') skipUntil(cursor, [';', ','])
  if (cursor.token === '' || cursor.token === ';' || cursor.token === ',') return true
  return cursor.token === 'export' || (cursor.afterNewline && /^[\w$@]/.test(cursor.token))
}

/** To the first of these tokens outside of brackets, or to a line that begins with a word. */
function skipUntil(cursor: Cursor, ends: readonly string[]): void {
  const { depth } = cursor
  do advance(cursor)
  while (
    cursor.token !== '' &&
    !(
      cursor.depth === depth &&
      (ends.includes(cursor.token) || (cursor.afterNewline && /^\w/.test(cursor.token)))
    )
  )
}

/** The 1-based line of a position. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}
