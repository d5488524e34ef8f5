import type { FollowedCatalog } from '../../catalog/followed-text.ts'
import { countedSince, writtenRows } from '../../catalog/text/written.ts'
import type { Connection, Row } from '../../connection/connection.ts'
import type { Repeated } from '../../connection/prepared.ts'
import type { Rows } from './rows.ts'
import { readTables, tableIn, tablesQuery } from './tables.ts'

/** The rows of every table, for who asks again and again. */
export type FollowedRows = {
  /** Which tables there are, and what was written to them. */
  readonly tables: Repeated
  /** As of these tables. */
  read(tables: readonly Row[]): Promise<Rows>
  /** The OID of a table, as of the last time. */
  oidOf(table: string): number | undefined
}

/**
 * While one session changes them, those are read of which a row was written since, by the server's own count, that are in another file, or whose
 * columns and types may have changed. The catalog has to be read before.
 * https://www.postgresql.org/docs/current/monitoring-stats.html
 */
export function followRows(
  connection: Connection,
  ledgerSchema: string,
  { versionOf }: Pick<FollowedCatalog, 'versionOf'>,
): FollowedRows {
  // Nobody else has a session there.
  const isCounted = connection.embedded
  let kept: ReadonlyMap<number, Kept> = new Map()
  let oids: ReadonlyMap<string, number> = new Map()
  return {
    tables: { text: tablesQuery(ledgerSchema, written) },
    async read(found) {
      const tables = found.map((row) => ({ ...tableIn(row), written: row['written'] }))
      const isKept = ({ oid, written }: (typeof tables)[number]) => {
        const had = kept.get(oid)
        return isCounted && written !== null && had?.written === written && had?.version === versionOf(oid)
      }
      const changed = tables.filter((table) => !isKept(table))
      const read = await readTables(connection, changed)
      const fresh = new Map(changed.map(({ oid }, at) => [oid, read[at] ?? []]))
      const rowsOf = (oid: number) => fresh.get(oid) ?? kept.get(oid)?.rows ?? []
      const now = tables.map(({ oid, name, written }) => ({ oid, name, written, rows: rowsOf(oid) }))
      kept = new Map(
        now
          .filter(({ rows }) => !rows.some(showsOthers))
          .map(({ oid, written, rows }) => [oid, { written, version: versionOf(oid), rows }]),
      )
      oids = new Map(tables.map(({ oid, name }) => [name, oid]))
      return new Map(now.map(({ name, rows }) => [name, rows]))
    },
    oidOf: (table) => oids.get(table),
  }
}

type Kept = { readonly written: unknown; readonly version: string; readonly rows: readonly string[] }

/** Of a value of a composite type, its attributes, which change with that type. */
function showsOthers(row: string): boolean {
  return row.includes('{', 1)
}

/** The files of a table and of its partitions, and how many rows were written there; null where that is not counted. */
const written = `(${countedSince}) || ' ' || CASE relkind
    WHEN 'p' THEN (SELECT string_agg(concat_ws(' ', relid, part.relfilenode, ${writtenRows('relid')}), ',' ORDER BY relid)
      FROM pg_partition_tree(c.oid) JOIN pg_class part ON part.oid = relid)
    ELSE concat_ws(' ', c.relfilenode, ${writtenRows('c.oid')}) END AS written`
