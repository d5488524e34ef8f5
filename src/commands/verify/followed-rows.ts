import type { FollowedCatalog } from '../../catalog/followed-text.ts'
import { countedSince, writtenRows } from '../../catalog/text/written.ts'
import type { Connection } from '../../connection/connection.ts'
import { runPrepared } from '../../connection/prepared.ts'
import type { Rows } from './rows.ts'
import { readTables, tableIn, tablesQuery } from './tables.ts'

/**
 * The rows of every table, for who asks again and again while one session changes them: read are those of which a row was written since, by the
 * server's own count, that are in another file, or whose columns and types may have changed. The catalog has to be read before.
 * https://www.postgresql.org/docs/current/monitoring-stats.html
 */
export function followRows(
  connection: Connection,
  ledgerSchema: string,
  { versionOf }: Pick<FollowedCatalog, 'versionOf'>,
): () => Promise<Rows> {
  const text = tablesQuery(ledgerSchema, written)
  // Nobody else has a session there.
  const isCounted = connection.embedded
  let kept: ReadonlyMap<number, Kept> = new Map()
  return async () => {
    const [found = []] = await runPrepared(connection, [{ text }])
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
    return new Map(now.map(({ name, rows }) => [name, rows]))
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
