import { describe, expect, test } from 'vitest'
import { DataLoss, downgrade, MigrationFailed, plan, upgrade } from '../../src/index.ts'
import { IrreversibleRevision } from '../../src/plan/plan.ts'
import { testProject } from '../migrate/project.ts'
import { servers, type TestDatabase } from '../servers/databases.ts'
import { appliedRevisions, errorOf, newest, relations, sixOn, upgradedTo, userId } from './base.ts'

const addLabels = (database: TestDatabase) => upgrade(sixOn(database), { to: 'enum_status' })

const takeLabelsAway = (database: TestDatabase) =>
  downgrade(sixOn(database), { to: 'migrate_prefs', acceptLoss: true })

/** Up, a user who is suspended, and down again, with something in the way that uses the type. */
async function upAndDown(database: TestDatabase, inTheWay: string): Promise<void> {
  await database.query(inTheWay)
  const before = await relations(database)
  await addLabels(database)
  await database.query(`UPDATE users SET status = 'suspended' WHERE id = '${userId(1)}'`)
  await takeLabelsAway(database)
  expect(await relations(database)).toEqual(before)
  const [user] = await database.query(`SELECT status::text FROM users WHERE id = '${userId(1)}'`)
  expect(user).toEqual({ status: 'inactive' })
}

describe.each(servers())('enum_status on $name', (server) => {
  test('faults 4.1 and 4.2: a default does not stop the downgrade, and is there again after it', async () => {
    await using database = await upgradedTo('migrate_prefs', server)
    await upAndDown(database, "ALTER TABLE organizations ADD status user_status NOT NULL DEFAULT 'deleted'")
    const inserted = await database.query(
      "INSERT INTO organizations (name) VALUES ('New') RETURNING status::text",
    )
    expect(inserted).toEqual([{ status: 'deleted' }])
  })

  test('fault 4.4: a new label is used in the same run, by a later directive and by a later revision', async () => {
    await using database = await upgradedTo('migrate_prefs', server)
    await using project = await testProject(
      {
        id: 'archived',
        down: 'enum_status',
        upgrade: `  op.addEnumValues({ name: 'user_status', values: ['archived'] })
  op.execute({ sql: "UPDATE users SET status = 'archived' WHERE id = '${userId(1)}'" })`,
      },
      {
        id: 'suspend',
        down: 'archived',
        upgrade: `  op.execute({ sql: "UPDATE users SET status = 'suspended' WHERE id = '${userId(2)}'" })
  op.alterColumn({ table: 'users', name: 'status', default: 'pending_verification' })`,
      },
    )
    await upgrade(sixOn(database, project), { to: 'suspend' })
    const statuses = await database.query(
      "INSERT INTO users (email) VALUES ('new@example.com'); SELECT DISTINCT status::text FROM users ORDER BY 1",
    )
    expect(statuses.map(({ status }) => status)).toEqual([
      'active',
      'archived',
      'pending_verification',
      'suspended',
    ])
  })

  test('fault 4.5: a view on the column goes and comes back with the downgrade', async () => {
    await using database = await upgradedTo('migrate_prefs', server)
    await upAndDown(
      database,
      `CREATE VIEW active_users AS SELECT id, email, status FROM users WHERE status = 'active';
      CREATE VIEW active_emails AS SELECT email FROM active_users`,
    )
    expect(await database.query('SELECT FROM active_emails')).toHaveLength(49)
  })

  test('fault 4.6: a second table and a function that use the type do too', async () => {
    await using database = await upgradedTo('migrate_prefs', server)
    await upAndDown(
      database,
      `CREATE TABLE audit (user_id uuid, s user_status DEFAULT 'inactive', before user_status[]);
      INSERT INTO audit VALUES ('${userId(1)}', 'deleted', '{active,inactive}');
      CREATE FUNCTION f(user_status) RETURNS text LANGUAGE sql AS 'SELECT upper($1::text)'`,
    )
    expect(await database.query('SELECT f(s) AS s, before::text FROM audit')).toEqual([
      { s: 'DELETED', before: '{active,inactive}' },
    ])
  })

  test('fault 4.7: a partial index that names a label does too', async () => {
    await using database = await upgradedTo('migrate_prefs', server)
    await upAndDown(database, "CREATE INDEX users_inactive_idx ON users (email) WHERE status = 'inactive'")
  })

  test('fault 4.9: the labels are in the order that the revision says', async () => {
    await using database = await upgradedTo('enum_status', server)
    expect(await relations(database)).toContain(
      'user_status: pending_verification, active, inactive, suspended, deleted',
    )
  })

  test('fault 4.9: a label that is there already, wherever it stands, is not accepted', async () => {
    await using database = await upgradedTo('migrate_prefs', server)
    await database.query("ALTER TYPE user_status ADD VALUE 'suspended'")
    const error = await errorOf(MigrationFailed, addLabels(database))
    expect(error.message).toContain('enum label "suspended" already exists')
    // The label that came before it in the same stage is rolled back with it.
    expect(await relations(database)).toContain('user_status: active, inactive, deleted, suspended')
  })
})

