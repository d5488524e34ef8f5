import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { type MigrateEvent, upgrade } from '../../src/index.ts'
import { testProject } from '../migrate/project.ts'
import { servers } from '../servers/databases.ts'

const rows = 5_000

const given = `CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL);
  CREATE TABLE names (user_id bigint PRIMARY KEY, name text NOT NULL);
  INSERT INTO users SELECT n, 'user ' || n FROM generate_series(1, ${rows}) n`

const names = {
  id: 'names',
  upgrade: `  op.backfill({
    table: 'users',
    columns: ['id', 'name'],
    into: { table: 'names', columns: ['user_id', 'name'] },
    transform: ({ id, name }) => ({ user_id: id, name }),
  })`,
}

describe.each(servers())('a transform on $name', (server) => {
  /** Runs the backfill, and SQL of the application's between its first batch and its second, which is read by then. */
  async function upgradeWhile(applicationSql: string) {
    await using database = await server.open()
    await database.query(given)
    let told = false
    const onEvent = (event: MigrateEvent) => {
      if (event.type !== 'backfill' || told) return
      told = true
      runAtOnce(database.url, applicationSql)
    }
    await using project = await testProject(names)
    await upgrade(
      { migrations: project.migrations, database: database.url, lint: 'off' as const },
      { onEvent },
    )
    return await database.query(
      'SELECT user_id::int, name FROM names WHERE user_id > 4990 OR user_id BETWEEN 1500 AND 1502 ORDER BY 1',
    )
  }

  test('takes what the application has changed since the batch was read', async () => {
    const made = await upgradeWhile("UPDATE users SET name = 'changed' WHERE id = 1501")
    expect(made.slice(0, 3).map(({ name }) => name)).toEqual(['user 1500', 'changed', 'user 1502'])
    expect(made).toHaveLength(13)
  })

  test('leaves out what the application has deleted since the batch was read', async () => {
    const made = await upgradeWhile('DELETE FROM users WHERE id = 1501')
    expect(made.slice(0, 2).map(({ name }) => name)).toEqual(['user 1500', 'user 1502'])
  })

  test('takes a row that the application has put into the batch since it was read', async () => {
    const made = await upgradeWhile(
      "DELETE FROM users WHERE id = 1501; INSERT INTO users VALUES (1501, 'anew')",
    )
    expect(made.slice(0, 3).map(({ name }) => name)).toEqual(['user 1500', 'anew', 'user 1502'])
  })
})

/** The application, in a process of its own and ended when this returns. */
function runAtOnce(url: string, sql: string): void {
  const script = `import pg from 'pg'; const client = new pg.Client(${JSON.stringify(url)}); await client.connect(); await client.query(${JSON.stringify(sql)}); await client.end()`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
  })
  if (status !== 0) throw new Error(String(stderr))
}
