import { describe, expect, test } from 'vitest'
import { connect } from '../../src/connection/connect.ts'
import { DatabaseError } from '../../src/connection/connection.ts'
import { runForeign, runForTables, runPrepared } from '../../src/connection/prepared.ts'
import { targets } from '../servers/databases.ts'

const tables = { text: "SELECT relname AS name FROM pg_class WHERE relname ~ '^limbeck_t' ORDER BY 1" }
const sum = (...numbers: number[]) => ({
  text: 'SELECT (SELECT sum(n) FROM unnest($1) n)::integer + $2 AS sum',
  values: [
    { type: 'integer[]', literal: `'{${numbers.join()}}'` },
    { type: 'integer', literal: '1' },
  ],
})

describe.each(targets)('what is asked again and again on $name', (target) => {
  test('is answered as it stands each time', async () => {
    await using database = await target.open()
    const connection = await connect(database.url)
    expect(await runPrepared(connection, [tables, sum(1, 2)])).toEqual([[], [{ sum: 4 }]])
    await connection.run('CREATE TABLE limbeck_t1 (); CREATE TABLE limbeck_t2 ()')
    expect(await runPrepared(connection, [sum(5), tables, sum()])).toEqual([
      [{ sum: 6 }],
      [{ name: 'limbeck_t1' }, { name: 'limbeck_t2' }],
      [{ sum: null }],
    ])
    const setting = await connection.run('SHOW plan_cache_mode')
    expect(setting.at(-1)?.rows).toEqual([{ plan_cache_mode: 'auto' }])
    await connection.close()
  })

  test.for(['DEALLOCATE ALL', 'DISCARD ALL'])('is prepared anew after %s', async (statement) => {
    await using database = await target.open()
    const connection = await connect(database.url)
    await runPrepared(connection, [tables, sum(1)])
    await connection.run(statement)
    expect(await runPrepared(connection, [sum(1), tables])).toEqual([[{ sum: 2 }], []])
    await connection.close()
  })

  test('is prepared anew in a transaction where it is known who has forgotten it', async () => {
    await using database = await target.open()
    const connection = await connect(database.url)
    await runPrepared(connection, [tables])
    await connection.run('BEGIN')
    await runForeign(connection, "DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$")
    expect(await runPrepared(connection, [tables])).toEqual([[]])
    await connection.run('DEALLOCATE ALL')
    await expect(runPrepared(connection, [tables])).rejects.toThrow(DatabaseError)
    expect(connection.transaction()).toBe('failed')
    await connection.run('ROLLBACK')
    expect(await runPrepared(connection, [tables])).toEqual([[]])
    await connection.close()
  })

  test('is asked of many tables at once', async () => {
    await using database = await target.open()
    const connection = await connect(database.url)
    const numbers = Array.from({ length: 25 }, (_, n) => n)
    await connection.run(numbers.map((n) => `CREATE TABLE t${n} AS SELECT ${n} AS n`).join(';\n'))
    const selects = numbers.map((n) => `SELECT n FROM t${n}`)
    expect((await runForTables(connection, selects)).map(({ n }) => n)).toEqual(numbers)
    await connection.run('UPDATE t7 SET n = 70; DROP TABLE t8; CREATE TABLE t8 AS SELECT 80 AS n')
    expect((await runForTables(connection, selects)).map(({ n }) => n).slice(6, 10)).toEqual([6, 70, 80, 9])
    expect(await runForTables(connection, [])).toEqual([])
    await connection.close()
  })
})
