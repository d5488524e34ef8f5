import { alterDomain, createDomain, dropDomain } from '../../src/operations/registry.ts'
import type { Sql } from '../../src/sql/tag.ts'
import { further } from './further.ts'

const sql = (text: string): Sql => ({ sql: [text], values: [] })

/** Domains that were made by hand: what `was` says of them is all that there is to say. */
export const furtherDomains = [
  ...further(
    dropDomain,
    {
      given: `CREATE SCHEMA app; CREATE COLLATION app."Mine" FROM "C"; CREATE DOMAIN app.code AS varchar(10)[] COLLATE app."Mine"
        DEFAULT '{a,b}' NOT NULL CONSTRAINT one CHECK (cardinality(VALUE) > 0) CONSTRAINT two CHECK (VALUE[1] <> 'it''s') CHECK (true)`,
      fields: {
        schema: 'app',
        name: 'code',
        was: {
          type: 'varchar(10)[]',
          collation: { schema: 'app', name: 'Mine' },
          default: ['a', 'b'],
          notNull: true,
          checks: [
            { name: 'one', expression: sql('cardinality(VALUE) > 0') },
            { name: 'two', expression: { sql: ['VALUE[1] <> ', ''], values: ["it's"] } },
            { expression: sql('true') },
          ],
        },
      },
    },
    {
      given: 'CREATE DOMAIN code AS text CONSTRAINT code_is_known NOT NULL',
      since: 17,
      fields: { name: 'code', was: { type: 'text', notNull: { name: 'code_is_known' } } },
    },
    { given: 'CREATE DOMAIN code AS text', fields: { name: 'code' } },
  ),
  ...further(createDomain, { fields: { name: 'settings', type: 'jsonb', default: { a: [1] } } }),
  ...further(
    alterDomain,
    {
      given: 'CREATE DOMAIN code AS text CONSTRAINT code_is_known NOT NULL',
      since: 17,
      fields: { name: 'code', notNull: false, was: { notNull: { name: 'code_is_known' } } },
    },
    {
      given: 'CREATE DOMAIN code AS text',
      fields: { name: 'code', default: 'x', notNull: true, was: { default: null } },
    },
  ),
]
