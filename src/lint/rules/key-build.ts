import { blockRule } from '../block-rule.ts'
import { addedConstraints } from '../tree.ts'

export const keyBuild = blockRule({
  name: 'key-build',
  title: 'a key or an exclusion constraint whose index is built under its lock',
  problem:
    'ADD UNIQUE, ADD PRIMARY KEY and ADD EXCLUDE build their index under ACCESS EXCLUSIVE: nobody can read the table until that is done.',
  instead:
    'Build a unique index with CONCURRENTLY and make it the constraint with USING INDEX (op.createUniqueConstraint, op.createPrimaryKey do it). An exclusion constraint has no such way: it belongs on a new table.',
  ignore: 'The table is small, or nobody uses it yet.',
  concerns: (tree) =>
    addedConstraints(tree).some(({ contype }) =>
      ['CONSTR_UNIQUE', 'CONSTR_PRIMARY', 'CONSTR_EXCLUSION'].includes(contype),
    ),
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email)',
      finds: true,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint); CREATE UNIQUE INDEX one_email ON users (email)',
      sql: 'ALTER TABLE users ADD CONSTRAINT one_email UNIQUE USING INDEX one_email',
      finds: false,
    },
    {
      given: 'CREATE TABLE tags (name text NOT NULL)',
      sql: 'ALTER TABLE tags ADD PRIMARY KEY (name)',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'CREATE TABLE posts (id bigint); ALTER TABLE posts ADD PRIMARY KEY (id)',
      finds: false,
    },
  ],
})
