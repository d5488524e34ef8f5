import { graphText, historyDetails } from '../listing.ts'
import type { Verb } from '../verb.ts'

export const history: Verb = {
  name: 'history',
  summary: 'the graph of revisions, newest first',
  options: [
    { name: 'rev-range', short: 'r', value: 'A:B', summary: 'only these: a:b, a:, :b, -3:current' },
    { name: 'indicate-current', short: 'i', summary: 'show what the database has applied' },
    {
      name: 'verbose',
      short: 'v',
      summary: 'everything that the headers say; with -i, when in a deploy what is pending runs',
    },
  ],
  examples: ['limbeck history', 'limbeck history -i', 'limbeck history -r-3:current -v'],
  async run(input) {
    const { history: readHistory } = await import('../../commands/history.ts')
    const range = input.text('rev-range')
    const report = await readHistory(input.config, {
      ...(range === undefined ? {} : { range }),
      indicateCurrent: input.flag('indicate-current'),
      phases: input.flag('verbose'),
    })
    const { style } = input
    const text = input.flag('verbose')
      ? report.revisions.map((entry) => historyDetails(entry, style)).join('\n\n')
      : graphText(report.revisions, style)
    return { report, text }
  },
}
