import type { Row } from '../connection/connection.ts'
import { revisionIdOf } from './revision-id.ts'
import { type ForeignTool, type KnownRevision, texts } from './tool.ts'

/**
 * Drizzle looks at the newest moment in its table alone: all migrations of that moment or before it are applied. Drizzle 1 keeps their names
 * too, and goes by these.
 */
export const drizzle: ForeignTool = {
  name: 'drizzle',
  title: 'Drizzle',
  tableName: '__drizzle_migrations',
  objects: ['drizzle', '*.__drizzle_migrations*'],
  columns: ['hash', 'created_at'],
  read: (
    table,
  ) => `SELECT created_at::text AS created_at, to_jsonb(migration) ->> 'name' AS name FROM ${table} migration
WHERE created_at IS NOT NULL ORDER BY created_at::bigint`,
  state(rows, known) {
    const isNamed = rows.length > 0 && rows.every((row) => row['name'] !== null)
    if (isNamed) return { ids: texts(rows, 'name').map(revisionIdOf), upTo: false }
    return { ids: rows.slice(-1).map((row) => revisionOf(row, known)), upTo: true }
  },
}

function revisionOf(row: Row, known: readonly KnownRevision[]): string {
  const moment = Number(row['created_at'])
  const found = known.find(({ createDate }) => createDate !== null && Date.parse(createDate) === moment)
  return found?.id ?? `the migration of ${new Date(moment).toISOString()}`
}
