import type { Verb } from '../verb.ts'

export const types: Verb = {
  name: 'types',
  summary: 'TypeScript types of the rows at a revision',
  arguments: [{ name: 'REVISION', required: true, summary: 'which one' }],
  examples: ['limbeck types head > migrations/rows.ts'],
  async run(input) {
    const { types: typesAt } = await import('../../commands/schema-at.ts')
    const report = await typesAt(input.config, input.arguments[0] ?? '')
    return { report, text: report.code.trimEnd() }
  },
}
