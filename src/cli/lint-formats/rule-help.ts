import type { Rule } from '../../lint/rule.ts'

/** A rule's page without its examples, as Markdown: what happens, what to do, and when it may be accepted. */
export function ruleHelp({ problem, instead, ignore }: Rule): string {
  return [problem, '## Instead', instead, '## When to ignore it', ignore].map(escaped).join('\n\n')
}

/** What is meant as text stays text: `<` could begin HTML, and stars and lines under words would be taken for emphasis. */
function escaped(text: string): string {
  return text.replaceAll(/[<*_]/g, '\\$&')
}
