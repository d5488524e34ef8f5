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
})
