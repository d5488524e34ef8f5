import { defineConfig } from '@mikro-orm/postgresql'
import { Line, OpenOrder, Order, Product, User } from './entities.ts'

export default defineConfig({
  entities: [User, Product, Order, Line, OpenOrder],
  clientUrl: process.env['DATABASE_URL'] ?? 'postgres://nobody@nowhere/app',
  schemaGenerator: { ignoreSchema: ['limbeck'] },
})
