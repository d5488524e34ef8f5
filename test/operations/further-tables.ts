import { createTable, dropTable } from '../../src/operations/registry.ts'
import type { Sql } from '../../src/sql/tag.ts'
import { further } from './further.ts'

const sql = (text: string): Sql => ({ sql: [text], values: [] })

/** Every form and option of a table, and tables that were made by hand, dropped and brought back. */
export const furtherTables = [
  ...further(
    createTable,
    {
      given: `CREATE SCHEMA app; CREATE TABLE app."the Source" (id int PRIMARY KEY, note text DEFAULT 'x' CHECK (note <> ''));
        CREATE TABLE other (id2 int GENERATED ALWAYS AS IDENTITY); CREATE TABLE app."a Parent" (at date NOT NULL)`,
      fields: {
        schema: 'app',
        name: 'the "copy"',
        persistence: 'unlogged',
        columns: [{ name: 'extra', type: 'text', storage: 'external', statistics: 0 }],
        like: [
          {
            schema: 'app',
            table: 'the Source',
            including: [
              'comments',
              'constraints',
              'defaults',
              'generated',
              'indexes',
              'statistics',
              'storage',
            ],
          },
          { table: 'other', including: ['identity'] },
        ],
        inherits: [{ schema: 'app', table: 'a Parent' }],
        with: { fillfactor: 50, 'toast.autovacuum_enabled': false },
      },
    },
    {
      given: 'CREATE TABLE source (a text COMPRESSION pglz)',
      fields: { name: 'copy', columns: [], like: [{ table: 'source', including: ['compression'] }] },
    },
    {
      fields: {
        name: 'temporary_rows',
        persistence: 'temporary',
        onCommit: 'delete rows',
        columns: [{ name: 'a', type: 'integer', statistics: 5 }],
      },
    },
    {
      fields: {
        name: 'temporary_table',
        persistence: 'temporary',
        onCommit: 'drop',
        columns: [{ name: 'a', type: 'integer' }],
      },
    },
    {
      fields: {
        name: 'temporary_kept',
        persistence: 'temporary',
        onCommit: 'preserve rows',
        columns: [{ name: 'a', type: 'integer' }],
      },
    },
    {
      fields: {
        name: 'columns',
        columns: [
          {
            name: 'id',
            type: 'integer',
            identity: {
              generated: 'by default',
              sequence: 'the sequence',
              start: 10,
              increment: 5n,
              minValue: -5,
              maxValue: 1000,
              cache: 3,
              cycle: true,
            },
          },
          { name: 'down', type: 'bigint', identity: { generated: 'always', increment: -1, cycle: false } },
          {
            name: 'note',
            type: 'text',
            collation: { schema: 'pg_catalog', name: 'C' },
            storage: 'main',
            statistics: 1000,
            options: { n_distinct: -0.5, n_distinct_inherited: 7 },
          },
          { name: 'size', type: 'integer', generated: { expression: sql('length(note)'), kind: 'stored' } },
        ],
      },
    },
    {
      fields: { name: 'packed', columns: [{ name: 'a', type: 'text', compression: 'pglz' }] },
    },
    {
      fields: {
        name: 'packed',
        columns: [{ name: 'a', type: 'text', storage: 'default', compression: 'default' }],
      },
    },
    {
      fields: {
        name: 'computed',
        columns: [
          { name: 'a', type: 'integer' },
          { name: 'b', type: 'integer', generated: { expression: sql('a * 2'), kind: 'virtual' } },
        ],
      },
    },
    {
      given: 'CREATE TABLE teams (id int PRIMARY KEY, name text UNIQUE)',
      fields: {
        name: 'players',
        columns: [
          {
            name: 'team',
            type: 'text',
            references: {
              table: 'teams',
              column: 'name',
              match: 'FULL',
              onUpdate: 'CASCADE',
              onDelete: 'SET DEFAULT',
              initiallyDeferred: true,
            },
          },
          { name: 'team_id', type: 'integer', references: { table: 'teams', deferrable: true } },
        ],
      },
    },
    {
      fields: {
        name: 'parts',
        columns: [
          { name: 'a', type: 'text' },
          { name: 'b', type: 'text' },
        ],
        partitionBy: {
          strategy: 'range',
          columns: [
            { column: 'a', collation: 'C', operatorClass: 'text_pattern_ops' },
            { expression: sql('lower(b)'), collation: { schema: 'pg_catalog', name: 'POSIX' } },
          ],
        },
      },
    },
    {
      fields: {
        name: 'parts',
        accessMethod: 'heap',
        columns: [{ name: 'a', type: 'text' }],
        partitionBy: { strategy: 'list', columns: ['a'] },
      },
    },
    {
      given: `CREATE SCHEMA app; CREATE TABLE app.parts (a int, b text) PARTITION BY RANGE (a, b);
        CREATE TABLE app.others PARTITION OF app.parts DEFAULT`,
      fields: {
        schema: 'app',
        name: 'parts_1',
        partitionOf: {
          schema: 'app',
          table: 'parts',
          bound: { from: [sql('MINVALUE'), sql('MINVALUE')], to: [7, "it's"] },
        },
        columns: [
          {
            name: 'b',
            notNull: true,
            default: 'x',
            check: sql("b <> ''"),
            statistics: 9,
            storage: 'external',
          },
        ],
        constraints: [{ name: 'parts_1_key', unique: { columns: ['a', 'b'] } }],
        partitionBy: { strategy: 'hash', columns: ['b'] },
      },
      locks: [
        { schema: 'app', table: 'parts', mode: 'AccessExclusive' },
        { schema: 'app', table: 'others', mode: 'AccessExclusive' },
      ],
    },
    {
      given: 'CREATE TABLE parts (a int) PARTITION BY LIST (a)',
      fields: { name: 'parts_1', partitionOf: { table: 'parts', bound: { in: [1, null, sql('3')] } } },
    },
    {
      given: 'CREATE TABLE parts (a int) PARTITION BY HASH (a)',
      fields: { name: 'parts_1', partitionOf: { table: 'parts', bound: { modulus: 4, remainder: 1 } } },
    },
    {
      given: 'CREATE TABLE parts (a int) PARTITION BY LIST (a)',
      fields: { name: 'parts_rest', partitionOf: { table: 'parts', bound: 'default' } },
    },
    {
      given: 'CREATE SCHEMA app; CREATE TYPE app.pair AS (a int, b text)',
      fields: {
        schema: 'app',
        name: 'pairs',
        ofType: { schema: 'app', name: 'pair' },
        columns: [{ name: 'a', notNull: true, default: 1, options: { n_distinct: 3 } }],
        constraints: [{ name: 'pairs_b', check: { expression: sql("b <> ''") } }],
      },
    },
    {
      given: 'CREATE TYPE pair AS (a int)',
      fields: { name: 'pairs', ofType: { name: 'pair' } },
    },
  ),
  ...further(
    dropTable,
    {
      given: `CREATE TABLE base (a int, b text); CREATE TABLE second (c int);
        CREATE UNLOGGED TABLE heir (d text COLLATE pg_catalog."C",
          e int GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME heir_numbers START 5 INCREMENT -2 MINVALUE -9 MAXVALUE 9 CACHE 2 CYCLE))
          INHERITS (base, second) WITH (fillfactor = 60, toast.autovacuum_enabled = off);
        ALTER TABLE heir ALTER d SET STORAGE external, ALTER d SET STATISTICS 12, ALTER d SET (n_distinct = 4, n_distinct_inherited = -1)`,
      fields: {
        name: 'heir',
        was: {
          persistence: 'unlogged',
          columns: [
            {
              name: 'd',
              type: 'text',
              collation: { schema: 'pg_catalog', name: 'C' },
              storage: 'external',
              statistics: 12,
              options: { n_distinct: 4, n_distinct_inherited: -1 },
            },
            {
              name: 'e',
              type: 'integer',
              identity: {
                generated: 'by default',
                sequence: 'heir_numbers',
                start: 5,
                increment: -2,
                minValue: -9,
                maxValue: 9,
                cache: 2,
                cycle: true,
              },
            },
          ],
          inherits: [{ table: 'base' }, { table: 'second' }],
          with: { fillfactor: 60, 'toast.autovacuum_enabled': 'off' },
        },
      },
    },
    {
      given: `CREATE TABLE parts (a date, b text) PARTITION BY RANGE (a, b);
        CREATE TABLE part PARTITION OF parts (b DEFAULT 'y' NOT NULL) FOR VALUES FROM ('2026-01-01', MINVALUE) TO ('2027-01-01', MAXVALUE)`,
      fields: {
        name: 'part',
        was: {
          partitionOf: {
            table: 'parts',
            bound: { from: ['2026-01-01', sql('MINVALUE')], to: ['2027-01-01', sql('MAXVALUE')] },
          },
          columns: [{ name: 'b', default: 'y', notNull: true }],
        },
      },
    },
    {
      given: `CREATE TABLE parts (a text) PARTITION BY LIST (a); CREATE TABLE part PARTITION OF parts FOR VALUES IN ('a', NULL)`,
      fields: { name: 'part', was: { partitionOf: { table: 'parts', bound: { in: ['a', null] } } } },
    },
    {
      given: `CREATE TABLE parts (a int) PARTITION BY HASH (a); CREATE TABLE part PARTITION OF parts FOR VALUES WITH (modulus 3, remainder 2)`,
      fields: { name: 'part', was: { partitionOf: { table: 'parts', bound: { modulus: 3, remainder: 2 } } } },
    },
    {
      given: `CREATE TYPE pair AS (a int, b text); CREATE TABLE pairs OF pair (b WITH OPTIONS DEFAULT 'z', PRIMARY KEY (a))`,
      fields: {
        name: 'pairs',
        was: {
          ofType: { name: 'pair' },
          columns: [{ name: 'b', default: 'z' }],
          constraints: [{ primaryKey: { columns: ['a'] } }],
        },
      },
    },
    {
      given: `CREATE TABLE parts (a text, b text) PARTITION BY RANGE (a COLLATE "C" text_pattern_ops, (b || a))`,
      fields: {
        name: 'parts',
        was: {
          columns: [
            { name: 'a', type: 'text' },
            { name: 'b', type: 'text' },
          ],
          partitionBy: {
            strategy: 'range',
            columns: [
              { column: 'a', collation: 'C', operatorClass: 'text_pattern_ops' },
              { expression: sql('b || a') },
            ],
          },
        },
      },
    },
    {
      given: 'CREATE TABLE packed (a text COMPRESSION pglz)',
      fields: { name: 'packed', was: { columns: [{ name: 'a', type: 'text', compression: 'pglz' }] } },
      since: 14,
    },
    {
      given: 'CREATE TABLE computed (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL)',
      fields: {
        name: 'computed',
        was: {
          columns: [
            { name: 'a', type: 'integer' },
            { name: 'b', type: 'integer', generated: { expression: sql('a + 1'), kind: 'virtual' } },
          ],
        },
      },
      since: 18,
    },
  ),
]
