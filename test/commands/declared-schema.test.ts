import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { type Config, check, generateRevision, upgrade } from '../../src/index.ts'
import { type Folder, folder } from '../cli/folder.ts'
import { servers, targets } from '../servers/databases.ts'

const shop = `CREATE SCHEMA shop; CREATE TYPE shop.state AS ENUM ('new', 'paid');
CREATE TABLE shop.users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email varchar(255) NOT NULL UNIQUE);
CREATE TABLE shop.orders (id serial PRIMARY KEY, user_id bigint NOT NULL REFERENCES shop.users ON DELETE CASCADE,
  state shop.state NOT NULL DEFAULT 'new', total numeric(12,2) CHECK (total >= 0), tags text[] NOT NULL DEFAULT '{}');
CREATE INDEX orders_open ON shop.orders (user_id, id DESC) WHERE state = 'new';
CREATE VIEW shop.open_orders AS SELECT id, user_id FROM shop.orders WHERE state = 'new';`

/** Of a project whose schema is said so: with a database of its own, which is embedded. */
function configOf({ directory }: Folder, schema: NonNullable<Config['schema']>): Config {
  return { directory, schema, database: `pglite:${directory}/own` }
}

describe.each(targets)('the schema of another database, $name', (target) => {
  test('is made by one revision, then by one with what has changed there, then by none', async () => {
    await using another = await target.open()
    await another.query(shop)
    await using its = await folder({ 'migrations/.keep': '' })
    const config = configOf(its, { database: another.url })
    expect((await generateRevision(config, { message: 'shop' }))?.does).toContain('create view open_orders')
    await upgrade(config)
    expect(await check(config)).toMatchObject({ findings: [] })

    await another.query(`ALTER TABLE shop.orders ADD note text; ALTER TYPE shop.state ADD VALUE 'sent'`)
    expect((await generateRevision(config, { message: 'more' }))?.does).toEqual([
      'add sent to enum state',
      'add column orders.note',
    ])
    expect(await generateRevision(config, { message: 'again' })).toBe(null)
  })
})

test('a relative directory of another database starts at the project', async () => {
  await using its = await folder({ 'migrations/.keep': '' })
  await its.write({
    'migrations/one.sql':
      '-- One.\n-- revision: one\n-- down_revision: none\n-- branch_labels: none\n-- depends_on: none\n-- create_date: 2026-01-01T00:00:00Z\n\n-- upgrade\nCREATE TABLE t (id int);\n',
  })
  await upgrade({ directory: its.directory, database: 'pglite:another' })
  expect(await generateRevision(configOf(its, { database: 'pglite:another' }), { message: 'x' })).toBe(null)
})

describe('a schema that somebody makes on an empty database', () => {
  /** As an ORM does it, with a node-postgres of its own. */
  const making = (sql: string) => ({
    async make(client: object) {
      const session = new pg.Client(client)
      await session.connect()
      await session.query(sql)
      await session.end()
    },
  })

  test('is made by one revision, then by none', async () => {
    await using its = await folder({ 'migrations/.keep': '' })
    const config = configOf(its, making(`CREATE EXTENSION "uuid-ossp"; ${shop}`))
    const report = await generateRevision(config, { message: 'shop' })
    expect(report?.does).toEqual(expect.arrayContaining(['create extension uuid-ossp', 'create table users']))
    expect(await generateRevision(config, { message: 'again' })).toBe(null)
  })

  test('is made beside the database of the project where that is wanted', async () => {
    const [server] = servers()
    if (server === undefined) throw new Error('There is no server.')
    await using own = await server.open()
    await using its = await folder({ 'migrations/.keep': '' })
    const config: Config = {
      ...configOf(its, making(shop)),
      database: own.url,
      lint: 'off' as const,
      autogenerate: { shadow: 'beside' },
    }
    expect((await generateRevision(config, { message: 'shop' }))?.does).toContain('create table users')
    await upgrade(config)
    expect(await check(config)).toMatchObject({ findings: [] })
    const scratches = await own.query(`SELECT FROM pg_database WHERE datname LIKE 'limbeck_scratch%'`)
    expect(scratches).toEqual([])
  })

  test('says what went wrong in making it', async () => {
    await using its = await folder({ 'migrations/.keep': '' })
    const config = configOf(its, making('CREATE TABLE t (id nothing)'))
    await expect(generateRevision(config, { message: 'x' })).rejects.toMatchObject({
      code: 'SCHEMA_BROKEN',
      message: 'schema.make: type "nothing" does not exist',
    })
  })
})

