import { PrismaPg } from '@prisma/adapter-pg'
import { defineConfig } from 'prisma/config'

/** With the schema engine that is in the package: the other one is loaded from the network. */
export default defineConfig({
  schema: 'schema.prisma',
  experimental: { adapter: true },
  engine: 'js',
  adapter: async () => new PrismaPg({ connectionString: process.env['DATABASE_URL'] }),
})
