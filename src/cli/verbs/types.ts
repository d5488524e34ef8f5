import type { TypesFormat } from '../../commands/schema-at.ts'
import { Misuse } from '../options.ts'
import type { Verb } from '../verb.ts'

export const types: Verb = {
  name: 'types',
  summary: 'TypeScript types of the rows at a revision',
  arguments: [
    { name: 'REVISION', required: true, summary: 'an id or the beginning of one, a label, or head' },
  ],
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      summary: 'rows (default), or kysely: the type of the database for it',
    },
  ],
  examples: [
    'limbeck types head > migrations/rows.ts',
    'limbeck types head --format kysely > src/database.ts',
  ],
  async run(input) {
    const { types: typesAt } = await import('../../commands/schema-at.ts')
    const report = await typesAt(input.config, input.arguments[0] ?? '', {
      signal: input.run.signal,
      format: formatOption(input.text('format')),
    })
    return { report, text: report.code.trimEnd() }
  },
}

function formatOption(text = 'rows'): TypesFormat {
  if (text === 'rows' || text === 'kysely') return text
  throw new Misuse(`--format cannot be ${JSON.stringify(text)}.`, { hint: 'Say "rows" or "kysely".' })
}
