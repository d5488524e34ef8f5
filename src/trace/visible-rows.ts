import { type Connection, DatabaseError } from '../connection/connection.ts'
import { qualifiedName } from '../sql/identifier.ts'
import type { PicturedRelation } from './picture.ts'

/** How many rows others than the owner read by the name of each relation. One that cannot be read has none, and is left out. */
export async function visibleRows(
  connection: Pick<Connection, 'run' | 'transaction'>,
  relations: readonly Pick<PicturedRelation, 'oid' | 'schema' | 'name' | 'shown'>[],
): Promise<ReadonlyMap<number, number>> {
  const counts = relations.map(
    ({ oid, schema, name, shown }) =>
      `SELECT ${oid} AS oid, (SELECT count(*) FROM ${qualifiedName({ schema, name })} WHERE ${shown ?? 'true'})::integer AS rows`,
  )
  if (counts.length === 0) return new Map()
  const isOpen = connection.transaction() === 'open'
  try {
    if (isOpen) await connection.run(`SAVEPOINT ${savepoint}`)
    const [found] = await connection.run(counts.join(' UNION ALL '))
    return new Map((found?.rows ?? []).map(({ oid, rows }) => [Number(oid), Number(rows)]))
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    if (isOpen) await connection.run(`ROLLBACK TO ${savepoint}`)
    // One view whose function fails is no reason to know nothing of the others.
    if (relations.length === 1) return new Map()
    const each = []
    for (const relation of relations) each.push(...(await visibleRows(connection, [relation])))
    return new Map(each)
  }
}

/** Why others than the owner cannot read a relation at all; null where they can. */
export async function readingFailure(
  connection: Pick<Connection, 'run' | 'transaction'>,
  { schema, name, shown }: Pick<PicturedRelation, 'schema' | 'name' | 'shown'>,
): Promise<DatabaseError | null> {
  const isOpen = connection.transaction() === 'open'
  try {
    if (isOpen) await connection.run(`SAVEPOINT ${savepoint}`)
    await connection.run(`SELECT count(*) FROM ${qualifiedName({ schema, name })} WHERE ${shown ?? 'true'}`)
    return null
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    if (isOpen) await connection.run(`ROLLBACK TO ${savepoint}`)
    return error
  }
}

const savepoint = 'limbeck_visible'
