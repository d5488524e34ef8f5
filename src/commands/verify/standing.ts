import { runPrepared } from '../../connection/prepared.ts'
import { fillThese } from '../sample-rows.ts'
import type { Session } from '../session.ts'
import { followSchema } from '../shadow.ts'
import { followRows } from './followed-rows.ts'
import type { Rows } from './rows.ts'

/** What a database has at one moment. */
export type Standing = { readonly catalog: readonly string[]; readonly rows: Rows }

/** A database in which revisions are tried, and what it has is asked for again and again. */
export type Tried = {
  readonly session: Session
  read(): Promise<Standing>
  /** Puts sample rows into tables that had none when it was read last; gives the rows of all. The schema is what it was. */
  fill(tables: readonly string[]): Promise<Rows>
}

export function triedOn(session: Session): Tried {
  const { connection, project } = session
  const schema = followSchema(session)
  const rows = followRows(connection, project.ledgerSchema, schema)
  return {
    session,
    async read() {
      const { lines, found } = await schema.readWith(rows.tables)
      return { catalog: lines, rows: await rows.read(found) }
    },
    async fill(tables) {
      await fillThese(
        connection,
        project.ledgerSchema,
        new Set(tables.flatMap((table) => rows.oidOf(table) ?? [])),
      )
      const [found = []] = await runPrepared(connection, [rows.tables])
      return rows.read(found)
    },
  }
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
