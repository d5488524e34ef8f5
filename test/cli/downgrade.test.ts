import { expect, test } from 'vitest'
import type { Folder } from './folder.ts'
import { sample } from './sample.ts'

const lost = 'nickname: every value of the column users.nickname'

test('a downgrade that loses data is refused where nobody can be asked, and says what is lost', async () => {
  await using project = await sample()
  await project.report('upgrade')
  const { exitCode, out, err } = await project.limbeck('downgrade', 'users')
  expect([exitCode, out]).toEqual([1, ''])
  expect(err).toContain(`error  This loses data:\n  ${lost}`)
  expect(err).toContain('hint   Say --yes')
  expect(await appliedIn(project)).toEqual(['users', 'nickname', 'default_nickname'])
})

test('on a terminal it asks, and a no changes nothing', async () => {
  await using project = await sample()
  await project.report('upgrade')
  const { exitCode, questions } = await project.at({ answer: false })('downgrade', 'users')
  expect(exitCode).toBe(1)
  expect(questions).toEqual([`! This loses data:\n  ${lost}\n\nGo on?`])
  expect(await appliedIn(project)).toEqual(['users', 'nickname', 'default_nickname'])
})

test('a yes goes on, and the result says once more what was lost', async () => {
  await using project = await sample()
  await project.report('upgrade')
  const { exitCode, out, questions } = await project.at({ answer: true })('downgrade', 'users')
  expect([exitCode, questions.length]).toEqual([0, 1])
  expect(out).toMatch(/^✓ 2 revisions undone in /)
  expect(out).toContain(`lost  ${lost}`)
  expect(await appliedIn(project)).toEqual(['users'])
})

test('--yes does not ask, and --json never does', async () => {
  await using project = await sample()
  await project.report('upgrade')
  const type = project.at({ answer: true })
  const refused = await type('downgrade', 'users', '--json')
  expect(refused).toMatchObject({ exitCode: 1, questions: [] })
  expect(JSON.parse(refused.out)).toMatchObject({ error: { code: 'DATA_LOSS' } })
  expect(await type('downgrade', 'users', '--yes')).toMatchObject({ exitCode: 0, questions: [] })
})

test('a downgrade that loses nothing asks nothing', async () => {
  await using project = await sample()
  await project.report('upgrade')
  const { exitCode, questions } = await project.at({ answer: false })('downgrade', '-1')
  expect([exitCode, questions]).toEqual([0, []])
})

async function appliedIn(project: Folder): Promise<readonly string[]> {
  const { applied } = (await project.report('status')) as { applied: readonly { id: string }[] }
  return applied.map(({ id }) => id)
}
