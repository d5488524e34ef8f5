import { describe, expect, test } from 'vitest'
import { connect } from '../../src/connection/connect.ts'
import { type Config, type TransactionMode, upgrade } from '../../src/index.ts'
import { blockersOf } from '../../src/migrate/blockers.ts'
import { lockHoldersSql } from '../../src/migrate/lock-holders.ts'
import type { Lock } from '../../src/operations/operation.ts'
import { rowOf, start } from '../faults/base.ts'
import { messagesOf } from '../faults/watch.ts'
import { servers, type TestDatabase, type TestServer } from '../servers/databases.ts'
import { type TestRevision, testProject } from './project.ts'

const alter = "  op.addColumn({ table: 'busy', column: { name: 'n', type: 'int' } })"

/** A database with a table `busy`, and a revision that is to run on it. */
async function busy(server: TestServer, body: string, ...more: readonly TestRevision[]) {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await server.open())
  await database.query('CREATE TABLE busy (id int); INSERT INTO busy VALUES (1)')
  const project = stack.use(await testProject({ id: 'first', upgrade: body }, ...more))
  const config: Config & { database: string } = {
    database: database.url,
    lint: 'off' as const,
    migrations: project.migrations,
  }
  return {
    database,
    config,
    session: async () => stack.use(await database.connect()),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

const pidOf = async (session: { query(sql: string): Promise<readonly object[]> }) =>
  ((await session.query('SELECT pg_backend_pid() AS pid')) as readonly { pid: number }[])[0]?.pid

test.each([0, -1, Number.NaN])('no session is ended after %s seconds', async (terminateBlockersAfter) => {
  await expect(upgrade({ terminateBlockersAfter })).rejects.toMatchObject({
    code: 'INVALID_SETTING',
    message: `"terminateBlockersAfter" has to be a number of seconds above 0, not ${terminateBlockersAfter}.`,
  })
})

describe.each(servers())('on $name', (server) => {
  test('a session in the way is named before the first attempt is over', async () => {
    await using made = await busy(server, alter)
    const other = await made.session()
    await other.query("SET application_name = 'the app'; BEGIN; SELECT FROM busy")
    const running = start((options) => upgrade({ ...made.config, lockTimeout: 60_000 }, options))
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
    await other.query('COMMIT')
    await running.report
  })

  test('over all attempts it is named once, and who comes in its place is named again', async () => {
    await using made = await busy(server, alter)
    const [first, second] = [await made.session(), await made.session()]
    await first.query('BEGIN; SELECT FROM busy')
    const running = start((options) => upgrade({ ...made.config, lockTimeout: 300 }, options))
    const [blocked] = [
      await running.seen('blocked'),
      await running.seen('retry', ({ attempt }) => attempt === 3),
    ]
    expect(running.events.filter(({ type }) => type === 'blocked')).toEqual([blocked])
    await second.query('BEGIN; SELECT FROM busy')
    await first.query('COMMIT')
    const isAnother = ({ blockers }: typeof blocked) =>
      blockers[0]?.processId !== blocked.blockers[0]?.processId
    expect((await running.seen('blocked', isAnother)).blockers).toHaveLength(1)
    await second.query('COMMIT')
    await running.report
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
    expect(reason).toBe('it has no session')
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

  test('a session that has let one stage pass has its whole time again at the next', async () => {
    await using made = await busy(
      server,
      "  op.execute({ sql: 'ALTER TABLE busy ADD n int', inverse: null })",
      {
        id: 'second',
        down: 'first',
        upgrade: "  op.execute({ sql: 'ALTER TABLE calm ADD n int', inverse: null })",
      },
    )
    await made.database.query('CREATE TABLE calm (id int)')
    const other = await made.session()
    await other.query('BEGIN; SELECT FROM calm; SAVEPOINT before; SELECT FROM busy')
    const times = new Map<string, number>()
    const running = start(({ onEvent }) =>
      upgrade(
        { ...made.config, terminateBlockersAfter: 1 },
        {
          onEvent(event) {
            if ('revision' in event) times.set(`${event.type} ${event.revision}`, performance.now())
            onEvent(event)
          },
        },
      ),
    )
    await running.seen('retry')
    await other.query('ROLLBACK TO before')
    const { revision } = await running.seen('blocker-terminated')
    await running.report
    expect(revision).toBe('second')
    const time = (key: string) => times.get(key) ?? Number.NaN
    const waited = time('blocker-terminated second') - time('blocked second')
    expect(waited).toBeGreaterThanOrEqual(1_000)
  })

  test('a role that may not end it is told what to grant, and the run goes on waiting', async () => {
    await using made = await busy(server, alter)
    await using role = await roleOn(made.database, 'limited', 'IN ROLE pg_read_all_stats')
    const other = await made.session()
    await other.query('BEGIN; SELECT FROM busy')
    const config = { ...made.config, database: role.url, lint: 'off' as const, terminateBlockersAfter: 0.2 }
    const running = start((options) => upgrade(config, options))
    const { reason, hint } = await running.seen('blocker-spared')
    expect(reason).toMatch(/terminate/)
    expect(hint).toContain('GRANT pg_signal_backend')
    await other.query('COMMIT')
    await running.report
  })

  test('a role that may not see other sessions names them by their process, and spares what it cannot judge', async () => {
    await using made = await busy(server, alter)
    await using role = await roleOn(made.database, 'blind', '')
    const other = await made.session()
    await other.query('BEGIN; SELECT FROM busy')
    const config = { ...made.config, database: role.url, lint: 'off' as const, terminateBlockersAfter: 0.2 }
    const running = start((options) => upgrade(config, options))
    const { blockers } = await running.seen('blocked')
    expect(blockers).toMatchObject([
      { processId: await pidOf(other), user: 'postgres', seconds: null, query: null, backend: null },
    ])
    expect((await running.seen('blocker-spared')).hint).toContain('pg_read_all_stats')
    await other.query('COMMIT')
    await running.report
  })

  test('where the run has waited before, an old session is named before a strong lock is asked for', async () => {
    await using made = await busy(
      server,
      `  op.createIndex({ name: 'busy_id', table: 'busy', columns: ['id'], concurrently: true })
${alter}`,
    )
    const [reader, writer] = [await made.session(), await made.session()]
    await reader.query('BEGIN; SELECT FROM busy')
    await writer.query('BEGIN; UPDATE busy SET id = 2')
    const running = start((options) => upgrade(made.config, options))
    await running.seen('blocked')
    await rowOf(
      made.database,
      `SELECT FROM pg_stat_activity WHERE pid = ${await pidOf(reader)} AND xact_start < now() - interval '1 s'`,
    )
    await writer.query('COMMIT')
    const { blockers } = await running.seen('in-the-way')
    expect(blockers.map(({ processId }) => processId)).toEqual([await pidOf(reader)])
    expect(running.events.filter(({ type }) => type === 'retry')).toEqual([])
    await reader.query('COMMIT')
    await running.report
  })

  test('who reads no table of the stage, or only what it locks for reading, is in nobody’s way', async () => {
    await using made = await busy(server, alter)
    await made.database.query(
      'CREATE TABLE parted (id int) PARTITION BY LIST (id); CREATE TABLE part PARTITION OF parted FOR VALUES IN (1)',
    )
    const [reader, writer, partly] = [await made.session(), await made.session(), await made.session()]
    await reader.query('BEGIN; SELECT FROM busy')
    await writer.query('BEGIN; INSERT INTO busy VALUES (3)')
    await partly.query('BEGIN; SELECT FROM part')
    const old =
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND xact_start < now() - interval '1 s' HAVING count(*) = 3"
    await rowOf(made.database, old)
    const connection = await connect(made.config.database)
    const inTheWay = async (...locks: readonly Lock[]) => {
      const [result] = await connection.run(lockHoldersSql(locks, connection.processId))
      return blockersOf(result?.rows ?? []).map(({ processId }) => processId)
    }
    const [readerId, writerId, partlyId] = [await pidOf(reader), await pidOf(writer), await pidOf(partly)]
    const both = await inTheWay({ table: 'busy', mode: 'AccessExclusive' })
    expect(both.toSorted()).toEqual([readerId, writerId].toSorted())
    expect(await inTheWay({ table: 'busy', mode: 'ShareRowExclusive' })).toEqual([writerId])
    expect(await inTheWay({ table: 'busy', mode: 'RowExclusive' })).toEqual([])
    expect(await inTheWay({ table: 'parted', mode: 'AccessExclusive' })).toEqual([partlyId])
    expect(await inTheWay({ schema: 'elsewhere', table: 'busy', mode: 'AccessExclusive' })).toEqual([])
    await connection.close()
  })

  test.each<{ what: string; body: string; more?: TestRevision; transaction?: TransactionMode }>([
    {
      what: 'a batch of a backfill',
      body: "  op.execute({ sql: 'ALTER TABLE busy ADD PRIMARY KEY (id)', inverse: null })",
      more: {
        id: 'second',
        down: 'first',
        upgrade: "  op.backfill({ table: 'busy', set: { id: op.sql`id + 10` } })",
      },
    },
    {
      what: 'a volley',
      body: alter,
      more: { id: 'second', down: 'first', upgrade: alter.replace("'n'", "'m'") },
    },
    { what: 'one transaction for everything', body: alter, transaction: 'all' },
  ])('$what names whom it waits for', async ({ body, more, transaction = 'revision' }) => {
    await using made = await busy(server, body, ...(more === undefined ? [] : [more]))
    if (more?.upgrade.includes('backfill')) await upgrade(made.config, { to: 'first' })
    const other = await made.session()
    await other.query('BEGIN; SELECT id FROM busy FOR UPDATE')
    const running = start((options) => upgrade(made.config, { ...options, transaction }))
    const { blockers } = await running.seen('blocked')
    expect(blockers.map(({ processId }) => processId)).toEqual([await pidOf(other)])
    await other.query('COMMIT')
    await running.report
  })

  test('what a listener throws while it is told of a blocker is what the run ends with', async () => {
    await using made = await busy(server, alter)
    const other = await made.session()
    await other.query('BEGIN; SELECT FROM busy')
    const told = Promise.withResolvers<void>()
    const run = upgrade(
      { ...made.config, lockTimeout: 60_000 },
      {
        onEvent({ type }) {
          if (type !== 'blocked') return
          told.resolve()
          throw new Error('no such log')
        },
      },
    )
    const ended = expect(run).rejects.toThrow('no such log')
    await told.promise
    await other.query('COMMIT')
    await ended
  })

  test('a watch whose session is ended gets another', async () => {
    await using made = await busy(
      server,
      "  op.createIndex({ name: 'busy_id', table: 'busy', columns: ['id'], concurrently: true })",
    )
    const writer = await made.session()
    await writer.query('BEGIN; UPDATE busy SET id = 2')
    const running = start((options) => upgrade(made.config, options))
    await running.seen('blocked')
    const watch = `FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'limbeck watch'`
    const [{ pid } = {}] = await made.database.query(`SELECT pid, pg_terminate_backend(pid) ${watch}`)
    await rowOf(made.database, `SELECT pid ${watch} AND pid <> ${pid}`)
    await writer.query('COMMIT')
    await running.report
    expect(running.events.filter(({ type }) => type === 'unwatched')).toEqual([])
    expect(await made.database.query(`SELECT pid ${watch}`)).toEqual([])
  })

  test('where there is no session left to look from, that is told once, and the work goes on', async () => {
    await using made = await busy(server, alter)
    await using role = await roleOn(made.database, 'single', 'CONNECTION LIMIT 1')
    const other = await made.session()
    await other.query('BEGIN; SELECT FROM busy')
    const running = start((options) =>
      upgrade({ ...made.config, database: role.url, lint: 'off' as const }, options),
    )
    expect((await running.seen('unwatched')).reason).toContain('too many connections for role')
    await running.seen('retry')
    await other.query('COMMIT')
    await running.report
    expect(running.events.filter(({ type }) => type === 'unwatched')).toHaveLength(1)
  })
})

/** A role that may migrate the database's table `busy`, and is gone afterwards. */
async function roleOn(database: TestDatabase, name: string, options: string) {
  const url = new URL(database.url)
  const role = `${name}_${url.pathname.slice(1)}`
  await database.query(`CREATE ROLE ${role} LOGIN ${options}; ALTER TABLE busy OWNER TO ${role};
    GRANT CREATE ON DATABASE ${url.pathname.slice(1)} TO ${role}; GRANT ALL ON SCHEMA public TO ${role}`)
  url.username = role
  return {
    role,
    url: url.href,
    [Symbol.asyncDispose]: async () =>
      void (await database.query(`DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`)),
  }
}
