import { defineEntity, p } from '@mikro-orm/postgresql'

export const User = defineEntity({
  name: 'User',
  tableName: 'users',
  comment: 'People who may buy.',
  properties: {
    id: p.bigint().primary().autoincrement(),
    email: p.string().length(255).unique(),
    role: p.enum(['admin', 'member']).nativeEnumName('role').default('member'),
    tags: p.array().default([]),
    balance: p.decimal().precision(12).scale(2).default(0).comment('In euros.'),
    lowerEmail: p.text().generated('(lower(email)) stored'),
    createdAt: p.datetime().defaultRaw('now()').index(),
    invitedBy: () => p.manyToOne(User).nullable(),
    orders: () => p.oneToMany(Order).mappedBy('user'),
  },
  checks: [{ name: 'balance_not_negative', expression: 'balance >= 0' }],
})

export const Product = defineEntity({
  name: 'Product',
  tableName: 'products',
  schema: 'shop',
  properties: {
    sku: p.string().primary(),
    country: p.character().length(2).primary(),
    price: p.decimal().precision(12).scale(2),
    details: p.json().nullable(),
    delivery: p.type('interval').$type<string>().nullable(),
  },
  indexes: [{ properties: ['details'], type: 'gin' }],
})

export const Order = defineEntity({
  name: 'Order',
  tableName: 'orders',
  schema: 'shop',
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    user: () => p.manyToOne(User).deleteRule('cascade'),
    state: p.enum(['new', 'paid']),
    lines: () => p.oneToMany(Line).mappedBy('order'),
    vouchers: p.array().columnType('uuid[]').nullable(),
  },
  indexes: [
    {
      name: 'orders_open',
      expression: `create index orders_open on shop.orders (user_id) where state = 'new'`,
    },
  ],
})

export const Line = defineEntity({
  name: 'Line',
  tableName: 'lines',
  schema: 'shop',
  properties: {
    order: () => p.manyToOne(Order).primary(),
    position: p.integer().primary(),
    product: () => p.manyToOne(Product),
    amount: p.integer().default(1),
  },
  uniques: [{ properties: ['order', 'product'] }],
})

export const OpenOrder = defineEntity({
  name: 'OpenOrder',
  tableName: 'open_orders',
  view: true,
  expression: `select id, user_id from shop.orders where state = 'new'`,
  properties: { id: p.uuid().primary(), userId: p.bigint() },
})
