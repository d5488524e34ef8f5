import { importAlembicSource } from '../import-alembic.ts'
import type { ImportSource } from '../import-source.ts'
import { importSqlSource } from '../import-sql.ts'
import { Misuse } from '../options.ts'
import type { Verb } from '../verb.ts'

/** What can be imported. An option that several have stands here once. */
const sources: readonly ImportSource[] = [importAlembicSource, importSqlSource]

export const importVerb: Verb = {
  name: 'import',
  summary: 'make revisions of the migrations of another tool',
  arguments: [
    {
      name: 'WHAT',
      required: true,
      summary: sources.map(({ name, summary }) => `${name}: ${summary}`).join('; '),
    },
    { name: 'PATH', required: true, summary: 'where they are' },
  ],
  options: [
    { name: 'check', summary: 'write nothing: say only what would be written, and what cannot be converted' },
    ...sources.flatMap(({ options }) => options),
  ],
  examples: sources.flatMap(({ examples }) => examples),
  async run(input) {
    const [what = '', path = ''] = input.arguments
    const source = sources.find(({ name }) => name === what)
    if (source === undefined) {
      const known = sources.map(({ name }) => name).join(' or ')
      throw new Misuse(`"limbeck import" takes ${known}, not ${JSON.stringify(what)}.`)
    }
    return source.run(input, path)
  },
}
