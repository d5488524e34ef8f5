import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configText, folder } from './folder.ts'
import { sample } from './sample.ts'

describe('the config file', () => {
  test.each(['limbeck.config.ts', 'limbeck.config.mts', 'limbeck.config.js', 'limbeck.config.mjs'])(
    '%s is found here and from every folder below; its paths are seen from where it stands',
    async (name) => {
      await using project = await folder({
        [name]: configText({ migrations: 'revisions' }),
        'revisions/only.ts': "export const revision = 'only'\nexport const downRevision = null\n",
        'packages/app/empty.txt': '',
      })
      for (const below of ['', 'packages/app']) {
        const { out } = await project.at({ directory: join(project.directory, below) })('heads', '--json')
        expect(JSON.parse(out)).toMatchObject([{ id: 'only' }])
      }
    },
  )

  test.each([
    ['is not there', {}, 'there is no such file.'],
    ['throws', { 'my.config.ts': "throw new Error('no such luck')" }, 'no such luck'],
    ['has no default export', { 'my.config.ts': 'export const config = {}' }, 'it has no default export.'],
    ['exports something else', { 'my.config.ts': 'export default 42' }, 'it has no default export.'],
    ['has a misspelt setting', { 'my.config.ts': configText({ databse: 'x' }) }, 'no setting "databse"'],
    ['has a wrong value', { 'my.config.ts': configText({ database: 9137 }) }, '"database" has to be a text.'],
    [
      'would end sessions at once',
      { 'my.config.ts': configText({ terminateBlockersAfter: 0 }) },
      '"terminateBlockersAfter" has to be a number of seconds above 0.',
    ],
    [
      'lists what is no operation',
      { 'my.config.ts': configText({ operations: [1] }) },
      'a list of operations',
    ],
    [
      'has a misspelt hook',
      { 'my.config.ts': 'export default { hooks: { beforRun() {} } }' },
      'each one of beforeRun, afterRun',
    ],
    ['does not parse', { 'my.config.ts': 'export default {' }, 'my.config.ts'],
    ['imports what is not there', { 'my.config.ts': "import 'nowhere'" }, "Cannot find package 'nowhere'"],
  ])('that %s is an error which names it', async (_, files, said) => {
    await using project = await folder(files)
    const { exitCode, err } = await project.limbeck('heads', '--config', 'my.config.ts')
    expect(exitCode).toBe(1)
    expect(err).toContain(`${project.directory}/my.config.ts: `)
    expect(err).toContain(said)
    expect(err).not.toContain('bug')
    expect(err).not.toContain('9137')
  })
})

test('a setting may be undefined, as one from the environment that is not there', async () => {
  await using project = await folder({
    'limbeck.config.ts': 'export default { database: process.env.NO_SUCH_VARIABLE }',
    'migrations/only.ts': "export const revision = 'only'\nexport const downRevision = null\n",
  })
  expect(await project.report('heads')).toMatchObject([{ id: 'only' }])
})

test.each(['commonjs', 'module'])('a project of "type": "%s" works, helpers included', async (type) => {
  await using project = await sample({
    'package.json': JSON.stringify({ type }),
    'migrations/names.ts': "export const table: string = 'named'\n",
    'migrations/first.ts': `import { table } from './names.ts'
export const revision = 'first'
export const downRevision = null
export function upgrade(op: unknown) {
  op.createTable({ name: table, columns: [{ name: 'id', type: 'int' }] })
}
`,
    'migrations/second.js': `import { table } from './names.ts'
export const revision = 'second'
export const downRevision = 'first'
export function upgrade(op) {
  op.dropTable({ name: table })
}
`,
  })
  expect(await project.report('upgrade')).toMatchObject({ applied: [{ id: 'first' }, { id: 'second' }] })
})
