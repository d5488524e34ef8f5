import { describe, expect, test } from 'vitest'
import { downgrade, drift, partitionsRun, upgrade } from '../../src/index.ts'
import { folder } from '../cli/folder.ts'
import { type TestRevision, testProject } from '../migrate/project.ts'
import { servers, targets } from '../servers/databases.ts'

type Target = (typeof targets)[number]

const revisions: readonly TestRevision[] = [
  {
    id: 'users',
    upgrade: `  op.createTable({ name: 'users', columns: [{ name: 'id', type: 'int', primaryKey: true }, { name: 'email', type: 'text' }] })
  op.execute({ sql: "CREATE VIEW mails AS SELECT id, lower(email) AS mail FROM users WHERE email LIKE '%@%'", inverse: 'DROP VIEW mails' })`,
  },
  {
    id: 'filled',
    down: 'users',
    upgrade: `  op.assert({ that: op.sql\`EXISTS (SELECT FROM users)\`, message: 'there are no users' })
  op.backfill({ table: 'users', set: { email: op.sql\`lower(email)\` } })
  op.createIndex({ name: 'users_email_idx', table: 'users', columns: ['email'], concurrently: true })`,
  },
]

async function open(target: Target, ...files: readonly TestRevision[]) {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await target.open())
  const project = stack.use(await testProject(...files))
  const config = { database: database.url, lint: 'off' as const, migrations: project.migrations }
  return { database, project, config, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

describe.each(targets)('a database on $name', (target) => {
  test('is what its revisions make, those that look at rows too', async () => {
    await using its = await open(target, ...revisions)
    await upgrade(its.config, { to: 'users' })
    await its.database.query("INSERT INTO users VALUES (1, 'Ada@example.com')")
    await upgrade(its.config)
    expect(await drift(its.config)).toMatchObject({
      revisions: 2,
      inDatabase: [],
      inRevisions: [],
      halfDone: [],
    })
    await downgrade(its.config, { to: 'users', acceptLoss: true })
    expect(await drift(its.config)).toMatchObject({ revisions: 1, inDatabase: [], inRevisions: [] })
    await expect.poll(() => scratches(its.database)).toEqual([])
  })

  test('is told from what its revisions make, line by line', async () => {
    await using its = await open(target, ...revisions.slice(0, 1))
    await upgrade(its.config)
    await its.database.query(`ALTER TABLE users ALTER email SET NOT NULL; CREATE TABLE by_hand (id int);
      DROP VIEW mails; COMMENT ON TABLE users IS 'people'`)
    const { byHand, code, inDatabase, inRevisions } = await drift(its.config)
    expect(byHand.toSorted()).toEqual([
      'create table by_hand',
      'drop view mails',
      'set comment on table users',
      'set not null users.email',
    ])
    expect(code).toContain("op.setNotNull({ table: 'users', column: 'email' })")
    expect(
      inDatabase.filter((line) => /by_hand|people|users\.email/.test(line)).length,
    ).toBeGreaterThanOrEqual(3)
    expect(inRevisions).toEqual(
      expect.arrayContaining([expect.stringMatching(/^definition of public.mails|^definition of mails/)]),
    )
    await expect.poll(() => scratches(its.database)).toEqual([])
  })

  test('has partitions that come and go, and other tables', async () => {
    const kept = `  op.createTable({ name: 'events', columns: [{ name: 'at', type: 'timestamptz', notNull: true }], partitionBy: { strategy: 'range', columns: ['at'] } })
  op.keepPartitions({ table: 'events', every: 'month', ahead: 2 })`
    await using its = await open(target, { id: 'events', upgrade: kept })
    await upgrade(its.config)
    await partitionsRun(its.config)
    expect(await drift(its.config)).toMatchObject({ inDatabase: [], inRevisions: [] })
    await its.database.query('CREATE TABLE events_other (at timestamptz)')
    expect((await drift(its.config)).inDatabase.join('\n')).toContain('events_other')
  })

  test('has objects that the project leaves to others, whatever becomes of them', async () => {
    await using its = await open(target, ...revisions.slice(0, 1), {
      id: 'theirs',
      down: 'users',
      upgrade: `  op.createSchema({ name: 'audit' })
  op.createTable({ schema: 'audit', name: 'log', columns: [{ name: 'id', type: 'int' }] })
  op.createTable({ schema: 'audit', name: 'old', columns: [{ name: 'id', type: 'int' }] })`,
    })
    const config = { ...its.config, autogenerate: { exclude: ['audit.*', 'public.t'] } }
    await upgrade(config)
    await its.database.query(`ALTER TABLE audit.log ADD at timestamptz; CREATE INDEX log_at ON audit.log (at); DROP TABLE audit.old;
      CREATE TABLE t (id int, user_id int REFERENCES users); COMMENT ON TABLE t IS 'of somebody else'`)
    expect(await drift(config)).toMatchObject({ byHand: [], inDatabase: [], inRevisions: [] })
    await its.database.query('CREATE INDEX by_hand ON users (id)')
    const { byHand, inDatabase } = await drift(config)
    expect([byHand, inDatabase.length]).toEqual([['create index by_hand on users'], 1])
    expect((await drift(its.config)).byHand).toContain('drop table old')
  })

  test('has names of NOT NULL that PostgreSQL gave', async () => {
    await using its = await open(target, {
      id: 'clients',
      upgrade: `  op.createTable({ name: 'customers', columns: [{ name: 'email', type: 'text', notNull: true }] })
  op.renameTable({ from: 'customers', to: 'clients' })`,
    })
    await upgrade(its.config)
    await its.database.query('ALTER TABLE clients ALTER email DROP NOT NULL, ALTER email SET NOT NULL')
    expect(await drift(its.config)).toMatchObject({ byHand: [], inDatabase: [], inRevisions: [] })
    const [version] = await its.database.query(
      "SELECT current_setting('server_version_num')::int >= 180000 AS named",
    )
    if (!Object.values(version ?? {}).includes(true)) return
    await its.database.query('ALTER TABLE clients RENAME CONSTRAINT clients_email_not_null TO email_is_there')
    expect((await drift(its.config)).inDatabase).toHaveLength(1)
  })

  test('says which revisions cannot be run without rows, and leaves nothing behind', async () => {
    const reading = `  const [user] = await op.query('SELECT id FROM users')
  op.createTable({ name: 'of_' + user.id, columns: [{ name: 'id', type: 'int' }] })`
    await using its = await open(target, ...revisions.slice(0, 1), {
      id: 'reading',
      down: 'users',
      upgrade: reading,
    })
    await upgrade(its.config, { to: 'users' })
    await its.database.query('INSERT INTO users VALUES (1)')
    await upgrade(its.config)
    await expect(drift(its.config)).rejects.toMatchObject({ code: 'SHADOW_FAILED' })
    await its.project.remove('reading')
    await expect(drift(its.config)).rejects.toMatchObject({ code: 'MISSING_REVISION' })
    await expect.poll(() => scratches(its.database)).toEqual([])
  })
})

/** Those of other tests on the same server come and go too. */
function scratches(database: { query(sql: string): Promise<readonly object[]> }) {
  return database.query("SELECT datname FROM pg_database WHERE datname LIKE 'limbeck_scratch_%'")
}

test('is printed as what was done by hand where that can be said, and else as the catalogs have it', async () => {
  await using its = await folder({
    'migrations/one.sql': `-- One.
-- revision: one
-- down_revision: none
-- branch_labels: none
-- depends_on: none
-- create_date: 2026-01-01T00:00:00Z

-- upgrade
CREATE TABLE t (id int);
`,
    'limbeck.config.ts': 'export default {}',
  })
  const [server] = servers()
  if (server === undefined) throw new Error('There is no server.')
  await using database = await server.open()
  const limbeck = (...words: readonly string[]) => its.limbeck(...words, '--database-url', database.url)
  await limbeck('upgrade')
  await database.query('CREATE INDEX by_hand ON t (id)')
  const { exitCode, out } = await limbeck('drift')
  expect(exitCode).toBe(3)
  expect(out).toMatch(
    /is not what its 1 revision make.*\n\ndone by hand\n {2}· create index by_hand on t\n$/s,
  )
  expect((await limbeck('drift', '--json')).out).toContain('CREATE INDEX by_hand')
  await database.query('DROP INDEX by_hand; SELECT lo_create(4711)')
  expect((await limbeck('drift')).out).toContain('in the database alone\n  + ')
})
