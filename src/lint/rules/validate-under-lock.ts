import { blockRule } from '../block-rule.ts'
import { altersBy } from '../tree.ts'

export const validateUnderLock = blockRule({
  name: 'validate-under-lock',
  title: 'VALIDATE beside something that closes the table',
  problem:
    'VALIDATE CONSTRAINT takes a lock that lets others read and write; in one ALTER TABLE with something stronger, or one that takes the lock of a domain, the greatest lock holds for all of it.',
  instead: 'Validate in a statement and a transaction of its own.',
  ignore: 'The table is small, or nobody uses it yet.',
  concerns: (tree) => altersBy(tree, ['AT_ValidateConstraint', 'AT_AlterConstraint']),
  examples: [
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint); ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID',
      sql: 'ALTER TABLE users VALIDATE CONSTRAINT c, ADD COLUMN x integer',
      finds: true,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint); ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID',
      sql: 'ALTER TABLE users VALIDATE CONSTRAINT c',
      finds: false,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint); ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID',
      sql: 'ALTER TABLE users VALIDATE CONSTRAINT c, ALTER age SET DEFAULT 18',
      finds: true,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint); ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID; ALTER TABLE users ADD CONSTRAINT d CHECK (age < 200) NOT VALID',
      sql: 'ALTER TABLE users VALIDATE CONSTRAINT c, VALIDATE CONSTRAINT d',
      finds: false,
    },
  ],
})
