import { blockRule } from '../block-rule.ts'
import { altersBy } from '../tree.ts'

export const addColumnRewrite = blockRule({
  name: 'add-column-rewrite',
  title: 'a new column for which the table is written anew',
  problem:
    'A default is kept in the catalog where it is the same for all rows: now() is, random() is not. A volatile default, serial, an identity, a stored generated column, and a domain that has a constraint write every row anew under ACCESS EXCLUSIVE. A CHECK, a UNIQUE or a REFERENCES with a default within ADD COLUMN reads all rows.',
  instead:
    'Add the column without it, set the default for new rows, fill the old ones in batches (op.backfill), and add the constraint afterwards.',
  ignore: 'The table is small, or nobody uses it yet.',
  concerns: (tree) => altersBy(tree, ['AT_AddColumn']),
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid()',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ADD COLUMN seen timestamptz DEFAULT now()',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ADD COLUMN n bigserial',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ADD COLUMN n integer CHECK (n > 0)',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ADD COLUMN n bigint GENERATED ALWAYS AS IDENTITY',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ADD COLUMN twice bigint GENERATED ALWAYS AS (age * 2) STORED',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: 'ALTER TABLE users ADD COLUMN boss bigint REFERENCES users',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255), age integer, org bigint)',
      sql: "ALTER TABLE users ADD COLUMN since date NOT NULL DEFAULT date '2026-01-01' + 7",
      finds: false,
    },
  ],
})
