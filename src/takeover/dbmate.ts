import { revisionIdOf } from './revision-id.ts'
import { type ForeignTool, texts } from './tool.ts'

/** dbmate keeps the number of each migration. Ruby on Rails has a table that looks the same. */
export const dbmate: ForeignTool = {
  name: 'dbmate',
  title: 'dbmate',
  tableName: 'schema_migrations',
  columns: ['version'],
  hasNoOthers: true,
  read: (table) => `SELECT version::text AS version FROM ${table} ORDER BY 1`,
  state: (rows) => ({ ids: texts(rows, 'version').map(revisionIdOf), upTo: false }),
}
