import { entryDetails, entryLine } from '../listing.ts'
import type { Verb } from '../verb.ts'

export const heads: Verb = {
  name: 'heads',
  summary: 'the revisions that no other one follows',
  options: [
    { name: 'verbose', short: 'v', summary: 'everything that the headers say' },
    { name: 'resolve-dependencies', summary: 'leave out heads that another one depends on' },
  ],
  async run(input) {
    const { heads: readHeads } = await import('../../commands/heads.ts')
    const report = await readHeads(input.config, { resolveDependencies: input.flag('resolve-dependencies') })
    const line = input.flag('verbose') ? entryDetails : entryLine
    const text = report.map((entry) => line(entry, input.style)).join('\n')
    return { report, text: text === '' ? 'no revisions yet' : text }
  },
}
