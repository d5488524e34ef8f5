import { blockRule } from '../block-rule.ts'
import { altersBy } from '../tree.ts'

export const storageRewrite = blockRule({
  name: 'storage-rewrite',
  title: 'a table that is copied',
  problem:
    'CLUSTER, VACUUM FULL, SET LOGGED, SET UNLOGGED, SET TABLESPACE, SET ACCESS METHOD and SET EXPRESSION write the table and its indexes anew under ACCESS EXCLUSIVE.',
  instead:
    'With pg_repack, which does the same beside the table. For another expression, make a new column and change over.',
  ignore: 'The table is small, or nobody uses it yet.',
  concerns: (tree) =>
    tree.kind === 'ClusterStmt' ||
    tree.kind === 'VacuumStmt' ||
    altersBy(tree, [
      'AT_SetLogged',
      'AT_SetUnLogged',
      'AT_SetTableSpace',
      'AT_SetAccessMethod',
      'AT_SetExpression',
    ]),
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users SET UNLOGGED',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'CLUSTER users USING users_pkey',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: '-- limbeck: transaction none\nVACUUM FULL users',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: '-- limbeck: transaction none\nVACUUM users',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users SET (fillfactor = 70)',
      finds: false,
    },
  ],
})
