import { expect, test } from 'vitest'
import { folder } from './folder.ts'
import { sampleRevisions } from './sample.ts'

/** An editor that adds a line to each file it is given. */
const editor = `import { appendFileSync } from 'node:fs'
const [option, ...files] = process.argv.slice(2)
for (const file of files) appendFileSync(file, '// edited with ' + option + '\\n')
`

test('edit opens the file in $EDITOR, with the editor’s own options', async () => {
  await using project = await folder({ ...sampleRevisions, 'editor.mjs': editor })
  const command = `${process.execPath} ${project.directory}/editor.mjs --wait`
  const { exitCode, out } = await project.at({ environment: { EDITOR: command } })('edit', 'nickname')
  expect([exitCode, out]).toEqual([0, ''])
  expect(await project.read('migrations/nickname.ts')).toMatch(/\/\/ edited with --wait\n$/)
  expect(await project.read('migrations/users.ts')).not.toContain('edited')
})

test('$VISUAL goes before $EDITOR', async () => {
  await using project = await folder({ ...sampleRevisions, 'editor.mjs': editor })
  const environment = {
    VISUAL: `${process.execPath} ${project.directory}/editor.mjs visually`,
    EDITOR: 'false',
  }
  expect(await project.at({ environment })('edit', 'head')).toMatchObject({ exitCode: 0 })
  expect(await project.read('migrations/default_nickname.ts')).toContain('edited with visually')
})

test.each([
  ['is not there', 'no-such-editor', 'no-such-editor did not end well: '],
  ['ends with an error', 'false', 'false did not end well: exit code 1.'],
])('an editor that %s is an error', async (_, command, said) => {
  await using project = await folder(sampleRevisions)
  const { exitCode, err } = await project.at({ environment: { EDITOR: command } })('edit', 'head')
  expect(exitCode).toBe(1)
  expect(err).toContain(said)
})
