import { type ForeignTool, hasColumns, texts } from './tool.ts'

/** Drizzle looks at the newest moment in its table alone: all migrations of that moment or before it are applied. */
export const drizzle: ForeignTool = {
  name: 'drizzle',
  title: 'Drizzle',
  tableName: '__drizzle_migrations',
  isVersionTable: (columns) => hasColumns(columns, 'hash', 'created_at'),
  read: (table) => `SELECT created_at::text AS created_at FROM ${table} WHERE created_at IS NOT NULL
ORDER BY created_at::bigint DESC LIMIT 1`,
  state(rows, known) {
    const ids = texts(rows, 'created_at').map((moment) => {
      const of = known.find(
        ({ createDate }) => createDate !== null && Date.parse(createDate) === Number(moment),
      )
      return of?.id ?? `the migration of ${new Date(Number(moment)).toISOString()}`
    })
    return { ids, upTo: true }
  },
}
