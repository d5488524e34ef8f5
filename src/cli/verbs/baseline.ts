import type { Verb } from '../verb.ts'
import { revision, revisionOptions, writtenText } from './revision.ts'

const shared = ['message', 'branch-label', 'version-path', 'rev-id', 'template']

export const baseline: Verb = {
  name: 'baseline',
  summary: 'write the first revision of a database that is there',
  options: (revision.options ?? []).filter(({ name }) => shared.includes(name)),
  examples: ['limbeck baseline -m "what there was" && limbeck stamp head'],
  async run(input) {
    const { baseline: writeBaseline } = await import('../../commands/baseline.ts')
    const { heads: _, splice: __, ...options } = revisionOptions(input)
    const report = await writeBaseline(input.config, { ...options, signal: input.run.signal })
    const { style } = input
    return {
      report,
      text: [
        writtenText(report, input),
        '',
        `  It makes what ${report.does.length === 1 ? 'one operation makes' : `${report.does.length} operations make`}. Record in the database that it has it:`,
        `    ${style.strong('limbeck stamp head')}`,
      ].join('\n'),
    }
  },
}
