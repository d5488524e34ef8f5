import { eq, relations, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  interval,
  jsonb,
  numeric,
  pgEnum,
  pgMaterializedView,
  pgPolicy,
  pgRole,
  pgSchema,
  pgSequence,
  pgTable,
  pgView,
  primaryKey,
  serial,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core'

export const role = pgEnum('role', ['admin', 'member'])
export const shop = pgSchema('shop')
export const state = shop.enum('state', ['new', 'paid'])
export const invoiceNumbers = pgSequence('invoice_numbers', { startWith: 1000, increment: 10, cache: 5 })
export const reader = pgRole('reader').existing()

export const users = pgTable(
  'users',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    email: varchar({ length: 255 }).notNull().unique(),
    role: role().notNull().default('member'),
    tags: text().array().notNull().default(sql`'{}'::text[]`),
    invitedBy: bigint('invited_by', { mode: 'number' }).references((): AnyPgColumn => users.id),
    lowerEmail: text('lower_email').generatedAlwaysAs(sql`lower(email)`),
    balance: numeric({ precision: 12, scale: 2 }).notNull().default('0'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('users_lower_email_idx').on(t.lowerEmail.desc()),
    uniqueIndex('one_admin').on(t.role).where(sql`${t.role} = 'admin'`),
    check('balance_not_negative', sql`${t.balance} >= 0`),
    pgPolicy('members_read', { for: 'select', to: reader, using: sql`role = 'member'` }),
  ],
)

export const products = shop.table(
  'products',
  {
    sku: text().notNull(),
    country: varchar({ length: 2 }).notNull(),
    price: numeric({ precision: 12, scale: 2 }).notNull(),
    delivery: interval(),
    details: jsonb().$type<{ color: string }>().notNull().default({ color: 'red' }),
  },
  (t) => [primaryKey({ columns: [t.sku, t.country] }), index('products_details').using('gin', t.details)],
)

export const orders = shop.table('orders', {
  id: uuid().primaryKey().defaultRandom(),
  number: serial(),
  userId: bigint('user_id', { mode: 'number' })
    .notNull()
    .references(() => users.id, { onDelete: 'cascade', onUpdate: 'cascade' }),
  state: state().notNull().default('new'),
  gift: boolean().notNull().default(false),
})

export const lines = shop.table(
  'lines',
  {
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id),
    position: integer().notNull(),
    sku: text().notNull(),
    country: varchar({ length: 2 }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orderId, t.position] }),
    unique('one_line_a_product').on(t.orderId, t.sku, t.country).nullsNotDistinct(),
    foreignKey({ columns: [t.sku, t.country], foreignColumns: [products.sku, products.country] }),
  ],
)

export const openOrders = shop
  .view('open_orders')
  .as((query) =>
    query
      .select({ id: orders.id, email: users.email })
      .from(orders)
      .innerJoin(users, eq(orders.userId, users.id)),
  )
export const members = pgView('members', { id: bigint({ mode: 'number' }), email: text() }).as(
  sql`SELECT id, email FROM users WHERE role = 'member'`,
)
export const totals = pgMaterializedView('totals').as((query) =>
  query
    .select({ role: users.role, balance: sql<string>`sum(${users.balance})`.as('balance') })
    .from(users)
    .groupBy(users.role),
)

export const userRelations = relations(users, ({ many }) => ({ orders: many(orders) }))
