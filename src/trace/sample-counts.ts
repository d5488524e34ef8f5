import type { Connection } from '../connection/connection.ts'
import { runForTables } from '../connection/prepared.ts'
import { qualifiedName } from '../sql/identifier.ts'
import type { Picture } from './picture.ts'

/** How many rows each table and materialized view has, by its oid. */
export async function sampleCounts(
  connection: Connection,
  picture: Picture,
): Promise<ReadonlyMap<number, number>> {
  const counts = [...picture.values()]
    .filter(({ kind }) => kind === 'r' || kind === 'm')
    .sort((one, other) => one.oid - other.oid)
    .map(
      ({ oid, schema, name }) =>
        `SELECT ${oid} AS oid, (SELECT count(*) FROM ONLY ${qualifiedName({ schema, name })})::integer AS rows`,
    )
  const found = await runForTables(connection, counts)
  return new Map(found.map(({ oid, rows }) => [Number(oid), Number(rows)]))
}
