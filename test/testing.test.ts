import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sql, testDatabase } from '../src/testing.ts'

const project = { directory: join(import.meta.dirname, '..', 'examples', 'six') }

describe('limbeck/testing', () => {
  test('gives a test a database of its own at the revision that it asks for', async () => {
    await using database = await testDatabase(project, { to: 'previous_rev' })
    await database.query("INSERT INTO organizations (name, is_default) VALUES ('Acme', true)")
    await database.query("INSERT INTO users (email) VALUES ('ada@example.com')")
    await database.upgrade('add_org_001')
    const email = 'ada@example.com'
    expect(
      await database.query(
        sql`SELECT o.name FROM users u JOIN organizations o ON o.id = organization_id WHERE email = ${email}`,
      ),
    ).toEqual([{ name: 'Acme' }])
    await database.downgrade('previous_rev')
    expect(await database.query('SELECT count(*)::int AS count FROM users')).toEqual([{ count: 1 }])
  })

  test('puts rows before a revision and shows what has become of them at one', async () => {
    await using database = await testDatabase(project)
    const rows = [{ email: 'ada@example.com', preferences: { theme: 'dark' } }, {}]
    await database.insertBefore('migrate_prefs', { organizations: [{ is_default: true }], users: rows })
    expect(await database.query("SELECT to_regclass('user_preferences') AS there")).toEqual([{ there: null }])
    expect(await database.tableAt('migrate_prefs', 'user_preferences')).toHaveLength(1)
    expect(await database.tableAt('add_org_001', 'users')).toMatchObject([{ email: 'ada@example.com' }, {}])
  })

  test('says that there is no such table before a revision', async () => {
    await using database = await testDatabase(project, { to: 'previous_rev' })
    const inserted = database.insertBefore('add_org_001', { user_preferences: [{}] })
    await expect(inserted).rejects.toThrow(/^There is no table user_preferences before add_org_001\.$/)
  })
})
