import { blockRule } from '../block-rule.ts'
import { addedConstraints, altersBy } from '../tree.ts'

export const notNullScan = blockRule({
  name: 'not-null-scan',
  title: 'SET NOT NULL without a check that says so',
  problem:
    'SET NOT NULL reads all rows under ACCESS EXCLUSIVE, unless a valid CHECK (column IS NOT NULL) tells that there is none.',
  instead:
    'Add such a CHECK NOT VALID, VALIDATE it, then SET NOT NULL and drop it; on PostgreSQL 18 add the constraint NOT NULL itself NOT VALID. op.setNotNull takes the way of the server.',
  ignore: 'The table is small, or nobody uses it yet.',
  concerns: (tree) =>
    altersBy(tree, ['AT_SetNotNull']) ||
    addedConstraints(tree).some(({ contype }) => contype === 'CONSTR_NOTNULL'),
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ALTER age SET NOT NULL',
      finds: true,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint); ALTER TABLE users ADD CONSTRAINT c CHECK (age IS NOT NULL)',
      sql: 'ALTER TABLE users ALTER age SET NOT NULL',
      finds: false,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint); ALTER TABLE users ADD CONSTRAINT c CHECK (age IS NOT NULL) NOT VALID',
      sql: 'ALTER TABLE users ALTER age SET NOT NULL',
      finds: true,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint); ALTER TABLE users ADD CONSTRAINT c CHECK (age IS NOT NULL AND email IS NOT NULL)',
      sql: 'ALTER TABLE users ALTER age SET NOT NULL, ALTER email SET NOT NULL',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ALTER id SET NOT NULL',
      finds: false,
    },
  ],
})
