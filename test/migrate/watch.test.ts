import { describe, expect, test } from 'vitest'
import { type Config, upgrade } from '../../src/index.ts'
import { start } from '../faults/base.ts'
import { messagesOf } from '../faults/watch.ts'
import { servers, type TestServer } from '../servers/databases.ts'
import { type TestRevision, testProject } from './project.ts'

const alter = "  op.addColumn({ table: 'busy', column: { name: 'n', type: 'int' } })"

/** A database with a table `busy`, and a revision that is to run on it. */
async function busy(server: TestServer, body: string, ...more: readonly TestRevision[]) {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await server.open())
  await database.query('CREATE TABLE busy (id int); INSERT INTO busy VALUES (1)')
  const project = stack.use(await testProject({ id: 'first', upgrade: body }, ...more))
  const config: Config & { database: string } = { database: database.url, migrations: project.migrations }
  return {
    database,
    config,
    session: async () => stack.use(await database.connect()),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

const pidOf = async (session: { query(sql: string): Promise<readonly object[]> }) =>
  ((await session.query('SELECT pg_backend_pid() AS pid')) as readonly { pid: number }[])[0]?.pid

describe.each(servers())('on $name', (server) => {
  test('a session in the way is named before the first attempt is over', async () => {
    await using made = await busy(server, alter)
    const other = await made.session()
    await other.query("SET application_name = 'the app'; BEGIN; SELECT FROM busy")
    const running = start((options) => upgrade(made.config, options))
    const { revision, blockers } = await running.seen('blocked')
    expect(running.events.filter(({ type }) => type === 'retry')).toEqual([])
    expect(revision).toBe('first')
    expect(blockers).toMatchObject([
      {
        processId: await pidOf(other),
        preparedAs: null,
        user: 'postgres',
        application: 'the app',
        state: 'idle in transaction',
        query: "SET application_name = 'the app'; BEGIN; SELECT FROM busy",
        backend: 'client backend',
        waits: false,
      },
    ])
    // Asking for its id was a statement of the same transaction.
    await running.seen('retry')
    await other.query('COMMIT')
    await running.report
    expect(running.events.filter(({ type }) => type === 'blocked')).toHaveLength(1)
  })

  test('who stands before us in the line is named too, as one who waits itself', async () => {
    await using made = await busy(server, alter)
    const [holder, next] = [await made.session(), await made.session()]
    await holder.query('BEGIN; SELECT FROM busy')
    const ids = [await pidOf(holder), await pidOf(next)]
    const waiting = next.query('LOCK TABLE busy IN ACCESS EXCLUSIVE MODE; SELECT 1')
    const running = start((options) => upgrade({ ...made.config, lockTimeout: 60_000 }, options))
    const { blockers } = await running.seen('blocked')
    expect(blockers.map(({ processId, waits }) => [processId, waits])).toEqual([
      [ids[0], false],
      [ids[1], true],
    ])
    await holder.query('COMMIT')
    await waiting
    await running.report
  })

  test('of the prepared transactions on a table, the one that is in the way is named', async () => {
    await using made = await busy(server, alter)
    const other = await made.session()
    const name = `it's ${new URL(made.database.url).pathname}`
    const quoted = name.replaceAll("'", "''")
    await other.query('CREATE TABLE elsewhere (id int)')
    await other.query('BEGIN')
    await other.query('INSERT INTO elsewhere VALUES (1)')
    await other.query(`PREPARE TRANSACTION 'elsewhere ${quoted}'`)
    await other.query('BEGIN')
    await other.query('INSERT INTO busy VALUES (2)')
    await other.query(`PREPARE TRANSACTION '${quoted}'`)
    const running = start((options) => upgrade({ ...made.config, terminateBlockersAfter: 0.2 }, options))
    const { blockers } = await running.seen('blocked')
    expect(blockers).toMatchObject([{ processId: null, preparedAs: name, user: 'postgres' }])
    const { reason, hint } = await running.seen('blocker-spared')
    expect(reason).toBe('it is a prepared transaction, which has no session')
    expect(hint).toContain(`ROLLBACK PREPARED '${quoted}'`)
    await other.query(`ROLLBACK PREPARED '${quoted}'`)
    await other.query(`ROLLBACK PREPARED 'elsewhere ${quoted}'`)
    await running.report
  })

  test('what does not wait has no second session, and not one message more', async () => {
    await using made = await busy(server, alter)
    const messages = await messagesOf(() => upgrade(made.config))
    expect(messages.filter((text) => /limbeck watch|pg_blocking_pids|pg_stat_progress/.test(text))).toEqual(
      [],
    )
    expect(messages.filter((text) => text.includes('"busy"'))).toHaveLength(1)
    expect(messages.filter((text) => text.includes('pg_backend_pid()'))).toHaveLength(1)
  })

  test('a session that blocks for too long is ended, the one at fault and no other', async () => {
    await using made = await busy(server, alter)
    const [holder, next] = [await made.session(), await made.session()]
    await holder.query('BEGIN; SELECT FROM busy')
    const id = await pidOf(holder)
    const waiting = next.query('LOCK TABLE busy IN ACCESS EXCLUSIVE MODE; SELECT 1 AS done')
    const running = start((options) => upgrade({ ...made.config, terminateBlockersAfter: 1 }, options))
    const { blocker, seconds } = await running.seen('blocker-terminated')
    expect(blocker).toMatchObject({ processId: id, waits: false })
    expect(seconds).toBeGreaterThanOrEqual(1)
    expect(await waiting).toEqual([{ done: 1 }])
    await running.report
    await expect(holder.query('SELECT 1')).rejects.toThrow()
    expect(running.events.filter(({ type }) => type === 'blocker-terminated')).toHaveLength(1)
  })

  test('a role that may not end it is told what to grant, and the run goes on waiting', async () => {
    await using made = await busy(server, alter)
    const role = `limited_${new URL(made.database.url).pathname.slice(1)}`
    await made.database.query(`CREATE ROLE ${role} LOGIN; ALTER TABLE busy OWNER TO ${role};
      DO $$BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO ${role}', current_database()); END$$; GRANT ALL ON SCHEMA public TO ${role}; GRANT pg_read_all_stats TO ${role}`)
    const other = await made.session()
    await other.query('BEGIN; SELECT FROM busy')
    const url = new URL(made.config.database)
    url.username = role
    const config = { ...made.config, database: url.href, terminateBlockersAfter: 0.2 }
    const running = start((options) => upgrade(config, options))
    const { reason, hint } = await running.seen('blocker-spared')
    expect(reason).toMatch(/terminate/)
    expect(hint).toContain('GRANT pg_signal_backend')
    await other.query('COMMIT')
    await running.report
    await made.database.query(`DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`)
  })

  test('a role that may not see other sessions names them by their process, and spares what it cannot judge', async () => {
    await using made = await busy(server, alter)
    const role = `blind_${new URL(made.database.url).pathname.slice(1)}`
    await made.database.query(`CREATE ROLE ${role} LOGIN; ALTER TABLE busy OWNER TO ${role};
      DO $$BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO ${role}', current_database()); END$$; GRANT ALL ON SCHEMA public TO ${role}`)
    const other = await made.session()
    await other.query('BEGIN; SELECT FROM busy')
    const url = new URL(made.config.database)
    url.username = role
    const config = { ...made.config, database: url.href, terminateBlockersAfter: 0.2 }
    const running = start((options) => upgrade(config, options))
    const { blockers } = await running.seen('blocked')
    expect(blockers).toMatchObject([
      { processId: await pidOf(other), user: 'postgres', seconds: null, query: null, backend: null },
    ])
    expect((await running.seen('blocker-spared')).hint).toContain('pg_read_all_stats')
    await other.query('COMMIT')
    await running.report
    await made.database.query(`DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`)
  })
})
