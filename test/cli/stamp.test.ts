import { expect, test } from 'vitest'
import { chain, revisionText } from './folder.ts'
import { sample } from './sample.ts'

test('stamp marks a revision and all before it, and runs nothing', async () => {
  await using project = await sample()
  const { out } = await project.limbeck('stamp', 'nickname')
  expect(out).toMatch(/^✓ 2 revisions marked as applied, 0 as not applied /)
  expect(await project.report('status')).toMatchObject({
    current: ['nickname'],
    pending: [{ id: 'default_nickname' }],
  })
  expect(await project.database.query("SELECT to_regclass('users') AS users")).toEqual([{ users: null }])
})

test('stamp goes back too, and to the very beginning', async () => {
  await using project = await sample()
  await project.report('upgrade')
  expect(await project.report('stamp', 'users')).toMatchObject({
    marked: [],
    unmarked: ['nickname', 'default_nickname'],
  })
  expect(await project.report('stamp', 'base')).toMatchObject({ unmarked: ['users'] })
  expect(await project.report('status')).toMatchObject({ current: [], applied: [] })
})

test('stamp leaves what has no file, and --purge forgets it', async () => {
  await using project = await sample({ 'migrations/old.ts': revisionText('old') })
  await project.report('upgrade')
  await project.write({ 'migrations/old.ts': revisionText('new') })
  await project.report('stamp', 'new')
  expect(await project.report('status')).toMatchObject({ missing: ['old'] })
  await project.report('stamp', 'new', '--purge')
  expect(await project.report('status')).toMatchObject({ missing: [], current: ['new'] })
  expect(await project.limbeck('check')).toMatchObject({ exitCode: 0 })
})

test('stamp forgets a failed run: the operator says where the database stands', async () => {
  const half = `  op.execute({ sql: 'CREATE TABLE half ()' })
  await op.query('SELECT 1')
  op.execute({ sql: 'VACUUM half' })
  op.execute({ sql: 'SELECT 1 / 0' })`
  await using project = await sample(chain({ half: { upgrade: half } }))
  expect((await project.limbeck('upgrade')).exitCode).toBe(1)
  expect(await project.report('status')).toMatchObject({
    unfinished: [{ revision: 'half', status: 'failed' }],
  })
  await project.report('stamp', 'head')
  expect(await project.report('status')).toMatchObject({ unfinished: [], current: ['half'] })
  expect(await project.limbeck('check')).toMatchObject({ exitCode: 0 })
})
