import { LimbeckError } from '../error.ts'
import { type RevisionHeader, revisionOf } from './header.ts'
import { type Constant, firstParagraph, type Header, lineAt } from './header-scan.ts'

/** A piece of a .sql file; `line` is the 1-based line of the file where it begins. */
export type SqlPart = { readonly text: string; readonly line: number }

/** A .sql revision without the comment line that begins its upgrade. */
export class MissingUpgradeMarker extends LimbeckError {
  readonly code = 'MISSING_UPGRADE_MARKER'
  readonly file: string

  constructor(file: string) {
    super(`${file} has no line "-- upgrade".`, {
      hint: 'Put "-- upgrade" on a line of its own above the statements, and "-- downgrade" above those that undo them.',
    })
    this.file = file
  }
}

/** A part of a .sql file that comes twice, or a downgrade above the upgrade. */
export class MisplacedMarker extends LimbeckError {
  readonly code = 'MISPLACED_MARKER'
  readonly file: string
  readonly line: number

  constructor({ file, line, marker }: { file: string; line: number; marker: string }) {
    super(`"-- ${marker}" in ${file}:${line} is out of place.`, {
      hint: 'A file has one "-- upgrade", and below it at most one "-- downgrade". Reword any other comment.',
    })
    this.file = file
    this.line = line
  }
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['revision', 'revision'],
  ['down_revision', 'downRevision'],
  ['branch_labels', 'branchLabels'],
  ['depends_on', 'dependsOn'],
  ['create_date', 'createDate'],
  ['irreversible', 'irreversible'],
  ['phase', 'phase'],
  ['replaces', 'replaces'],
])
const LISTS = new Set(['downRevision', 'branchLabels', 'dependsOn', 'replaces'])
const COMMENT_LINE = /^--(.*)$/
const FIELD = /^\s*(\w+):\s*(.*?)\s*$/
const MARKER = /^--\s*(?:limbeck:)?\s*(upgrade|downgrade)\s*$/

/**
 * The header of a .sql file: the comment lines at its top, as `-- name: value`. Several values are separated by
 * commas; none, null or nothing is null. The first paragraph of other comment lines is the message. Null for a
 * file that is no revision: neither a `revision` nor an `-- upgrade` is at its top.
 */
export function sqlHeader(text: string, file: string): RevisionHeader | null {
  return revisionOf(scanSql(text), file)
}

/** A line of a message as it may stand in a header: told from a field and from the beginning of a part, which it would be taken for. */
export function messageLine(line: string): string {
  if (MARKER.test(`-- ${line}`)) return `${line.trimEnd()}.`
  return NAMES.has(FIELD.exec(line)?.[1] ?? '') ? line.replace(':', ' :') : line
}

/** As `sqlHeader`, unchecked. The header ends at the first line that is neither blank nor a comment. */
export function scanSql(text: string): Header {
  const constants = new Map<string, Constant>()
  const message: string[] = []
  let hasUpgrade = false
  for (const [at, line] of lines(text)) {
    const comment = COMMENT_LINE.exec(line)?.[1]
    if (MARKER.test(line) || (comment === undefined && line.trim() !== '')) {
      hasUpgrade = MARKER.test(line)
      break
    }
    const [, field = '', value = ''] = FIELD.exec(comment ?? '') ?? []
    const name = NAMES.get(field)
    if (name === undefined) message.push((comment ?? '').trim())
    else constants.set(name, { value: parseValue(name, value), position: at })
  }
  return {
    text,
    constants,
    message: firstParagraph(message),
    hasUpgrade,
  }
}

/**
 * The statements of a .sql revision. A marker is a whole line `-- upgrade` or `-- downgrade`, also written
 * `-- limbeck:upgrade`; one inside a string, a quoted body or a block comment is text. Without a downgrade part the
 * file says nothing about being undone: null.
 */
export function splitSqlFile(
  text: string,
  file: string,
): { readonly upgrade: SqlPart; readonly downgrade: SqlPart | null } {
  const markers = [...findMarkers(text)]
  const [upgrade, downgrade] = markers
  if (!upgrade) throw new MissingUpgradeMarker(file)
  const misplaced = markers.find(({ marker }, at) => marker !== ['upgrade', 'downgrade'][at])
  if (misplaced) throw new MisplacedMarker({ file, line: lineAt(text, misplaced.start), ...misplaced })
  return {
    upgrade: part(text, upgrade.end, downgrade?.start),
    downgrade: downgrade ? part(text, downgrade.end) : null,
  }
}

type Marker = { readonly marker: string; readonly start: number; readonly end: number }

const QUOTED =
  /--[^\n]*|\/\*|\b[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'[^']*'|"[^"]*"|(?<![\w$])\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/g

/** Goes from comment to comment over everything that PostgreSQL quotes. */
function* findMarkers(text: string): Generator<Marker> {
  QUOTED.lastIndex = 0
  for (let found = QUOTED.exec(text); found; found = QUOTED.exec(text)) {
    const [quoted] = found
    const start = found.index
    let end = start + quoted.length
    if (quoted === '/*') end = endOfBlockComment(text, end)
    else if (quoted.startsWith('$')) end = endOf(text, quoted, end)
    const marker = startsLine(text, start) ? MARKER.exec(quoted)?.[1] : undefined
    if (marker) yield { marker, start, end: endOf(text, '\n', end) }
    QUOTED.lastIndex = end
  }
}

/** PostgreSQL's block comments nest. */
function endOfBlockComment(text: string, from: number): number {
  const sign = /\/\*|\*\//g
  sign.lastIndex = from
  let depth = 1
  for (let found = sign.exec(text); found; found = sign.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1
    if (depth === 0) return sign.lastIndex
  }
  return text.length
}

/** Where the next such text ends, or the end of all. */
function endOf(text: string, search: string, from: number): number {
  const at = text.indexOf(search, from)
  return at < 0 ? text.length : at + search.length
}

function startsLine(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n'
}

function part(text: string, start: number, end?: number): SqlPart {
  return { text: text.slice(start, end), line: lineAt(text, start) }
}

function parseValue(name: string, value: string): Constant['value'] {
  if (value === '' || value === 'none' || value === 'null') return null
  if (!LISTS.has(name)) return value
  return value.split(',').map((item) => item.trim())
}

/** Lines with their positions, without splitting a large file of which only the top is wanted. */
function* lines(text: string): Generator<readonly [number, string]> {
  let start = 0
  while (start < text.length) {
    const end = text.indexOf('\n', start)
    yield [start, text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '')]
    if (end < 0) return
    start = end + 1
  }
}
