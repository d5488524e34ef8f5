import { optionSyntax, usage } from '../../src/cli/help.ts'
import { globalOptions } from '../../src/cli/options.ts'
import type { Verb } from '../../src/cli/verb.ts'
import { verbs } from '../../src/cli/verbs.ts'
import { code, linkTo, page, table } from './markdown.ts'

export function commandsPage(): string {
  return page(
    'Commands',
    table(
      ['Command', 'What it does'],
      verbs.map(({ name, summary }) => [linkTo(name), summary]),
    ),
    '## Options of every command',
    'They may stand before the command or after it.',
    table(
      ['Option', ''],
      globalOptions.map((option) => [`\`${optionSyntax(option)}\``, option.summary]),
    ),
    `## How revisions are named

By id or the unique beginning of one; \`head\`, \`heads\`, \`base\`, \`current\`; counted from where the database stands
(\`+2\`, \`-1\`) or from a revision (\`id+2\`, \`head-1\`); on a branch (\`label@head\`, \`label@base\`). A range has a
colon: \`a:b\`, \`a:\`, \`:b\`, \`-3:current\`.

## Exit codes

${table(
  ['Code', ''],
  [
    ['0', 'done'],
    ['1', 'failed, or refused'],
    ['2', 'the command line makes no sense'],
    ['3', 'a check found a difference'],
    ['130', 'stopped by Ctrl-C; the same command goes on from there'],
    ['143', 'the same by SIGTERM'],
  ],
)}`,
    ...verbs.map(verbSection),
  )
}

function verbSection(verb: Verb): string {
  const { name, summary, options = [], examples = [] } = verb
  const parts = [`## ${name}`, `${summary[0]?.toUpperCase()}${summary.slice(1)}.`, code('sh', usage(verb))]
  if (verb.arguments !== undefined) {
    parts.push(
      table(
        ['Argument', ''],
        verb.arguments.map((argument) => [`\`${argument.name}\``, argument.summary]),
      ),
    )
  }
  if (options.length > 0) {
    parts.push(
      table(
        ['Option', ''],
        options.map((option) => [`\`${optionSyntax(option)}\``, option.summary]),
      ),
    )
  }
  if (examples.length > 0) parts.push(code('sh', examples.join('\n')))
  return parts.join('\n\n')
}
