import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import * as limbeck from '../src/index.ts'
import { builtIn } from '../src/operations/operations.ts'

const root = join(import.meta.dirname, '..')

test('every operation that the guide names is there', () => {
  const known = new Set([...builtIn.keys(), 'sql', 'id', 'json', 'query', 'createTenant'])
  const pages = [join(root, 'README.md'), ...globSync(join(root, 'docs/guide/*.md'))]
  const named = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\bop\.(\w+)/g)].map(([, name]) => name ?? ''),
  )
  expect(
    [...new Set(named)].filter((name) => !known.has(name) && !name.includes('_') && name !== 'x'),
  ).toEqual([])
})

test('the operation in the guide is the one of the example', () => {
  const tenant = readFileSync(join(root, 'examples/extending/operations/tenant.ts'), 'utf8')
  const guide = readFileSync(join(root, 'docs/guide/extending.md'), 'utf8')
  const [, operation = ''] = guide.match(/createTenant -->\n```ts\n(.*?)```/s) ?? []
  expect(operation).not.toBe('')
  expect(tenant).toContain(operation)
})

test('the migration in the README is the one that runs', () => {
  const example = readFileSync(join(root, 'examples/six/migrations/1_add_org_001.ts'), 'utf8')
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`\`\`\`ts\n${example}\`\`\``)
})

test('what the package holds points to nothing that it does not hold', () => {
  const pages = [join(root, 'README.md'), ...globSync(join(root, 'docs/guide/*.md'))]
  const links = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, to = '']) =>
      relative(root, join(dirname(page), to)),
    ),
  )
  expect(links.length).toBeGreaterThan(20)
  const isThere = (path: string) => /^docs\/(guide|reference)\//.test(path) && existsSync(join(root, path))
  expect(links.filter((path) => !isThere(path))).toEqual([])
})

test('every function of the guide to the library is there, and what is done is not told as missing', () => {
  const guide = readFileSync(join(root, 'docs/guide/library.md'), 'utf8')
  const named = [...guide.matchAll(/[`\s(](\w+)\((?:config|project)\b/g)].map(([, name = '']) => name)
  expect([...new Set(named)].filter((name) => !(name in limbeck))).toEqual([])
  expect(named).toEqual(
    expect.arrayContaining(['generateRevision', 'diff', 'dump', 'baseline', 'drift', 'squash', 'types']),
  )
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const missing = readme.slice(readme.indexOf('## Not there yet'))
  expect(missing).not.toMatch(/limbeck (verify|lint|revision|import|stamp|check|diff)/)
})

test('every page of the guide is named where the README lists them, and nothing is said twice', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const list = readme.slice(readme.indexOf('Then the guide:'), readme.indexOf('## Not there yet'))
  const named = [...list.matchAll(/docs\/guide\/([\w-]+\.md)/g)].map(([, page]) => page)
  expect(named.sort()).toEqual(globSync('*.md', { cwd: join(root, 'docs/guide') }).sort())
  const said = readme.split('\n').filter((line) => line.length > 40)
  expect(said.filter((line, at) => said.indexOf(line) < at)).toEqual([])
})
