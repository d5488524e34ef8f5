import { entryDetails } from '../listing.ts'
import type { Verb } from '../verb.ts'

export const show: Verb = {
  name: 'show',
  summary: 'one revision: its header and its file',
  arguments: [{ name: 'REVISION', required: true, summary: 'which one' }],
  examples: ['limbeck show head', 'limbeck show 3f2a'],
  async run(input) {
    const { show: readRevisions } = await import('../../commands/show.ts')
    const report = await readRevisions(input.config, input.arguments[0] ?? '')
    const text = report
      .map((entry) => `${entryDetails(entry, input.style)}\n\n${entry.text.trimEnd()}`)
      .join('\n\n')
    return { report, text }
  },
}
