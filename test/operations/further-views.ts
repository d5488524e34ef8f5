import {
  alterMaterializedView,
  alterView,
  createView,
  dropMaterializedView,
  dropView,
  refreshMaterializedView,
  replaceView,
} from '../../src/operations/registry.ts'
import type { Sql } from '../../src/sql/tag.ts'
import { further } from './further.ts'

const sql = (text: string): Sql => ({ sql: [text], values: [] })

/** A view with all that can be said about one. */
const muchSaid = `CREATE SCHEMA "My App"; CREATE TABLE t (a int, b text, c int);
  ALTER DEFAULT PRIVILEGES GRANT INSERT ON TABLES TO pg_monitor;
  CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
  CREATE VIEW "My App"."V's" WITH (security_barrier) AS SELECT a, b, c FROM t;
  ALTER VIEW "My App"."V's" ALTER b SET DEFAULT 'it''s', ALTER c SET DEFAULT 1;
  COMMENT ON VIEW "My App"."V's" IS 'it''s a view';
  COMMENT ON COLUMN "My App"."V's".b IS 'b%';
  REVOKE ALL ON "My App"."V's" FROM pg_monitor, CURRENT_USER;
  GRANT SELECT ON "My App"."V's" TO PUBLIC, CURRENT_USER;
  GRANT UPDATE ON "My App"."V's" TO pg_monitor WITH GRANT OPTION;
  GRANT INSERT (b) ON "My App"."V's" TO pg_read_all_stats;
  CREATE TRIGGER g INSTEAD OF INSERT ON "My App"."V's" FOR EACH ROW EXECUTE FUNCTION f('%');
  COMMENT ON TRIGGER g ON "My App"."V's" IS 'g';
  ALTER TRIGGER g ON "My App"."V's" DEPENDS ON EXTENSION plpgsql;
  CREATE RULE "R" AS ON DELETE TO "My App"."V's" WHERE OLD.b = '%' DO INSTEAD NOTHING;
  COMMENT ON RULE "R" ON "My App"."V's" IS 'r';
  ALTER VIEW "My App"."V's" OWNER TO pg_monitor`

/** A second table access method. It is in no schema, and stays; nothing is said of it. */
const heapTwo = `DO $$
BEGIN
  CREATE ACCESS METHOD heap_two TYPE TABLE HANDLER heap_tableam_handler;
EXCEPTION WHEN duplicate_object THEN
  NULL;
END $$`

