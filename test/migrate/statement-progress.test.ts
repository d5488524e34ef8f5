import { describe, expect, test } from 'vitest'
import { connect } from '../../src/connection/connect.ts'
import { upgrade } from '../../src/index.ts'
import { progressSql } from '../../src/migrate/statement-progress.ts'
import { start } from '../faults/base.ts'
import { servers, type TestServer } from '../servers/databases.ts'
import { testProject } from './project.ts'

/** A table; whoever asks `held(id)` of a row waits while the test has the lock 7, and `busy(id)` is at work meanwhile. */
async function heldTable(server: TestServer, body: string) {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await server.open())
  await database.query(`CREATE TABLE rows (id int NOT NULL, n int);
    INSERT INTO rows SELECT n FROM generate_series(1, 2000) n; ANALYZE rows;
    CREATE FUNCTION held(id int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
      PERFORM pg_advisory_lock_shared(7); PERFORM pg_advisory_unlock_shared(7); RETURN id;
    END $$;
    CREATE FUNCTION busy(id int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
      WHILE NOT pg_try_advisory_lock_shared(7) LOOP PERFORM pg_sleep(0.01); END LOOP;
      PERFORM pg_advisory_unlock_shared(7); RETURN id;
    END $$`)
  const project = stack.use(await testProject({ id: 'first', upgrade: body }))
  return {
    config: { database: database.url, lint: 'off' as const, migrations: project.migrations },
    database,
    session: async () => stack.use(await database.connect()),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

describe.each(servers())('on $name', (server) => {
  test('a build tells whom it waits for, then in which phase it is and how far', async () => {
    await using made = await heldTable(
      server,
      "  op.createIndex({ name: 'rows_held', table: 'rows', columns: [{ expression: op.sql`held(id)` }], concurrently: true })",
    )
    const [writer, holder] = [await made.session(), await made.session()]
    await writer.query('BEGIN; UPDATE rows SET n = 1 WHERE id = 1')
    await holder.query('SELECT pg_advisory_lock(7)')
    const running = start((options) => upgrade(made.config, options))
    expect((await running.seen('statement-progress')).progress).toMatchObject({
      command: 'CREATE INDEX CONCURRENTLY',
      relation: 'rows',
      index: 'rows_held',
      phase: 'waiting for writers before build',
      amount: { done: 0, total: 1, unit: 'lockers' },
    })
    await writer.query('COMMIT')
    const { progress } = await running.seen(
      'statement-progress',
      ({ progress: { phase } }) => phase?.startsWith('building') === true,
    )
    expect(progress).toMatchObject({
      phase: 'building index: scanning table',
      amount: { unit: 'blocks', total: expect.any(Number) },
    })
    await holder.query('SELECT pg_advisory_unlock(7)')
    await running.report
  })

  test.each([
    ['a rewrite', "op.alterColumn({ table: 'rows', name: 'n', type: 'bigint', using: op.sql`busy(id)` })"],
    ['VALIDATE', "op.createCheckConstraint({ table: 'rows', name: 'c', expression: op.sql`busy(id) > 0` })"],
  ])('of %s PostgreSQL tells nothing, so the table and its size are told', async (_what, body) => {
    await using made = await heldTable(server, `  ${body}`)
    const holder = await made.session()
    await holder.query('SELECT pg_advisory_lock(7)')
    const running = start((options) => upgrade(made.config, options))
    const { progress } = await running.seen('statement-progress')
    const [{ pages } = {}] = await made.database.query(
      "SELECT relpages AS pages FROM pg_class WHERE relname = 'rows'",
    )
    expect(progress).toEqual({
      command: null,
      relation: 'rows',
      index: null,
      phase: null,
      amount: null,
      bytes: 8192 * Number(pages),
      seconds: expect.any(Number),
    })
    await holder.query('SELECT pg_advisory_unlock(7)')
    await running.report
  })

  test('CLUSTER, of SQL by hand, tells which index it makes anew', async () => {
    await using made = await heldTable(
      server,
      "  op.execute({ sql: 'CLUSTER rows USING rows_id', inverse: null })",
    )
    await made.database.query('CREATE INDEX rows_id ON rows (id); CREATE INDEX rows_held ON rows (held(id))')
    const holder = await made.session()
    await holder.query('SELECT pg_advisory_lock(7)')
    const running = start((options) => upgrade({ ...made.config, lockTimeout: 60_000 }, options))
    expect((await running.seen('statement-progress')).progress).toMatchObject({
      command: 'CLUSTER',
      relation: 'rows',
      phase: 'rebuilding index',
      amount: { total: null, unit: 'indexes' },
    })
    await holder.query('SELECT pg_advisory_unlock(7)')
    await running.report
  })

  test.runIf(server.major >= 14)('COPY tells its rows', async () => {
    await using made = await heldTable(
      server,
      `  op.copyFrom({ table: 'rows', columns: ['id'], from: { stream: async function* () {
    yield '1\\n2\\n3\\n'.repeat(50_000)
    await globalThis.restOfCopy
    yield '4\\n'
  } } })`,
    )
    const rest = Promise.withResolvers<void>()
    Object.assign(globalThis, { restOfCopy: rest.promise })
    const running = start((options) => upgrade(made.config, options))
    expect((await running.seen('statement-progress')).progress).toMatchObject({
      command: 'COPY FROM',
      relation: 'rows',
      amount: { total: null, unit: 'tuples' },
    })
    rest.resolve()
    await running.report
  })

  test('every view of this major has the columns that are asked for', async () => {
    await using database = await server.open()
    const connection = await connect(database.url)
    try {
      await connection.run(progressSql(connection.processId, connection.major))
      const [views] = await connection.run(`SELECT relname FROM pg_class
        WHERE relname LIKE 'pg_stat_progress_%' AND relname <> 'pg_stat_progress_basebackup'`)
      const sql = progressSql(1, connection.major)
      expect(views?.rows.map(({ relname }) => String(relname)).filter((view) => !sql.includes(view))).toEqual(
        [],
      )
    } finally {
      await connection.close()
    }
  })
})
