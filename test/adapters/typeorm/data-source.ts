import { DataSource } from 'typeorm'
import { Category, Line, OpenOrder, Order, Product, User } from './entities.ts'

export default new DataSource({
  type: 'postgres',
  url: process.env['DATABASE_URL'] ?? 'postgres://nobody@nowhere/app',
  entities: [User, Category, Product, Order, Line, OpenOrder],
})
