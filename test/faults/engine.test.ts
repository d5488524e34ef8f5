import { execFile } from 'node:child_process'
import { appendFile } from 'node:fs/promises'
import { hostname, userInfo } from 'node:os'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { MissingRevision } from '../../src/graph/missing.ts'
import {
  type Config,
  current,
  downgrade,
  heads,
  MigrationFailed,
  plan,
  upgrade,
  version,
} from '../../src/index.ts'
import { RevisionFileBroken } from '../../src/script/revision-file.ts'
import { type TestRevision, testProject } from '../migrate/project.ts'
import { servers, type TestDatabase } from '../servers/databases.ts'
import { appliedRevisions, errorOf, indexes, newest, populated, sixOn } from './base.ts'

const sixRevisions = [
  'previous_rev',
  'add_org_001',
  'idx_user_search',
  'migrate_prefs',
  'enum_status',
  'events_partition',
  'rename_email_p1',
]

/** Runs `upgrade` in a process of its own. */
async function deploy(config: Config): Promise<void> {
  const library = new URL('../../src/index.ts', import.meta.url)
  const script = `import { upgrade } from '${library}'; await upgrade(${JSON.stringify(config)})`
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
}

/** How often each revision was run. */
async function runs(database: TestDatabase): Promise<readonly object[]> {
  return await database.query(
    'SELECT revision, count(*)::integer AS runs, sum(attempts)::integer AS attempts FROM limbeck.run GROUP BY revision ORDER BY min(id)',
  )
}

const once = (revisions: readonly string[]) =>
  revisions.map((revision) => ({ revision, runs: 1, attempts: 1 }))

const table = (name: string) => `op.createTable({ name: '${name}', columns: [{ name: 'id', type: 'int' }] })`

const has = async (database: TestDatabase, relation: string) =>
  (await database.query(`SELECT FROM pg_class WHERE relname = '${relation}'`)).length === 1

describe.each(servers())('on $name', (server) => {
  test('fault E.1: of two deploys at once, one works and the other waits, then finds nothing to do', async () => {
    await using database = await populated(server, { users: 2_000 })
    await Promise.all([deploy(sixOn(database)), deploy(sixOn(database))])
    expect(await runs(database)).toEqual(once(sixRevisions))
    expect(await appliedRevisions(database)).toEqual(sixRevisions)
  })

  test.each(['an empty', 'a full'])(
    'faults E.1 and E.2: nor do fifty at once on %s database',
    async (kind) => {
      await using database =
        kind === 'a full' ? await populated(server, { users: 2_000 }) : await server.open()
      const reports = await Promise.all(Array.from({ length: 50 }, () => upgrade(sixOn(database))))
      const applied = reports.flatMap((report) => report.applied.map(({ id }) => id))
      expect(applied).toEqual(sixRevisions.slice(-applied.length))
      expect(await runs(database)).toEqual(once(sixRevisions))
    },
  )

  test('fault E.3: rows that a revision inserts outside a transaction are inserted once', async () => {
    await using database = await server.open()
    await using project = await testProject({
      id: 'data_only',
      upgrade: `  op.createTable({ name: 'logged', columns: [{ name: 'n', type: 'int' }] })
  op.createIndex({ name: 'logged_n_idx', table: 'logged', columns: ['n'], concurrently: true })
  op.execute({ sql: 'INSERT INTO logged VALUES (1)' })`,
    })
    const config = { database: database.url, lint: 'off' as const, migrations: project.migrations }
    await Promise.all([upgrade(config), upgrade(config), upgrade(config)])
    expect(await database.query('SELECT n FROM logged')).toEqual([{ n: 1 }])
  })

  test('fault E.6: an id of two hundred characters is as good as a short one', async () => {
    const id = `long_${'x'.repeat(195)}`
    await using database = await server.open()
    await using project = await testProject({ id, upgrade: `  ${table('kept')}` })
    const config = { database: database.url, lint: 'off' as const, migrations: project.migrations }
    await upgrade(config)
    expect(await appliedRevisions(database)).toEqual([id])
    await downgrade(config, { to: 'base', acceptLoss: true })
    expect(await appliedRevisions(database)).toEqual([])
  })

  test('fault E.12: an enum type comes before its column and goes after it, down and up again', async () => {
    await using database = await server.open()
    await using project = await testProject(
      {
        id: 'with_table',
        upgrade: `  op.createEnum({ name: 'e1', values: ['a', 'b'] })
  op.createTable({ name: 'one', columns: [{ name: 'id', type: 'int' }, { name: 'e', type: 'e1', default: 'a' }] })`,
      },
      {
        id: 'with_column',
        down: 'with_table',
        upgrade: `  op.createEnum({ name: 'e2', values: ['c', 'd'] })
  op.addColumn({ table: 'one', column: { name: 'f', type: 'e2', notNull: true, default: 'd' } })`,
      },
    )
    const config = { database: database.url, lint: 'off' as const, migrations: project.migrations }
    await upgrade(config)
    await downgrade(config, { to: 'base', acceptLoss: true })
    expect(await database.query("SELECT FROM pg_type WHERE typname IN ('e1', 'e2')")).toEqual([])
    await upgrade(config)
    expect(await database.query('INSERT INTO one DEFAULT VALUES RETURNING e::text, f::text')).toEqual([
      { e: 'a', f: 'd' },
    ])
  })
})

