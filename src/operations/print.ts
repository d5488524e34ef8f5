import { isSql, type Sql } from '../sql/tag.ts'
import { Json } from '../sql/value.ts'
import type { Directive } from './operation.ts'

/** A directive as it stands in a revision file: `op.createIndex({ … })`. Read back, it is the same directive. `indent`: of its lines but the first. */
export function printDirective({ kind, ...fields }: Directive, indent = ''): string {
  return `op.${kind}(${print(fields, indent)})`
}

/** An expression that is printed as it stands, where the value is known only when the revision runs. */
export class Code {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** A value as it stands in a revision file. */
export function printValue(value: unknown, indent = ''): string {
  return print(value, indent)
}

const width = 100

function print(value: unknown, indent: string): string {
  if (isSql(value)) return printSql(value, indent)
  if (value instanceof Code) return value.text
  if (typeof value === 'string') return printString(value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return value.toString()
  if (value instanceof Date) return `new Date(${printString(value.toISOString())})`
  if (value instanceof Uint8Array)
    return `Buffer.from(${printString(Buffer.from(value).toString('hex'))}, 'hex')`
  if (value instanceof Json) return `op.json(${print(value.value, indent)})`
  if (Array.isArray(value))
    return printGroup(
      '[',
      value.map((item) => print(item, `${indent}  `)),
      ']',
      indent,
    )
  if (typeof value === 'object' && value !== null) return printObject(value, indent)
  return String(value)
}

function printObject(value: object, indent: string): string {
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => printMember(name, member, `${indent}  `))
  return printGroup('{', entries, '}', indent)
}

function printMember(name: string, member: unknown, indent: string): string {
  // A method's source is the whole member: `transform(row) { … }`, `async *stream() { … }`.
  const source = typeof member === 'function' ? member.toString() : ''
  const isMethod = source.replace(/^(async )?\s*(\*\s*)?/, '').startsWith(`${name}(`)
  return isMethod ? source : `${printKey(name)}: ${print(member, indent)}`
}

/** On one line if it fits, else one entry a line. */
function printGroup(open: string, entries: readonly string[], close: string, indent: string): string {
  if (entries.length === 0) return open + close
  const space = open === '{' ? ' ' : ''
  const line = open + space + entries.join(', ') + space + close
  if (!line.includes('\n') && indent.length + line.length <= width) return line
  return `${open}\n${entries.map((entry) => `${indent}  ${entry},\n`).join('')}${indent}${close}`
}

function printKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__' ? name : `[${printString(name)}]`
}

function printString(text: string): string {
  // Several lines stay several lines, which a template can hold as they are.
  if (text.includes('\n') && text.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(text))
    return `\`${text.replace(/[`\\]|\$\{/g, '\\$&')}\``
  // Double quotes where that saves escapes.
  if (text.includes("'") && !text.includes('"')) return JSON.stringify(text)
  const quoted = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${quoted}'`
}

function printSql(piece: Sql, indent: string): string {
  if (!piece.sql.every(isTemplatable)) return printObject(piece, indent)
  const texts = piece.sql.map((text) => text.replace(/`|\$\{/g, '\\$&'))
  return `op.sql\`${texts.reduce((sofar, text, n) => `${sofar}\${${print(piece.values[n - 1], indent)}}${text}`)}\``
}

/** A template cannot hold a carriage return, nor an odd number of backslashes before what ends or interrupts it. */
function isTemplatable(text: string): boolean {
  return text.isWellFormed() && !/\r|(?<!\\)(\\\\)*\\(`|\$\{|$)/.test(text)
}
