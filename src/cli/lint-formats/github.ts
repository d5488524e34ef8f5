import type { LintReport } from '../../commands/lint.ts'
import { notices, openIn, slashed, wholeText } from './found.ts'

const commands = { error: 'error', warning: 'warning', advice: 'notice' } as const

/** Workflow commands, which GitHub shows as annotations beside the lines. https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
export function githubText(report: LintReport): string {
  const annotations = openIn(report).map(({ statement: { file, line }, hazard }) =>
    command(commands[hazard.level], wholeText(hazard), {
      file: slashed(file),
      line: String(line),
      title: `limbeck ${hazard.rule}`,
    }),
  )
  const others = notices(report).map((one) => command('notice', one, { title: 'limbeck lint' }))
  return [...annotations, ...others].join('\n')
}

function command(
  name: 'error' | 'warning' | 'notice',
  message: string,
  properties: { readonly [name: string]: string },
): string {
  const said = Object.entries(properties).map(([key, value]) => `${key}=${inProperty(value)}`)
  return `::${name} ${said.join(',')}::${inMessage(message)}`
}

/** A line feed would end the command; a percent sign begins what is escaped. */
function inMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** In a property, what separates properties too. */
function inProperty(text: string): string {
  return inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
