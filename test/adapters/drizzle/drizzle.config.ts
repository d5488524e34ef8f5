import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: './schema.ts',
  // Only for drizzle-kit's own comparison: export asks no database.
  dbCredentials: { url: process.env['DATABASE_URL'] ?? '' },
  schemaFilter: ['public', 'shop'],
})
