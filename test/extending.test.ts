import { cpSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import config from '../examples/extending/limbeck.config.ts'
import { createTenant, dropTenant } from '../examples/extending/operations/tenant.ts'
import {
  type Config,
  downgrade,
  HookFailed,
  type Hooks,
  offlineUpgrade,
  plan,
  revision,
  status,
  upgrade,
} from '../src/index.ts'
import { testOperations } from '../src/testing.ts'
import { targets } from './servers/databases.ts'

const example = join(import.meta.dirname, '..', 'examples', 'extending')

test('the operations of a project pass the test that Limbeck gives them', () =>
  testOperations([createTenant, dropTenant]))

test('a test of an operation whose inverse does not undo it fails, and says what is left', async () => {
  const wrong = { ...createTenant, definition: { ...createTenant.definition, inverse: () => [] } }
  await expect(testOperations([wrong, dropTenant])).rejects.toThrow('schema acme')
})

describe.each(targets)('a project with operations and hooks of its own on $name', (target) => {
  test('runs, undoes and plans them like any other', async () => {
    await using database = await target.open()
    const own: Config = { ...config, directory: example, database: database.url, lint: 'off' as const }
    await upgrade(own)
    expect(await database.query("SELECT seats, to_regclass('acme.users') AS users FROM tenants")).toEqual([
      { seats: 5, users: 'acme.users' },
    ])
    expect(await database.query("SELECT obj_description('public'::regnamespace) AS comment")).toEqual([
      { comment: 'at acme' },
    ])
    const { revisions } = await plan(own, { direction: 'downgrade', to: '-1' })
    expect(revisions[0]?.loses).toEqual(['every user of the tenant acme'])
    await downgrade(own, { to: '-1', acceptLoss: true })
    expect(await database.query('SELECT * FROM tenants')).toEqual([])
  })

  test('calls hooks around what is done, and none for what is done already', async () => {
    await using database = await target.open()
    const called: string[] = []
    const names = [
      'beforeRun',
      'afterRun',
      'beforeRevision',
      'afterRevision',
      'beforeStage',
      'afterStage',
    ] as const
    const hooks: Hooks = Object.fromEntries(
      names.map((name) => [
        name,
        (facts: object) => called.push(`${name}${'revision' in facts ? ` ${facts.revision}` : ''}`),
      ]),
    )
    const own: Config = { ...config, hooks, directory: example, database: database.url, lint: 'off' as const }
    await upgrade(own)
    const around = (id: string) =>
      ['beforeRevision', 'beforeStage', 'afterStage', 'afterRevision'].map((name) => `${name} ${id}`)
    expect(called).toEqual(['beforeRun', ...around('tenants'), ...around('acme'), 'afterRun'])
    called.length = 0
    await upgrade(own)
    expect(called).toEqual([])
  })

  test.each(['beforeRevision', 'beforeStage', 'afterStage', 'afterRevision'] as const)(
    'stops where %s throws, with the ledger in step with the database',
    async (name) => {
      await using database = await target.open()
      const errors: unknown[] = []
      const hooks: Hooks = {
        [name]({ revision: id }: { revision: string }) {
          if (id === 'acme') throw new Error('not today')
        },
        afterRun: ({ error }) => errors.push(error),
      }
      const own: Config = {
        ...config,
        hooks,
        directory: example,
        database: database.url,
        lint: 'off' as const,
      }
      await expect(upgrade(own)).rejects.toThrow(HookFailed)
      expect(errors).toEqual([expect.any(HookFailed)])
      const done = name.startsWith('after')
      const { applied, pending, unfinished } = await status(own)
      expect(applied.map(({ id }) => id)).toEqual(done ? ['tenants', 'acme'] : ['tenants'])
      expect(pending).toHaveLength(done ? 0 : 1)
      expect(unfinished.filter(({ status }) => status === 'running')).toEqual([])
      await upgrade({ ...own, hooks: {} })
      expect(await database.query('SELECT name FROM tenants')).toEqual([{ name: 'acme' }])
    },
  )
})

test('an operation of a project is written into an offline script', async () => {
  const { sql } = await offlineUpgrade({ ...config, directory: example }, { range: 'tenants:acme' })
  expect(sql).toContain(`INSERT INTO tenants (name, seats) VALUES ('acme', 5)`)
})

test('a template of a project is used, and its commands are run on the file', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'limbeck-extending-'))
  try {
    cpSync(example, directory, { recursive: true })
    const own: Config = {
      ...config,
      directory,
      template: 'tenant',
      afterWrite: ['echo "// formatted" >> {file}'],
    }
    const { file } = await revision(own, { message: 'globex' })
    expect(readFileSync(file, 'utf8')).toMatch(
      /op\.createTenant\(\{ name: 'globex', seats: 10 \}\)\n\}\n\/\/ formatted\n$/,
    )
    const failing = revision({ ...own, afterWrite: ['exit 3'] }, { message: 'initech' })
    await expect(failing).rejects.toMatchObject({ code: 'AFTER_WRITE_FAILED', command: 'exit 3' })
  } finally {
    await rm(directory, { recursive: true })
  }
})
