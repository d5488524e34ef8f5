import type { Connection } from '../connection/connection.ts'
import { qualifiedName } from '../sql/identifier.ts'
import type { Picture, PicturedRelation } from './picture.ts'

/**
 * Looks where an index that could not be built over some rows is there, as it would be where nobody has such rows yet: then what comes later is refused. The rows
 * are taken away and the index is built, and all is taken back.
 */
export async function withFinished<Answer>(
  connection: Pick<Connection, 'run'>,
  { before, after }: { readonly before: Picture; readonly after: Picture },
  look: () => Promise<Answer>,
): Promise<Answer> {
  const left = [...after.values()].filter((one) => isUnfinished(one, before))
  if (left.length === 0) return look()
  const tables = [...new Set(left.map(({ table }) => after.get(table ?? 0)))].filter(
    (one) => one !== undefined,
  )
  await connection.run(
    [
      'BEGIN',
      'SET LOCAL session_replication_role = replica',
      // A row that is deleted is put into an index that is built in the same transaction.
      `TRUNCATE ${tables.map(qualifiedName).join(', ')} CASCADE`,
      'SET LOCAL session_replication_role = origin',
      ...left.map((index) => `REINDEX INDEX ${qualifiedName(index)}`),
    ].join(';\n'),
  )
  try {
    return await look()
  } finally {
    await connection.run('ROLLBACK')
  }
}

/** Left behind just now. */
function isUnfinished({ oid, kind, isValid }: PicturedRelation, before: Picture): boolean {
  return kind === 'i' && !isValid && before.get(oid)?.isValid !== false
}
