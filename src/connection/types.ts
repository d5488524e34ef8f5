import type { CustomTypesConfig } from 'pg'
import { loadNodePostgres } from './node-postgres.ts'

const json = 114
const jsonb = 3802
/** date, timestamp, timestamptz, interval, and arrays of them: JavaScript's Date would lose microseconds and infinity. */
const textual = new Set([1082, 1114, 1184, 1186, 1182, 1115, 1185, 1187])

/**
 * How values become JavaScript's: without loss. bigint and numeric are strings, as node-postgres has it; dates and
 * times are strings too, in ISO form; numbers in JSON that a double cannot hold stay as they were written.
 */
export async function losslessTypes(): Promise<CustomTypesConfig> {
  const { types } = await loadNodePostgres()
  const asText = (text: string) => text
  return {
    getTypeParser(oid: number, format?: 'text' | 'binary') {
      if (oid === json || oid === jsonb) return parseJson
      if (textual.has(oid)) return asText
      return types.getTypeParser(oid, format as 'text')
    },
  } as CustomTypesConfig
}

/** `JSON.parse`, but a number with more digits than a double holds becomes a raw one, which prints as it was. */
export function parseJson(text: string): unknown {
  if (!/\d{16}|\d\.\d{15}/.test(text)) return JSON.parse(text)
  const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown }
  const reviver = (_key: string, value: unknown, context: { readonly source?: string }) =>
    typeof value === 'number' && context.source !== undefined && String(value) !== context.source
      ? rawJSON(context.source)
      : value
  return JSON.parse(text, reviver as (key: string, value: unknown) => unknown)
}
