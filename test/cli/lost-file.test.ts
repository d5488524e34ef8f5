import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folder, revisionText } from './folder.ts'

const one = "  op.execute({ sql: 'CREATE TABLE one (id int)', inverse: 'DROP TABLE one' })"
const half = `  op.execute({ sql: 'CREATE TABLE two (id int)', inverse: null })
  op.createIndex({ name: 'two_idx', table: 'two', columns: ['none'], concurrently: true })`

test('an upgrade does not call everything applied where a revision is half done and its file is gone', async () => {
  await using project = await folder({
    'migrations/one.ts': revisionText('one', { upgrade: one }),
    'migrations/half.ts': revisionText('half', { down: 'one', upgrade: half }),
  })
  expect((await project.limbeck('upgrade')).exitCode).toBe(1)
  await rm(join(project.directory, 'migrations/half.ts'))
  for (const verb of ['upgrade', 'downgrade']) {
    const { exitCode, err } = await project.limbeck(verb, ...(verb === 'downgrade' ? ['base', '--yes'] : []))
    expect(exitCode).toBe(1)
    expect(err).toContain('The upgrade of half was begun and has not come to its end, and it has no file.')
    expect(err).toContain('limbeck stamp --purge')
  }
  expect((await project.limbeck('stamp', '--purge', 'one')).exitCode).toBe(0)
  expect((await project.limbeck('upgrade')).out).toContain('Nothing to do: everything is applied.')
})

test('what failed before it did anything is forgotten with its file', async () => {
  await using project = await folder({
    'migrations/one.ts': revisionText('one', { upgrade: one }),
    'migrations/bad.ts': revisionText('bad', {
      down: 'one',
      upgrade: "  op.execute({ sql: 'SELECT nothing', inverse: null })",
    }),
  })
  expect((await project.limbeck('upgrade')).exitCode).toBe(1)
  expect((await project.limbeck('status')).out).toContain('upgrade of bad')
  await rm(join(project.directory, 'migrations/bad.ts'))
  expect((await project.limbeck('status')).out).not.toContain('bad')
  expect((await project.limbeck('check')).exitCode).toBe(0)
})

test('an upgrade tells of what is applied and has no file, and of a folder without revisions', async () => {
  await using project = await folder({
    'migrations/one.ts': revisionText('one', { upgrade: one }),
    'migrations/two.ts': revisionText('two', { down: 'one', upgrade: one.replaceAll('one', 'two') }),
  })
  await project.limbeck('upgrade')
  await rm(join(project.directory, 'migrations/two.ts'))
  const told = await project.limbeck('upgrade')
  expect(told.out).toContain('! two is applied, but has no file')
  expect(told.out).toContain('Bring the file back')
  await rm(join(project.directory, 'migrations/one.ts'))
  expect((await project.limbeck('upgrade')).out).toContain('Nothing to do: the folder has no revision.')
})

test('one head is not merged', async () => {
  await using project = await folder({ 'migrations/one.ts': revisionText('one', { upgrade: one }) })
  const { exitCode, err } = await project.limbeck('merge')
  expect(exitCode).toBe(1)
  expect(err).toContain('There is one head only: one.')
})
