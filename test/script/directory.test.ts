import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildGraph } from '../../src/graph/graph.ts'
import { heads } from '../../src/graph/heads.ts'
import { MissingDirectory, readRevisions } from '../../src/script/directory.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limbeck-directory-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

const script = (id: string, parent: string | null = null) =>
  `export const revision = '${id}'\nexport const downRevision = ${parent && `'${parent}'`}\nexport function upgrade() {}\n`

const read = (options: { recursive?: boolean; in?: readonly string[] } = {}) =>
  readRevisions(
    (options.in ?? ['.']).map((path) => join(folder, path)),
    { recursive: options.recursive ?? true },
  )
    .map(({ id }) => id)
    .sort()

test('reads .ts, .mts, .js, .mjs and .sql', () => {
  for (const extension of ['ts', 'mts', 'js', 'mjs']) write(`a.${extension}`, script(extension))
  write('a.sql', '-- revision: sql\n-- down_revision:\n-- upgrade\n')
  expect(read()).toEqual(['js', 'mjs', 'mts', 'sql', 'ts'])
})

test('passes over declarations, tests, dotfiles, node_modules, helpers and other files', () => {
  write('a.ts', script('a'))
  for (const path of ['b.d.ts', 'b.test.ts', '.b.ts', '.git/b.ts', 'node_modules/b.ts', 'b.md', 'b.ts.bak']) {
    write(path, script('b'))
  }
  write('helper.ts', 'export const size = 1')
  expect(read()).toEqual(['a'])
})

test('reads several directories, each once, and below them where that is asked for', () => {
  write('one/a.ts', script('a'))
  write('one/2026/b.ts', script('b'))
  write('two/c.ts', script('c'))
  expect(read({ in: ['one', 'two', 'one/2026', 'one'] })).toEqual(['a', 'b', 'c'])
  expect(read({ in: ['one', 'two'], recursive: false })).toEqual(['a', 'c'])
})

test('follows links, also round a circle, and passes over those that lead nowhere', () => {
  write('elsewhere/a.ts', script('a'))
  mkdirSync(join(folder, 'migrations'))
  symlinkSync(join(folder, 'elsewhere/a.ts'), join(folder, 'migrations/a.ts'))
  symlinkSync(join(folder, 'gone.ts'), join(folder, 'migrations/gone.ts'))
  symlinkSync(join(folder, 'migrations'), join(folder, 'migrations/again'))
  expect(read({ in: ['migrations'] })).toEqual(['a'])
})

test('is not troubled by a file whose body is no program', () => {
  write('a.ts', `${script('a')}\nexport function downgrade( {{{`)
  write('b.ts', script('b', 'a'))
  expect(read()).toEqual(['a', 'b'])
})

test('reads on where the header is longer than what is read first', () => {
  write('a.ts', `/* ${'x'.repeat(5000)} */\n${script('a')}`)
  write(
    'b.ts',
    `/* ${'é'.repeat(2000)} */ export const revision = '${'b'.repeat(200)}'\nexport const downRevision = null`,
  )
  write('c.sql', `-- ${'x'.repeat(5000)}\n-- revision: c\n-- down_revision:\n-- upgrade\n`)
  expect(read()).toEqual(['a', 'b'.repeat(200), 'c'])
})

test('reads a header that ends exactly where the first read does', () => {
  const header = script('a')
  write('a.ts', `/*${'x'.repeat(4096 - header.length - 4)}*/${header}`)
  expect(read()).toEqual(['a'])
})

test('says which directory is missing', () => {
  expect(() => read({ in: ['nowhere'] })).toThrow(MissingDirectory)
  expect(() => read({ in: ['nowhere'] })).toThrow(/nowhere/)
})

test('reads a thousand files and their heads', () => {
  for (let at = 0; at < 1000; at++) write(`${at}.ts`, script(`r${at}`, at === 0 ? null : `r${at - 1}`))
  const revisions = readRevisions([folder], { recursive: true })
  expect(heads(buildGraph(revisions)).map(({ id }) => id)).toEqual(['r999'])
})
