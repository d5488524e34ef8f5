import { revisionIdOf } from './revision-id.ts'
import type { ForeignTool } from './tool.ts'

/** goose keeps a row for each migration; where an older goose left several of one version, the last one holds. */
export const goose: ForeignTool = {
  name: 'goose',
  title: 'goose',
  tableName: 'goose_db_version',
  columns: ['id', 'version_id', 'is_applied'],
  read: (table) => `SELECT version_id::text AS version, is_applied FROM ${table} ORDER BY id`,
  state(rows) {
    const applied = new Map(rows.map((row) => [String(row['version']), row['is_applied'] === true]))
    // Version 0 is the row with which goose makes its table.
    const ids = [...applied].filter(([version, is]) => is && version !== '0').map(([version]) => version)
    return { ids: ids.map(revisionIdOf), upTo: false }
  },
}
