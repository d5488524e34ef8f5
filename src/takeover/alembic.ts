import { type ForeignTool, texts } from './tool.ts'

/** Alembic keeps the ids of its heads, without those that another one depends on. */
export const alembic: ForeignTool = {
  name: 'alembic',
  title: 'Alembic',
  tableName: 'alembic_version',
  columns: ['version_num'],
  hasNoOthers: true,
  read: (table) => `SELECT version_num FROM ${table} ORDER BY 1`,
  state: (rows) => ({ ids: texts(rows, 'version_num'), upTo: true }),
}
