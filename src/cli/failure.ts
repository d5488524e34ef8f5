import { DatabaseError } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import { type FailurePlace, Interrupted, MigrationFailed } from '../migrate/failure.ts'
import type { Style } from './style.ts'

/** An error for people: what happened, where, what PostgreSQL says, the SQL with the place in it, and what to do. */
export function failureText(error: LimbeckError, style: Style): string {
  const lines = [`${style.bad('error')}  ${error.message}`]
  const cause = error instanceof MigrationFailed ? error.cause : error
  if (cause instanceof DatabaseError) {
    const { sqlState, detail, where } = cause.server
    if (detail !== undefined) lines.push(`       ${detail}`)
    lines.push(style.faint(`       SQLSTATE ${sqlState}${where === undefined ? '' : `, ${where}`}`))
  }
  if (error instanceof MigrationFailed && error.place.statement !== null)
    lines.push('', excerpt(error.place, style))
  if (error.hint !== undefined) lines.push('', `${style.accent('hint')}   ${error.hint}`)
  return lines.join('\n')
}

/** The same as data, for `--json`. */
export function failureReport(error: unknown): { readonly error: object } {
  if (!(error instanceof LimbeckError)) return { error: { code: 'BUG', message: String(error) } }
  const cause = error instanceof MigrationFailed ? error.cause : error
  return {
    error: {
      code: error.code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...(error instanceof MigrationFailed ? { place: error.place } : {}),
      ...(error instanceof Interrupted && error.standing !== null ? { standing: error.standing } : {}),
      ...(cause instanceof DatabaseError ? { server: cause.server } : {}),
    },
  }
}

const linesAround = 3

/** The lines of the SQL around the error, and a caret under it. */
function excerpt({ statement, position }: FailurePlace, style: Style): string {
  const lines = (statement ?? '').split('\n')
  if (position === null)
    return lines
      .slice(0, 12)
      .map((line) => `    ${line}`)
      .join('\n')
  const before = [...(statement ?? '')]
    .slice(0, position - 1)
    .join('')
    .split('\n')
  const row = before.length - 1
  const caret = `    ${blank(before[row] ?? '')}${style.bad('^')}`
  const from = Math.max(0, row - linesAround)
  return [
    ...lines.slice(from, row + 1).map((line) => `    ${line}`),
    caret,
    ...lines.slice(row + 1, row + 1 + linesAround).map((line) => `    ${line}`),
  ].join('\n')
}

/** Characters that take two columns on a terminal. */
const wide =
  /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u

/** As much room as a text takes on a terminal. */
function blank(text: string): string {
  return text.replaceAll(/[^\t]/gu, (character) => (wide.test(character) ? '  ' : ' '))
}
