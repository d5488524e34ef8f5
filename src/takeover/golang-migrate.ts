import { revisionIdOf } from './revision-id.ts'
import { ForeignRunUnfinished, type ForeignTool, texts } from './tool.ts'

/** golang-migrate keeps one row: the last version, and whether it failed. */
export const golangMigrate: ForeignTool = {
  name: 'golang-migrate',
  title: 'golang-migrate',
  tableName: 'schema_migrations',
  columns: ['version', 'dirty'],
  read: (table) => `SELECT version::text AS version, dirty FROM ${table}`,
  state(rows) {
    const dirty = rows.find((row) => row['dirty'] === true)
    if (dirty !== undefined) {
      throw new ForeignRunUnfinished({
        tool: 'golang-migrate',
        version: `version ${dirty['version']}`,
        remedy: 'mend what it left half done, and say "migrate force VERSION"',
      })
    }
    return { ids: texts(rows, 'version').map(revisionIdOf), upTo: true }
  },
}
