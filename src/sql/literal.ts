import { type Value, valueText } from './value.ts'

/** A string in single quotes; with a backslash in the E'' form, which means the same under every server setting. */
export function quoteLiteral(text: string): string {
  const quoted = text.replaceAll("'", "''")
  return text.includes('\\') ? `E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`
}

/**
 * A value as a literal. Numbers and booleans stand bare; everything else is quoted and left without a type, so that
 * PostgreSQL gives it the type of its place, as it does with a parameter.
 */
export function literal(value: Value): string {
  if (value === null) return 'NULL'
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value))) {
    return value < 0 ? `(${value})` : String(value)
  }
  return quoteLiteral(valueText(value) ?? '')
}

/** A longer text, such as a function's body, in dollar quotes, with a tag that the text does not hold. */
export function dollarQuote(text: string): string {
  let tag = '$limbeck$'
  for (let n = 1; text.includes(tag); n++) tag = `$limbeck${n}$`
  return tag + text + tag
}

/** An anonymous PL/pgSQL block. It runs on the server, so it can look before it acts, offline scripts included. */
export function doBlock(body: string): string {
  return `DO ${dollarQuote(`\n${body.trim()}\n`)}`
}
