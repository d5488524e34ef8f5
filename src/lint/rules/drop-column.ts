import { relationName } from '../../trace/picture.ts'
import { wordsOf } from '../../trace/words.ts'
import { listed } from '../blocks.ts'
import type { Rule } from '../rule.ts'

export const dropColumn: Rule = {
  name: 'drop-column',
  classes: ['data-loss'],
  level: 'warning',
  title: 'a column is dropped with its values',
  problem:
    'The values are gone once it has committed, and the indexes that have the column too. A generated column has none of its own.',
  instead: 'Stop using it first; drop it when no release reads or writes it any more.',
  ignore: 'The values are not needed by anybody.',
  find({ statement: { parsed } }, { changes, all }) {
    const before = all.slice(
      0,
      all.findIndex((one) => one.statement.parsed === parsed),
    )
    // A statement before it has read the column and written something.
    const isCopied = (name: string) =>
      before.some(({ statement: { parsed: earlier } }) => {
        const writes = ['UpdateStmt', 'InsertStmt', 'MergeStmt'].includes(earlier.tree.kind)
        return writes && wordsOf(earlier.tree).has(name)
      })
    const columns = changes.columns
      .filter(
        ({ relation, was, is }) =>
          is === null &&
          was !== null &&
          !was.isGenerated &&
          !isCopied(was.name) &&
          ['r', 'p'].includes(relation.kind),
      )
      .map(({ relation, was }) => ({
        table: relationName(relation),
        name: `${relationName(relation)}.${was?.name}`,
      }))
    return columns.length === 0
      ? []
      : [
          {
            message: `All values of ${listed(columns.map(({ name }) => name))} are lost.`,
            evidence: columns.map(({ name }) => `${name} is gone`),
            relations: columns.map(({ table }) => table),
          },
        ]
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'ALTER TABLE users DROP COLUMN age',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'ALTER TABLE users RENAME age TO years',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'ALTER TABLE users ADD COLUMN n integer; ALTER TABLE users DROP COLUMN n',
      finds: false,
    },
    {
      given: "CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE users (id bigint PRIMARY KEY, mood mood)",
      sql: 'DROP TYPE mood CASCADE',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, twice bigint GENERATED ALWAYS AS (id * 2) STORED)',
      sql: 'ALTER TABLE users DROP COLUMN twice',
      finds: false,
    },
  ],
}
