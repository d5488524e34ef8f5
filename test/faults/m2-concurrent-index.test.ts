import { describe, expect, test } from 'vitest'
import { ConnectionLost, MigrationFailed, plan, upgrade } from '../../src/index.ts'
import { testProject } from '../migrate/project.ts'
import { servers, type TestDatabase, targets } from '../servers/databases.ts'
import {
  appliedRevisions,
  errorOf,
  idleWriter,
  indexes,
  newest,
  populated,
  relations,
  sixOn,
  start,
  upgradedTo,
  userId,
  waitingProcess,
} from './base.ts'

const built = { idx_users_org_status_created: true, idx_users_name_trgm: true }

const addIndexes = (database: TestDatabase) => upgrade(sixOn(database), { to: 'idx_user_search' })

/** A revision behind idx_user_search that fails when half of it is done. */
const failing = {
  id: 'half_done',
  down: 'idx_user_search',
  upgrade: `  op.createTable({ name: 'half_done', columns: [{ name: 'id', type: 'int' }] })
  op.execute({ sql: 'SELECT 1 / 0' })`,
}

describe.each(servers())('idx_user_search on $name', (server) => {
  test('fault 2.1: what comes after a concurrent build in the same revision is still in a transaction', async () => {
    await using database = await populated(server)
    await using project = await testProject({
      id: 'build_and_fail',
      down: 'previous_rev',
      upgrade: `  op.createIndex({ name: 'users_name_idx', table: 'users', columns: ['name'], concurrently: true })\n${failing.upgrade}`,
    })
    await errorOf(MigrationFailed, upgrade(sixOn(database, project), { to: 'build_and_fail' }))
    expect(await database.query("SELECT to_regclass('half_done') AS half_done")).toEqual([
      { half_done: null },
    ])
    expect(await indexes(database)).toMatchObject({ users_name_idx: true })
  })

  test('fault 2.2: a revision that fails in the same run is rolled back, and can be run again', async () => {
    await using database = await populated(server)
    await using project = await testProject(failing)
    const config = sixOn(database, project)
    const error = await errorOf(MigrationFailed, upgrade(config, { to: 'half_done' }))
    expect(error.place.revision).toBe('half_done')
    expect(await appliedRevisions(database)).toEqual(['previous_rev', 'add_org_001', 'idx_user_search'])
    expect(await database.query("SELECT to_regclass('half_done') AS half_done")).toEqual([
      { half_done: null },
    ])
    await project.write({ ...failing, upgrade: failing.upgrade.replace('1 / 0', '1') })
    const { applied } = await upgrade(config, { to: 'half_done' })
    expect(applied.map(({ id }) => id)).toEqual(['half_done'])
  })

  test('fault 2.4: an invalid index left by a build that was broken off is rebuilt, not taken for done', async () => {
    await using database = await upgradedTo('add_org_001', server)
    await using writer = await idleWriter(database)
    // Ended by an administrator, it cannot clean up after itself.
    const lost = errorOf(ConnectionLost, addIndexes(database))
    const pid = await waitingProcess(database, 'CREATE INDEX CONCURRENTLY')
    await database.query('SELECT pg_terminate_backend($1)', [pid])
    await lost
    await writer.commit()
    expect(await indexes(database)).toMatchObject({ idx_users_org_status_created: false })
    await addIndexes(database)
    expect(await indexes(database)).toMatchObject(built)
  })

  test('fault 2.4: a cancelled build takes its invalid index away', async () => {
    await using database = await upgradedTo('add_org_001', server)
    await using writer = await idleWriter(database)
    const cancelled = errorOf(MigrationFailed, addIndexes(database))
    const pid = await waitingProcess(database, 'CREATE INDEX CONCURRENTLY')
    await database.query('SELECT pg_cancel_backend($1)', [pid])
    await waitingProcess(database, 'DROP INDEX CONCURRENTLY')
    await writer.commit()
    expect((await cancelled).message).toContain('canceling statement due to user request')
    expect(await indexes(database)).not.toHaveProperty('idx_users_org_status_created')
    expect(await appliedRevisions(database)).not.toContain('idx_user_search')
    await addIndexes(database)
    expect(await indexes(database)).toMatchObject(built)
  })

  test('fault 2.4: IF NOT EXISTS in SQL by hand does not keep an invalid index either', async () => {
    await using database = await populated(server)
    await using project = await testProject({
      id: 'by_hand',
      down: 'previous_rev',
      upgrade:
        "  op.execute({ sql: 'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS users_name_key ON users (name)' })",
    })
    const index = 'CREATE UNIQUE INDEX CONCURRENTLY users_name_key ON users (name)'
    await database.query(`UPDATE users SET name = 'Twin' WHERE id IN ('${userId(1)}', '${userId(2)}')`)
    await expect(database.query(index)).rejects.toThrow('could not create unique index')
    expect(await indexes(database)).toMatchObject({ users_name_key: false })
    await database.query('UPDATE users SET name = id::text')
    await upgrade(sixOn(database, project), { to: 'by_hand' })
    expect(await indexes(database)).toMatchObject({ users_name_key: true })
  })

  test('fault 2.5: another index of that name is not accepted, and nothing is built', async () => {
    await using database = await upgradedTo('add_org_001', server)
    await database.query('CREATE INDEX idx_users_org_status_created ON users (name)')
    const before = await relations(database)
    const error = await errorOf(MigrationFailed, addIndexes(database))
    expect(error.message).toContain('An index idx_users_org_status_created is there already')
    expect(error.cause).toMatchObject({ code: 'INDEX_EXISTS' })
    expect(await relations(database)).toEqual(before)
    await database.query('DROP INDEX idx_users_org_status_created')
    await addIndexes(database)
    expect(await indexes(database)).toMatchObject(built)
  })

  test('fault 2.6: without pg_trgm it stops before the first index is built', async () => {
    await using database = await upgradedTo('add_org_001', server)
    await database.query('DROP EXTENSION pg_trgm')
    const before = await relations(database)
    const error = await errorOf(MigrationFailed, addIndexes(database))
    expect(error.message).toContain('the extension pg_trgm has to be installed')
    expect(await relations(database)).toEqual(before)
  })
})

