import { revisionIdOf } from './revision-id.ts'
import { ForeignRunUnfinished, type ForeignTool, texts } from './tool.ts'

/** Prisma keeps the folder's name of each migration, when it was finished, and whether it was given up. */
export const prisma: ForeignTool = {
  name: 'prisma',
  title: 'Prisma',
  tableName: '_prisma_migrations',
  columns: ['migration_name', 'finished_at', 'rolled_back_at'],
  read: (table) => `SELECT migration_name, finished_at IS NOT NULL AS finished FROM ${table}
WHERE rolled_back_at IS NULL ORDER BY started_at`,
  state(rows) {
    const failed = rows.find((row) => row['finished'] !== true)
    if (failed !== undefined) {
      throw new ForeignRunUnfinished({
        tool: 'Prisma',
        version: String(failed['migration_name']),
        remedy: 'mend what it left half done, and say "prisma migrate resolve"',
      })
    }
    return { ids: [...new Set(texts(rows, 'migration_name').map(revisionIdOf))], upTo: false }
  },
}
