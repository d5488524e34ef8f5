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
  return v8().serialize(
    mapped(answers, (value) => (isRawJSON(value) ? new RawNumber(JSON.stringify(value)) : value)),
  )
}

export function unpackAnswers(bytes: Uint8Array): Answers {
  const isRaw = (value: unknown): value is RawNumber =>
    typeof value === 'object' && value !== null && 'limbeckRaw' in value && Object.keys(value).length === 1
  return mapped(v8().deserialize(bytes), (value) =>
    isRaw(value) ? rawJSON(value.limbeckRaw) : value,
  ) as Answers
}

/** Loaded where it is needed: few runs pack or unpack anything. */
function v8() {
  return process.getBuiltinModule('node:v8')
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