test('fault E.2: of six deploys on an empty database none fails', async () => {
  await using database = await newest().open()
  await Promise.all(Array.from({ length: 6 }, () => deploy(sixOn(database))))
  expect(await runs(database)).toEqual(once(sixRevisions))
})

/** A project on an empty database of the newest server. */
async function fresh(...revisions: readonly TestRevision[]) {
  const [database, project] = [await newest().open(), await testProject(...revisions)]
  const stack = new AsyncDisposableStack()
  stack.use(database)
  stack.use(project)
  return {
    database,
    project,
    config: { database: database.url, lint: 'off' as const, migrations: project.migrations },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  }
}

test('fault E.4: locks and settings that a revision takes for itself roll nothing back, and end with it', async () => {
  await using made = await fresh(
    {
      id: 'careful',
      upgrade: `  op.execute({ sql: "SELECT pg_advisory_lock(1); SET lock_timeout = '1s'; SET search_path = elsewhere, public" })
  ${table('kept')}`,
    },
    {
      id: 'next',
      down: 'careful',
      upgrade: `  op.execute({ sql: "CREATE TABLE settings AS SELECT current_setting('search_path') AS search_path" })`,
    },
  )
  await upgrade(made.config)
  expect(await has(made.database, 'kept')).toBe(true)
  const settings = await made.database.query('SELECT search_path FROM settings')
  expect(settings).toEqual([{ search_path: '"$user", public' }])
})

test("fault E.4: the timeouts of the application's role do not end a revision half way", async () => {
  await using made = await fresh({ id: 'slow', upgrade: "  op.execute({ sql: 'SELECT pg_sleep(0.3)' })" })
  const name = new URL(made.database.url).pathname.slice(1)
  await made.database.query(`ALTER DATABASE ${name} SET statement_timeout = '50ms';
    ALTER DATABASE ${name} SET idle_in_transaction_session_timeout = '50ms'`)
  await upgrade(made.config)
  expect(await appliedRevisions(made.database)).toEqual(['slow'])
})

test('fault E.5: an applied file that was edited is reported', async () => {
  await using made = await fresh({ id: 'first', upgrade: `  ${table('t')}` })
  const file = await made.project.write({ id: 'second', down: 'first', upgrade: '' })
  expect((await upgrade(made.config)).edited).toEqual([])
  await appendFile(file, '// onDelete is CASCADE now\n')
  expect((await upgrade(made.config)).edited).toEqual([{ id: 'second', file }])
})

test('fault E.7: colons, percent signs, question marks and quotes are sent as they stand', async () => {
  const texts = [
    '{"a":1}',
    'say :hello',
    '{"a":"b"}',
    '12:30',
    '100%',
    '%s %(x)s',
    'why? $1',
    'back\\slash',
    "it''s",
  ]
  await using made = await fresh({
    id: 'texts',
    upgrade: `  op.execute({ sql: 'CREATE TABLE texts (text text)' })
${texts.map((text) => `  op.execute({ sql: ${JSON.stringify(`INSERT INTO texts VALUES ('${text}')`)} })`).join('\n')}`,
  })
  await upgrade(made.config)
  const rows = await made.database.query('SELECT text FROM texts')
  expect(rows.map(({ text }) => text)).toEqual(texts.map((text) => text.replace("''", "'")))
})

test('fault E.8: a file that does not parse stops what runs it, before anything runs, and nothing else', async () => {
  await using made = await fresh(
    { id: 'good', upgrade: `  ${table('good')}` },
    { id: 'better', down: 'good', upgrade: `  ${table('better')}` },
    { id: 'broken', down: 'better', upgrade: '  op.createTable({ name: ' },
  )
  await upgrade(made.config, { to: 'good' })
  const error = await errorOf(RevisionFileBroken, upgrade(made.config))
  expect(error.file).toContain('broken.ts')
  expect(await has(made.database, 'better')).toBe(false)
  expect((await current(made.config)).current.map(({ id }) => id)).toEqual(['good'])
  expect(await heads(made.config)).toMatchObject([{ id: 'broken' }])
  await upgrade(made.config, { to: 'better' })
  await downgrade(made.config, { to: 'good', acceptLoss: true })
})

