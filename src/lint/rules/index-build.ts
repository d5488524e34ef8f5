import { blockRule } from '../block-rule.ts'

export const indexBuild = blockRule({
  name: 'index-build',
  title: 'CREATE INDEX without CONCURRENTLY',
  problem:
    'CREATE INDEX takes a SHARE lock: nobody can insert, update or delete until all rows of the table are read and the index is built. On a partitioned table it does so for each partition.',
  instead:
    'Build it with CONCURRENTLY, outside of a transaction; on a partitioned table build it on each partition and attach it. op.createIndex does both, and mends what an interrupted build has left.',
  ignore: 'The table is small, or nobody uses it yet.',
  concerns: ({ kind, node }) => kind === 'IndexStmt' && node['concurrent'] !== true,
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'CREATE INDEX ON users (email)',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'CREATE TABLE posts (id bigint, author bigint); CREATE INDEX ON posts (author)',
      finds: false,
    },
  ],
})
