import type { Statement } from './python/syntax.ts'

/** What Alembic's template writes at the top of a file. */
export type Docstring = { readonly message: string; readonly createDate: string }

/** The message and date of a revision, from its docstring; without one its id is its message. */
export function readDocstring(body: readonly Statement[], id: string): Docstring {
  const first = body.find((node) => node.nodeType !== 'Comment')
  const constant =
    first?.nodeType === 'Expr' && first.value.nodeType === 'Constant' ? first.value.value : null
  const text = typeof constant === 'string' ? constant : ''
  const date = /^\s*Create Date:\s*(.+)$/im.exec(text)?.[1]
  return { message: messageOf(text, id), createDate: dateOf(date) }
}

function messageOf(text: string, id: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !/^(Revision ID|Revises|Create Date|Branch Labels|Depends on)\s*:/i.test(line))
  const message = lines
    .join('\n')
    .trim()
    .replace(/\n{3,}/g, '\n\n')
  return message === '' ? id : message
}

/** `2016-01-05 14:20:33.123456` as ISO; one without a zone is taken as it stands. */
function dateOf(text: string | undefined): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2})(\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?/.exec(
    text?.trim() ?? '',
  )
  if (match === null) return '1970-01-01T00:00:00Z'
  const [, day, time = '00:00:00', , zone = 'Z'] = match
  return `${day}T${time}${zone}`
}
