import type { Rows } from './rows.ts'

/** What a database has at one moment. */
export type Standing = { readonly catalog: readonly string[]; readonly rows: Rows }

/** Lines of a difference that are shown. */
const shown = 8

/** Of two catalogs, the lines that only one has. */
export function difference(wanted: Pick<Standing, 'catalog'>, there: Pick<Standing, 'catalog'> | null) {
  if (there === null) return []
  const [first, second] = [new Set(wanted.catalog), new Set(there.catalog)]
  const lines = [
    ...wanted.catalog.filter((line) => !second.has(line)).map((line) => `- ${line}`),
    ...there.catalog.filter((line) => !first.has(line)).map((line) => `+ ${line}`),
  ]
  if (lines.length <= shown) return lines
  return [...lines.slice(0, shown), `and ${lines.length - shown} lines more`]
}
