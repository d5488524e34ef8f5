import { blockRule } from '../block-rule.ts'

export const domainScan = blockRule({
  name: 'domain-scan',
  title: 'a constraint on a domain that is in use',
  problem:
    'ALTER DOMAIN reads all rows of every table that uses the domain, under SHARE on each of them; VALIDATE CONSTRAINT does too.',
  instead: 'Put the CHECK on the tables, NOT VALID and validated, and leave the domain as it is.',
  ignore: 'The tables that use the domain are small.',
  concerns: ({ kind }) => kind === 'AlterDomainStmt',
  examples: [
    {
      given: 'CREATE DOMAIN title AS text; CREATE TABLE users (id bigint PRIMARY KEY, title title)',
      sql: 'ALTER DOMAIN title ADD CHECK (length(VALUE) < 1000)',
      finds: true,
    },
    {
      given: 'CREATE DOMAIN age AS integer; CREATE TABLE users (id bigint PRIMARY KEY, age age)',
      sql: 'ALTER DOMAIN age ADD CHECK (VALUE > 0) NOT VALID',
      finds: false,
    },
    {
      given:
        'CREATE DOMAIN age AS integer; ALTER DOMAIN age ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID; CREATE TABLE users (id bigint PRIMARY KEY, age age)',
      sql: 'ALTER DOMAIN age VALIDATE CONSTRAINT c',
      finds: true,
    },
    {
      given: 'CREATE DOMAIN age AS integer; CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'ALTER DOMAIN age ADD CHECK (VALUE > 0)',
      finds: false,
    },
  ],
})
