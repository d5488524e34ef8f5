import { blockRule } from '../block-rule.ts'
import { addedConstraints } from '../tree.ts'

export const checkScan = blockRule({
  name: 'check-scan',
  title: 'CHECK without NOT VALID',
  problem: 'ADD CHECK looks at all rows under ACCESS EXCLUSIVE: nobody can read the table meanwhile.',
  instead:
    'Add it NOT VALID, and VALIDATE it in a transaction of its own, which lets others read and write (op.createCheckConstraint does both).',
  ignore: 'The table is small, or nobody uses it yet.',
  concerns: (tree) => addedConstraints(tree).some(({ contype }) => contype === 'CONSTR_CHECK'),
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17)',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17) NOT VALID',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ADD CHECK (email IS NOT NULL), ALTER age SET DEFAULT 0',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'CREATE TABLE posts (words integer); ALTER TABLE posts ADD CHECK (words > 0)',
      finds: false,
    },
  ],
})
