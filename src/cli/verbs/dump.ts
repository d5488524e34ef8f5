import type { Verb } from '../verb.ts'

export const dump: Verb = {
  name: 'dump',
  summary: 'the schema of the database as SQL, the same for the same schema',
  examples: ['limbeck dump > schema.sql'],
  async run(input) {
    const { dump: dumpSchema } = await import('../../commands/dump.ts')
    const report = await dumpSchema(input.config)
    return { report, text: report.sql.trimEnd() }
  },
}
