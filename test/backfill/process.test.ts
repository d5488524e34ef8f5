import { describe, expect, test } from 'vitest'
import { backfillVerify, upgrade } from '../../src/index.ts'
import { testProject } from '../migrate/project.ts'
import { targets } from '../servers/databases.ts'

const rows = 1_000

describe.each(targets)('a backfill by a function on $name', (target) => {
  const open = async (process: string) => {
    const stack = new AsyncDisposableStack()
    const database = stack.use(await target.open())
    await database.query(`CREATE TABLE users (id int PRIMARY KEY, plan text);
      INSERT INTO users SELECT n, CASE WHEN n % 2 = 0 THEN 'old' ELSE 'new' END FROM generate_series(1, ${rows}) n;
      CREATE TABLE seen (id int PRIMARY KEY)`)
    const backfill = `  op.backfill({ table: 'users', columns: ['id', 'plan'], where: op.sql\`plan = 'old'\`, failedRows: 3, process: ${process} })`
    const project = stack.use(await testProject({ id: 'processed', upgrade: backfill }))
    return {
      database,
      project,
      config: {
        migrations: project.migrations,
        database: database.url,
        lint: 'off' as const,
        batchRows: 100,
      },
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    }
  }

  test('is given the rows of each batch, and writes in the transaction of its checkpoint', async () => {
    await using made = await open(`async (users, transaction) => {
      await transaction.query("INSERT INTO seen SELECT unnest('{" + users.map(({ id }) => id).join() + "}'::int[])")
      await transaction.query("UPDATE users SET plan = 'moved' WHERE id IN (" + users.map(({ id }) => id).join() + ")")
    }`)
    await upgrade(made.config)
    expect(await made.database.query('SELECT count(*)::int AS seen FROM seen')).toEqual([{ seen: rows / 2 }])
    expect(
      await made.database.query("SELECT count(*)::int AS moved FROM users WHERE plan = 'moved'"),
    ).toEqual([{ moved: rows / 2 }])
    await expect(backfillVerify(made.config)).rejects.toMatchObject({ code: 'CANNOT_VERIFY' })
  })

  test('leaves nothing of a batch that throws, and sets the row aside for which it does', async () => {
    await using made = await open(`async (users, transaction) => {
      for (const { id } of users) {
        await transaction.query('INSERT INTO seen VALUES (' + id + ')')
        if (id === 500) throw new Error('not this one')
      }
    }`)
    await upgrade(made.config)
    expect(await made.database.query('SELECT count(*)::int AS seen FROM seen WHERE id <> 500')).toEqual([
      { seen: rows / 2 - 1 },
    ])
    expect(await made.database.query('SELECT key::text AS key FROM limbeck.backfill_failure')).toEqual([
      { key: '{500}' },
    ])
  })
})
