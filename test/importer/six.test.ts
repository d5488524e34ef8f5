import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importAlembic } from '../../src/commands/import-alembic.ts'
import { downgrade, upgrade } from '../../src/index.ts'
import { folder } from '../cli/folder.ts'
import { oneTarget, type Target } from '../servers/databases.ts'

const six = join(import.meta.dirname, 'six')

/** A project with the six, imported, on a database of its own in which the base revision has run, with some users. */
async function imported(target: Target, modernise: boolean) {
  const project = await folder()
  const database = await target.open()
  const config = { directory: project.directory, database: database.url, lint: 'off' as const }
  const report = await importAlembic(config, { path: six, modernise })
  await upgrade(config, { to: 'previous_rev' })
  await database.query(`INSERT INTO organizations VALUES ('00000000-0000-0000-0000-000000000001', true);
    INSERT INTO users (email, preferences) VALUES
      ('a@example.com', '{"dark": true, "page": 2, "nothing": null}'), ('b@example.com', '{}'), ('c@example.com', NULL)`)
  return {
    report,
    config,
    database,
    async [Symbol.asyncDispose]() {
      await database.drop()
      await project[Symbol.asyncDispose]()
    },
  }
}

describe.each(oneTarget)('on $name', (target) => {
  test('the six migrations as they are printed are converted, and the one that no PostgreSQL runs is named', async () => {
    await using six = await imported(target, false)
    expect(six.report.notConverted).toEqual([])
    await expect(upgrade(six.config)).rejects.toThrow(
      'cannot create index on partitioned table "events" concurrently',
    )
    expect(await preferences(six.database)).toEqual([
      ['a@example.com', 'dark', 'True'],
      ['a@example.com', 'nothing', 'None'],
      ['a@example.com', 'page', '2'],
    ])
  })

  test('with --modernise they run, up and down', async () => {
    await using six = await imported(target, true)
    await upgrade(six.config)
    const [{ invalid }] = await rows<{ invalid: string }>(
      six.database,
      'SELECT count(*) AS invalid FROM pg_index WHERE NOT indisvalid',
    )
    expect(invalid).toBe('0')
    const [{ assigned }] = await rows<{ assigned: string }>(
      six.database,
      'SELECT count(*) AS assigned FROM users WHERE organization_id IS NOT NULL AND email_address = email',
    )
    expect(assigned).toBe('3')
    await downgrade(six.config, { to: 'previous_rev', acceptLoss: true })
    const [{ value }] = await rows<{ value: string }>(
      six.database,
      "SELECT column_default AS value FROM information_schema.columns WHERE table_name = 'users' AND column_name = 'status'",
    )
    expect(value).toBe("'active'::user_status")
  })

  test('what is said in another way is listed with its place', async () => {
    await using six = await imported(target, true)
    expect(six.report.findings.map(({ file, line }) => `${file.replace(/^.*\//, '')}:${line}`)).toEqual([
      'm1.py:23',
      'm1.py:31',
      'm2.py:22',
      'm2.py:29',
      'm2.py:36',
      'm2.py:37',
      'm3.py:45',
      'm4.py:18',
      'm4.py:27',
      'm4.py:34',
      'm5.py:47',
      'm6.py:20',
      'm6.py:45',
    ])
  })
})

type Database = Awaited<ReturnType<Target['open']>>

async function rows<Row extends object>(database: Database, sql: string): Promise<[Row, ...Row[]]> {
  const found = await database.query<Row>(sql)
  return found as readonly Row[] as [Row, ...Row[]]
}

async function preferences(database: Database) {
  const found = await database.query<{ email: string; key: string; value: string }>(
    'SELECT email, key, value FROM user_preferences JOIN users ON users.id = user_id ORDER BY 1, 2',
  )
  return found.map(({ email, key, value }) => [email, key, value])
}
