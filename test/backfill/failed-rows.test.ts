import { describe, expect, test } from 'vitest'
import { upgrade } from '../../src/index.ts'
import { testProject } from '../migrate/project.ts'
import { targets } from '../servers/databases.ts'

const rows = 1_000
const bad = [7, 500, 501, rows]

describe.each(targets)('a row that cannot be done on $name', (target) => {
  const open = async (backfill: string) => {
    const stack = new AsyncDisposableStack()
    const database = stack.use(await target.open())
    await database.query(`CREATE TABLE users (id int PRIMARY KEY, age text, years int);
      INSERT INTO users SELECT n, CASE WHEN n IN (${bad}) THEN 'unknown' ELSE n::text END, NULL FROM generate_series(1, ${rows}) n;
      CREATE TABLE ages (user_id int PRIMARY KEY, years int NOT NULL)`)
    const project = stack.use(
      await testProject({ id: 'ages', upgrade: `  op.backfill({ table: 'users', ${backfill} })` }),
    )
    return {
      database,
      config: {
        migrations: project.migrations,
        database: database.url,
        lint: 'off' as const,
        batchRows: 100,
      },
      failures: () =>
        database.query('SELECT key::text, message FROM limbeck.backfill_failure ORDER BY key[1]::int'),
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    }
  }

  test('is set aside with its error, and the rows around it are done', async () => {
    await using made = await open('set: { years: op.sql`age::int` }, failedRows: 4')
    await upgrade(made.config)
    expect(await made.failures()).toEqual(
      bad.map((id) => ({ key: `{${id}}`, message: 'invalid input syntax for type integer: "unknown"' })),
    )
    expect(await made.database.query('SELECT count(years)::int AS done FROM users')).toEqual([
      { done: rows - bad.length },
    ])
    expect(
      await made.database.query('SELECT sum(rows_scanned)::int AS scanned FROM limbeck.backfill_range'),
    ).toEqual([{ scanned: rows }])
  })

  test('stops the run once too many are set aside; mended, it goes on behind those that are done', async () => {
    await using made = await open('set: { years: op.sql`age::int` }, failedRows: 2')
    await expect(upgrade(made.config)).rejects.toMatchObject({
      cause: { code: 'TOO_MANY_FAILED_ROWS', limit: 2 },
    })
    expect(await made.failures()).toHaveLength(2)
    await made.database.query("UPDATE users SET age = '1' WHERE id > 500 AND age = 'unknown'")
    await upgrade(made.config)
    expect(await made.database.query('SELECT count(years)::int AS done FROM users')).toEqual([
      { done: rows - 2 },
    ])
  })

  test('may be one for which the transform throws, or that the target refuses', async () => {
    await using made =
      await open(`columns: ['id', 'age'], into: { table: 'ages', columns: ['user_id', 'years'] }, failedRows: 10,
      transform: ({ id, age }) => { if (id === 7) throw new Error('seven'); return { user_id: id, years: age === 'unknown' ? null : age } }`)
    await upgrade(made.config)
    expect((await made.failures()).map(({ key }) => key)).toEqual(bad.map((id) => `{${id}}`))
    expect((await made.failures())[0]?.['message']).toContain('seven')
    expect(await made.database.query('SELECT count(*)::int AS done FROM ages')).toEqual([
      { done: rows - bad.length },
    ])
  })
})
