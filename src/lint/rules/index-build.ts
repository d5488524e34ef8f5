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
    {
      given:
        'CREATE TABLE events (n integer, at date) PARTITION BY LIST (n); CREATE TABLE one PARTITION OF events FOR VALUES IN (1)',
      sql: 'CREATE INDEX ON events (at)',
      finds: true,
    },
    {
      given:
        'CREATE TABLE events (n integer, at date) PARTITION BY LIST (n); CREATE TABLE one PARTITION OF events FOR VALUES IN (1)',
      sql: 'CREATE INDEX ON ONLY events (at)',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: '-- limbeck: transaction none\nCREATE INDEX CONCURRENTLY ON users (email)',
      finds: false,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint); CREATE INDEX by_email ON users (email)',
      sql: 'CREATE INDEX IF NOT EXISTS by_email ON users (email)',
      finds: false,
    },
  ],
})
