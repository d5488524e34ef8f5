import type { DiffReport } from '../../commands/diff.ts'
import { renamesOf, unclearLines } from '../renames.ts'
import type { Style } from '../style.ts'
import type { Verb } from '../verb.ts'

export const diff: Verb = {
  name: 'diff',
  summary: 'what makes of one schema another; exit code 3 if they differ',
  arguments: [
    { name: 'FROM', summary: 'a database URL, a file or folder of SQL, a revision', required: true },
    { name: 'TO', summary: 'the same; default: the declared schema' },
  ],
  options: [
    { name: 'sql', summary: 'as SQL' },
    { name: 'code', summary: 'as it may stand in a revision' },
    { name: 'rename', value: 'OLD=NEW', many: true, summary: 'what has another name; OLD= for what has not' },
  ],
  examples: [
    'limbeck diff head',
    'limbeck diff postgres://localhost/app schema.sql --sql',
    'limbeck diff 3f2a1b heads --code',
  ],
  async run(input) {
    const { diff: compare } = await import('../../commands/diff.ts')
    const [from = '', to = 'schema'] = input.arguments
    const report = await compare(input.config, from, to, {
      renames: renamesOf(input),
      signal: input.run.signal,
    })
    const text = input.flag('sql')
      ? report.sql.trimEnd()
      : input.flag('code')
        ? report.code.trimEnd()
        : differenceText(report, input.style)
    return { report, text, exitCode: report.does.length === 0 ? 0 : 3 }
  },
}

function differenceText({ from, to, does, unclear }: DiffReport, style: Style): string {
  if (does.length === 0) return `${style.good('✓')} ${from} and ${to} are alike`
  return [
    `${style.strong(to)} is ${style.strong(from)} with`,
    ...does.flatMap(({ title, loses }) => [
      `  ${style.faint('·')} ${title}`,
      ...loses.map((loss) => `    ${style.bad('✗')} loses ${loss}`),
    ]),
    ...unclearLines(unclear, style),
  ].join('\n')
}
