import { ruleHelp } from '../../src/cli/lint-formats/rule-help.ts'
import type { Rule, RuleExample } from '../../src/lint/rule.ts'
import { rules } from '../../src/lint/rules.ts'
import { code, page, table } from './markdown.ts'

/** The rules of `limbeck lint` in a table, and a page for each. */
export function rulesPages(): readonly (readonly [name: string, text: string])[] {
  return [
    ['rules.md', tablePage()],
    ...rules.map((rule) => [`rules/${rule.name}.md`, rulePage(rule)] as const),
  ]
}

function tablePage(): string {
  const rows = rules.map(({ name, classes, level, title }) => [
    `[${name}](rules/${name}.md)`,
    classes.join(', '),
    level,
    title,
  ])
  return page(
    'Rules',
    `What \`limbeck lint\` finds ([how it is used](../guide/lint.md)). The level is the one that a rule has where the
configuration gives it no other: an \`error\` is what an upgrade refuses.`,
    table(
      ['Rule', 'Class', 'Level', 'What it finds'],
      rows.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    ),
  )
}

function rulePage(rule: Rule): string {
  const { name, classes, level, title, examples } = rule
  return page(
    name,
    `${title[0]?.toUpperCase()}${title.slice(1)}.`,
    table(['Level', 'Class'], [[level, classes.join(', ')]]),
    '## What happens',
    ruleHelp(rule),
    ...exampleSection(
      '## Found',
      examples.filter(({ finds }) => finds),
    ),
    ...exampleSection(
      '## Not found',
      examples.filter(({ finds }) => !finds),
    ),
  )
}

function exampleSection(heading: string, examples: readonly RuleExample[]): readonly string[] {
  return examples.length === 0
    ? []
    : [heading, ...examples.map((example) => code('sql', exampleText(example)))]
}

/** The statements one below the other, so that the long lines of a test can be read. */
function exampleText({ given, sql }: RuleExample): string {
  return given === ''
    ? ended(sql)
    : `-- what there is before\n${ended(given)}\n\n-- the migration\n${ended(sql)}`
}

/** A semicolon within a body or a text is followed by no keyword at all, or stands in quotes. */
function ended(sql: string): string {
  const text = sql.includes('$$') ? sql : sql.replaceAll(/; (?=[A-Z])/g, ';\n')
  return text.endsWith(';') ? text : `${text};`
}
