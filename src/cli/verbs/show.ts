import { entryDetails } from '../listing.ts'
import type { Verb } from '../verb.ts'

export const show: Verb = {
  name: 'show',
  summary: 'one revision: its header and its file',
  arguments: [
    { name: 'REVISION', required: true, summary: 'an id or the beginning of one, a label, or head' },
  ],
  options: [{ name: 'schema', summary: 'the schema as it is with it, as SQL' }],
  examples: ['limbeck show head', 'limbeck show 3f2a', 'limbeck show head --schema'],
  async run(input) {
    if (input.flag('schema')) {
      const { schemaAt } = await import('../../commands/schema-at.ts')
      const report = await schemaAt(input.config, input.arguments[0] ?? '', input.run)
      return { report, text: report.sql.trimEnd() }
    }
    const { show: readRevisions } = await import('../../commands/show.ts')
    const report = await readRevisions(input.config, input.arguments[0] ?? '')
    const text = report
      .map((entry) => `${entryDetails(entry, input.style)}\n\n${entry.text.trimEnd()}`)
      .join('\n\n')
    return { report, text }
  },
}
