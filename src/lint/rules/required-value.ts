import { relationName } from '../../trace/picture.ts'
import type { Rule } from '../rule.ts'

export const requiredValue: Rule = {
  name: 'required-value',
  classes: ['breaks-old-code'],
  level: 'warning',
  title: 'a value that the application of before does not write',
  problem:
    'A column that must not be NULL and has no default has to be written by every INSERT. The application of before knows nothing of it, or was used to leave it out: its inserts fail (23502).',
  instead: 'Keep a default until no release runs that leaves the column out.',
  ignore: 'Every release that runs writes the column.',
  find({ after }, { changes }) {
    return changes.columns.flatMap(({ relation, was, is }) => {
      const isStill = after
        .get(relation.oid)
        ?.columns.some(({ number, notNull, isFilled }) => number === is?.number && notNull && !isFilled)
      const wasSo = was?.notNull === true && !was.isFilled
      if (is === null || isStill !== true || wasSo || !['r', 'p'].includes(relation.kind)) return []
      const table = relationName(relation)
      return [
        {
          message: `An INSERT into ${table} that leaves ${is.name} out fails.`,
          evidence: [`${table}.${is.name} is NOT NULL and has no default`],
          relations: [table],
        },
      ]
    })
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer NOT NULL DEFAULT 0)',
      sql: 'ALTER TABLE users ALTER age DROP DEFAULT',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'ALTER TABLE users ALTER age SET NOT NULL',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'ALTER TABLE users ADD COLUMN age integer NOT NULL DEFAULT 0',
      finds: false,
    },
  ],
}
