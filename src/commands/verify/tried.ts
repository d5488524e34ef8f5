import { runPrepared } from '../../connection/prepared.ts'
import { readSampleTables } from '../../samples/table.ts'
import { type PlainColumns, plainRows, varyRows } from '../../samples/vary.ts'
import { fillThese } from '../sample-rows.ts'
import type { Session } from '../session.ts'
import { followSchema } from '../shadow.ts'
import { followRows } from './followed-rows.ts'
import type { Rows } from './rows.ts'
import { difference, type Standing } from './standing.ts'

/** A database in which revisions are tried with sample rows, and what it has is asked for again and again. */
export type Tried = {
  readonly session: Session
  read(): Promise<Standing>
  /** The same as it was read last, with rows in every table that can have some, and values in the columns that rows have got since they were made. */
  filled(before: Standing): Promise<Standing>
  /** The same without these values in tables that are named, which what comes next does not bear; null where there are none. Half of what comes may be done. */
  plain(before: Standing, isNamed: (table: string) => boolean): Promise<Standing | null>
}

export function triedOn(session: Session): Tried {
  const { connection, project } = session
  const schema = followSchema(session)
  const followed = followRows(connection, project.ledgerSchema, schema)
  const columns = new FollowedColumns()
  const unfillable = new Set<string>()
  let varied: readonly PlainColumns[] = []
  const read = async () => {
    const { lines, found } = await schema.readWith(followed.tables)
    return { catalog: lines, rows: await followed.read(found) }
  }
  const withRows = async (before: Standing) => {
    const [found = []] = await runPrepared(connection, [followed.tables])
    return { ...before, rows: await followed.read(found) }
  }
  const oidsOf = (tables: readonly string[]) =>
    new Set(tables.flatMap((table) => followed.oidOf(table) ?? []))
  return {
    session,
    read,
    async filled(before) {
      const isEmpty = ([table, rows]: [string, readonly string[]]) =>
        rows.length === 0 && !unfillable.has(table)
      const empty = [...before.rows].filter(isEmpty).map(([table]) => table)
      if (empty.length > 0) await fillThese(connection, project.ledgerSchema, oidsOf(empty))
      const full = empty.length > 0 ? await withRows(before) : before
      // They are not asked again.
      for (const [table, rows] of full.rows) if (rows.length === 0) unfillable.add(table)
      const plain = columns.plainIn(full.rows)
      if (plain.size === 0) return full
      const only = oidsOf([...plain.keys()])
      const ignoreSchemas = [project.ledgerSchema]
      const tables = await readSampleTables(connection, { ignoreSchemas, only, isAlone: true })
      const placesOf = new Map([...plain].map(([name, place]) => [followed.oidOf(name), place]))
      const now = tables.flatMap((table) => {
        const place = placesOf.get(table.oid)
        return place === undefined ? [] : [{ table, ...place }]
      })
      await varyRows(connection, now)
      varied = [...varied, ...now]
      return withRows(full)
    },
    async plain(before, isNamed) {
      const meant = varied.filter(({ table }) => isNamed(table.name))
      if (meant.length === 0) return null
      const isHalfDone = difference(before, await read()).length > 0
      await plainRows(connection, meant)
      const oids = meant.map(({ table }) => table.oid)
      varied = varied.filter((one) => !meant.includes(one))
      if (!isHalfDone) return withRows(before)
      // What is done may have changed them: what they were is not known.
      const isKnown = ([name]: readonly [string, unknown]) => !oids.includes(followed.oidOf(name) ?? 0)
      return { ...before, rows: new Map([...before.rows].filter(isKnown)) }
    },
  }
}

/** Which columns the rows of each table have been given values for, as far as they have been read. */
class FollowedColumns {
  readonly #known = new Map<string, { readonly rows: readonly string[]; readonly names: readonly string[] }>()

  /** By the names of tables, those that have come since to rows which were there, and in which all of them have the same. */
  plainIn(all: Rows): ReadonlyMap<string, Omit<PlainColumns, 'table'>> {
    const found = new Map<string, Omit<PlainColumns, 'table'>>()
    for (const [table, rows] of all) {
      const known = this.#known.get(table)
      // What nobody has written to is the same object.
      if (known?.rows === rows) continue
      const cells = rows.map((row) => JSON.parse(row) as { readonly [column: string]: unknown })
      const names = Object.keys(cells[0] ?? {})
      this.#known.set(table, { rows, names })
      if (known === undefined || known.names.length === 0) continue
      const isPlain = (name: string) =>
        new Set(cells.map((row) => JSON.stringify(row[name]))).size === 1 && !known.names.includes(name)
      const columns = names.filter(isPlain)
      if (columns.length > 0) found.set(table, { columns, rows: rows.length })
    }
    return found
  }
}
