import { describe, expect, test } from 'vitest'
import { downgrade, MigrationFailed, upgrade } from '../../src/index.ts'
import { testProject } from '../migrate/project.ts'
import { servers, type TestDatabase, targets } from '../servers/databases.ts'
import { errorOf, populated, relations, sixOn, upgradedTo, userId } from './base.ts'
import { readingApart, shuttingOut, watchDdl } from './watch.ts'

const expand = (database: TestDatabase) => upgrade(sixOn(database), { to: 'rename_email_p1' })

const shrink = (database: TestDatabase) => downgrade(sixOn(database), { to: 'events_partition' })

const emails = (sql: string) => `${sql} RETURNING email, email_address`

async function outOfStep(database: TestDatabase): Promise<readonly object[]> {
  return database.query('SELECT email, email_address FROM users WHERE email IS DISTINCT FROM email_address')
}

describe.each(servers())('rename_email_p1 on $name', (server) => {
  test('faults 6.1 to 6.3: whichever name is written, both have the value', async () => {
    await using database = await upgradedTo('rename_email_p1', server)
    const written = async (sql: string) => (await database.query(emails(sql)))[0]
    const both = (value: string) => ({ email: value, email_address: value })
    // 6.1: the old application inserts.
    expect(await written("INSERT INTO users (email) VALUES ('old@x')")).toEqual(both('old@x'))
    // 6.2: the new application inserts, and knows nothing of the old column.
    expect(await written("INSERT INTO users (email_address) VALUES ('new@x')")).toEqual(both('new@x'))
    const second = `WHERE id = '${userId(2)}'`
    expect(await written(`UPDATE users SET email = 'o@x' ${second}`)).toEqual(both('o@x'))
    expect(await written(`UPDATE users SET email_address = 'n@x' ${second}`)).toEqual(both('n@x'))
    // 6.3: who writes both knows the new one.
    expect(await written(`UPDATE users SET email = 'a@x', email_address = 'b@x' ${second}`)).toEqual(
      both('b@x'),
    )
    expect(await written("INSERT INTO users (email, email_address) VALUES ('c@x', 'd@x')")).toEqual(
      both('d@x'),
    )
    expect(await outOfStep(database)).toEqual([])
  })

  test('fault 6.4: the new column is NOT NULL and UNIQUE before the old one goes', async () => {
    await using database = await upgradedTo('rename_email_p1', server)
    const found = await relations(database)
    expect(found).toContain('users: users_email_address_key UNIQUE (email_address)')
    expect(found.find((text) => text.startsWith('r users'))).toContain(
      'email_address character varying(255) NOT NULL',
    )
    await database.query('ALTER TABLE users DROP CONSTRAINT users_email_key')
    const twin = database.query("INSERT INTO users (email) VALUES ('user1@example.com')")
    await expect(twin).rejects.toThrow('users_email_address_key')
  })

  test('fault 6.5: while readers are shut out, no row is read or written', async () => {
    const users = 3_000
    await using database = await upgradedTo('events_partition', server, { users })
    const watched = await watchDdl(database, 'users')
    await expand(database)
    const commands = await watched()
    const closed = shuttingOut(commands, 'users')
    expect(closed.length).toBeGreaterThan(0)
    expect(closed.filter(({ rowsRead }) => rowsRead['users'] !== 0)).toEqual([])
    expect(readingApart(commands, closed, { table: 'users', rows: users }).length).toBeGreaterThan(0)
    // The rows were written in batches, in transactions in which no command ran.
    const writers = await database.query<{ transaction: string }>(
      'SELECT DISTINCT xmin::text AS transaction FROM users',
    )
    const batches = writers.map(({ transaction }) => transaction)
    expect(batches.length).toBeGreaterThanOrEqual(2)
    expect(commands.filter(({ transaction }) => batches.includes(transaction))).toEqual([])
  })

  test('fault 6.6: no write is lost while it runs together with all that was pending', async () => {
    await using database = await populated(server, { users: 2_000 })
    await using application = await database.connect()
    let writes = 0
    let running = true
    const write = async () => {
      for (; running; writes++) {
        await application.query(`
          UPDATE users SET email = 'gap${writes}@x' WHERE id = '${userId(1 + ((writes * 7) % 2_000))}';
          INSERT INTO users (email) VALUES ('born${writes}@x')`)
      }
    }
    const upgraded = upgrade(sixOn(database)).finally(() => {
      running = false
    })
    await Promise.all([upgraded, write()])
    expect(writes).toBeGreaterThan(10)
    expect(await outOfStep(database)).toEqual([])
  })

  test('fault 6.7: the new column has the type that the old one has, whatever it is', async () => {
    await using database = await upgradedTo('events_partition', server)
    const long = `${'x'.repeat(300)}@example.com`
    await database.query(
      `ALTER TABLE users ALTER email TYPE text; INSERT INTO users (email) VALUES ('${long}')`,
    )
    await expand(database)
    const kept = await database.query('SELECT FROM users WHERE email_address = $1', [long])
    expect(kept).toHaveLength(1)
  })

  test('fault 6.9: the downgrade loses no value that only the new application wrote', async () => {
    await using database = await upgradedTo('rename_email_p1', server)
    await database.query(`ALTER TABLE users ALTER email DROP NOT NULL;
      INSERT INTO users (email_address) VALUES ('new@x'); UPDATE users SET email_address = 'moved@x' WHERE id = '${userId(3)}'`)
    await shrink(database)
    const kept = await database.query("SELECT FROM users WHERE email IN ('new@x', 'moved@x')")
    expect(kept).toHaveLength(2)
  })

  test('fault 6.10: the second half is refused as long as the columns differ, and ends the rename when they do not', async () => {
    await using database = await upgradedTo('rename_email_p1', server)
    await using project = await testProject({
      id: 'rename_email_p2',
      down: 'rename_email_p1',
      header: "export const phase = 'contract'",
      upgrade: "  op.contractColumn({ table: 'users', from: 'email', to: 'email_address' })",
    })
    const config = sixOn(database, project)
    await database.query(
      "SET session_replication_role = replica; UPDATE users SET email_address = 'gap@x' WHERE email = 'user1@example.com'",
    )
    const before = await relations(database)
    const error = await errorOf(MigrationFailed, upgrade(config))
    expect(error.message).toMatch(/In 1 of \d+ rows of users email and email_address do not agree/)
    expect(await relations(database)).toEqual(before)

    await database.query("UPDATE users SET email_address = 'user1@example.com' WHERE email_address = 'gap@x'")
    await upgrade(config)
    const after = await relations(database)
    expect(after).toContain('users: users_email_address_key UNIQUE (email_address)')
    expect(after.filter((text) => /\bemail\b/.test(text))).toEqual([])
    await database.query("INSERT INTO users (email_address) VALUES ('only@x')")
  })
})

// The drivers here are node-postgres on a socket and on PGlite.
test.each(targets)('fault 6.8: one op.execute runs several statements on $name', async (target) => {
  await using database = await populated(target)
  await using project = await testProject({
    id: 'sync_by_hand',
    down: 'previous_rev',
    upgrade: `  op.execute({ sql: \`
        CREATE OR REPLACE FUNCTION sync_user_name()
        RETURNS TRIGGER AS $$
        BEGIN
            NEW.name = NEW.email; -- a semicolon; inside
            RETURN NEW;
        END;
        $$ LANGUAGE plpgsql;

        CREATE TRIGGER trg_sync_name
        BEFORE UPDATE ON users
        FOR EACH ROW EXECUTE FUNCTION sync_user_name();
    \` })`,
  })
  await upgrade(sixOn(database, project), { to: 'sync_by_hand' })
  const written = await database.query(
    `UPDATE users SET email = 'a@x' WHERE id = '${userId(1)}' RETURNING name`,
  )
  expect(written).toEqual([{ name: 'a@x' }])
})
