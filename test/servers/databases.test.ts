import { describe, expect, test } from 'vitest'
import { targets } from './databases.ts'

const extensions = ['btree_gist', 'citext', 'hstore', 'pg_trgm', 'pgcrypto', 'uuid-ossp']

describe.each(targets)('$name', (target) => {
  test('is of the major that its name says', async () => {
    await using database = await target.open()
    const [row] = await database.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS version`,
    )
    expect(row).toEqual({ version: target.major })
  })

  test('has the extensions that tests use', async () => {
    await using database = await target.open()
    await using session = await database.connect()
    for (const name of extensions) await session.query(`CREATE EXTENSION "${name}"`)
    const created = await session.query<{ extname: string }>(
      `SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY extname COLLATE "C"`,
    )
    expect(created.map((row) => row.extname)).toEqual(extensions)
  })

  test('keeps rows between sessions, and databases apart', async () => {
    await using one = await target.open()
    await using other = await target.open()
    await one.query('CREATE TABLE ship (name text); INSERT INTO ship VALUES ($$Fram$$)')
    expect(await one.query('SELECT name FROM ship WHERE name = $1', ['Fram'])).toEqual([{ name: 'Fram' }])
    expect(await other.query(`SELECT to_regclass('ship') AS ship`)).toEqual([{ ship: null }])
  })

  test('parses values alike', async () => {
    await using database = await target.open()
    const rows = await database.query(
      `SELECT 9::bigint AS big, 1.50::numeric AS exact, '{a,b}'::text[] AS list`,
    )
    expect(rows).toEqual([{ big: '9', exact: '1.50', list: ['a', 'b'] }])
  })
})

describe.each(targets.filter(({ kind }) => kind === 'server'))('$name', (target) => {
  test('drops a database that has sessions', async () => {
    const database = await target.open()
    const session = await database.connect()
    await database.drop()
    await expect(session.query('SELECT 1')).rejects.toThrow()
    await expect(database.query('SELECT 1')).rejects.toThrow('does not exist')
  })
})
