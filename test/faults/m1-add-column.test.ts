import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { DataLoss, downgrade, MigrationFailed, upgrade } from '../../src/index.ts'
import { servers, type TestDatabase } from '../servers/databases.ts'
import {
  appliedRevisions,
  errorOf,
  newest,
  populated,
  relations,
  sixOn,
  start,
  upgradedTo,
  userId,
} from './base.ts'
import { longestRead, readingApart, shuttingOut, watchDdl } from './watch.ts'

const addOrganization = (database: TestDatabase) => upgrade(sixOn(database), { to: 'add_org_001' })

const undo = (database: TestDatabase, acceptLoss: boolean) =>
  downgrade(sixOn(database), { to: 'previous_rev', acceptLoss })

describe.each(servers())('add_org_001 on $name', (server) => {
  test('fault 1.1: while readers are shut out, no row is read or written', async () => {
    await using database = await populated(server, { users: 5_000 })
    const watched = await watchDdl(database, 'users')
    await addOrganization(database)
    const commands = await watched()
    const closed = shuttingOut(commands, 'users')
    expect(closed.length).toBeGreaterThan(0)
    expect(closed.filter(({ rowsRead }) => rowsRead['users'] !== 0)).toEqual([])
    expect(readingApart(commands, closed, { table: 'users', rows: 5_000 }).length).toBeGreaterThan(0)
  })

  test('faults 1.2 and 1.4: no row is written, so the table does not grow', async () => {
    await using database = await populated(server, { users: 5_000 })
    const rows = `SELECT pg_relation_filenode('users') AS file, pg_relation_size('users') AS size,
      (SELECT max(xmin::text::bigint) FROM users) AS written_by`
    const before = await database.query(rows)
    await addOrganization(database)
    expect(await database.query(rows)).toEqual(before)
    const [assigned] = await database.query(
      'SELECT count(*)::integer AS users FROM users JOIN organizations ON organizations.id = organization_id AND is_default',
    )
    expect(assigned).toEqual({ users: 5_000 })
  })

  test('fault 1.3: the foreign key reads both tables only under locks that let them be written', async () => {
    await using database = await populated(server, { users: 5_000 })
    const watched = await watchDdl(database, 'users', 'organizations')
    await addOrganization(database)
    const [added, validated] = (await watched()).slice(-2)
    expect(added?.locks).toEqual({ users: 'ShareRowExclusive', organizations: 'ShareRowExclusive' })
    expect(added?.rowsRead).toEqual({ users: 0, organizations: 0 })
    expect(validated?.locks).toEqual({ users: 'ShareUpdateExclusive', organizations: 'RowShare' })
    expect(validated?.rowsRead['users']).toBeGreaterThanOrEqual(5_000)
    const [constraint] = await database.query(
      "SELECT convalidated FROM pg_constraint WHERE conname = 'fk_users_organization'",
    )
    expect(constraint).toEqual({ convalidated: true })
  })

  test('fault 1.5: a user who comes later is in the default organization, and one in none is refused', async () => {
    await using database = await upgradedTo('add_org_001', server)
    const [user] = await database.query(
      `INSERT INTO users (email) VALUES ('new@example.com')
      RETURNING organization_id = (SELECT id FROM organizations WHERE is_default) AS in_default`,
    )
    expect(user).toEqual({ in_default: true })
    const nowhere = database.query(
      "INSERT INTO users (email, organization_id) VALUES ('no@example.com', NULL)",
    )
    await expect(nowhere).rejects.toThrow('violates not-null constraint')
  })

  test.each([
    ['1.6', 'two default organizations', 'UPDATE organizations SET is_default = true'],
    ['1.7', 'no default organization', 'UPDATE organizations SET is_default = false'],
  ])('fault %s: %s stop it before anything is changed', async (_row, _case, sql) => {
    await using database = await populated(server)
    await database.query(sql)
    const before = await relations(database)
    const error = await errorOf(MigrationFailed, addOrganization(database))
    expect(error.message).toContain('exactly one organization has to be the default one')
    expect(error.place).toMatchObject({ revision: 'add_org_001', stage: 1 })
    expect(await relations(database)).toEqual(before)
    expect(await appliedRevisions(database)).toEqual(['previous_rev'])
  })

  test('fault 1.6: afterwards there cannot be a second default organization', async () => {
    await using database = await upgradedTo('add_org_001', server)
    const second = database.query("INSERT INTO organizations (name, is_default) VALUES ('Second', true)")
    await expect(second).rejects.toThrow('organizations_one_default')
  })

  test('fault 1.7: without users there is nobody to be given one, so an empty database is no obstacle', async () => {
    await using database = await populated(server, { users: 0, organizations: 0 })
    await addOrganization(database)
    expect(await appliedRevisions(database)).toEqual(['previous_rev', 'add_org_001'])
  })

  test('fault 1.8: an index finds the users of an organization that is deleted, deleted users too', async () => {
    await using database = await upgradedTo('add_org_001', server, { users: 1_000 })
    await database.query(`
      UPDATE users SET organization_id = (SELECT id FROM organizations WHERE name = 'Organization 2'),
        deleted_at = CASE WHEN id = '${userId(1)}' THEN now() END
      WHERE id <= '${userId(3)}'; ANALYZE users`)
    // The statement that the foreign key's own trigger runs for each organization that goes.
    const plan = await database.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN UPDATE ONLY users SET organization_id = DEFAULT
      WHERE organization_id = (SELECT id FROM organizations WHERE name = 'Organization 2')`,
    )
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('users_organization_id_idx')
    await database.query("DELETE FROM organizations WHERE name = 'Organization 2'")
    const [moved] = await database.query(
      'SELECT count(*)::integer AS users FROM users JOIN organizations ON organizations.id = organization_id AND is_default',
    )
    expect(moved).toEqual({ users: 1_000 })
  })

  test('fault 1.9: a downgrade that loses the assignments says so before anything is changed', async () => {
    await using database = await upgradedTo('add_org_001', server)
    const before = await relations(database)
    const error = await errorOf(DataLoss, undo(database, false))
    expect(error.losses).toEqual([
      { revision: 'add_org_001', what: 'every value of the column users.organization_id' },
    ])
    expect(await relations(database)).toEqual(before)
    await undo(database, true)
    expect(await appliedRevisions(database)).toEqual(['previous_rev'])
  })
})

test('fault 1.10: behind a long reader it steps back again and again, so that later readers get through', async () => {
  await using database = await populated(newest(), { users: 5_000 })
  await using report = await database.connect()
  await report.query('BEGIN; SELECT count(*) FROM users')
  let held = 0
  const longest = await longestRead(database, 'SELECT FROM users LIMIT 1', async () => {
    const began = performance.now()
    const running = start((options) => upgrade(sixOn(database), { ...options, to: 'add_org_001' }))
    await sleep(3_000)
    await report.query('COMMIT')
    held = performance.now() - began
    await running.report
    const retries = running.events.filter((event) => event.type === 'retry')
    expect(retries.length).toBeGreaterThanOrEqual(2)
    expect(retries[0]).toMatchObject({ reason: 'canceling statement due to lock timeout' })
  })
  // Without a lock timeout a read would wait as long as the report does.
  expect(longest).toBeLessThan((held * 2) / 3)
})
