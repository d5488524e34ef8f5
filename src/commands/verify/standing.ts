import type { Session } from '../session.ts'
import { followSchema } from '../shadow.ts'
import { followRows } from './followed-rows.ts'
import type { Rows } from './rows.ts'

/** What a database has at one moment. */
export type Standing = { readonly catalog: readonly string[]; readonly rows: Rows }

/** A database in which revisions are tried, and what it has is asked for again and again. */
export type Tried = {
  readonly session: Session
  readSchema(): Promise<Standing['catalog']>
  /** As of the schema that was read last. */
  readRows(): Promise<Rows>
}

export function triedOn(session: Session): Tried {
  const schema = followSchema(session)
  return {
    session,
    readSchema: schema.read,
    readRows: followRows(session.connection, session.project.ledgerSchema, schema),
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
