import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { cacheDirectory } from '../../src/connection/cache-directory.ts'
import { connect } from '../../src/connection/connect.ts'
import { imageName } from '../../src/connection/pglite.ts'
import { folder } from '../cli/folder.ts'

const config = "export default { schema: 'schema' }"

const shop = `CREATE SCHEMA shop;
CREATE TABLE shop.users (id bigserial PRIMARY KEY, email varchar(255) NOT NULL UNIQUE, balance numeric NOT NULL DEFAULT 0);
CREATE VIEW shop.rich AS SELECT id, email FROM shop.users WHERE balance > 1000;`

const orders = `CREATE TABLE shop.orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES shop.users ON DELETE CASCADE, state text NOT NULL DEFAULT 'new');
CREATE INDEX orders_user_idx ON shop.orders (user_id);`

const audit = 'CREATE TABLE audit (id integer); CREATE VIEW seen AS SELECT id FROM audit;'

async function project(files: { readonly [path: string]: string }) {
  return folder({ 'limbeck.config.ts': config, 'migrations/.keep': '', ...files })
}

async function written(directory: string): Promise<readonly string[]> {
  return (await readdir(`${directory}/migrations`)).filter((name) => name.endsWith('.ts')).sort()
}

afterEach(() => vi.unstubAllEnvs())

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
    expect(said.out).toContain('! loses every row of')
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

  test('a comment in the schema says what has another name, and stays there', async () => {
    const users = "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE users (name text, mood mood);"
    await using its = await project({ 'schema/schema.sql': users })
    await its.limbeck('revision', '--autogenerate', '-m', 'users')
    await its.write({ 'schema/schema.sql': users.replace('name', 'full_name').replace("'ok'", "'fine'") })
    const unclear = await its.limbeck('revision', '--autogenerate', '-m', 'names')
    expect(unclear.err).toContain('public.users.name may be called full_name now')
    expect(unclear.err).toContain('public.mood.ok may be called fine now')
    const comments = '-- limbeck: rename users.name=full_name\n--limbeck: rename mood.ok=fine\n'
    await its.write({
      'schema/schema.sql': `${comments}${users.replace('name', 'full_name').replace("'ok'", "'fine'")}`,
    })
    const { out } = await its.limbeck('revision', '--autogenerate', '-m', 'names')
    expect(out).toContain('rename column users.name to full_name')
    expect(out).toContain('rename label ok of enum mood to fine')
    expect((await its.limbeck('revision', '--autogenerate', '-m', 'x')).out).toContain('nothing was written')
    expect(
      (await its.limbeck('revision', '--autogenerate', '-m', 'x', '--rename', 'users.a=b')).err,
    ).toContain('There is nothing that becomes another: users.a=b')
    await its.write({ 'schema/schema.sql': `${users}\n-- limbeck: rename users` })
    expect((await its.limbeck('revision', '--autogenerate', '-m', 'x')).err).toContain(
      'schema/schema.sql:2: "limbeck: rename users" is no "limbeck: rename OLD=NEW".',
    )
  })

  test('an index or constraint that is another under its name is there until the new one is', async () => {
    const users =
      'CREATE TABLE users (id int PRIMARY KEY, name text, age int, CONSTRAINT adult CHECK (age > 17));'
    await using its = await project({ 'schema/schema.sql': `${users} CREATE INDEX i ON users (name);` })
    await its.limbeck('revision', '--autogenerate', '-m', 'users', '--rev-id', 'one')
    await its.write({
      'schema/schema.sql': `${users.replace('17', '20')} CREATE INDEX i ON users (name, age);`,
    })
    const { out } = await its.limbeck('revision', '--autogenerate', '-m', 'more', '--rev-id', 'two')
    expect(out.match(/· .*/g)).toEqual([
      '· rename constraint adult of users to adult_replaced',
      '· rename index i to i_replaced',
      '· create check adult on users',
      '· create index i on users',
      '· drop index i_replaced',
      '· drop constraint adult_replaced of users',
    ])
    expect((await its.limbeck('upgrade')).exitCode).toBe(0)
    expect((await its.limbeck('downgrade', '-1', '--yes')).exitCode).toBe(0)
    expect((await its.limbeck('dump')).out).toContain('CREATE INDEX "i" ON "users" ("name");')
  })

  test('compares with what the database has, where that stands at the head', async () => {
    await using its = await project({ 'schema/schema.sql': 'CREATE TABLE t (id int);' })
    await its.limbeck('revision', '--autogenerate', '-m', 't', '--rev-id', 'one')
    const against = ['revision', '--autogenerate', '-m', 'x', '--against', 'database']
    expect((await its.limbeck(...against)).err).toContain('lacks one, which the new revision comes after')
    await its.limbeck('upgrade')
    expect((await its.limbeck(...against)).out).toContain('nothing was written')
    const database = await connect(`pglite:${its.directory}/.limbeck/database`)
    await database.run('ALTER TABLE t ADD by_hand int; CREATE INDEX hand ON t (id)')
    await database.close()
    expect((await its.limbeck('revision', '--autogenerate', '-m', 'x')).out).toContain('nothing was written')
    const { out } = await its.limbeck(...against, '--allow-loss')
    expect(out.match(/· .*/g)).toEqual(['· drop index hand', '· drop column t.by_hand'])
    expect(out).toContain('! the database is not what its revisions make')
    expect((await its.limbeck('upgrade')).exitCode).toBe(0)
    expect((await its.limbeck('dump')).out).not.toContain('hand')
    expect((await its.limbeck(...against.slice(0, -1), 'x')).exitCode).toBe(2)
  })

  test('compares with a database that has a revision as those that it replaces', async () => {
    await using its = await project({ 'schema/schema.sql': 'CREATE TABLE t (id int);' })
    await its.limbeck('revision', '--autogenerate', '-m', 't', '--rev-id', 'one')
    await its.write({ 'schema/schema.sql': 'CREATE TABLE t (id int, name text);' })
    await its.limbeck('revision', '--autogenerate', '-m', 'name', '--rev-id', 'two')
    await its.limbeck('upgrade')
    await its.limbeck('squash', 'one:two', '--rev-id', 'both')
    await its.write({ 'schema/schema.sql': 'CREATE TABLE t (id int, name text, age int);' })
    const { out } = await its.limbeck('revision', '--autogenerate', '-m', 'age', '--against', 'database')
    expect(out.match(/· .*/g)).toEqual(['· add column t.age'])
  })

  test('takes --online for all tables, whatever the configuration says of each', async () => {
    await using its = await project({
      'limbeck.config.ts': "export default { schema: 'schema', autogenerate: { online: () => false } }",
      'schema/schema.sql': 'CREATE TABLE t (id int PRIMARY KEY, mail text);',
    })
    await its.limbeck('revision', '--autogenerate', '-m', 't')
    await its.write({
      'schema/schema.sql':
        '-- limbeck: rename t.mail=email\nCREATE TABLE t (id int PRIMARY KEY, email text);',
    })
    const { out } = await its.limbeck('revision', '--autogenerate', '-m', 'x', '--online')
    expect(out.match(/· .*/g)).toEqual([
      '· expand column t.mail to email',
      '· contract column t.mail to email',
    ])
  })

  test('writes in two revisions what a table in use does not bear, and what is new with the first', async () => {
    const tables = (type: string, mail: string, more = '') => `
      CREATE TABLE people (id int PRIMARY KEY, ${mail} text UNIQUE, amount ${type} NOT NULL DEFAULT 0);
      CREATE TABLE small (amount ${type});
      CREATE VIEW rich AS SELECT ${mail} FROM people WHERE amount > 100; ${more}`
    await using its = await project({
      'limbeck.config.ts':
        "export default { schema: 'schema', autogenerate: { online: (table) => table === 'public.people' } }",
      'schema/schema.sql': tables('int', 'mail'),
    })
    await its.limbeck('revision', '--autogenerate', '-m', 'first')
    await its.limbeck('upgrade')
    const database = await connect(`pglite:${its.directory}/.limbeck/database`)
    await database.run("INSERT INTO people VALUES (1, 'ada@example.com', 200)")
    await database.close()
    await its.write({
      'schema/schema.sql': `-- limbeck: rename people.mail=email
        ${tables('bigint', 'email', 'ALTER TABLE people ADD note text; CREATE TABLE more (id int)')}`,
    })
    const { out, err } = await its.limbeck('revision', '--autogenerate', '-m', 'more')
    expect(err).toBe('')
    expect(out.match(/· .*|^Once.*/gm)).toEqual([
      '· expand column people.mail to email',
      '· expand column people.amount to amount_new',
      '· create table more',
      '· add column people.note',
      'Once the new application is out and the old one is gone:',
      '· contract column people.mail to email',
      '· contract column people.amount to amount_new',
      '· alter column people.amount',
      '· alter column small.amount',
      '· drop view rich',
      '· create view rich',
    ])
    expect((await its.limbeck('upgrade', '--phase', 'expand')).exitCode).toBe(0)
    expect((await its.limbeck('downgrade', '-1', '--yes')).exitCode).toBe(0)
    expect((await its.limbeck('upgrade')).exitCode).toBe(0)
    expect(await its.limbeck('check')).toMatchObject({ exitCode: 0 })
    const after = await connect(`pglite:${its.directory}/.limbeck/database`)
    const [rows] = await after.run('SELECT id, email, amount::text, note FROM people')
    await after.close()
    expect(rows?.rows).toEqual([{ id: 1, email: 'ada@example.com', amount: '200', note: null }])
  })

  test('says what matters where there are rows, of which it sees none', async () => {
    await using its = await project({ 'schema/schema.sql': 'CREATE TABLE t (a int, b varchar(5));' })
    await its.limbeck('revision', '--autogenerate', '-m', 't')
    await its.write({ 'schema/schema.sql': 'CREATE TABLE t (a bigint, b varchar(9), c int NOT NULL);' })
    const { out } = await its.limbeck('revision', '--autogenerate', '-m', 'x')
    expect(out.match(/^! .*/gm)).toEqual([
      '! t.c is NOT NULL and nothing fills it: this fails where t has rows',
      '! public.t is written anew, and closed for as long as that takes: --online writes a new type in two halves',
    ])
    await its.write({ 'schema/schema.sql': 'CREATE TABLE t (a bigint, b varchar(20), c int NOT NULL);' })
    expect((await its.limbeck('revision', '--autogenerate', '-m', 'y')).out).not.toContain('! ')
  })

  test('says of nothing that is made anew that it is written anew', async () => {
    const schema = (value: string) =>
      `CREATE TABLE t (a int); CREATE MATERIALIZED VIEW v AS SELECT a, ${value} AS b FROM t;`
    await using its = await project({ 'schema/schema.sql': schema('1') })
    await its.limbeck('revision', '--autogenerate', '-m', 't')
    await its.write({ 'schema/schema.sql': schema('2') })
    const { out } = await its.limbeck('revision', '--autogenerate', '-m', 'x')
    expect(out).toContain('create materialized view v')
    expect(out).not.toContain('! ')
  })

  test('compares what it is told to compare, and leaves the rest alone', async () => {
    const config = (options: string) => `export default { schema: 'schema', autogenerate: ${options} }`
    await using its = await project({
      'schema/schema.sql': `CREATE SCHEMA audit; CREATE TABLE audit.log (id int); CREATE TABLE t (id int);
        CREATE INDEX log_idx ON audit.log (id); CREATE VIEW v AS SELECT id FROM t;`,
    })
    const does = async (options: string) => {
      // Node keeps a module that it has read.
      const file = `${options.length}.config.ts`
      await its.write({ [file]: config(options) })
      const { out } = await its.limbeck('diff', 'base', 'schema', '--config', file)
      return (out.match(/· .*/g) ?? []).join(', ')
    }
    const all = await does('{}')
    expect(all).toBe(
      '· create schema audit, · create table log, · create index log_idx on log, · create table t, · create view v',
    )
    expect(await does("{ exclude: ['audit', 'audit.*'] }")).toBe('· create table t, · create view v')
    expect(await does("{ exclude: ['view *', 'audit.l*g'] }")).toBe('· create schema audit, · create table t')
    expect(await does("{ include: ['public.t'] }")).toBe('· create table t')
    expect(await does("{ include: ({ name }) => name.startsWith('audit') }")).toBe(
      '· create schema audit, · create table log, · create index log_idx on log',
    )
  })

  test('asks a person what has another name', async () => {
    await using its = await project({ 'schema/schema.sql': shop })
    await its.limbeck('revision', '--autogenerate', '-m', 'shop')
    await its.write({ 'schema/schema.sql': shop.replaceAll('shop.users', 'shop.people') })
    const { out, questions } = await its.at({ answer: true })('revision', '--autogenerate', '-m', 'people')
    expect(questions.join()).toContain('Is people what shop.users was, with its rows?')
    expect(out).toContain('rename table users to people')
  })

  test('a statement that is tried again has the search_path of its place', async () => {
    await using its = await project({
      'schema/schema.sql': `CREATE SCHEMA app;
        SELECT pg_catalog.set_config('search_path', 'app', false);
        CREATE TABLE orders (person int REFERENCES people);
        CREATE TABLE people (id int PRIMARY KEY);
        SET search_path = public;
        CREATE TABLE audit (id int);`,
      'schema/z.sql': 'CREATE TABLE loose (id int);',
    })
    const { out, err } = await its.limbeck('revision', '--autogenerate', '-m', 'x')
    expect(err).toBe('')
    const made = out.match(/create table \S+/g)?.sort()
    expect(made).toEqual([
      'create table audit',
      'create table loose',
      'create table orders',
      'create table people',
    ])
    const [file = ''] = await written(its.directory)
    const text = (await its.read(`migrations/${file}`)).replaceAll(/\s+/g, ' ')
    expect(text.match(/schema: 'app', name: '(orders|people)'/g)).toHaveLength(2)
  })

  test('a command that a signal has ended is told with the signal', async () => {
    await using its = await folder({
      'limbeck.config.ts': "export default { schema: { command: 'kill -KILL $$' } }",
      'migrations/.keep': '',
    })
    const { exitCode, err } = await its.limbeck('revision', '--autogenerate', '-m', 'x')
    expect([exitCode, err]).toEqual([1, expect.stringContaining('kill -KILL $$: it was ended by SIGKILL.')])
  })

  test('where the user has no home to write into, what is kept is among the temporary files', async () => {
    await using its = await project({ 'schema/schema.sql': shop, file: '', 'tmp/.keep': '' })
    const kept = join(its.directory, 'tmp', `limbeck-cache-${process.getuid?.() ?? ''}`)
    await mkdir(kept, { recursive: true, mode: 0o700 })
    await copyTemplate(kept)
    vi.stubEnv('TMPDIR', join(its.directory, 'tmp'))
    // Not even root can make a folder in a file.
    vi.stubEnv('XDG_CACHE_HOME', join(its.directory, 'file'))
    expect(await its.limbeck('revision', '--autogenerate', '-m', 'shop')).toMatchObject({
      exitCode: 0,
      err: '',
    })
    expect((await readdir(kept)).sort()).toEqual([imageName(), 'shadows', 'snapshots'])
    expect(await its.limbeck('upgrade')).toMatchObject({ exitCode: 0 })
  })

  test('what revisions made is kept for the next time, and only the further ones are run', async () => {
    await using its = await project({ 'schema/schema.sql': shop })
    await mkdir(`${its.directory}/cache/limbeck`, { recursive: true })
    await copyTemplate(`${its.directory}/cache/limbeck`)
    vi.stubEnv('XDG_CACHE_HOME', `${its.directory}/cache`)
    const kept = async () => (await readdir(`${its.directory}/cache/limbeck/shadows`)).length
    expect((await its.limbeck('revision', '--autogenerate', '-m', 'shop')).err).toBe('')
    expect(await kept()).toBe(1)
    await its.write({ 'schema/schema.sql': `${shop} CREATE TABLE one (id int);` })
    await its.limbeck('revision', '--autogenerate', '-m', 'one')
    expect(await kept()).toBe(2)
    await its.write({ 'schema/schema.sql': `${shop} CREATE TABLE one (id int); CREATE TABLE two (id int);` })
    expect((await its.limbeck('revision', '--autogenerate', '-m', 'two')).out).toContain('create table two')
    expect((await its.limbeck('revision', '--autogenerate', '-m', 'three')).out).toContain(
      'nothing was written',
    )
    const folder = `${its.directory}/cache/limbeck/snapshots`
    await Promise.all(Array.from({ length: 200 }, (_, n) => writeFile(`${folder}/old${n}`, '')))
    await its.write({ 'schema/schema.sql': shop })
    await its.limbeck('revision', '--autogenerate', '-m', 'back', '--allow-loss')
    expect(await readdir(folder)).toHaveLength(100)
  })

  test('comes after what it depends on too', async () => {
    await using its = await project({ 'schema/schema.sql': 'CREATE TABLE a (id int PRIMARY KEY);' })
    await its.limbeck('revision', '--autogenerate', '-m', 'a', '--rev-id', 'one')
    await its.limbeck('revision', '-t', 'sql', '-m', 'b', '--rev-id', 'other', '--head', 'base')
    const file = (await readdir(`${its.directory}/migrations`)).find((name) => name.includes('other'))
    const text = await its.read(`migrations/${file}`)
    await its.write({
      [`migrations/${file}`]: text.replace('-- upgrade', '-- upgrade\nCREATE TABLE b (id int PRIMARY KEY);'),
      'schema/schema.sql':
        'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);',
    })
    const after = ['--head', 'one', '--depends-on', 'other']
    const { out } = await its.limbeck('revision', '--autogenerate', '-m', 'both', ...after)
    expect(out.match(/· .*/g)).toEqual(['· add column b.a', '· create foreign key b_a_fkey on b'])
  })

  test('tries revisions of which one needs the rows of another to be as a backfill leaves them', async () => {
    await using its = await project({
      'schema/schema.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text, name text NOT NULL);',
      'migrations/users.ts': `export const revision = 'users'
export const downRevision = null
export function upgrade(op) {
  op.createTable({ name: 'users', columns: [{ name: 'id', type: 'bigint', primaryKey: true }, { name: 'email', type: 'text' }] })
  op.bulkInsert({ table: 'users', rows: [{ id: 1, email: 'ada@x.org' }] })
  op.addColumn({ table: 'users', column: { name: 'name', type: 'text' } })
  op.backfill({ table: 'users', set: { name: op.sql\`split_part(email, '@', 1)\` } })
  op.setNotNull({ table: 'users', column: 'name' })
}
`,
    })
    const { exitCode, out, err } = await its.limbeck('revision', '--autogenerate', '-m', 'nothing')
    expect([exitCode, err]).toEqual([0, ''])
    expect(out).toContain('nothing was written')
  })

  test('writes SQL that runs, of partitioned tables too', async () => {
    const table =
      'CREATE TABLE p (a int, b int) PARTITION BY LIST (a); CREATE TABLE q PARTITION OF p FOR VALUES IN (1);'
    await using its = await project({ 'schema/schema.sql': `${table} CREATE INDEX i ON p (a);` })
    const generated = async (id: string) =>
      its.limbeck('revision', '--autogenerate', '-m', 'x', '--template', 'sql', '--rev-id', id)
    await generated('one')
    await its.write({ 'schema/schema.sql': `${table} CREATE INDEX i ON p (a, b);` })
    await generated('two')
    expect((await its.limbeck('upgrade')).exitCode).toBe(0)
    expect(await its.limbeck('check')).toMatchObject({ exitCode: 0 })
    expect((await its.limbeck('downgrade', 'base', '--yes')).exitCode).toBe(0)
  })

  test('has an extension where its name is said, and what that needs', async () => {
    await using its = await project({
      'schema/schema.sql': 'CREATE EXTENSION earthdistance CASCADE; CREATE TABLE places (at earth);',
    })
    const { out, err } = await its.limbeck('revision', '--autogenerate', '-m', 'places')
    expect(err).toBe('')
    expect(out).toContain('create extension earthdistance')
    expect((await its.limbeck('diff', 'base', 'schema')).out).toContain('create extension cube')
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
    expect((await its.limbeck('baseline', '-m', 'there')).err).toContain('There is 1 revision already')
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

test.for([
  { settings: {}, beside: '', databases: 1 },
  // What is not compared is in none that has what is declared.
  { settings: { exclude: ['public.audit', 'public.seen'] }, beside: audit, databases: 2 },
])(
  'both ways are shown on one database, where that can be: $settings',
  async ({ settings, beside, databases }) => {
    await using its = await folder({
      'limbeck.config.ts': `export default { schema: 'schema.sql', autogenerate: ${JSON.stringify(settings)} }`,
      'migrations/first.sql': `-- revision: first\n-- down_revision: none\n\n-- upgrade\nCREATE TABLE kept (id integer);${beside}`,
    })
    const add = async (column: string) => {
      // What was made before, on this machine, is not made again.
      await its.write({ 'schema.sql': `CREATE TABLE kept (id integer, ${column} text); -- ${randomUUID()}` })
      return its.limbeck('revision', '--autogenerate', '-m', column)
    }
    expect((await add('one')).err).toBe('')
    for (const name of await written(its.directory)) await rm(join(its.directory, 'migrations', name))
    const started: unknown[] = []
    process.on('worker', (worker) => started.push(worker))
    onTestFinished(() => void process.removeAllListeners('worker'))
    expect((await add('two')).out).toContain('add column kept.two')
    expect(started).toHaveLength(databases)
  },
)

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
  // With the real Kysely: test/adapters/kysely.test.ts
  expect((await its.limbeck('types', 'head', '--format', 'kysely')).out).toContain(`export type DB = {
  items: {
    id: Int8 | null
    done: boolean | null
  }
  "shop.order_items": {
    id: Int8
    "a b": Numeric | null
    n: number
    tags: ArrayOf<string>
    state: "new" | "it's \\"old\\"" | null
    at: Timestamp | null
    seen: ArrayOf<Timestamp> | null
    data: Json | null
    done: boolean
  }
}`)
  expect((await its.limbeck('types', 'head', '--format', 'zod')).err).toContain('--format cannot be "zod"')
})

/** New databases begin with it, and it takes seconds to make. */
async function copyTemplate(to: string): Promise<void> {
  const from = join(cacheDirectory(), imageName())
  if (existsSync(from)) await cp(from, join(to, imageName()))
}
