import { blockRule } from '../block-rule.ts'

export const reindex = blockRule({
  name: 'reindex',
  title: 'REINDEX without CONCURRENTLY',
  problem:
    'REINDEX closes each index with ACCESS EXCLUSIVE while it is built anew; and whoever plans a query on the table opens all its indexes: in effect nobody can read it.',
  instead: 'REINDEX … CONCURRENTLY, outside of a transaction (op.reindex).',
  ignore: 'The table is small, or nobody uses it yet.',
  concerns: ({ kind }) => kind === 'ReindexStmt',
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'REINDEX INDEX users_pkey',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'REINDEX TABLE users',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: '-- limbeck: transaction none\nREINDEX TABLE CONCURRENTLY users',
      finds: false,
    },
  ],
})
