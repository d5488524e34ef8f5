import { revisionIdOf } from './revision-id.ts'
import { type ForeignTool, texts } from './tool.ts'

/** node-pg-migrate keeps the name of each migration's file, without the extension. */
export const nodePgMigrate: ForeignTool = {
  name: 'node-pg-migrate',
  title: 'node-pg-migrate',
  tableName: 'pgmigrations',
  columns: ['id', 'name', 'run_on'],
  read: (table) => `SELECT name FROM ${table} ORDER BY run_on, id`,
  state: (rows) => ({ ids: texts(rows, 'name').map(revisionIdOf), upTo: false }),
}
