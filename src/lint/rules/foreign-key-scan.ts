import { blockRule } from '../block-rule.ts'
import { addedConstraints } from '../tree.ts'

export const foreignKeyScan = blockRule({
  name: 'foreign-key-scan',
  title: 'a foreign key without NOT VALID',
  problem:
    'ADD FOREIGN KEY looks at all rows while it holds SHARE ROW EXCLUSIVE on both tables: nobody can write to either of them.',
  instead: 'Add it NOT VALID, and VALIDATE it in a transaction of its own (op.createForeignKey does both).',
  ignore: 'The table is small, or nobody uses it yet.',
  concerns: (tree) => addedConstraints(tree).some(({ contype }) => contype === 'CONSTR_FOREIGN'),
  examples: [
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint); CREATE TABLE orgs (id bigint PRIMARY KEY)',
      sql: 'ALTER TABLE users ADD FOREIGN KEY (org) REFERENCES orgs',
      finds: true,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint); CREATE TABLE orgs (id bigint PRIMARY KEY)',
      sql: 'ALTER TABLE users ADD FOREIGN KEY (org) REFERENCES orgs NOT VALID',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'CREATE TABLE posts (id bigint, author bigint REFERENCES users)',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ADD COLUMN boss bigint, ADD FOREIGN KEY (org) REFERENCES users',
      finds: true,
    },
  ],
})