describe('a schema in files', () => {
  test.each([
    [
      'a body of PL/pgSQL that has a syntax error',
      'CREATE TABLE t (id int);\n\nCREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  RETURN 1 +;\nEND $$;',
      'schema.sql:5: syntax error at end of input',
    ],
    [
      'a body of SQL that names what is nowhere',
      "CREATE FUNCTION good() RETURNS int LANGUAGE sql AS 'SELECT 1';\nCREATE FUNCTION f() RETURNS text LANGUAGE sql\nAS 'SELECT b FROM t';\nCREATE TABLE t (id int);",
      'schema.sql:3: column "b" does not exist',
    ],
    [
      'a body that is wrong behind what takes several bytes',
      'SET search_path = public;\n/* é 😀 */ CREATE OR REPLACE PROCEDURE p() LANGUAGE plpgsql\nAS $$BEGIN',
      null,
    ],
    [
      'rows',
      'CREATE TABLE t (id int);\nINSERT INTO t VALUES (1);',
      'schema.sql:2: it writes rows, and a schema has none.',
    ],
  ])('with %s is refused with the line', async (_, sql, message) => {
    const text = message === null ? `${sql} RETURN 1; END$$;` : sql
    await using its = await folder({ 'migrations/.keep': '', 'schema.sql': text })
    await expect(generateRevision(configOf(its, 'schema.sql'), { message: 'x' })).rejects.toMatchObject({
      code: 'SCHEMA_BROKEN',
      message: message ?? expect.stringMatching(/^schema\.sql:3: RETURN cannot have a parameter/),
    })
  })

  test('is taken where functions name each other, are gone again, or are not to be looked at', async () => {
    await using its = await folder({
      'migrations/.keep': '',
      'schema.sql': `CREATE FUNCTION early() RETURNS int LANGUAGE sql AS 'SELECT late()'; CREATE FUNCTION late() RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE TABLE old (id int); CREATE FUNCTION gone() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM old'; DROP FUNCTION gone; DROP TABLE old;
        SET check_function_bodies = off; CREATE FUNCTION stale() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM old';`,
    })
    const report = await generateRevision(configOf(its, 'schema.sql'), { message: 'x' })
    expect(report?.does.toSorted()).toEqual([
      'create function early',
      'create function late',
      'create function stale',
    ])
  })

  test('in a folder is refused where there is none', async () => {
    await using its = await folder({ 'migrations/.keep': '', 'schema/readme.md': '' })
    await expect(generateRevision(configOf(its, 'schema'), { message: 'x' })).rejects.toMatchObject({
      code: 'SCHEMA_BROKEN',
      message: 'schema: there is no file of SQL in it.',
    })
  })
})

describe('a command that prints the schema', () => {
  test.each([
    ['says on stderr what is wrong', 'echo no such file >&2; exit 3', 'no such file'],
    ['says on stdout what is wrong', 'echo no such file; exit 1', 'no such file'],
    ['ends with an error', 'exit 2', 'it ended with 2.'],
    // Or a folder that was moved would be taken for a schema that is gone.
    ['prints nothing', 'true', 'it printed nothing.'],
    ['warns and prints nothing', 'echo no models found >&2', 'no models found'],
  ])('is refused where it %s', async (_, command, reason) => {
    await using its = await folder({ 'migrations/.keep': '' })
    await expect(generateRevision(configOf(its, { command }), { message: 'x' })).rejects.toMatchObject({
      code: 'SCHEMA_BROKEN',
      message: `${command}: ${reason}`,
    })
  })

  test('is named without the password that it is given', async () => {
    await using its = await folder({ 'migrations/.keep': '' })
    const command = 'false postgres://me:correct@horse@localhost/shop'
    await expect(generateRevision(configOf(its, { command }), { message: 'x' })).rejects.toMatchObject({
      message: 'false postgres://me@localhost/shop: it ended with 1.',
    })
  })

  test('may say on stderr what it wants', async () => {
    await using its = await folder({ 'migrations/.keep': '' })
    const command = 'echo reading >&2; echo "CREATE TABLE t (id int);"'
    const report = await generateRevision(configOf(its, { command }), { message: 'x' })
    expect(report?.does).toEqual(['create table t'])
  })
})

test('the config file may say each of them, and nothing else', async () => {
  await using its = await folder({ 'migrations/.keep': '' })
  // Each in a file of its own, as Node reads one only once.
  const said = async (name: string, schema: string) => {
    await its.write({ [name]: `export default { schema: ${schema} }` })
    return its.limbeck('revision', '--autogenerate', '-m', 'x', '--config', name)
  }
  expect((await said('a.ts', "{ database: 'mysql://here' }")).err).toContain('cannot begin with "mysql:"')
  expect((await said('b.ts', '{ make() {} }')).out).toContain('nothing was written')
  expect((await said('c.ts', '{ url: "postgres://here" }')).err).toContain('"schema" has to be files of SQL')
})

test('rows that pg_dump writes are refused where they stand, and a body that only looks like them is not', async () => {
  await using its = await folder({ 'migrations/.keep': '' })
  const body =
    "CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $$BEGIN RETURN '\ncopy t from stdin\n'; END$$;"
  const config = (text: string) => configOf(its, () => text)
  expect((await generateRevision(config(body), { message: 'f' }))?.does).toEqual(['create function f'])
  await expect(
    generateRevision(config(`CREATE TABLE t (a int);\n\nCOPY t (a) FROM stdin;\n1\n\\.\n`), { message: 't' }),
  ).rejects.toMatchObject({ code: 'SCHEMA_BROKEN', line: 3 })
})
