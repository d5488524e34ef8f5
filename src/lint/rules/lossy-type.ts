import { lossOfType } from '../../operations/type-loss.ts'
import { relationName } from '../../trace/picture.ts'
import type { Rule } from '../rule.ts'

export const lossyType: Rule = {
  name: 'lossy-type',
  classes: ['data-loss'],
  level: 'warning',
  title: 'a type that holds less',
  problem:
    'PostgreSQL rounds a fraction and drops a time of day where it makes values of the new type, without a word.',
  instead: 'Keep the old column until nobody needs what it holds more: op.expandColumn.',
  ignore: 'What is dropped is not needed by anybody.',
  find(_, { changes }) {
    return changes.columns.flatMap(({ relation, was, is }) => {
      if (was === null || is === null || was.type === is.type || !['r', 'p'].includes(relation.kind))
        return []
      const table = relationName(relation)
      const change = { name: is.name, type: short(is.type), was: { type: short(was.type) } }
      const lost = lossOfType(table, change)
      return lost.map((what) => ({
        message: `It loses ${what}.`,
        evidence: [`${was.type} becomes ${is.type}`],
        relations: [table],
      }))
    })
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, born timestamptz)',
      sql: 'ALTER TABLE users ALTER born TYPE date',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, born date)',
      sql: 'ALTER TABLE users ALTER born TYPE timestamptz',
      finds: false,
    },
  ],
}

/** As people write it, and as PostgreSQL prints it. */
function short(type: string): string {
  return type
    .replace(/^timestamp(\(\d\))? with time zone$/, 'timestamptz$1')
    .replace(/^timestamp(\(\d\))? without time zone$/, 'timestamp$1')
    .replace(/^character varying/, 'varchar')
}
