import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

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
