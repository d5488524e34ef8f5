import { expect, test } from 'vitest'
import { backfillRun, type Config, HookFailed, type Hooks, upgrade } from '../../src/index.ts'
import { targets } from '../servers/databases.ts'
import { batchRows, begin, numbersProject, rows } from './numbers.ts'

const names = [
  'beforeRun',
  'afterRun',
  'beforeRevision',
  'afterRevision',
  'beforeStage',
  'afterStage',
] as const

/** Hooks that tell that they were called, with what a run is of. */
function telling(called: string[]): Hooks {
  return Object.fromEntries(
    names.map((name) => [
      name,
      (facts: object) => called.push('work' in facts ? `${name} of ${facts.work}` : name),
    ]),
  )
}

test.each(targets)('a detached backfill has its hooks where it is worked at, on $name', async (target) => {
  await using database = await target.open()
  await using project = await numbersProject(database, '\n    detach: true,')
  const called: string[] = []
  const config: Config = {
    migrations: project.migrations,
    database: database.url,
    lint: 'off' as const,
    batchRows,
    hooks: telling(called),
  }
  await upgrade(config)
  expect(called).toEqual([
    'beforeRun of revisions',
    'beforeRevision',
    'afterRevision',
    'afterRun of revisions',
  ])
  called.length = 0
  await backfillRun(config)
  expect(called).toEqual(['beforeRun of backfills', 'beforeStage', 'afterStage', 'afterRun of backfills'])
  called.length = 0
  await backfillRun(config)
  expect(called).toEqual([])
})

test.each(targets)(
  'a hook that throws before a backfill lets nothing of it be done, on $name',
  async (target) => {
    await using database = await target.open()
    await using project = await numbersProject(database, '\n    detach: true,')
    const config: Config = {
      migrations: project.migrations,
      database: database.url,
      lint: 'off' as const,
      batchRows,
    }
    await upgrade(config)
    const errors: unknown[] = []
    const hooks: Hooks = {
      beforeStage({ kind, ordinal, titles, revision }) {
        throw new Error(`not ${kind} ${ordinal} of ${revision}, ${titles}`)
      },
      afterRun: ({ error }) => errors.push(error),
    }
    await expect(backfillRun({ ...config, hooks })).rejects.toThrow(
      'The hook beforeStage failed at numbers: not backfill 1 of numbers, backfill users into numbers',
    )
    expect(errors).toEqual([expect.any(HookFailed)])
    expect(await database.query('SELECT count(*)::int AS rows FROM numbers')).toEqual([{ rows: 0 }])
    await backfillRun(config)
    expect(await database.query('SELECT count(*)::int AS rows FROM numbers')).toEqual([{ rows }])
  },
)

test.each(targets)('who helps an upgrade leaves the stage’s hooks to it, on $name', async (target) => {
  await using database = await target.open()
  await using project = await numbersProject(database)
  const config: Config = {
    migrations: project.migrations,
    database: database.url,
    lint: 'off' as const,
    batchRows,
  }
  await begin(config)
  const called: string[] = []
  await backfillRun({ ...config, hooks: telling(called) })
  expect(called).toEqual(['beforeRun of backfills', 'afterRun of backfills'])
})
