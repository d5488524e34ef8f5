import { EntitySchema } from 'typeorm'

export const User = new EntitySchema({
  name: 'User',
  tableName: 'users',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    email: { type: 'varchar', length: 255, unique: true },
    role: { type: 'enum', enum: ['admin', 'member'], enumName: 'role', default: 'member' },
    tags: { type: 'text', array: true, default: [] },
    balance: { type: 'numeric', precision: 12, scale: 2, default: 0, comment: 'In euros.' },
    lowerEmail: { type: 'text', generatedType: 'STORED', asExpression: 'lower(email)' },
    createdAt: { type: 'timestamptz', createDate: true },
  },
  checks: [{ name: 'balance_not_negative', expression: 'balance >= 0' }],
  indices: [{ columns: ['createdAt'] }],
  relations: {
    invitedBy: { type: 'many-to-one', target: 'User', nullable: true },
    orders: { type: 'one-to-many', target: 'Order', inverseSide: 'user' },
  },
})

/** A tree, by a closure table of TypeORM's own. */
export const Category = new EntitySchema({
  name: 'Category',
  tableName: 'categories',
  trees: [{ type: 'closure-table' }],
  columns: { id: { type: 'int', primary: true, generated: 'identity' }, name: { type: 'text' } },
  relations: {
    parent: { type: 'many-to-one', target: 'Category', treeParent: true, inverseSide: 'children' },
    children: { type: 'one-to-many', target: 'Category', treeChildren: true, inverseSide: 'parent' },
  },
})

export const Product = new EntitySchema({
  name: 'Product',
  tableName: 'products',
  schema: 'shop',
  columns: {
    sku: { type: 'text', primary: true },
    country: { type: 'char', length: 2, primary: true },
    details: { type: 'jsonb', nullable: true },
    delivery: { type: 'interval', nullable: true },
    onSale: { type: 'tstzrange', nullable: true },
  },
  relations: {
    categories: {
      type: 'many-to-many',
      target: 'Category',
      joinTable: { schema: 'shop', name: 'product_categories' },
    },
  },
})

export const Order = new EntitySchema({
  name: 'Order',
  tableName: 'orders',
  schema: 'shop',
  columns: {
    id: { type: 'uuid', primary: true, generated: 'uuid' },
    state: { type: 'enum', enum: ['new', 'paid'], default: 'new' },
  },
  indices: [{ name: 'orders_open', columns: ['user'], where: `state = 'new'` }],
  relations: {
    user: {
      type: 'many-to-one',
      target: 'User',
      inverseSide: 'orders',
      onDelete: 'CASCADE',
      nullable: false,
    },
  },
})

export const Line = new EntitySchema({
  name: 'Line',
  tableName: 'lines',
  schema: 'shop',
  columns: {
    orderId: { type: 'uuid', primary: true },
    position: { type: 'int', primary: true },
    amount: { type: 'int', default: 1 },
  },
  uniques: [{ name: 'one_line_a_product', columns: ['orderId', 'product'] }],
  relations: {
    order: { type: 'many-to-one', target: 'Order', joinColumn: { name: 'orderId' } },
    product: { type: 'many-to-one', target: 'Product', nullable: false },
  },
})

export const OpenOrder = new EntitySchema({
  name: 'OpenOrder',
  type: 'view',
  tableName: 'open_orders',
  expression: `SELECT id, "userId" FROM shop.orders WHERE state = 'new'`,
  columns: { id: { type: 'uuid' }, userId: { type: 'bigint' } },
})
