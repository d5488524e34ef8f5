import type { Node } from '../../sql/statements.ts'
import { find } from '../../trace/fixed-locks.ts'
import { isGiven } from '../../trace/given-rows.ts'
import { relationName } from '../../trace/picture.ts'
import { listed } from '../blocks.ts'
import { arePutAgain, copiedRows } from '../moved-rows.ts'
import type { Rule } from '../rule.ts'

export const deleteRows: Rule = {
  name: 'delete-rows',
  classes: ['data-loss', 'hides-data'],
  level: 'warning',
  title: 'rows are taken away',
  problem:
    'What is deleted is gone once it has committed. TRUNCATE takes all rows, and closes the table with ACCESS EXCLUSIVE.',
  instead: 'Keep a copy of what somebody may ask for, and take many rows away in batches.',
  ignore: 'The rows can be made again.',
  find(observation, { all }) {
    const { statement, written, madeRows, before, after, old, error, rows, given } = observation
    const { kind, node } = statement.parsed.tree
    if (error?.when === 'always' || arePutAgain(observation, all)) return []
    const named: readonly Node[] =
      kind === 'TruncateStmt'
        ? (node['relations'] ?? []).map(({ RangeVar }: Node) => RangeVar)
        : kind === 'DeleteStmt'
          ? [node['relation']]
          : []
    // With all that CASCADE takes along.
    const emptied =
      kind === 'TruncateStmt'
        ? [...before.values()].filter(
            ({ oid, kind: is, file }) => is === 'r' && old.has(oid) && after.get(oid)?.file !== file,
          )
        : []
    const there = named
      .flatMap((relation) => find(before, relation) ?? [])
      .filter(({ oid, isTemporary }) => old.has(oid) && !isTemporary)
      .map(relationName)
    const deleted = written.filter((one) => one.deleted > 0 && (error === null || !given.has(one.oid)))
    // It was seen to find none of the rows that there are, or to fail on them.
    const isIdle = kind === 'DeleteStmt' && deleted.length === 0
    const meant = there.filter((name) => !isIdle || !isGiven(name, observation))
    const relations = [
      ...new Set([...meant, ...emptied.map(relationName), ...deleted.map(({ relation }) => relation)]),
    ]
    if (relations.length === 0) return []
    const gone = sum([
      ...deleted.filter(({ oid }) => !emptied.some((one) => one.oid === oid)).map((one) => one.deleted),
      ...emptied.map(({ oid }) => rows.get(oid) ?? 0),
    ])
    const copied = relations.map((name) => copiedRows(name.split('.').at(-1) ?? name, observation, all))
    const isCopied = copied.every((count) => count !== null) && sum(copied.map((count) => count ?? 0)) >= gone
    return isCopied || (gone > 0 && madeRows >= gone)
      ? [
          {
            class: 'hides-data',
            message: `Rows of ${listed(relations)} are in another table now.`,
            relations,
          },
        ]
      : [{ message: `Rows of ${listed(relations)} are lost.`, relations }]
  },
  examples: [
    { given: 'CREATE TABLE users (id bigint PRIMARY KEY)', sql: 'TRUNCATE users', finds: true },
    { given: 'CREATE TABLE users (id bigint PRIMARY KEY)', sql: 'DELETE FROM users', finds: true },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'CREATE TABLE former (id bigint); INSERT INTO former SELECT * FROM users; TRUNCATE users',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY); INSERT INTO users SELECT generate_series(1, 100)',
      sql: 'DELETE FROM users WHERE id > 100',
      finds: false,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE logins (id bigint REFERENCES users); INSERT INTO users VALUES (1); INSERT INTO logins VALUES (1)',
      sql: 'DELETE FROM users',
      finds: false,
    },
    {
      given:
        'CREATE TABLE bills (id bigint PRIMARY KEY, void boolean NOT NULL); CREATE TABLE receipts (bill_id bigint NOT NULL REFERENCES bills); CREATE TABLE lines (bill_id bigint NOT NULL REFERENCES bills ON DELETE CASCADE)',
      sql: 'CREATE TABLE former (LIKE bills); WITH moved AS (DELETE FROM bills WHERE void RETURNING *) INSERT INTO former SELECT * FROM moved',
      finds: true,
    },
    {
      given: 'CREATE TABLE models (id text PRIMARY KEY, price numeric)',
      sql: "DELETE FROM models WHERE id IN ('a', 'b'); INSERT INTO models VALUES ('a', 1), ('b', 2), ('c', 3)",
      finds: false,
    },
    {
      given: 'CREATE TABLE models (id text PRIMARY KEY, price numeric)',
      sql: "DELETE FROM models WHERE id IN ('a', 'b'); INSERT INTO models VALUES ('a', 1), ('c', 3)",
      finds: true,
    },
    {
      given: 'CREATE TABLE marks (post_id bigint, label text)',
      sql: "INSERT INTO marks SELECT post_id, 'new' FROM marks WHERE label = 'old'; DELETE FROM marks WHERE label = 'old'",
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'UPDATE users SET id = 2 WHERE id = 1',
      finds: false,
    },
  ],
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0)
}