test('fault E.9: of two thousand files only those that are to run are executed', async () => {
  const others = Array.from({ length: 2_000 }, (_, n) => ({
    id: `r${n}`,
    down: n === 0 ? 'first' : `r${n - 1}`,
    header: "throw new Error('this file was executed')",
    upgrade: '',
  }))
  await using made = await fresh({ id: 'first', upgrade: `  ${table('t')}` }, ...others)
  await upgrade(made.config, { to: 'first' })
  const again = await upgrade(made.config, { to: 'first' })
  expect(again.applied).toEqual([])
  expect((await current(made.config)).current.map(({ id }) => id)).toEqual(['first'])
  await expect(upgrade(made.config)).rejects.toThrow('this file was executed')
})

test('fault E.10: what fails after a stage of its own goes on there, and does not begin anew', async () => {
  const half = (last: string) => ({
    id: 'half',
    upgrade: `  ${table('half')}
  op.createIndex({ name: 'half_id_idx', table: 'half', columns: ['id'], concurrently: true })
  op.execute({ sql: '${last}' })`,
  })
  await using made = await fresh(half('SELECT 1 / 0'))
  await errorOf(MigrationFailed, upgrade(made.config))
  expect(await appliedRevisions(made.database)).toEqual([])
  expect(await indexes(made.database)).toEqual({ half_id_idx: true })
  await made.project.write(half('SELECT 1'))
  await upgrade(made.config)
  expect(await runs(made.database)).toEqual([{ revision: 'half', runs: 1, attempts: 2 }])
})

test('fault E.11: a concurrent build has a stage of its own, asked for or not', async () => {
  await using made = await fresh({
    id: 'plain',
    upgrade: `  ${table('plain')}
  op.execute({ sql: 'CREATE INDEX CONCURRENTLY plain_one ON plain (id); CREATE INDEX plain_two ON plain (id)' })
  op.createIndex({ name: 'plain_three', table: 'plain', columns: ['id'], concurrently: true })`,
  })
  const { revisions } = await plan(made.config)
  expect(revisions[0]?.stages.map(({ type }) => type)).toEqual([
    'transaction',
    'procedure',
    'transaction',
    'procedure',
  ])
  await upgrade(made.config)
  expect(await indexes(made.database)).toEqual({ plain_one: true, plain_two: true, plain_three: true })
})

test('fault E.13: the database keeps who ran what, from where, when, for how long, and what failed', async () => {
  await using made = await fresh(
    { id: 'good', upgrade: `  ${table('t')}` },
    { id: 'bad', down: 'good', upgrade: "  op.execute({ sql: 'SELECT 1 / 0' })" },
  )
  const database = made.config.database.replace('postgres@', 'postgres:a-password@')
  await errorOf(MigrationFailed, upgrade({ ...made.config, database }))
  const rows = await made.database.query(`
    SELECT revision, direction, status, attempts, database_user, os_user, host, limbeck, error,
      started_at <= finished_at AND finished_at <= clock_timestamp() AS timed FROM limbeck.run ORDER BY id`)
  const runner = {
    direction: 'upgrade',
    attempts: 1,
    database_user: 'postgres',
    os_user: userInfo().username,
    host: hostname(),
    limbeck: version,
    timed: true,
  }
  expect(rows).toMatchObject([
    { ...runner, revision: 'good', status: 'done', error: null },
    {
      ...runner,
      revision: 'bad',
      status: 'failed',
      error: {
        message: 'division by zero',
        place: { revision: 'bad', line: 6, statement: 'SELECT 1 / 0' },
        server: { sqlState: '22012' },
      },
    },
  ])
  expect(JSON.stringify(rows)).not.toContain('a-password')
  const stages = await made.database.query(
    'SELECT revision, ordinal, title, stage.status, stage.started_at <= stage.finished_at AS timed FROM limbeck.stage JOIN limbeck.run ON id = run',
  )
  expect(stages).toEqual([
    { revision: 'good', ordinal: 1, title: 'create table t', status: 'done', timed: true },
  ])
})

test('fault E.14: where the file of an applied revision is gone, only what needs it is refused, and says so', async () => {
  await using made = await fresh(
    { id: 'first', upgrade: `  ${table('first')}` },
    { id: 'gone', down: 'first', upgrade: `  ${table('gone')}` },
  )
  await upgrade(made.config)
  await made.project.remove('gone')
  expect((await upgrade(made.config)).applied).toEqual([])
  await made.project.write({ id: 'later', down: 'gone', upgrade: `  ${table('later')}` })
  await upgrade(made.config, { to: 'later' })
  expect(await appliedRevisions(made.database)).toEqual(['first', 'gone', 'later'])
  await downgrade(made.config, { to: 'gone', acceptLoss: true })
  const error = await errorOf(MissingRevision, downgrade(made.config, { to: 'first', acceptLoss: true }))
  expect(error.message).toContain('No file is revision gone')
  expect(error.hint).toContain('Restore its file')
  expect(await has(made.database, 'gone')).toBe(true)
})
