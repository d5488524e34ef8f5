import { expect, test } from 'vitest'
import { visibleWidth, wrapped } from '../../src/cli/text.ts'
import { chain, folder } from './folder.ts'

test('a line that is too long ends between words, and goes on under its last column', () => {
  const lines = [
    'error  ./migrations/x.ts:9: There is no operation createTabel.',
    '  --detach   leave the backfills to "limbeck backfill run", as far as nothing needs them',
    '  ! one warning that is so long that it does not fit',
    'short',
  ]
  expect(wrapped(lines.join('\n'), 40).split('\n')).toEqual([
    'error  ./migrations/x.ts:9: There is no',
    '       operation createTabel.',
    '  --detach   leave the backfills to',
    '             "limbeck backfill run", as',
    '             far as nothing needs them',
    '  ! one warning that is so long that it',
    '    does not fit',
    'short',
  ])
})

test('colours take no room, and a word that is longer than the line stays whole', () => {
  const red = (text: string) => `\u001b[31m${text}\u001b[39m`
  expect(wrapped(`${red('error')}  ${red('one two three')}`, 14)).toBe(
    `${red('error')}  \u001b[31mone two\n       three\u001b[39m`,
  )
  expect(wrapped('  https://example.com/a/very/long/path and more', 20)).toBe(
    '  https://example.com/a/very/long/path\n    and more',
  )
})

test('at a terminal help and errors fit its width; a script for a program is left as it is', async () => {
  await using project = await folder()
  const narrow = project.at({ wrap: 60 })
  const fits = (text: string) => text.split('\n').every((line) => visibleWidth(line) <= 60)
  expect(fits((await narrow('upgrade', '--help')).out)).toBe(true)
  expect(fits((await narrow('upgrad')).err)).toBe(true)
  expect((await narrow('completion', 'bash')).out).toBe((await project.limbeck('completion', 'bash')).out)
})

test('one revision is told as one', async () => {
  await using project = await folder(chain({ first: {} }))
  expect((await project.limbeck('upgrade')).out).toContain('1 revision applied')
  expect((await project.limbeck('drift')).out).toMatch(/is what its 1 revision makes\n$/)
  const { out } = await project.limbeck('doctor')
  expect(out).toMatch(/\b1 revision in /)
  expect(out).toMatch(/\b1 revision applied\b/)
})
