import {
  addColumn,
  alterColumn,
  alterColumns,
  alterTable,
  attachPartition,
  detachPartition,
  dropColumn,
} from '../../src/operations/registry.ts'
import type { Sql } from '../../src/sql/tag.ts'
import { further } from './further.ts'

const sql = (text: string): Sql => ({ sql: [text], values: [] })

const heap2 = `DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_am WHERE amname = 'heap2') THEN
    CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
  END IF;
END $$`

/** What changes of tables, columns and partitions: every property, with objects that were made by hand. */
export const furtherAlterations = [
  ...further(
    alterTable,
    {
      given: 'CREATE SCHEMA app; CREATE TABLE app."a Table" (id int)',
      fields: { schema: 'app', name: 'a Table', persistence: 'unlogged', was: { persistence: 'permanent' } },
    },
    {
      given: 'CREATE TABLE t (id int)',
      fields: { name: 't', tablespace: 'pg_default', was: { tablespace: 'pg_default' } },
    },
    {
      given: `${heap2}; CREATE TABLE t (id int)`,
      fields: { name: 't', accessMethod: 'heap2', was: { accessMethod: 'heap' } },
    },
    {
      given: `CREATE TABLE t (id int NOT NULL); CREATE UNIQUE INDEX "the Index" ON t (id);
        ALTER TABLE t REPLICA IDENTITY NOTHING, ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY, CLUSTER ON "the Index",
          SET (fillfactor = 30, toast.autovacuum_enabled = off)`,
      fields: {
        name: 't',
        replicaIdentity: { index: 'the Index' },
        rowSecurity: false,
        forceRowSecurity: false,
        clusterOn: null,
        with: { fillfactor: null, 'toast.autovacuum_enabled': null, parallel_workers: 3 },
        was: {
          replicaIdentity: 'nothing',
          rowSecurity: true,
          forceRowSecurity: true,
          clusterOn: 'the Index',
          with: { fillfactor: 30, 'toast.autovacuum_enabled': 'off', parallel_workers: null },
        },
      },
    },
    {
      given: 'CREATE TABLE t (id int)',
      fields: { name: 't', with: { user_catalog_table: true }, was: { with: { user_catalog_table: null } } },
    },
    {
      given: `CREATE SCHEMA app; CREATE TABLE app.base (a int); CREATE TABLE other (b int);
        CREATE TABLE heir (a int, b int) INHERITS (app.base)`,
      fields: { name: 'heir', noInherit: [{ schema: 'app', table: 'base' }], inherit: [{ table: 'other' }] },
    },
    {
      given: 'CREATE SCHEMA app; CREATE TYPE app.pair AS (a int); CREATE TABLE t OF app.pair',
      fields: { name: 't', ofType: null, was: { ofType: { schema: 'app', name: 'pair' } } },
    },
    {
      given: 'CREATE TABLE t (id int)',
      fields: { name: 't', with: { fillfactor: 50 }, was: { with: {} } },
    },
  ),
  ...further(
    alterColumn,
    {
      given: 'CREATE TABLE t (a varchar(5) COLLATE "C")',
      fields: {
        table: 't',
        name: 'a',
        type: 'text',
        collation: { schema: 'pg_catalog', name: 'POSIX' },
        was: { type: 'varchar(5)', collation: 'C' },
      },
    },
    {
      given: 'CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY (START 3 MINVALUE 2 MAXVALUE 90 CYCLE))',
      fields: {
        table: 't',
        name: 'a',
        identity: null,
        was: { identity: { generated: 'always', start: 3, minValue: 2, maxValue: 90, cycle: true } },
      },
    },
    {
      given: 'CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY)',
      fields: { table: 't', name: 'a', identity: 'by default', was: { identity: 'always' } },
    },
    {
      given: 'CREATE TABLE t (a int NOT NULL)',
      fields: {
        table: 't',
        name: 'a',
        identity: { generated: 'always', sequence: 'numbers', maxValue: 99n },
        was: { identity: null },
      },
    },
    {
      given: 'CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY (START 3 MINVALUE 2 MAXVALUE 90 CYCLE))',
      fields: {
        table: 't',
        name: 'a',
        identity: { start: 5, minValue: null, maxValue: null, cycle: false, restart: true },
        was: { identity: { start: 3, minValue: 2, maxValue: 90, cycle: true, restart: 7 } },
      },
    },
    {
      given: 'CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED)',
      fields: { table: 't', name: 'b', generated: sql('a + 2'), was: { generated: sql('a + 1') } },
    },
    {
      given: 'CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED)',
      fields: { table: 't', name: 'b', generated: null, was: { generated: sql('a + 1') } },
    },
    {
      given: 'CREATE TABLE t (a text)',
      fields: { table: 't', name: 'a', compression: 'pglz', was: { compression: 'default' } },
    },
    {
      given: 'CREATE TABLE t (a text STORAGE plain)',
      fields: { table: 't', name: 'a', storage: 'default', was: { storage: 'plain' } },
    },
    {
      given: 'CREATE TABLE t (a int); ALTER TABLE t ALTER a SET (n_distinct = 5), ALTER a SET STATISTICS 7',
      fields: {
        table: 't',
        name: 'a',
        options: { n_distinct: null, n_distinct_inherited: -0.5 },
        was: { options: { n_distinct: 5, n_distinct_inherited: null } },
      },
    },
    {
      given: 'CREATE TABLE t (a int)',
      fields: { table: 't', name: 'a', type: 'bigint', default: 1, was: { type: 'integer' } },
    },
  ),
  ...further(
    alterColumns,
    {
      given: 'CREATE SCHEMA app; CREATE TABLE app."a T" (a text COMPRESSION pglz, "a B" int)',
      fields: {
        schema: 'app',
        table: 'a T',
        columns: [
          { name: 'a', compression: 'default', was: { compression: 'pglz' } },
          { name: 'a B', statistics: 3, was: { statistics: -1 } },
        ],
      },
    },
    {
      given: 'CREATE TABLE t (a int, b int)',
      fields: {
        table: 't',
        columns: [
          { name: 'a', statistics: 3, was: { statistics: -1 } },
          { name: 'b', options: { n_distinct: 3 } },
        ],
      },
    },
  ),
  ...further(
    addColumn,
    {
      given: 'CREATE TABLE t (a int)',
      fields: {
        table: 't',
        column: { name: 'b', type: 'integer', generated: { expression: sql('a + 1'), kind: 'virtual' } },
      },
    },
    {
      given: 'CREATE TABLE t (a int)',
      fields: {
        table: 't',
        column: {
          name: 'b',
          type: 'text',
          compression: 'pglz',
          storage: 'main',
          statistics: 3,
          options: { n_distinct_inherited: 4 },
        },
      },
    },
  ),
  ...further(dropColumn, {
    given: `CREATE TABLE teams (id int PRIMARY KEY);
      CREATE TABLE t (a int, b int REFERENCES teams MATCH FULL DEFERRABLE INITIALLY DEFERRED);
      ALTER TABLE t ALTER b SET STATISTICS 4, ALTER b SET (n_distinct = -0.1)`,
    fields: {
      table: 't',
      name: 'b',
      was: {
        type: 'integer',
        statistics: 4,
        options: { n_distinct: -0.1 },
        references: { table: 'teams', match: 'FULL', initiallyDeferred: true },
      },
    },
  }),
  ...further(
    attachPartition,
    {
      given: 'CREATE TABLE parts (a int) PARTITION BY HASH (a); CREATE TABLE part (a int)',
      fields: { table: 'parts', partition: { table: 'part' }, bound: { modulus: 2, remainder: 0 } },
    },
    {
      given: 'CREATE TABLE parts (a int) PARTITION BY LIST (a); CREATE TABLE part (a int)',
      fields: { table: 'parts', partition: { table: 'part' }, bound: 'default' },
    },
    {
      given: `CREATE SCHEMA app; CREATE TABLE app."the Parts" (a int NOT NULL, b text NOT NULL) PARTITION BY RANGE (a, b);
        CREATE TABLE app."a Part" (a int NOT NULL, b text NOT NULL)`,
      fields: {
        schema: 'app',
        table: 'the Parts',
        partition: { schema: 'app', table: 'a Part' },
        bound: { from: [-1, sql('MINVALUE')], to: [5, sql('MAXVALUE')] },
        proof: sql('a >= -1 AND a < 5'),
      },
    },
  ),
  ...further(
    detachPartition,
    {
      given: `CREATE SCHEMA app; CREATE TABLE app."the Parts" (a int) PARTITION BY LIST (a);
        CREATE TABLE app."a Part" PARTITION OF app."the Parts" FOR VALUES IN (1, NULL)`,
      fields: {
        schema: 'app',
        table: 'the Parts',
        partition: { schema: 'app', table: 'a Part' },
        concurrently: true,
        was: { bound: { in: [1, null] } },
      },
      leaves: 'the check of the bound',
    },
    {
      given: `CREATE TABLE parts (a int) PARTITION BY LIST (a); CREATE TABLE part PARTITION OF parts DEFAULT`,
      fields: { table: 'parts', partition: { table: 'part' } },
      since: 14,
    },
  ),
]
