import { deserialize, serialize } from 'node:v8'
import type { Row } from '../connection/connection.ts'

/** The rows that each query of a stage was given. */
export type Answers = readonly (readonly Row[])[]

const { isRawJSON, rawJSON } = JSON as unknown as {
  isRawJSON(value: unknown): boolean
  rawJSON(text: string): unknown
}

/** A number with more digits than a double holds: JavaScript has an object for it that cannot be stored as it is. */
class RawNumber {
  readonly limbeckRaw: string
  constructor(text: string) {
    this.limbeckRaw = text
  }
}

/** Answers as bytes, for the ledger; every value comes back as it was. */
export function packAnswers(answers: Answers): Buffer {
  return serialize(
    mapped(answers, (value) => (isRawJSON(value) ? new RawNumber(JSON.stringify(value)) : value)),
  )
}

export function unpackAnswers(bytes: Uint8Array): Answers {
  const isRaw = (value: unknown): value is RawNumber =>
    typeof value === 'object' && value !== null && 'limbeckRaw' in value && Object.keys(value).length === 1
  return mapped(deserialize(bytes), (value) => (isRaw(value) ? rawJSON(value.limbeckRaw) : value)) as Answers
}

/** The same structure with each of its values changed, the outer ones first. */
function mapped(value: unknown, change: (value: unknown) => unknown): unknown {
  const changed = change(value)
  if (changed !== value) return changed
  if (Array.isArray(value)) return value.map((item) => mapped(item, change))
  if (
    typeof value !== 'object' ||
    value === null ||
    ![Object.prototype, null].includes(Object.getPrototypeOf(value))
  )
    return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapped(item, change)]))
}
