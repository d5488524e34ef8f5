import { quoteIdentifier } from './identifier.ts'
import { literal } from './literal.ts'
import { type Value, valueText } from './value.ts'

/**
 * A piece of SQL with its values apart: text, value, text, value, …, text. Plain data, so that it can be compared,
 * stored and printed. Made with the `sql` tag.
 */
export type Sql = { readonly sql: readonly string[]; readonly values: readonly Value[] }

/** SQL that is ready to be sent: placeholders `$1`, `$2` … and their values in text form. */
export type BoundSql = { readonly text: string; readonly values: readonly (string | null)[] }

/**
 * The template tag for SQL. What is put in with `${…}` is a value, never text: it travels as a parameter, or as a
 * rightly quoted literal where PostgreSQL takes no parameters. Another piece of SQL may be put in too.
 * Backslashes are kept as they are written.
 * @example sql`status = ${'active'} AND created_at < now() - interval '1 day'`
 */
export function sql(strings: TemplateStringsArray, ...inserted: readonly (Value | Sql)[]): Sql {
  const texts: string[] = [templateText(strings.raw[0] ?? '')]
  const values: Value[] = []
  inserted.forEach((item, index) => {
    const piece: Sql = isSql(item) ? item : { sql: ['', ''], values: [item] }
    texts.push((texts.pop() ?? '') + (piece.sql[0] ?? ''), ...piece.sql.slice(1))
    texts.push((texts.pop() ?? '') + templateText(strings.raw[index + 1] ?? ''))
    values.push(...piece.values)
  })
  return { sql: texts, values }
}

/** SQL from a string that is taken as it stands. */
export function rawSql(text: string): Sql {
  return { sql: [text], values: [] }
}

/** A quoted name for use inside the `sql` tag: `id('app', 'users')` is `"app"."users"`. */
export function id(...names: readonly [string, ...string[]]): Sql {
  return rawSql(names.map(quoteIdentifier).join('.'))
}

/** Whether something was made by the `sql` tag (or read back from what it had made). */
export function isSql(value: unknown): value is Sql {
  return (
    typeof value === 'object' &&
    value !== null &&
    'sql' in value &&
    Array.isArray(value.sql) &&
    'values' in value
  )
}

/** Placeholders and values, for the protocol's parameters. */
export function bindSql(piece: Sql): BoundSql {
  const text = piece.sql.reduce((sofar, part, index) => `${sofar}$${index}${part}`)
  return { text: closedComment(text), values: piece.values.map(valueText) }
}

/** One text with the values as literals, for statements that take no parameters (DDL) and for offline scripts. */
export function inlineSql(piece: Sql): string {
  // One value stands between two texts; `undefined`, which only the unchecked can give, is refused, not read as NULL.
  const text = piece.sql.reduce(
    (sofar, part, index) => sofar + literal(piece.values[index - 1] as Value) + part,
  )
  return closedComment(text)
}

/** A text after which more can follow: a comment at its end would swallow it, unless a line feed ends the comment. */
export function closedComment(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1).includes('--') ? `${text}\n` : text
}

/** In a raw template a backtick and `${` can only be written with a backslash, which is JavaScript's, not SQL's. */
function templateText(raw: string): string {
  return raw.replace(/\\(`|\$\{)/g, '$1')
}
