import { expect, test } from 'vitest'
import { chain } from '../../cli/folder.ts'
import { imported } from './golden.ts'

const one = { '1_a.sql': '-- migrate:up\n-- migrate:down\n' }
const two = { 'db/2_b.sql': '-- migrate:up\n-- migrate:down\n' }

test('what was imported before is left, and what is new comes after all that is there', async () => {
  await using project = await imported(one)
  expect((await project.limbeck('import', 'sql', 'db')).out).toBe(
    'Nothing to do: all 1 are in migrations already.\n',
  )
  await project.write(two)
  await project.limbeck('revision', '-m', 'own', '--rev-id', 'own')
  expect((await project.limbeck('import', 'sql', 'db')).out).toContain('1 more are there already.')
  expect(await project.report('show', '2')).toMatchObject([{ downRevisions: ['own'] }])
})

test('--check writes nothing', async () => {
  await using project = await imported(one, '--check')
  expect(project.out).toContain('1 revision would be written into migrations, from dbmate')
  await expect(project.read('migrations/1_a.sql')).rejects.toThrow('no such file')
})

test('two migrations that come to one id are refused, and nothing is written', async () => {
  await using project = await imported(one)
  await project.write({ 'db/1_c.sql': '-- migrate:up\n', 'db/01_d.sql': '' })
  await project.write({ 'other/0_x.sql': '-- migrate:up\n', 'other/0_y.sql': '-- migrate:up\n' })
  expect((await project.limbeck('import', 'sql', 'other')).err).toContain(
    'Revision 0 is in two files: 0_x.sql and 0_y.sql.',
  )
})

test('the folder that is imported is not the one that is written into', async () => {
  await using project = await imported(one)
  await project.write(chain({ own: {} }))
  const { exitCode, err } = await project.limbeck('import', 'sql', 'migrations')
  expect([exitCode, err]).toEqual([
    1,
    expect.stringContaining('is where the revisions would be written too.'),
  ])
})

test('a folder of nothing that is known, one that is not there, and a tool that is none are said', async () => {
  await using project = await imported(one)
  await project.write({ 'empty/readme.md': '' })
  expect((await project.limbeck('import', 'sql', 'empty')).err).toContain(
    'has no migrations of a tool that Limbeck knows.',
  )
  expect((await project.limbeck('import', 'sql', '.')).err).toContain(
    `limbeck import sql ${project.directory}/db`,
  )
  expect((await project.limbeck('import', 'sql', 'nowhere')).err).toContain('is no folder that can be read.')
  expect((await project.limbeck('import', 'sql', 'db', '--tool', 'liquibase')).err).toContain('"liquibase"')
  expect((await project.limbeck('import', 'django', 'db')).exitCode).toBe(2)
  expect((await project.limbeck('import', 'sql', 'db', '--placeholder', 'x')).exitCode).toBe(2)
})

test('what was written is not taken for something to import, though it lies within the folder', async () => {
  await using project = await imported({ 'V1__a.sql': 'SELECT 1;\n' }, '--migrations', 'db/revisions')
  expect((await project.limbeck('import', 'sql', 'db', '--migrations', 'db/revisions')).out).toContain(
    'all 1 are in db/revisions already',
  )
})

test('a migration that is called like a part, or like a field, is a message', async () => {
  await using project = await imported({
    'sqitch.plan': `%project=p

a 2024-01-01T00:00:00Z A <a@example.com> # upgrade
b 2024-01-01T00:00:00Z A <a@example.com> # phase: two
`,
    'deploy/a.sql': 'SELECT 1;\n',
    'deploy/b.sql': 'SELECT 2;\n',
  })
  expect(await project.report('history')).toMatchObject({
    revisions: [
      { id: 'b', message: 'phase : two', phase: null },
      { id: 'a', message: 'upgrade.' },
    ],
  })
})

test('a way back is kept where the way there is not converted', async () => {
  await using project = await imported({
    '1_a.up.sql': "SELEC 'one';\n",
    '1_a.down.sql': "SELECT 'it''s `one`';\n",
  })
  expect(await project.read('migrations/1_a.ts')).toContain(`export function upgrade(op: Operations) {
  // SELEC 'one';
  throw new Error("1_a.up.sql:1 was not converted: PostgreSQL's parser does not take it: syntax error at or near \\"SELEC\\". Write here what it does.")
}

export function downgrade(op: Operations) {
  op.execute({`)
  await project.report('stamp', 'head')
  expect(await project.limbeck('downgrade', 'base', '--yes')).toMatchObject({ exitCode: 0 })
})
