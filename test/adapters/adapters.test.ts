import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { servers, type TestDatabase } from '../servers/databases.ts'
import { type Commands, isInstalled, journey } from './journey.ts'

/** What is particular to an ORM; its project is in the folder of its name. */
type Orm = {
  readonly name: string
  /** Makes the schema without Limbeck, on an empty database. */
  make(commands: Commands, database: TestDatabase): Promise<unknown>
  /** What the ORM itself still finds to do on a database; nothing where it cannot be asked. */
  see(commands: Commands, database: TestDatabase): Promise<string>
  /** Where the schema is said, and what of it is changed. */
  readonly file: string
  readonly changes: { readonly [before: string]: string }
  /** What the second revision does. */
  readonly does: readonly string[]
  /** What stands in it. */
  readonly says: readonly string[]
}

const drizzle: Orm = {
  name: 'drizzle',
  make: async ({ npx }, database) => database.query(await npx('drizzle-kit', 'export')),
  async see({ npx }) {
    const printed = await npx('drizzle-kit', 'push', '--force', '--verbose')
    return printed.slice(printed.lastIndexOf('Pulling schema'))
  },
  file: 'schema.ts',
  changes: {
    "'admin', 'member'": "'admin', 'guest', 'member'",
    'delivery: interval(),': 'delivery: interval(), weight: numeric({ precision: 6, scale: 3 }).array(),',
    'position: integer()': "position: bigint({ mode: 'number' })",
    '>= 0`': '>= -100`',
    'gift: boolean().notNull().default(false),\n})':
      "gift: boolean().notNull().default(true),\n}, (t) => [index('orders_of').on(t.userId, t.number.desc())])",
  },
  does: [
    'rename constraint balance_not_negative of users to balance_not_negative_replaced',
    'add guest to enum role',
    'create check balance_not_negative on users',
    'alter column orders.gift',
    'create index orders_of on orders',
    'add column products.weight',
    'alter column lines.position',
    'drop constraint balance_not_negative_replaced of users',
  ],
  says: [
    "op.addEnumValues({ name: 'role', values: [{ value: 'guest', after: 'admin' }] })",
    "columns: ['user_id', { column: 'number', order: 'desc', nulls: 'last' }],",
    "column: { name: 'weight', type: 'numeric(6,3)[]' }",
    "name: 'position', type: 'bigint', was: { type: 'integer' }",
  ],
}

const mikroOrm: Orm = {
  name: 'mikro-orm',
  make: ({ npx }) => npx('mikro-orm', 'schema:create', '--run'),
  see: ({ npx }) => npx('mikro-orm', 'schema:update', '--dump'),
  file: 'entities.ts',
  changes: {
    "p.enum(['admin', 'member'])": "p.enum(['admin', 'guest', 'member'])",
    'p.json().nullable()': 'p.json().default("{}")',
    "p.enum(['new', 'paid'])": "p.enum(['new', 'paid', 'sent']).index()",
    'p.integer().default(1)': 'p.bigint().default(2)',
    "deleteRule('cascade')": "deleteRule('restrict')",
    'delivery: p': "weights: p.array().columnType('numeric(6,3)[]').nullable(),\n    delivery: p",
  },
  does: [
    'rename constraint orders_state_check of orders to orders_state_check_replaced',
    'rename constraint orders_user_id_foreign of orders to orders_user_id_foreign_replaced',
    'add guest to enum role',
    'create check orders_state_check on orders',
    'create foreign key orders_user_id_foreign on orders',
    'create index orders_state_index on orders',
    'alter column products.details',
    'set not null products.details',
    'add column products.weights',
    'alter column lines.amount',
    'drop constraint orders_user_id_foreign_replaced of orders',
    'drop constraint orders_state_check_replaced of orders',
  ],
  says: [
    "ARRAY['new'::text, 'paid'::text, 'sent'::text]",
    "onDelete: 'RESTRICT'",
    "column: { name: 'weights', type: 'numeric(6,3)[]' }",
    "was: { default: 1, type: 'integer' }",
  ],
}

