import { LimbeckError } from '../error.ts'

/** What may stand for a value in SQL. An array is a PostgreSQL array; any other object is JSON. */
export type Value =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Uint8Array
  | Json
  | readonly Value[]
  | { readonly [key: string]: unknown }

/** JSON that is meant as a value of its own; see `json`. */
export class Json {
  readonly value: unknown
  constructor(value: unknown) {
    this.value = value
  }
  toJSON(): unknown {
    return this.value
  }
}

/**
 * Any JSON as one value: `json(null)` is stored as `null` in a jsonb column, where `null` is NULL, and `json([1])` is a
 * JSON array, where `[1]` is one of PostgreSQL's.
 */
export function json(value: unknown): Json {
  return new Json(value)
}

/** A value that has no text in PostgreSQL. */
export class InvalidValue extends LimbeckError {
  readonly code = 'INVALID_VALUE'
  readonly value: unknown

  constructor(value: unknown, reason: string) {
    super(`A value cannot be sent to PostgreSQL: ${reason}.`, {
      hint: 'Give a string, number, bigint, boolean, null, Date, Uint8Array, an array of these, or a JSON object.',
    })
    this.value = value
  }
}

/**
 * A value in PostgreSQL's text form, the one that a parameter and a literal share; null for NULL.
 * Dates are written in UTC, so that the session's time zone decides nothing.
 */
export function valueText(value: Value): string | null {
  if (value === null) return null
  if (typeof value === 'string') return withoutZeroByte(value)
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value)
  if (value instanceof Date) return dateText(value)
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  if (Array.isArray(value)) return arrayText(value)
  if (typeof value === 'object') return withoutZeroByte(JSON.stringify(value, jsonValue))
  throw new InvalidValue(value, `it is of type ${typeof value}`)
}

/** For `JSON.stringify`: a bigint keeps all its digits, as a string, which PostgreSQL reads as a number where one is due. */
export function jsonValue(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

function dateText(value: Date): string {
  if (Number.isNaN(value.getTime())) throw new InvalidValue(value, 'the date is invalid')
  return value.toISOString()
}

function arrayText(values: readonly Value[]): string {
  const elements = values.map((value) =>
    Array.isArray(value) ? arrayText(value) : arrayElement(valueText(value)),
  )
  return `{${elements.join(',')}}`
}

/** A text, or null for NULL, as it stands inside an array's text form. */
export function arrayElement(text: string | null): string {
  return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`
}

function withoutZeroByte(text: string): string {
  if (text.includes('\0')) throw new InvalidValue(text, 'PostgreSQL text holds no zero byte')
  return text
}
