import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
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
