import { alterIndex, createIndex, dropIndex, dropStatistics, reindex } from '../../src/operations/registry.ts'
import type { Sql } from '../../src/sql/tag.ts'
import { further } from './further.ts'

const sql = (text: string): Sql => ({ sql: [text], values: [] })

/** Indexes and extended statistics that were made by hand, dropped and brought back; and what is partitioned. */
export const furtherIndexes = [
  ...further(
    dropIndex,
    {
      given: `CREATE SCHEMA "O p"; CREATE EXTENSION pg_trgm SCHEMA "O p"; CREATE SCHEMA app; CREATE TABLE app.t (a text, b text);
        CREATE INDEX "I i" ON app.t USING gist (a "O p".gist_trgm_ops (siglen = 64), (a || b) COLLATE pg_catalog."POSIX" "O p".gist_trgm_ops)
          WITH (buffering = on) TABLESPACE pg_default`,
      fields: {
        schema: 'app',
        name: 'I i',
        concurrently: true,
        was: {
          table: 't',
          using: 'gist',
          columns: [
            {
              column: 'a',
              operatorClass: { schema: 'O p', name: 'gist_trgm_ops', options: { siglen: 64 } },
            },
            {
              expression: sql('a || b'),
              collation: { schema: 'pg_catalog', name: 'POSIX' },
              operatorClass: { schema: 'O p', name: 'gist_trgm_ops' },
            },
          ],
          with: { buffering: 'on' },
          tablespace: 'pg_default',
        },
      },
    },
    {
      given: `CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE part PARTITION OF t DEFAULT;
        CREATE INDEX i ON ONLY t (a)`,
      fields: { name: 'i', was: { table: 't', columns: ['a'], only: true } },
      // PostgreSQL locks every partition before it looks whether it has a part of the index.
      locks: [
        { table: 't', mode: 'AccessExclusive' },
        { table: 'part', mode: 'AccessExclusive' },
      ],
    },
    {
      given:
        'CREATE TABLE t (a int); CREATE INDEX i ON t USING brin (a int4_minmax_multi_ops (values_per_range = 16))',
      fields: {
        name: 'i',
        was: {
          table: 't',
          using: 'brin',
          columns: [
            {
              column: 'a',
              operatorClass: { name: 'int4_minmax_multi_ops', options: { values_per_range: 16 } },
            },
          ],
        },
      },
      since: 14,
    },
  ),
  ...further(createIndex, {
    given: `CREATE EXTENSION pg_trgm; CREATE TABLE t (a text, b int) PARTITION BY LIST (b); CREATE TABLE part PARTITION OF t DEFAULT`,
    fields: {
      name: 'i',
      table: 't',
      using: 'gist',
      columns: [
        {
          column: 'a',
          collation: { schema: 'pg_catalog', name: 'C' },
          operatorClass: { name: 'gist_trgm_ops', options: { siglen: 16 } },
        },
      ],
      where: sql("a <> '%'"),
      concurrently: true,
    },
    locks: [
      { table: 't', mode: 'Share' },
      { table: 'part', mode: 'ShareUpdateExclusive' },
    ],
  }),
  ...further(alterIndex, {
    given: `CREATE TABLE t (a int); CREATE INDEX i ON t USING brin (a) WITH (pages_per_range = 16, autosummarize)`,
    fields: {
      name: 'i',
      with: { pages_per_range: 32, autosummarize: null },
      was: { with: { pages_per_range: 16, autosummarize: true } },
    },
  }),
  ...further(
    reindex,
    {
      given: `CREATE TABLE t (a int, b text) PARTITION BY LIST (a); CREATE INDEX i ON t (b); CREATE SCHEMA "P p";
        CREATE TABLE "P p"."T t" PARTITION OF t FOR VALUES IN (1) PARTITION BY LIST (a);
        CREATE TABLE part PARTITION OF "P p"."T t" DEFAULT`,
      fields: { index: 'i', concurrently: true },
      locks: [{ table: 'part', mode: 'ShareUpdateExclusive' }],
    },
    {
      given: 'CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE INDEX i ON m (a)',
      fields: { table: 'm', concurrently: true },
    },
    {
      given: 'CREATE SCHEMA app; CREATE TABLE app.t (a int PRIMARY KEY)',
      fields: { schema: 'app', tablespace: 'pg_default' },
      locks: [{ schema: 'app', table: 't', mode: 'Share' }],
    },
  ),
  ...further(
    dropStatistics,
    {
      given: `CREATE SCHEMA app; CREATE SCHEMA "S s"; CREATE TABLE app.t ("A a" int, b text, c date);
        CREATE STATISTICS "S s"."X x" (mcv, ndistinct) ON c, "A a", b FROM app.t; ALTER STATISTICS "S s"."X x" SET STATISTICS 0`,
      fields: {
        schema: 'S s',
        name: 'X x',
        was: {
          columns: ['A a', 'b', 'c'],
          kinds: ['ndistinct', 'mcv'],
          from: { schema: 'app', table: 't' },
          target: 0,
        },
      },
    },
    {
      given: `CREATE TABLE t (a int, b text); CREATE STATISTICS x ON a, b FROM t`,
      fields: {
        name: 'x',
        was: { columns: ['b', 'a'], kinds: ['mcv', 'ndistinct', 'dependencies'], from: { table: 't' } },
      },
    },
    {
      given: `CREATE TABLE t (a int, b text); CREATE STATISTICS x (dependencies) ON (a + 1), a, lower(b) FROM t`,
      fields: {
        name: 'x',
        was: {
          columns: ['a'],
          expressions: [sql('a + 1'), sql('lower(b)')],
          kinds: ['dependencies'],
          from: { table: 't' },
        },
      },
      since: 14,
    },
    {
      given: `CREATE TABLE t (b text); CREATE STATISTICS x ON (lower(b)) FROM t`,
      fields: { name: 'x', was: { expressions: [sql('lower(b)')], from: { table: 't' } } },
      since: 14,
    },
  ),
]
