import { describe, expect, test } from 'vitest'
import { lint } from '../../src/commands/lint.ts'
import type { RuleExample } from '../../src/lint/rule.ts'
import { rules } from '../../src/lint/rules.ts'
import { builtIn } from '../../src/operations/operations.ts'
import { folder } from '../cli/folder.ts'
import { newestServer } from '../cli/sample.ts'

describe.each(rules)('$name', (rule) => {
  const { name, examples, title, problem, instead, ignore } = rule

  test.each(examples)('finds in $sql: $finds', async (example) => {
    const found = (await hazardsIn(example)).filter((hazard) => hazard.rule === name)
    expect(found.length > 0).toBe(example.finds)
    for (const hazard of found) {
      expect(rule.classes).toContain(hazard.class)
      expect(hazard.message).toMatch(/^\S.*\.$/s)
    }
  })

  test('has an example in which it finds something, and one in which it does not', () => {
    expect(new Set(examples.map(({ finds }) => finds))).toEqual(new Set([true, false]))
  })

  test('has a page: a title in a line, sentences for the rest, and operations that there are', () => {
    expect(title).not.toMatch(/\.$|\n/)
    for (const text of [problem, instead, ignore]) expect(text).toMatch(/^[A-Z].*\.$/s)
    const named = [...`${problem} ${instead} ${ignore}`.matchAll(/\bop\.(\w+)/g)].map(([, kind = '']) => kind)
    expect(named.filter((kind) => !builtIn.has(kind))).toEqual([])
  })
})

test('every rule has a name of its own', () => {
  const names = rules.map(({ name }) => name)
  expect(names).toEqual([...new Set(names)])
})

/** Tried on a server, where two databases are made sooner than embedded ones start. */
async function hazardsIn({ given, sql, major }: RuleExample) {
  await using database = await newestServer().open()
  await using project = await folder()
  const report = await lint(
    { directory: project.directory, autogenerate: { shadow: database.url as `postgres${string}` } },
    {
      schema: () => given,
      texts: [{ name: 'example.sql', text: sql }],
      ...(major === undefined ? {} : { major }),
    },
  )
  return report.statements.flatMap(({ hazards }) => hazards)
}
