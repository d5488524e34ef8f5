import type { Node } from '../../sql/statements.ts'
import type { Rule } from '../rule.ts'

export const offsetPaging: Rule = {
  name: 'offset-paging',
  classes: ['advice'],
  level: 'warning',
  title: 'batches by OFFSET',
  problem:
    'OFFSET counts the rows that there are at that moment: where some of them drop out of the condition meanwhile, others are passed over without a word. And it reads all rows that it passes over, again for each batch.',
  instead: 'Go on behind the last key of the batch before (op.backfill does).',
  ignore: 'Nothing changes the rows, and there are few of them.',
  find({ statement: { parsed } }) {
    return pages(parsed.tree.node) ? [{ message: 'Rows that change while it runs are passed over.' }] : []
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'SELECT id FROM users ORDER BY id LIMIT 100 OFFSET 100',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'SELECT id FROM users WHERE id > 100 ORDER BY id LIMIT 100',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'DELETE FROM users WHERE id IN (SELECT id FROM users ORDER BY id LIMIT 100 OFFSET 300)',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'SELECT id FROM (SELECT id FROM users OFFSET 0) AS apart WHERE id > 100',
      finds: false,
    },
  ],
}

/** OFFSET 0 passes over nothing: it keeps PostgreSQL from taking queries apart. */
function pages(node: Node): boolean {
  return Object.entries(node).some(
    ([name, value]) =>
      (name === 'limitOffset' && !isZero(value)) ||
      (typeof value === 'object' && value !== null && pages(value as Node)),
  )
}

/** The parser leaves out what is 0. */
function isZero({ A_Const: constant }: Node): boolean {
  return constant?.ival !== undefined && constant.ival.ival === undefined
}