// The drivers here are node-postgres on a socket and on PGlite.
test.each(targets)(
  'fault 2.3: concurrent builds run on $name, alone and with all that is pending',
  async (target) => {
    await using database = await populated(target)
    await upgrade(sixOn(database))
    expect(await indexes(database)).toMatchObject({ ...built, idx_events_user_type: true })
  },
)

test('fault 2.7: it says for whom it waits', async () => {
  await using database = await upgradedTo('add_org_001', newest())
  await using writer = await idleWriter(database)
  const running = start((options) => upgrade(sixOn(database), { ...options, to: 'idx_user_search' }))
  const { revision, blockers } = await running.seen('blocked')
  expect(revision).toBe('idx_user_search')
  expect(blockers).toMatchObject([{ user: 'postgres', state: 'idle in transaction' }])
  expect(blockers[0]?.query).toContain('UPDATE users SET name = name')
  await writer.commit()
  await running.report
  expect(await indexes(database)).toMatchObject(built)
})

// What a script of it does is in offline.test.ts.
test('fault 2.8: in the plan no concurrent build shares a transaction, and nobody says COMMIT', async () => {
  await using database = await populated(newest())
  const { revisions } = await plan(sixOn(database))
  const stages = revisions.flatMap((revision) => revision.stages)
  const concurrent = stages.filter(({ sql }) => sql.some((text) => text.includes(' CONCURRENTLY ')))
  expect(concurrent.map(({ type, titles, sql }) => [type, titles.join(), sql.length])).toEqual([
    ['procedure', 'create index users_organization_id_idx on users', 1],
    ['procedure', 'create index idx_users_org_status_created on users', 1],
    ['procedure', 'create index idx_users_name_trgm on users', 1],
    ['procedure', 'create index idx_events_user_type on events', 1],
    ['procedure', 'copy the indexes of users.email to email_address', 1],
  ])
  expect(stages.flatMap(({ sql }) => sql).filter((text) => /^\s*(BEGIN|COMMIT)\b/.test(text))).toEqual([])
})

test('fault 2.9: the trigram index serves patterns of three characters, as its comment says', async () => {
  await using database = await upgradedTo('idx_user_search', newest(), { users: 5_000 })
  const planOf = async (pattern: string) => {
    const rows = await database.query(`EXPLAIN SELECT FROM users WHERE name ILIKE '${pattern}'`)
    return JSON.stringify(rows)
  }
  expect(await planOf('%1777%')).toContain('Bitmap Index Scan on idx_users_name_trgm')
  expect(await planOf('%17%')).toContain('Seq Scan on users')
  const [{ message } = {}] = await database.query(
    "SELECT message FROM limbeck.revision WHERE id = 'idx_user_search'",
  )
  expect(message).toBe('Indexes for user search: by organization, status and date, and by parts of the name.')
})
