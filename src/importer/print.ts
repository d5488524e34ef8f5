import { relative } from 'node:path'
import { Code, printDirective, printValue } from '../operations/print.ts'
import { isSql } from '../sql/tag.ts'
import type { Missing, Said } from './python/evaluation.ts'

/** What is said as it stands in a function of a revision file. `home`: files of Python are named as seen from there. */
export function functionCode(
  said: readonly Said[],
  home: string,
): { readonly code: string; readonly awaits: boolean } {
  const code = said.map((one) => saidCode(one, '  ', home)).join('')
  return {
    code: code
      .replace(/^\n+/, '')
      .replace(/\n{3,}/g, '\n\n')
      .replace(/\n+$/, '\n'),
    awaits: said.some(awaits),
  }
}

/** Lines of comments, for what stands above a function. */
export function commentCode(text: string, indent = ''): string {
  return text
    .split('\n')
    .map((line) => `${indent}// ${line}`.trimEnd())
    .map((line) => `${line}\n`)
    .join('')
}

function saidCode(said: Said, indent: string, home: string): string {
  switch (said.say) {
    case 'directive':
      return `${indent}${printDirective(said.directive, indent)}\n`
    case 'code':
      return `${indent}${said.text}\n`
    case 'comment':
      return commentCode(said.text, indent)
    case 'blank':
      return '\n'
    case 'value':
      return said.query.used ? `${indent}const ${said.name} = ${said.code}\n` : ''
    case 'query':
      return queryCode(said, indent)
    case 'block':
      return `${said.parts.map(({ open, body }) => `${indent}${open}\n${body.map((one) => saidCode(one, `${indent}  `, home)).join('')}`).join('')}${indent}${said.close ?? '}'}\n`
    case 'missing':
      return missingCode(said.missing, indent, home)
  }
}

/** A query whose rows nobody uses is a statement like others. */
function queryCode(
  { name, query, directive, asked = directive }: Extract<Said, { say: 'query' }>,
  indent: string,
): string {
  if (!query.used) return `${indent}${printDirective(directive, indent)}\n`
  const sql = 'sql' in asked ? asked.sql : ''
  const text = isSql(sql) || sql instanceof Code ? printValue(sql, indent) : printValue(String(sql), indent)
  const rows = `await op.query<any>(${text})`
  return `${indent}const ${name} = ${query.isTaken === true ? `[...(${rows})]` : rows}\n`
}

function missingCode({ file, line, reason, python }: Missing, indent: string, home: string): string {
  const place = `${relative(home, file)}:${line}`
  const lines = [`Not converted, ${place}: ${reason}`, ...python.split('\n').map((text) => `  ${text}`)]
  const message = printValue(`${place} is not converted from Python: ${reason}`)
  return `${lines.map((text) => commentCode(text, indent)).join('')}${indent}throw new Error(${message})\n`
}

function awaits(said: Said): boolean {
  if (said.say === 'query') return said.query.used
  if (said.say === 'value') return said.query.used && /\bawait\b/.test(said.code)
  if (said.say === 'code') return /\bawait\b/.test(said.text)
  return (
    said.say === 'block' &&
    said.isFunction !== true &&
    said.parts.some(({ open, body }) => /\bawait\b/.test(open) || body.some(awaits))
  )
}
