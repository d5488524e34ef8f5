import { blockRule } from '../block-rule.ts'
import { altersBy } from '../tree.ts'

export const columnTypeRewrite = blockRule({
  name: 'column-type-rewrite',
  title: 'a type for which the table is written anew',
  problem:
    'PostgreSQL writes all rows and all indexes of the table anew where a value of the old type is stored otherwise than one of the new type, or has to be looked at, and holds ACCESS EXCLUSIVE: nobody can even read. varchar to a longer one or to text, and numeric to a wider one of the same scale, cost nothing.',
  instead:
    'Write the new type into a new column that is kept in step, and change over (op.expandColumn, op.contractColumn).',
  ignore: 'The table is small, or nobody uses it yet.',
  concerns: (tree) => altersBy(tree, ['AT_AlterColumnType']),
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ALTER age TYPE bigint',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ALTER email TYPE text',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ALTER email TYPE varchar(300)',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ALTER email TYPE varchar(100)',
      finds: true,
    },
    {
      given: 'CREATE TABLE prices (amount numeric(10, 2)); CREATE INDEX ON prices (amount)',
      sql: 'ALTER TABLE prices ALTER amount TYPE numeric(12, 2)',
      finds: false,
    },
    {
      given: 'CREATE TABLE prices (amount numeric(10, 2))',
      sql: 'ALTER TABLE prices ALTER amount TYPE numeric(12, 4)',
      finds: true,
    },
  ],
})
