import type { Rule } from '../rule.ts'

export const transactionControl: Rule = {
  name: 'transaction-control',
  classes: ['advice'],
  level: 'error',
  title: 'COMMIT or ROLLBACK in a migration that its runner wraps in a transaction',
  problem:
    "It ends the runner's transaction behind its back. What comes after it is committed statement by statement, or lost, and a failure leaves half of it: the runner believes that all of it is undone.",
  instead:
    'Leave transactions to the runner: a file of its own that is not wrapped, or a revision of Limbeck, whose stages are cut by what PostgreSQL bears.',
  ignore: 'The runner does not wrap this file: say so with --transaction none.',
  find({ statement: { parsed } }, { mode }) {
    const { kind, node } = parsed.tree
    const ends = ['TRANS_STMT_COMMIT', 'TRANS_STMT_ROLLBACK'].includes(node['kind'])
    if (kind !== 'TransactionStmt' || !ends || mode !== 'one') return []
    return [{ message: "It ends the runner's transaction: what comes after it is on its own." }]
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint)',
      sql: '-- limbeck: transaction one\nCOMMIT; CREATE INDEX CONCURRENTLY i ON users (id)',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint)',
      sql: 'BEGIN; ALTER TABLE users ADD COLUMN n integer; COMMIT',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint)',
      sql: 'ALTER TABLE users ADD COLUMN n integer; ROLLBACK',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint)',
      sql: 'SAVEPOINT a; ALTER TABLE users ADD COLUMN n integer; ROLLBACK TO a',
      finds: false,
    },
  ],
}