/** Views that PostgreSQL made from SQL that was written by hand, and what is too odd for the reference. */
export const furtherViews = [
  ...further(
    dropView,
    {
      given: `CREATE TABLE t (a int, b text);
        CREATE VIEW v (x, y) WITH (security_barrier = false, security_invoker) AS SELECT a, b FROM t WHERE a > 1 WITH CASCADED CHECK OPTION;
        ALTER VIEW v ALTER x SET DEFAULT 1 + 1, ALTER y SET DEFAULT 'x'`,
      fields: {
        name: 'v',
        was: {
          columns: ['x', 'y'],
          query: sql('SELECT a, b FROM t WHERE a > 1'),
          checkOption: 'cascaded',
          securityBarrier: false,
          securityInvoker: true,
          defaults: { x: sql('1 + 1'), y: 'x' },
        },
      },
      since: 15,
    },
    {
      given: 'CREATE RECURSIVE VIEW v (n) AS SELECT 1 UNION ALL SELECT n + 1 FROM v WHERE n < 3',
      fields: {
        name: 'v',
        was: {
          recursive: true,
          columns: ['n'],
          query: sql('SELECT 1 UNION ALL SELECT n + 1 FROM v WHERE n < 3'),
        },
      },
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE VIEW "My App"."V's" AS SELECT 1 AS a`,
      fields: { schema: 'My App', name: "V's", was: { query: sql('SELECT 1 AS a') } },
    },
    { given: 'CREATE VIEW v AS SELECT 1 AS a', fields: { name: 'v' } },
  ),
  ...further(createView, {
    given: 'CREATE TABLE t (a int)',
    fields: {
      name: 'v',
      query: { sql: ['SELECT a, ', ' AS b FROM t'], values: ["$limbeck$ it's % \\"] },
      defaults: {},
    },
    locks: [{ table: 't', mode: 'AccessShare' }],
  }),
  ...further(
    replaceView,
    {
      given: muchSaid,
      fields: {
        schema: 'My App',
        name: "V's",
        query: sql("SELECT a, b, c, '$limbeck$ %'::text AS d FROM t"),
        was: { query: sql('SELECT a, b, c FROM t'), securityBarrier: true },
      },
      locks: [
        { schema: 'My App', table: "V's", mode: 'AccessExclusive' },
        { table: 't', mode: 'AccessShare' },
      ],
    },
    {
      given: muchSaid,
      fields: {
        schema: 'My App',
        name: "V's",
        query: sql('SELECT c, b, a::text FROM t'),
        checkOption: 'local',
        recreate: true,
        was: { query: sql('SELECT a, b, c FROM t'), securityBarrier: true },
      },
      locks: [
        { schema: 'My App', table: "V's", mode: 'AccessExclusive' },
        { table: 't', mode: 'AccessShare' },
      ],
    },
    {
      given: 'CREATE VIEW v AS SELECT 1 AS a; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor',
      fields: {
        name: 'v',
        query: sql("SELECT '$limbeck$ %'::text AS b"),
        recreate: true,
        was: { query: sql('SELECT 1 AS a') },
      },
    },
    {
      given: 'CREATE VIEW v AS SELECT 1 AS a',
      fields: { name: 'v', query: sql('SELECT 2 AS a') },
    },
  ),
  ...further(alterView, {
    given: `CREATE SCHEMA "My App"; CREATE VIEW "My App"."V" AS SELECT 1 AS "A"; ALTER VIEW "My App"."V" ALTER "A" SET DEFAULT 1`,
    fields: {
      schema: 'My App',
      name: 'V',
      securityBarrier: false,
      defaults: { A: null },
      was: { securityBarrier: null, defaults: { A: 1 } },
    },
  }),
  ...further(
    dropMaterializedView,
    {
      given: `${heapTwo}; CREATE SCHEMA "My App"; CREATE TABLE t (a int, b text);
        CREATE MATERIALIZED VIEW "My App"."M" (x, "Y") USING heap_two WITH (fillfactor = 60, autovacuum_enabled = off) AS
          SELECT a, b FROM t WITH NO DATA;
        ALTER MATERIALIZED VIEW "My App"."M" ALTER x SET STATISTICS 7, ALTER x SET (n_distinct = 3), ALTER "Y" SET STORAGE main`,
      fields: {
        schema: 'My App',
        name: 'M',
        was: {
          columns: ['x', 'Y'],
          using: 'heap_two',
          with: { fillfactor: 60, autovacuum_enabled: 'off' },
          query: sql('SELECT a, b FROM t'),
          withData: false,
          columnSettings: { x: { statistics: 7, options: { n_distinct: 3 } }, Y: { storage: 'main' } },
        },
      },
    },
    {
      given: `CREATE MATERIALIZED VIEW m TABLESPACE pg_default AS SELECT 'a'::text AS a;
        ALTER MATERIALIZED VIEW m ALTER a SET COMPRESSION pglz`,
      fields: {
        name: 'm',
        was: { query: sql("SELECT 'a'::text AS a"), columnSettings: { a: { compression: 'pglz' } } },
      },
      since: 14,
    },
    { given: 'CREATE MATERIALIZED VIEW m AS SELECT 1 AS a', fields: { name: 'm' } },
  ),
  ...further(
    alterMaterializedView,
    {
      given: `${heapTwo}; CREATE SCHEMA "My App"; CREATE MATERIALIZED VIEW "My App"."M" AS SELECT 1 AS "A"`,
      fields: { schema: 'My App', name: 'M', accessMethod: 'heap_two', was: { accessMethod: 'heap' } },
    },
    {
      given: `CREATE MATERIALIZED VIEW m WITH (toast.autovacuum_enabled = false) AS SELECT 'a'::text AS a, 1 AS b;
        CREATE INDEX "I" ON m (a); ALTER MATERIALIZED VIEW m CLUSTER ON "I", ALTER a SET STATISTICS 5, ALTER b SET (n_distinct = 4)`,
      fields: {
        name: 'm',
        with: { 'toast.autovacuum_enabled': null, toast_tuple_target: 200 },
        clusterOn: null,
        columnSettings: { a: { statistics: null, storage: 'plain' }, b: { options: { n_distinct: -1 } } },
        was: {
          with: { 'toast.autovacuum_enabled': false, toast_tuple_target: null },
          clusterOn: 'I',
          columnSettings: { a: { statistics: 5, storage: 'extended' }, b: { options: { n_distinct: 4 } } },
        },
      },
    },
    {
      given: 'CREATE MATERIALIZED VIEW m AS SELECT 1 AS a',
      fields: {
        name: 'm',
        columnSettings: { a: { statistics: 1, options: { n_distinct: 1 } } },
        was: { columnSettings: { a: { statistics: -1 } } },
      },
    },
  ),
  ...further(alterMaterializedView, {
    given: `CREATE MATERIALIZED VIEW m AS SELECT 'a'::text AS a; CREATE INDEX i ON m (a)`,
    fields: {
      name: 'm',
      with: { fillfactor: 50, autovacuum_enabled: 'off' },
      clusterOn: 'i',
      columnSettings: { a: { statistics: 0, storage: 'external', compression: 'pglz' } },
      tablespace: 'pg_default',
      accessMethod: 'heap',
      was: {
        with: { fillfactor: null, autovacuum_enabled: null },
        clusterOn: null,
        columnSettings: { a: { statistics: null, storage: 'extended', compression: null } },
        tablespace: 'pg_default',
        accessMethod: 'heap',
      },
    },
  }),
  ...further(refreshMaterializedView, {
    given: 'CREATE TABLE t (a int); CREATE MATERIALIZED VIEW m AS SELECT a FROM t',
    fields: { name: 'm' },
    locks: [
      { table: 'm', mode: 'AccessExclusive' },
      { table: 't', mode: 'AccessShare' },
    ],
  }),
]
