import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { errorClasses } from '../scripts/reference/errors-page.ts'
import { shapesFile, shapesText } from '../scripts/shapes/shapes-file.ts'

const root = join(import.meta.dirname, '..')

describe('the pages of docs/reference', () => {
  const pages = renderedPages()

  test.each(pages)('%s is what the source of now gives', (name, text) => {
    const page = readFileSync(join(root, 'docs', 'reference', name), 'utf8')
    expect(page === text, `docs/reference/${name} is stale: run "npm run reference" and commit it.`).toBe(
      true,
    )
  })

  test('are all that is there', () => {
    const there = globSync('**/*.md', { cwd: join(root, 'docs', 'reference') })
    expect(there.map((path) => path.replaceAll(sep, '/')).sort()).toEqual(pages.map(([name]) => name).sort())
  })

  test('have an example with its SQL for every operation', () => {
    const [, page = ''] = pages.find(([name]) => name === 'operations.md') ?? []
    const sections = page.split(/^## /m).slice(1, -1)
    expect(sections.length).toBeGreaterThan(30)
    for (const section of sections) {
      expect(section).toMatch(/^(\w+)\n\n[A-Z].*```ts\ntype .*```ts\nop\.\1\(.*```sql\n/s)
    }
  })
})

test('the shapes of the fields are those of the types of now', () => {
  const stale = `${shapesFile} is stale: run "npm run reference" and commit it.`
  expect(readFileSync(shapesFile, 'utf8') === shapesText(), stale).toBe(true)
})

describe('every error that Limbeck throws on purpose', () => {
  const classes = errorClasses()

  test.each(classes)('$name has a code and says in a comment what happened', ({ code, documentation }) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/)
    expect(documentation).toMatch(/^\S.*\.$/s)
  })

  test('has a code that no other one has', () => {
    const codes = classes.map(({ code }) => code)
    expect(codes).toEqual([...new Set(codes)])
  })
})

/** Rendered by node itself: a test runner compiles what it loads, and a page shows functions as they are written. */
function renderedPages(): readonly (readonly [name: string, text: string])[] {
  const module = pathToFileURL(join(root, 'scripts', 'reference', 'pages.ts')).href
  const program = `import { referencePages } from '${module}'
process.stdout.write(JSON.stringify([...(await referencePages())]))`
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }),
  )
}
