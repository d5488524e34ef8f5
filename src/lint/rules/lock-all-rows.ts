import type { Node } from '../../sql/statements.ts'
import { listed } from '../blocks.ts'
import type { Rule } from '../rule.ts'

export const lockAllRows: Rule = {
  name: 'lock-all-rows',
  classes: ['bulk-row-locks'],
  level: 'error',
  title: 'SELECT … FOR UPDATE of all rows',
  problem:
    'Every row that it gives is locked until the transaction ends. pg_locks does not show it: row locks are kept in the rows.',
  instead: 'Lock the rows of a batch at a time, or none: op.backfill.',
  ignore: 'The table is small.',
  find({ statement: { parsed }, scans }) {
    if (scans.length === 0 || !locksAll(parsed.tree.node)) return []
    return [
      { message: `All rows of ${listed(scans)} are locked until the transaction ends.`, relations: scans },
    ]
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'SELECT id FROM users FOR UPDATE',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'SELECT id FROM users WHERE id = 1 FOR UPDATE',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'SELECT count(*) FROM (SELECT id FROM users FOR UPDATE) AS locked',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'SELECT id FROM users FOR UPDATE SKIP LOCKED LIMIT 100',
      finds: false,
    },
    { given: 'CREATE TABLE users (id bigint PRIMARY KEY)', sql: 'SELECT count(*) FROM users', finds: false },
  ],
}

/** In a query of its own or within another one. */
function locksAll(node: Node): boolean {
  if (node['lockingClause'] !== undefined) return node['limitCount'] === undefined
  return Object.values(node).some(
    (value) => typeof value === 'object' && value !== null && locksAll(value as Node),
  )
}
