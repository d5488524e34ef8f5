import { expect, test } from 'vitest'
import { revisionText } from './folder.ts'
import { type Sample, sample } from './sample.ts'

const file = 'migrations/nickname.ts'
const warning = `! nickname was edited after it was applied: ${file}`

test('an edited file is told by current, upgrade, status and check, and accept ends that', async () => {
  await using project = await withEditedFile()
  for (const verb of ['current', 'upgrade', 'status']) {
    const { exitCode, out } = await project.limbeck(verb)
    expect([verb, exitCode]).toEqual([verb, 0])
    expect(out).toContain(warning)
    expect(out).toContain('limbeck accept')
  }
  expect(await project.limbeck('check')).toMatchObject({
    exitCode: 3,
    out: `✗ nickname was edited after it was applied: ${project.directory}/${file}\n`,
  })

  const accepted = await project.limbeck('accept')
  expect(accepted).toMatchObject({ exitCode: 0, out: '✓ nickname is accepted as it is now\n' })
  expect(await project.limbeck('check')).toMatchObject({ exitCode: 0 })
  expect((await project.limbeck('current')).out).not.toContain('edited')
  expect((await project.limbeck('accept')).out).toBe('No applied file was edited.\n')
})

test('accept takes the one that is named and leaves the others', async () => {
  await using project = await withEditedFile()
  await project.write({ 'migrations/users.ts': `${await project.read('migrations/users.ts')}// edited\n` })
  expect(await project.report('accept', 'users')).toMatchObject({ accepted: ['users'] })
  expect(await project.report('current')).toMatchObject({ edited: [{ id: 'nickname' }] })
})

test('line ends as git checks them out on Windows are no edit', async () => {
  await using project = await sample()
  await project.report('upgrade')
  await project.write({ [file]: (await project.read(file)).replaceAll('\n', '\r\n') })
  expect(await project.limbeck('check')).toMatchObject({ exitCode: 0 })
})

test('a file that is gone is told as missing, not as edited', async () => {
  await using project = await sample({ 'migrations/only.ts': revisionText('only') })
  await project.report('upgrade')
  await project.write({ 'migrations/only.ts': revisionText('another') })
  const { exitCode, out } = await project.limbeck('check')
  expect(exitCode).toBe(3)
  expect(out).toContain('✗ only is applied, but has no file.')
  expect(out).not.toContain('edited')
})

async function withEditedFile(): Promise<Sample> {
  const project = await sample()
  await project.report('upgrade')
  await project.write({ [file]: `${await project.read(file)}// edited\n` })
  return project
}
