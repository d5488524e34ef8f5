import { isDeepStrictEqual } from 'node:util'
import type {
  AtomicBody,
  ReturnBody,
  RoutineBody,
  Settings,
  TextBody,
} from '../operations/routine-definition.ts'
import { splitList } from './expression-list.ts'
import { printedSql } from './printed.ts'
import { typeNamesOf } from './routine.ts'
import { isStale } from './stale-bodies.ts'
import { typeName } from './type-name.ts'

/** What pg_proc says of functions and procedures alike. */
export type BodyRow = {
  readonly language: string
  readonly source: string
  /** The file of a function in C. */
  readonly file: string | null
  /** What was parsed when it was created. */
  readonly parsed: string | null
  readonly transform: readonly string[] | null
  readonly security_definer: boolean
  readonly settings: readonly string[] | null
  /** PostgreSQL would not take the body as things are. */
  readonly unchecked: boolean
}

/** Of pg_proc p and pg_language l. */
export const bodyColumns = (
  major: number,
) => `l.lanname AS language, p.prosrc AS source, p.probin AS file, ${major < 14 ? 'NULL' : 'pg_get_function_sqlbody(p.oid)'} AS parsed,
  ${typeNamesOf('p.protrftypes')} AS transform, p.prosecdef AS security_definer, p.proconfig AS settings, ${isStale('p.oid')} AS unchecked`

export const languageJoin = 'JOIN pg_language l ON l.oid = p.prolang'

/** A body of any form but RETURN, which only a function has. */
export function procedureBody(row: BodyRow & { readonly name: string }): TextBody | AtomicBody {
  if (row.parsed !== null) return { atomicBody: atomicStatements(row.parsed).map(printedSql) }
  if (row.language !== 'c')
    return { language: row.language, ...(row.unchecked ? { unchecked: true } : {}), body: row.source }
  return {
    language: 'c',
    body: row.file ?? '',
    ...(row.source === row.name ? {} : { linkSymbol: row.source }),
  }
}

export function routineBody(row: BodyRow & { readonly name: string }): RoutineBody {
  return returned(row.parsed) ?? procedureBody(row)
}

function returned(parsed: string | null): ReturnBody | null {
  const word = 'RETURN '
  return parsed?.startsWith(word) === true ? { return: printedSql(parsed.slice(word.length)) } : null
}

/** Whether two differ at most in what PostgreSQL thinks of their bodies, which what they name has brought about: there is nothing to change. */
export function differInCheckOnly<Fields extends RoutineBody>(one: Fields, other: Fields): boolean {
  const [{ unchecked: _, ...before }, { unchecked: __, ...after }] = [one, other]
  return isDeepStrictEqual(before, after)
}

/**
 * The names that stand in a text, those of variables and operators and the words of its language too: as they are, and as PostgreSQL reads them without quotes.
 * One that may be that of a routine, since a parenthesis follows, is there once more with it.
 */
export function mentionsOf({ parsed, source }: BodyRow): readonly string[] {
  if (parsed !== null) return []
  const words = source.matchAll(/([\p{L}_][\p{L}\p{N}_$]*|"[^"]+")(\s*\()?/gu)
  const names = [...words].flatMap(([, word = '', called]) => {
    const found = word.startsWith('"') ? [word.slice(1, -1)] : [word, word.toLowerCase()]
    return called === undefined ? found : [...found, ...found.map((name) => `${name}(`)]
  })
  return [...new Set([...names, ...(source.match(operators) ?? [])])]
}

/** https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-OPERATORS */
const operators = /[-+*/<>=~!@#%^&|`?]+/g

/** What else is said of functions and procedures alike. */
export function routineOptions({ transform, security_definer, settings }: BodyRow) {
  return {
    ...(transform === null ? {} : { transform: transform.map(typeName) }),
    ...(security_definer ? ({ securityDefiner: true } as const) : {}),
    ...(settings === null ? {} : { set: settingsOf(settings) }),
  }
}

/**
 * The statements of BEGIN ATOMIC … END as PostgreSQL prints it, cut at the semicolons that are in no quotes and in no names. There are no comments
 * and no dollar quotes in what PostgreSQL prints.
 */
export function atomicStatements(body: string): readonly string[] {
  const text = body.slice('BEGIN ATOMIC'.length, -'END'.length)
  const statements: string[] = []
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    // A doubled quote opens again at once, and so does what a backslash stands before, which is doubled too.
    if (character === "'" || character === '"') at = text.indexOf(character, at + 1)
    else if (character === ';') {
      statements.push(text.slice(start, at).trim())
      start = at + 1
    }
    if (at === -1) throw new Error(`PostgreSQL printed a body that does not end: ${body}`)
  }
  return statements
}

/** Those whose value is a list of names, each quoted as a name is (GUC_LIST_QUOTE), and that a routine can set. */
const listSettings = new Set([
  'local_preload_libraries',
  'search_path',
  'session_preload_libraries',
  'temp_tablespaces',
])

function settingsOf(settings: readonly string[]): Settings {
  return Object.fromEntries(
    settings.map((setting) => {
      const at = setting.indexOf('=')
      const [name, value] = [setting.slice(0, at), setting.slice(at + 1)]
      return [name, listSettings.has(name) ? namesOf(value) : settingValue(value)]
    }),
  )
}

/** `"$user", public`; one name is a text, and the empty one none at all. */
function namesOf(value: string): string | readonly string[] {
  const names = splitList(value).map((name) =>
    name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name,
  )
  const [first = '', ...others] = names
  if (others.length > 0) return names
  return first === '' ? [] : first
}

function settingValue(text: string): string | number | boolean {
  if (text === 'on') return true
  if (text === 'off') return false
  return String(Number(text)) === text ? Number(text) : text
}
