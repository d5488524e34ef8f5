import { readdir } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { folder } from '../cli/folder.ts'

const config = "export default { schema: 'schema' }"

const shop = `CREATE SCHEMA shop;
CREATE TABLE shop.users (id bigserial PRIMARY KEY, email varchar(255) NOT NULL UNIQUE, balance numeric NOT NULL DEFAULT 0);
CREATE VIEW shop.rich AS SELECT id, email FROM shop.users WHERE balance > 1000;`

const orders = `CREATE TABLE shop.orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES shop.users ON DELETE CASCADE, state text NOT NULL DEFAULT 'new');
CREATE INDEX orders_user_idx ON shop.orders (user_id);`

async function project(files: { readonly [path: string]: string }) {
  return folder({ 'limbeck.config.ts': config, 'migrations/.keep': '', ...files })
}

async function written(directory: string): Promise<readonly string[]> {
  return (await readdir(`${directory}/migrations`)).filter((name) => name.endsWith('.ts')).sort()
}

describe('limbeck revision --autogenerate', () => {
  test('writes what makes the declared schema, of files in any order, and nothing the second time', async () => {
    await using its = await project({ 'schema/a_orders.sql': orders, 'schema/b_users.sql': shop })
    const first = await its.limbeck('revision', '--autogenerate', '-m', 'shop')
    expect(first).toMatchObject({ exitCode: 0, err: '' })
    const [file = ''] = await written(its.directory)
    expect(await its.read(`migrations/${file}`)).toContain(`  op.createTable({
    schema: 'shop',
    name: 'users',
    columns: [
      { name: 'id', type: 'bigserial', primaryKey: true },
      { name: 'email', type: 'varchar(255)', notNull: true },
      { name: 'balance', type: 'numeric', notNull: true, default: 0 },
    ],
    constraints: [{ name: 'users_email_key', unique: { columns: ['email'] } }],
  })
`)
    const second = await its.limbeck('revision', '--autogenerate', '-m', 'again')
    expect(second.out).toContain('nothing was written')
    expect(await written(its.directory)).toHaveLength(1)
    expect((await its.limbeck('upgrade')).exitCode).toBe(0)
    expect(await its.limbeck('check')).toMatchObject({ exitCode: 0 })
    expect((await its.limbeck('drift')).exitCode).toBe(0)
  })

  test('changes a table that is there in the safe form, carries the views along, and comes back', async () => {
    await using its = await project({ 'schema/schema.sql': `${shop}\n${orders}` })
    await its.limbeck('revision', '--autogenerate', '-m', 'shop', '--rev-id', 'first')
    await its.limbeck('upgrade')
    const before = (await its.limbeck('dump')).out
    await its.write({
      'schema/schema.sql': `${shop.replace('varchar(255)', 'text').replace('UNIQUE,', 'UNIQUE, name text,')}
        ${orders.replace(');', ", CONSTRAINT orders_state_known CHECK (state IN ('new', 'paid')));")}
        CREATE INDEX orders_state_idx ON shop.orders (state);`,
    })
    expect(await its.limbeck('check')).toMatchObject({ exitCode: 3 })
    await its.limbeck('revision', '--autogenerate', '-m', 'more', '--rev-id', 'second')
    const text = await its.read(
      `migrations/${(await written(its.directory)).find((name) => name.includes('second'))}`,
    )
    expect(text).toMatch(/op\.createIndex\(\{[^}]*concurrently: true/s)
    expect(text).toMatch(/op\.dropView\(.*op\.alterColumn\(.*op\.createView\(/s)
    expect((await its.limbeck('upgrade')).exitCode).toBe(0)
    expect(await its.limbeck('check')).toMatchObject({ exitCode: 0 })
    expect((await its.limbeck('downgrade', '-1', '--yes')).exitCode).toBe(0)
    expect((await its.limbeck('dump')).out).toBe(before)
  })

  test('makes anew what nothing can change, once it is said that its rows may go', async () => {
    const plain = `CREATE TABLE events (id int, at int); CREATE VIEW latest AS SELECT max(at) AS at FROM events;`
    const partitioned = `CREATE TABLE events (id int, at bigint) PARTITION BY RANGE (at); CREATE TABLE events_all PARTITION OF events DEFAULT;
      CREATE VIEW latest AS SELECT max(at) AS at FROM events;`
    await using its = await project({ 'schema/schema.sql': plain })
    await its.limbeck('revision', '--autogenerate', '-m', 'events')
    await its.limbeck('upgrade')
    const before = (await its.limbeck('dump')).out
    await its.write({ 'schema/schema.sql': partitioned })
    const refused = await its.limbeck('revision', '--autogenerate', '-m', 'partitions')
    expect(refused).toMatchObject({ exitCode: 1 })
    expect(refused.err).toContain('can only be changed by making it anew, and it has rows')
    expect(refused.err).toContain('--allow-loss')
    const said = await its.limbeck('revision', '--autogenerate', '-m', 'partitions', '--allow-loss')
    expect(said).toMatchObject({ exitCode: 0 })
    expect(said.out).toContain('drop table events')
    expect((await its.limbeck('upgrade')).exitCode).toBe(0)
    expect(await its.limbeck('check')).toMatchObject({ exitCode: 0 })
    expect((await its.limbeck('downgrade', '-1', '--yes')).exitCode).toBe(0)
    expect((await its.limbeck('dump')).out).toBe(before)
  })

  test('drops no rows unless that is said, and never takes another name for a loss', async () => {
    await using its = await project({ 'schema/schema.sql': shop })
    await its.limbeck('revision', '--autogenerate', '-m', 'shop')
    await its.write({ 'schema/schema.sql': shop.replaceAll('balance', 'credit') })
    const unclear = await its.limbeck('revision', '--autogenerate', '-m', 'credit')
    expect(unclear).toMatchObject({ exitCode: 1 })
    expect(unclear.err).toContain('shop.users.balance may be called credit now')
    const lost = await its.limbeck(
      'revision',
      '--autogenerate',
      '-m',
      'credit',
      '--rename',
      'shop.users.balance=',
    )
    expect(lost.err).toContain('loses every value of the column users.balance')
    expect(await written(its.directory)).toHaveLength(1)
    const renamed = await its.limbeck(
      'revision',
      '--autogenerate',
      '-m',
      'credit',
      '--rename',
      'users.balance=credit',
    )
    expect(renamed.out).toContain('rename column users.balance to credit')
    expect((await its.limbeck('check')).out).not.toContain('do not make the declared schema')
  })

  test('asks a person what has another name', async () => {
    await using its = await project({ 'schema/schema.sql': shop })
    await its.limbeck('revision', '--autogenerate', '-m', 'shop')
    await its.write({ 'schema/schema.sql': shop.replaceAll('shop.users', 'shop.people') })
    const { out, questions } = await its.at({ answer: true })('revision', '--autogenerate', '-m', 'people')
    expect(questions.join()).toContain('Is people what shop.users was, with its rows?')
    expect(out).toContain('rename table users to people')
  })

  test('says where what is declared is wrong', async () => {
    await using its = await project({
      'schema/schema.sql': `${shop}\n\nCREATE VIEW v AS SELECT * FROM nowhere;`,
    })
    const { exitCode, err } = await its.limbeck('revision', '--autogenerate', '-m', 'x')
    expect(exitCode).toBe(1)
    expect(err).toContain('schema/schema.sql:5: relation "nowhere" does not exist')
    await its.write({ 'schema/schema.sql': 'CREATE TABEL t ();' })
    expect((await its.limbeck('check')).err).toMatch(/schema\/schema\.sql:1: syntax error at or near "TABEL"/)
    await its.write({ 'none.config.ts': 'export default {}' })
    const none = await its.limbeck('revision', '--autogenerate', '-m', 'x', '--config', 'none.config.ts')
    expect(none.err).toContain('does not say which schema there is to be')
  })

  test('takes the schema from a command and from a function, roles and privileges where they are asked for', async () => {
    const command = 'node -e "console.log(\'CREATE TABLE t (id int); GRANT SELECT ON t TO reader;\')"'
    await using its = await project({
      'limbeck.config.ts': `export default { schema: { command: ${JSON.stringify(command)} }, autogenerate: { privileges: true } }`,
    })
    const { out } = await its.limbeck('revision', '--autogenerate', '-m', 'x')
    expect(out).toContain('create table t')
    expect(out).toContain('grant select on table t')
    await its.write({
      'other.config.ts':
        "export default { schema: () => 'CREATE TABLE t (id int); CREATE TABLE u (id int)', autogenerate: { exclude: ({ key }) => key === 'relation public.u' } }",
    })
    expect(
      (await its.limbeck('revision', '--autogenerate', '-m', 'y', '--config', 'other.config.ts')).out,
    ).toContain('nothing was written')
  })
})

test('partitions that come and go by time are left alone where none of them is declared', async () => {
  const events = `CREATE TABLE events (id bigint NOT NULL, at timestamptz NOT NULL) PARTITION BY RANGE (at);
    CREATE INDEX events_id_idx ON events (id);`
  await using its = await project({ 'schema/schema.sql': events })
  await its.limbeck('revision', '--autogenerate', '-m', 'events', '--rev-id', 'events')
  await its.write({
    'migrations/months.js': `export const revision = 'months'
export const downRevision = 'events'
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-01-01T00:00:00Z'
export function upgrade(op) {
  op.createPartitions({ table: 'events', every: 'month', from: '2026-01-01', to: '2026-04-01' })
}
`,
  })
  expect((await its.limbeck('revision', '--autogenerate', '-m', 'x')).out).toContain('nothing was written')
  await its.write({
    'schema/schema.sql': `${events} ALTER TABLE events ADD note text;
      CREATE TABLE events_2026_01 PARTITION OF events FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2026-02-01 00:00+00');`,
  })
  const { out, err } = await its.limbeck('revision', '--autogenerate', '-m', 'x', '--allow-loss')
  expect(err).toBe('')
  expect(out.match(/(add column|drop table) \S+/g)?.sort()).toEqual([
    'add column events.note',
    'drop table events_2026_02',
    'drop table events_2026_03',
  ])
})

test('what is made anew has the privileges again that nobody compares', async () => {
  const view = (type: string) => `CREATE TABLE t (id ${type}); CREATE VIEW v AS SELECT id FROM t;`
  await using its = await project({ 'schema/schema.sql': `${view('integer')} GRANT SELECT ON v TO reader;` })
  await its.limbeck('revision', '--autogenerate', '-m', 'a', '--rev-id', 'a')
  await its.write({
    'migrations/b.js': `export const revision = 'b'
export const downRevision = 'a'
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-01-01T00:00:00Z'
export function upgrade(op) {
  op.grant({ on: { view: 'v' }, privileges: ['select'], to: ['reader'] })
}
`,
    'schema/schema.sql': view('bigint'),
  })
  const { out, err } = await its.limbeck('revision', '--autogenerate', '-m', 'c', '--rev-id', 'c')
  expect(err).toBe('')
  expect(out).toMatch(/drop view v.*create view v.*grant select on view v/s)
})

describe('limbeck baseline, dump and diff', () => {
  test('the first revision of a database makes it again', async () => {
    await using its = await project({
      'limbeck.config.ts': 'export default {}',
      'baseline.config.ts': "export default { migrations: 'baseline', schema: 'hand.sql' }",
      'baseline/.keep': '',
      'hand.sql': `${shop}\n${orders}`,
      'migrations/by_hand.sql': `-- By hand.\n-- revision: by_hand\n-- down_revision: none\n-- branch_labels: none\n-- depends_on: none\n-- create_date: 2026-01-01T00:00:00Z\n\n-- upgrade\n${shop}\n${orders}\n`,
    })
    await its.limbeck('upgrade')
    const before = (await its.limbeck('dump')).out
    expect((await its.limbeck('baseline', '-m', 'there')).err).toContain('There are 1 revisions already')
    const limbeck = (...words: readonly string[]) => its.limbeck(...words, '--config', 'baseline.config.ts')
    const { out, err } = await limbeck('baseline', '-m', 'what there was')
    expect(err).toBe('')
    expect(out).toContain('limbeck stamp head')
    expect(await limbeck('diff', 'head', 'schema')).toMatchObject({ exitCode: 0 })
    const fresh = ['--database-url', `pglite:${its.directory}/fresh`]
    await limbeck('upgrade', ...fresh)
    expect((await limbeck('dump', ...fresh)).out).toBe(before)
    const { exitCode, out: difference } = await limbeck('diff', 'base', 'head', '--sql')
    expect(exitCode).toBe(3)
    expect(difference).toContain('CREATE TABLE "shop"."users" (')
  })
})

test('the schema and the types of rows at a revision', async () => {
  await using its = await project({
    'schema/schema.sql': `CREATE TYPE state AS ENUM ('new', 'it''s "old"'); CREATE DOMAIN positive AS integer NOT NULL CHECK (VALUE > 0);
      CREATE SCHEMA shop; CREATE TABLE shop.order_items (id bigint PRIMARY KEY, "a b" numeric, n positive, tags text[] NOT NULL,
        state state, at timestamptz, seen date[], data jsonb, done boolean NOT NULL);
      CREATE VIEW items AS SELECT id, done FROM shop.order_items`,
  })
  await its.limbeck('revision', '--autogenerate', '-m', 'shop')
  expect((await its.limbeck('show', 'head', '--schema')).out).toContain('CREATE TABLE "shop"."order_items" (')
  expect((await its.limbeck('types', 'base')).out.trim().split('\n')).toHaveLength(1)
  expect((await its.limbeck('types', 'head')).out).toContain(`export type Items = {
  readonly id: string | null
  readonly done: boolean | null
}
export type ShopOrderItems = {
  readonly id: string
  readonly "a b": string | null
  readonly n: number
  readonly tags: readonly (string | null)[]
  readonly state: "new" | "it's \\"old\\"" | null
  readonly at: string | null
  readonly seen: readonly (string | null)[] | null
  readonly data: unknown | null
  readonly done: boolean
}`)
})
