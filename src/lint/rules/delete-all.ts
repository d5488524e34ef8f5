import { listed } from '../blocks.ts'
import type { Rule } from '../rule.ts'
import { tableName } from '../tree.ts'

export const deleteAll: Rule = {
  name: 'delete-all',
  classes: ['data-loss'],
  level: 'warning',
  title: 'all rows of a table are taken away',
  problem:
    'TRUNCATE closes the table and all that refer to it with ACCESS EXCLUSIVE, and its rows are gone once it has committed; so are those that a DELETE without a condition finds.',
  instead: 'Say which rows, and take them away in batches.',
  ignore: 'The rows can be made again.',
  find({ statement: { parsed }, written, before, old }) {
    const { kind, node } = parsed.tree
    const emptied =
      kind === 'TruncateStmt'
        ? (node['relations'] ?? []).map(({ RangeVar }: { readonly RangeVar: never }) => tableName(RangeVar))
        : written.filter(({ of, deleted }) => of > 0 && deleted >= of).map(({ relation }) => relation)
    const names: readonly string[] = emptied
    const there = names.filter((name) =>
      [...before.values()].some(
        (relation) => old.has(relation.oid) && relation.name === name.split('.').at(-1),
      ),
    )
    return there.length === 0 ? [] : [{ message: `All rows of ${listed(there)} are lost.`, relations: there }]
  },
  examples: [
    { given: 'CREATE TABLE users (id bigint PRIMARY KEY)', sql: 'TRUNCATE users', finds: true },
    { given: 'CREATE TABLE users (id bigint PRIMARY KEY)', sql: 'DELETE FROM users', finds: true },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'DELETE FROM users WHERE id = 1',
      finds: false,
    },
    { given: 'CREATE TABLE users (id bigint PRIMARY KEY)', sql: 'DELETE FROM users WHERE true', finds: true },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'CREATE TABLE people AS SELECT * FROM users; TRUNCATE people',
      finds: false,
    },
  ],
}