const typeorm: Orm = {
  name: 'typeorm',
  async make({ npx }, database) {
    await database.query('CREATE SCHEMA shop')
    await npx('typeorm', 'schema:sync', '-d', 'data-source.ts')
  },
  async see({ npx }, database) {
    // What it has noted itself of generated columns and views, in a table of its own, it does not find in the catalog.
    await database.query(`DELETE FROM typeorm_metadata;
      INSERT INTO typeorm_metadata VALUES ('GENERATED_COLUMN', current_database(), 'public', 'users', 'lowerEmail', 'lower(email)'),
        ('VIEW', NULL, 'public', NULL, 'open_orders', 'SELECT id, "userId" FROM shop.orders WHERE state = ''new''')`)
    return npx('typeorm', 'schema:log', '-d', 'data-source.ts')
  },
  file: 'entities.ts',
  changes: {
    "enum: ['admin', 'member']": "enum: ['admin', 'guest', 'member']",
    "details: { type: 'jsonb', nullable: true }": "details: { type: 'jsonb', default: { color: 'red' } }",
    "amount: { type: 'int', default: 1 }": "amount: { type: 'bigint', default: 2 }",
    "onDelete: 'CASCADE'": "onDelete: 'RESTRICT'",
    'delivery: {':
      "weights: { type: 'numeric', precision: 6, scale: 3, array: true, nullable: true },\n    delivery: {",
    "indices: [{ columns: ['createdAt'] }]": "indices: [{ columns: ['createdAt', 'role'] }]",
  },
  does: [
    'rename constraint FK_151b79a83ba240b0cb31b2302d1 of orders to FK_151b79a83ba240b0cb31b2302d1_replaced',
    'add guest to enum role',
    'create index IDX_742246968c5cc85c9eabea0024 on users',
    'create foreign key FK_151b79a83ba240b0cb31b2302d1 on orders',
    'alter column products.details',
    'set not null products.details',
    'add column products.weights',
    'alter column lines.amount',
    'drop index IDX_204e9b624861ff4a5b26819210',
    'drop constraint FK_151b79a83ba240b0cb31b2302d1_replaced of orders',
  ],
  says: [
    "columns: ['createdAt', 'role']",
    "onDelete: 'RESTRICT'",
    "column: { name: 'weights', type: 'numeric(6,3)[]' }",
    "was: { default: 1, type: 'integer' }",
  ],
}

const prismaScript = [
  'prisma',
  'migrate',
  'diff',
  '--from-empty',
  '--to-schema-datamodel',
  'schema.prisma',
  '--script',
]

const prisma: Orm = {
  name: 'prisma',
  make: async ({ npx }, database) => database.query(await npx(...prismaScript)),
  // The schema engine that is in the package cannot read a database, and the other one is loaded from the network.
  see: async () => '',
  file: 'schema.prisma',
  changes: {
    'ADMIN\n': 'ADMIN\n  GUEST\n',
    'gift   Boolean @default(false)': 'gift   Boolean @default(true)\n  weights Decimal[] @db.Decimal(6, 3)',
    'position Int': 'position BigInt',
    'onDelete: Cascade': 'onDelete: Restrict',
    '@@index([createdAt(sort: Desc)])': '@@index([createdAt(sort: Desc), role])',
    'photo     Bytes?': 'photo     String?',
  },
  does: [
    'rename constraint Order_userId_fkey of Order to Order_userId_fkey_replaced',
    'add GUEST to enum role',
    'alter column users.photo',
    'create index users_created_at_role_idx on users',
    'alter column Order.gift',
    'add column Order.weights',
    'create foreign key Order_userId_fkey on Order',
    'alter column Line.position',
    'drop index users_created_at_idx',
    'drop constraint Order_userId_fkey_replaced of Order',
  ],
  says: [
    "values: [{ value: 'GUEST', after: 'ADMIN' }]",
    "columns: [{ column: 'created_at', order: 'desc' }, 'role'],",
    "column: { name: 'weights', type: 'numeric(6,3)[]' }",
    "name: 'position', type: 'bigint', was: { type: 'integer' }",
  ],
}

/** What `revision --json` says. */
type Written = { readonly file: string | null; readonly does: readonly string[] }

describe.each([drizzle, mikroOrm, typeorm, prisma])('$name', (orm) => {
  test.skipIf(!isInstalled)(
    'a revision makes its schema, the next one what has changed, and then there is nothing to do',
    async () => {
      await using own = await opened()
      await using its = await journey(orm.name)
      const commands = its.on(own.url)
      const written = async (message: string): Promise<Written> =>
        JSON.parse(await commands.limbeck('revision', '--autogenerate', '-m', message, '--json'))

      expect((await written('first')).file).not.toBe(null)
      await commands.limbeck('upgrade')
      expect(await written('again')).toMatchObject({ file: null, does: [] })
      await isAsTheOrmMakesIt()

      await its.edit(orm.file, orm.changes)
      const second = await written('second')
      expect(second.does).toEqual(orm.does)
      const text = await readFile(second.file ?? '', 'utf8')
      for (const said of orm.says) expect(text).toContain(said)
      await commands.limbeck('upgrade')
      expect(await written('again')).toMatchObject({ file: null, does: [] })
      await isAsTheOrmMakesIt()

      await commands.limbeck('check')

      /** Limbeck finds no difference to what the ORM makes, and the ORM none to what it finds in its own. */
      async function isAsTheOrmMakesIt(): Promise<void> {
        await using twin = await opened()
        await orm.make(its.on(twin.url), twin)
        expect(await commands.limbeck('diff', own.url, twin.url)).toContain('are alike')
        const [seen, seenInTwin] = [await orm.see(commands, own), await orm.see(its.on(twin.url), twin)]
        expect(seen).toBe(seenInTwin)
      }
    },
    600_000,
  )
})

/** On the newest server there is, with the role that a policy names. */
async function opened(): Promise<TestDatabase> {
  const server = servers().at(-1)
  if (server === undefined) throw new Error('There is no server.')
  const database = await server.open()
  await database.query('DO $$ BEGIN CREATE ROLE reader; EXCEPTION WHEN duplicate_object THEN END $$')
  return database
}
