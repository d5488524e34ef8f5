import type { Session } from '../session.ts'
import { schemaReader } from '../shadow.ts'
import { followRows, type Rows } from './rows.ts'

/** What a database has at one moment. */
export type Standing = { readonly catalog: readonly string[]; readonly rows: Rows }

/** A database in which revisions are tried, and what it has is asked for again and again. */
export type Tried = {
  readonly session: Session
  readSchema(): Promise<Standing['catalog']>
  readRows(): Promise<Rows>
}

export async function triedOn(session: Session): Promise<Tried> {
  return {
    session,
    readSchema: await schemaReader(session),
    readRows: await followRows(session.connection, session.project.ledgerSchema),
  }
}

export async function standing({
  readSchema,
  readRows,
}: Pick<Tried, 'readSchema' | 'readRows'>): Promise<Standing> {
  return { catalog: await readSchema(), rows: await readRows() }
}

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
