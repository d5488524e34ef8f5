import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { connect } from '../../src/connection/connect.ts'
import { offlineDowngrade, offlineStamp, offlineUpgrade, status, upgrade } from '../../src/index.ts'
import { runScript } from '../../src/migrate/run-script.ts'
import { testProject } from '../migrate/project.ts'
import { servers, type TestDatabase } from '../servers/databases.ts'
import { appliedRevisions, indexes, populated, relations, six, sixOn, upgradedTo } from './base.ts'

/** Gives a script to psql, where there is one, and else to the tests' own reading of it. */
async function run(database: TestDatabase, script: string): Promise<void> {
  if (spawnSync('psql', ['--version']).error === undefined) return runWithPsql(database, script)
  const connection = await connect(database.url)
  try {
    await runScript(connection, script)
  } finally {
    await connection.close()
  }
}

function runWithPsql(database: TestDatabase, script: string): void {
  const directory = mkdtempSync(join(tmpdir(), 'limbeck-offline-'))
  const file = join(directory, 'script.sql')
  writeFileSync(file, script)
  const { status, stderr } = spawnSync('psql', ['-X', '-v', 'ON_ERROR_STOP=1', '-f', file, database.url], {
    encoding: 'utf8',
  })
  rmSync(directory, { recursive: true })
  if (status !== 0) throw new Error(stderr)
  if (stderr.includes('WARNING')) throw new Error(stderr)
}

/** The error that a promise ends with. */
async function refusal(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'It was fulfilled.',
    (error: unknown) => error,
  )
}

const config = { migrations: six }

describe.each(servers())('a script on $name', (server) => {
  test('fault 2.8: of concurrent indexes leaves what a run leaves, and psql warns of no transaction', async () => {
    await using database = await upgradedTo('add_org_001', server)
    await using other = await upgradedTo('idx_user_search', server)
    const { sql } = await offlineUpgrade(config, { range: 'add_org_001:idx_user_search' })
    await run(database, sql)
    expect(await indexes(database)).toEqual(await indexes(other))
    expect(await appliedRevisions(database)).toEqual(await appliedRevisions(other))
    const back = await offlineDowngrade(config, { range: 'idx_user_search:add_org_001' })
    await run(database, back.sql)
    expect(await appliedRevisions(database)).not.toContain('idx_user_search')
    const losing = await offlineDowngrade(config, { range: 'add_org_001:previous_rev' })
    expect(losing.sql).toContain('-- This loses every value of the column users.organization_id.')
  })

  test('fault 5.9: of a partitioned table with its concurrent index moves the ledger with the database', async () => {
    await using database = await upgradedTo('enum_status', server)
    await using other = await upgradedTo('events_partition', server)
    const { sql } = await offlineUpgrade(config, { range: 'enum_status:events_partition' })
    await run(database, sql)
    expect(await relations(database)).toEqual(await relations(other))
    expect(await indexes(database)).toEqual(await indexes(other))
    expect((await appliedRevisions(database)).at(-1)).toBe('events_partition')
    expect((await status(sixOn(database))).pending.map(({ id }) => id)).toEqual(['rename_email_p1'])
  })

  test('fault 5.9: that fails in its middle is brought to its end by a run', async () => {
    await using database = await upgradedTo('enum_status', server)
    await using other = await upgradedTo('events_partition', server)
    await database.query('CREATE TABLE idx_events_user_type (taken int)')
    const { sql } = await offlineUpgrade(config, { range: 'enum_status:events_partition' })
    expect(String(await refusal(run(database, sql)))).toContain('"idx_events_user_type" already exists')
    await database.query('DROP TABLE idx_events_user_type')
    await upgrade(sixOn(database), { to: 'events_partition' })
    expect(await relations(database)).toEqual(await relations(other))
  })

  test('stops with nothing changed where the database is not where it starts', async () => {
    await using database = await populated(server)
    const before = await relations(database)
    const { sql } = await offlineUpgrade(config, { range: 'add_org_001:idx_user_search' })
    expect(String(await refusal(run(database, sql)))).toContain('add_org_001 is not applied')
    const again = await offlineUpgrade(config, { range: 'previous_rev' })
    expect(String(await refusal(run(database, again.sql)))).toContain('previous_rev is applied already')
    expect(await relations(database)).toEqual(before)
    expect(await appliedRevisions(database)).toEqual(['previous_rev'])
  })

  test('stamps', async () => {
    await using database = await server.open()
    const { sql } = await offlineStamp(config, ['enum_status'])
    await run(database, sql)
    expect((await status(sixOn(database))).current).toEqual(['enum_status'])
  })
})

test('fault 3.15: a value is in the script as what it is, and a read is an error with file and line', async () => {
  await using project = await testProject(
    {
      id: 'first',
      upgrade: `  op.execute({ sql: op.sql\`UPDATE users SET name = \${'anon'} WHERE n = \${7}\`, inverse: null })`,
    },
    {
      id: 'second',
      down: 'first',
      upgrade: "  op.execute({ sql: 'SELECT 1', inverse: null })\n  await op.query('SELECT 1')",
    },
  )
  const { sql } = await offlineUpgrade({ migrations: project.migrations }, { range: 'first' })
  expect(sql).toContain("UPDATE users SET name = 'anon' WHERE n = 7;")
  const error = await refusal(offlineUpgrade({ migrations: project.migrations }, { range: 'first:second' }))
  expect(error).toMatchObject({ code: 'CANNOT_RUN_OFFLINE', revision: 'second', line: 7 })
})

test('what only the database knows, and what only a function can do, is refused with file and line', async () => {
  const transform = await refusal(offlineUpgrade(config, { range: 'idx_user_search:migrate_prefs' }))
  expect(transform).toMatchObject({
    code: 'CANNOT_RUN_OFFLINE',
    revision: 'migrate_prefs',
    line: expect.any(Number),
  })
  const expand = await refusal(offlineUpgrade(config, { range: 'events_partition:rename_email_p1' }))
  expect(String(expand)).toContain('which indexes the column has is known to the database alone')
  const current = await refusal(offlineUpgrade(config, { range: 'current:head' }))
  expect(current).toMatchObject({ code: 'NO_DATABASE_TO_ASK' })
  expect(await refusal(offlineDowngrade(config, { range: 'base' }))).toMatchObject({ code: 'RANGE_NEEDED' })
})
