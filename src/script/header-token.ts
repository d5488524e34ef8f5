/** A place in the text of a TypeScript or JavaScript file, one token after another. */
export type Cursor = {
  readonly text: string
  /** The token read last, empty at the end of the text. A string or template without substitutions is one token. */
  token: string
  /** Where the token begins. */
  start: number
  /** Where the next is looked for. */
  position: number
  /** Whether the token stands on a later line than the one before it. */
  afterNewline: boolean
  /** How many brackets are open after the token. */
  depth: number
  /** The first `/** … *\/` comment passed. */
  docComment: string | null
}

export function openCursor(text: string): Cursor {
  const position = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0
  return { text, token: '', start: 0, position, afterNewline: true, depth: 0, docComment: null }
}

const BYTE_ORDER_MARK = '\ufeff'
const LINE_FEED = 10
const SPACE = 32
const SLASH = 47
const QUOTE = 39
const DOUBLE_QUOTE = 34
const BACKTICK = 96
const ASCII = 127
const QUOTES = '\'"`'
const STRING =
  /'(?:[^'\\\n\r]|\\(?:\r\n|[\s\S]))*'|"(?:[^"\\\n\r]|\\(?:\r\n|[\s\S]))*"|`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*`/y
const TEMPLATE_PART = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y
const REGEX_REST = /(?:[^/\\[\n\r]|\\.|\[(?:[^\]\\\n\r]|\\.)*\])+\/\w*/y
const OPERAND_END = /[\w$\u0080-\uffff'"`)\]}]$/
const OPERATOR_WORD = /^(?:return|typeof|case|do|else|in|of|void|delete|throw|new|yield|await)$/

/** Goes to the next token. Text that is no program gives some tokens or other, and never an error. */
export function advance(cursor: Cursor): void {
  const before = cursor.token
  skipTrivia(cursor)
  cursor.start = cursor.position
  cursor.token = takeWord(cursor) || takeString(cursor) || takeSign(cursor)
  switch (cursor.token) {
    case '(':
    case '[':
    case '{':
      cursor.depth++
      break
    case ')':
    case ']':
    case '}':
      cursor.depth = Math.max(0, cursor.depth - 1)
      break
    case '`':
      skipTemplate(cursor)
      break
    case '/':
      if (!endsOperand(before)) take(REGEX_REST, cursor)
  }
}

/** Whether a slash after this token divides, and does not begin a regular expression. */
function endsOperand(token: string): boolean {
  return OPERAND_END.test(token) && !OPERATOR_WORD.test(token)
}

/** The text of a string or template token, its escapes undone; undefined for any other token. */
export function stringValue(token: string): string | undefined {
  if (token.length < 2 || !QUOTES.includes(token.charAt(0))) return undefined
  const inside = token.slice(1, -1)
  return inside.includes('\\') ? inside.replace(ESCAPE, escapedCharacter) : inside
}

const ESCAPE = /\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2})|(\r\n|[\s\S]))/gi
const CONTROL: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
  '\n': '',
  '\r\n': '',
}

function escapedCharacter(_: string, point?: string, unit?: string, byte?: string, plain = ''): string {
  const code = point ?? unit ?? byte
  return code === undefined ? (CONTROL[plain] ?? plain) : String.fromCodePoint(Number.parseInt(code, 16))
}

/** Over blanks and comments. */
function skipTrivia(cursor: Cursor): void {
  const { text } = cursor
  cursor.afterNewline = false
  for (;;) {
    const code = text.charCodeAt(cursor.position)
    if (code === LINE_FEED) cursor.afterNewline = true
    if (code <= SPACE) cursor.position++
    else if (code !== SLASH || !skipComment(cursor)) return
  }
}

function skipComment(cursor: Cursor): boolean {
  const { position, text } = cursor
  if (text.startsWith('//', position)) {
    cursor.position = endOf(text, '\n', position) - 1
    return true
  }
  if (!text.startsWith('/*', position)) return false
  cursor.position = endOf(text, '*/', position + 2)
  const comment = text.slice(position, cursor.position)
  if (comment.includes('\n')) cursor.afterNewline = true
  if (comment.startsWith('/**') && comment !== '/**/') cursor.docComment ??= comment
  return true
}

/** Where the next such text ends, or else the text itself and what would be found there. */
function endOf(text: string, search: string, from: number): number {
  const at = text.indexOf(search, from)
  return (at < 0 ? text.length : at) + search.length
}

/** From after the opening backtick to after the closing one, over substitutions with templates of their own. */
function skipTemplate(cursor: Cursor): void {
  const { depth } = cursor
  while (take(TEMPLATE_PART, cursor).endsWith('${')) {
    cursor.depth = depth + 1
    while (cursor.depth > depth && cursor.position < cursor.text.length) advance(cursor)
  }
  cursor.token = '`'
}

/** A run of letters, digits, "_" and "$", or nothing. Most tokens are one, and this is quicker than a pattern. */
function takeWord(cursor: Cursor): string {
  const { position, text } = cursor
  let end = position
  while (isInWord(text.charCodeAt(end))) end++
  cursor.position = end
  return text.slice(position, end)
}

/** Beyond ASCII everything counts as a letter: outside of strings and comments hardly anything else comes. */
function isInWord(code: number): boolean {
  if (code >= 97) return code <= 122 || code > ASCII
  return (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 36
}

/** A string or a template without substitutions; nothing before any other sign, or one that is not closed. */
function takeString(cursor: Cursor): string {
  const code = cursor.text.charCodeAt(cursor.position)
  return code === QUOTE || code === DOUBLE_QUOTE || code === BACKTICK ? take(STRING, cursor) : ''
}

function takeSign(cursor: Cursor): string {
  const sign = cursor.text.startsWith('=>', cursor.position) ? '=>' : cursor.text.charAt(cursor.position)
  cursor.position += sign.length
  return sign
}

function take(pattern: RegExp, cursor: Cursor): string {
  const { position, text } = cursor
  pattern.lastIndex = position
  if (!pattern.test(text)) return ''
  cursor.position = pattern.lastIndex
  return text.slice(position, cursor.position)
}
