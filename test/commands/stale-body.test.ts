import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  baseline,
  type Config,
  check,
  diff,
  drift,
  dump,
  generateRevision,
  upgrade,
} from '../../src/index.ts'
import { folder } from '../cli/folder.ts'
import { servers, targets } from '../servers/databases.ts'

/** As real databases have it: what a body names has been dropped since, and nobody has called it. */
const stale = `CREATE TABLE t (id int, b text);
CREATE FUNCTION newest() RETURNS text LANGUAGE sql AS 'SELECT b FROM t ORDER BY id DESC LIMIT 1';
CREATE FUNCTION elsewhere() RETURNS bigint LANGUAGE sql SET search_path = shop AS 'SELECT count(*) FROM orders';
CREATE SCHEMA shop; CREATE TABLE shop.orders (id int);
CREATE PROCEDURE sweep() LANGUAGE sql AS 'DELETE FROM t WHERE b IS NULL';
CREATE FUNCTION fresh() RETURNS bigint LANGUAGE sql AS 'SELECT count(id) FROM t';
ALTER TABLE t DROP COLUMN b;`

describe.each(targets)('routines whose bodies name what is gone, on $name', (target) => {
  test('are in a baseline, which makes them anew and has no drift', async () => {
    await using its = await folder({ 'migrations/.keep': '' })
    await using database = await target.open()
    await database.query(`SET check_function_bodies = off; ${stale}`)
    const config: Config = { directory: its.directory, database: database.url, lint: 'off' as const }
    const { file } = await baseline(config)
    const code = readFileSync(file, 'utf8')
    expect(code.match(/unchecked: true/g)).toHaveLength(2)
    expect(code).toContain("name: 'fresh'")
    expect((await dump(config)).sql).toContain('SET LOCAL check_function_bodies = off')

    await using another = await target.open()
    await upgrade({ ...config, database: another.url, lint: 'off' as const })
    expect(await drift({ ...config, database: another.url, lint: 'off' as const })).toMatchObject({
      byHand: [],
      inDatabase: [],
    })
  })
})

test('stale bodies are as they were where another database declares the schema, and are dropped and made again', async () => {
  await using its = await folder({ 'migrations/.keep': '' })
  const [server] = servers()
  if (server === undefined) throw new Error('There is no server.')
  await using another = await server.open()
  await another.query(`SET check_function_bodies = off; ${stale}`)
  const config: Config = {
    directory: its.directory,
    database: `pglite:${its.directory}/own`,
    schema: { database: another.url },
  }
  await generateRevision(config, { message: 'all' })
  await upgrade(config)
  expect(await check(config)).toMatchObject({ findings: [] })
  expect(await generateRevision(config, { message: 'none', against: 'database' })).toBe(null)

  await its.write({ 'empty.sql': 'CREATE TABLE t (id int);' })
  const { does } = await diff(config, another.url, 'empty.sql')
  expect(does.map(({ title }) => title)).toContain('drop procedure sweep')
  await generateRevision({ ...config, schema: 'empty.sql' }, { message: 'back', allowLoss: true })
  await upgrade({ ...config, schema: 'empty.sql' })
})

test('a body that is stale by what the revision itself does is no change', async () => {
  await using its = await folder({ 'before.sql': '', 'after.sql': '' })
  const routine = `CREATE FUNCTION newest() RETURNS text LANGUAGE sql AS 'SELECT b FROM t';`
  await its.write({
    'before.sql': `CREATE TABLE t (id int, b text); ${routine}`,
    'after.sql': `SET check_function_bodies = off; CREATE TABLE t (id int); ${routine}`,
  })
  const config: Config = { directory: its.directory, database: `pglite:${its.directory}/own` }
  const { does } = await diff(config, 'before.sql', 'after.sql')
  expect(does.map(({ title }) => title)).toEqual(['drop column t.b'])
})