test('fault 4.3: a downgrade that mixes up statuses says so before anything is changed', async () => {
  await using database = await upgradedTo('enum_status', newest())
  await database.query(`UPDATE users SET status = 'suspended' WHERE id = '${userId(1)}'`)
  const error = await errorOf(DataLoss, downgrade(sixOn(database), { to: 'migrate_prefs' }))
  expect(error.losses).toEqual([
    {
      revision: 'enum_status',
      what: "which rows held 'suspended' of the enum user_status: they become 'inactive'",
    },
    {
      revision: 'enum_status',
      what: "which rows held 'pending_verification' of the enum user_status: they become 'inactive'",
    },
  ])
  const suspended = await database.query("SELECT FROM users WHERE status = 'suspended'")
  expect(suspended).toHaveLength(1)
})

test('fault 4.8: the plan of the downgrade says that the table is rewritten', async () => {
  await using database = await upgradedTo('enum_status', newest())
  const { revisions } = await plan(sixOn(database), { direction: 'downgrade', to: 'migrate_prefs' })
  expect(revisions.map(({ id, warns }) => ({ id, warns }))).toEqual([
    {
      id: 'enum_status',
      warns: [
        'each table with a column of type user_status is rewritten, and closed to readers and writers meanwhile',
      ],
    },
  ])
})

test('fault 4.10: a revision that cannot be undone says so, and so does Limbeck, before anything is undone', async () => {
  await using database = await upgradedTo('enum_status', newest())
  await using project = await testProject(
    {
      id: 'declared',
      down: 'enum_status',
      header: "export const irreversible = 'the labels of before are known to nobody'",
      upgrade: "  op.addEnumValues({ name: 'user_status', values: ['archived'] })",
    },
    {
      id: 'underivable',
      down: 'declared',
      upgrade: `  op.createTable({ name: 'later', columns: [{ name: 'id', type: 'int' }] })
  op.dropEnum({ name: 'mood' })`,
    },
    {
      id: 'reversible',
      down: 'underivable',
      upgrade: "  op.createEnum({ name: 'weather', values: ['fair'] })",
    },
  )
  const config = sixOn(database, project)
  await database.query("CREATE TYPE mood AS ENUM ('sad')")
  await upgrade(config, { to: 'reversible' })
  const underivable = await errorOf(IrreversibleRevision, downgrade(config, { to: 'declared' }))
  expect(underivable.message).toContain('Nothing says what the enum mood was')
  expect(await appliedRevisions(database)).toContain('reversible')
  await project.write({ id: 'underivable', down: 'declared', upgrade: '', downgrade: '' })
  const declared = await errorOf(IrreversibleRevision, downgrade(config, { to: 'enum_status' }))
  expect(declared.message).toContain('the labels of before are known to nobody')
  expect(await appliedRevisions(database)).toContain('reversible')
})
