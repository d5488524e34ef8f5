import {
  alterExtension,
  createExtension,
  createPolicy,
  dropPolicy,
  grant,
  grantDefault,
  renameObject,
  revoke,
  setComment,
  setOwner,
  setSchema,
} from '../../src/operations/registry.ts'
import type { Sql } from '../../src/sql/tag.ts'
import { further } from './further.ts'

const sql = (text: string): Sql => ({ sql: [text], values: [] })

const parts = `CREATE TABLE t (a int); CREATE POLICY p ON t; CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;
  CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
  CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f();
  CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE VIEW v AS SELECT 1 AS a`
const [policy, rule, trigger] = ['p', 'r', 'g'].map((name) => ({ table: 't', name })) as [Part, Part, Part]
const subscription = "CREATE SUBSCRIPTION s CONNECTION 'dbname=postgres' PUBLICATION p WITH (connect = false)"
const notEmbedded = 'it cannot load what subscribes'
type Part = { readonly table: string; readonly name: string }

/** What the objects of every kind in objects.test.ts do not show: what is locked, and what belongs to the whole server. */
export const furtherObjects = [
  ...further(
    setComment,
    ...[{ policy }, { rule }, { trigger }, { view: 'v' }, { materializedView: 'm' }].map((on) => ({
      given: parts,
      fields: { on, comment: 'x', was: null },
    })),
    { fields: { on: { database: 'postgres' }, comment: 'x', was: null } },
    { fields: { on: { role: 'pg_monitor' }, comment: 'x', was: null } },
    { fields: { on: { tablespace: 'pg_default' }, comment: 'x', was: null } },
    { given: subscription, fields: { on: { subscription: 's' }, comment: 'x', was: null }, notEmbedded },
  ),
  ...further(
    setOwner,
    { given: parts, fields: { of: { materializedView: 'm' }, to: 'pg_monitor', was: 'SESSION_USER' } },
    { fields: { of: { database: 'postgres' }, to: 'CURRENT_USER', was: 'CURRENT_USER' } },
    { fields: { of: { tablespace: 'pg_default' }, to: 'CURRENT_USER', was: 'CURRENT_USER' } },
    {
      given: subscription,
      fields: { of: { subscription: 's' }, to: 'CURRENT_USER', was: 'CURRENT_USER' },
      notEmbedded,
    },
    {
      given: `CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
        CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION e()`,
      fields: { of: { eventTrigger: 'e' }, to: 'CURRENT_USER', was: 'CURRENT_USER' },
    },
    {
      given: 'CREATE FOREIGN DATA WRAPPER w',
      fields: { of: { foreignDataWrapper: 'w' }, to: 'CURRENT_USER', was: 'CURRENT_USER' },
    },
  ),
  ...further(
    setSchema,
    {
      given: `${parts}; CREATE SCHEMA app`,
      fields: { of: { materializedView: 'm' }, to: 'app', was: 'public' },
    },
    { given: `${parts}; CREATE SCHEMA app`, fields: { of: { function: 'f' }, to: 'app', was: 'public' } },
  ),
  ...further(
    renameObject,
    ...[{ policy }, { rule }, { materializedView: 'm' }].map((object) => ({
      given: parts,
      fields: { object, to: 'x' },
    })),
    { given: subscription, fields: { object: { subscription: 's' }, to: 'S s' }, notEmbedded },
  ),
  ...further(
    grant,
    {
      given: `${parts}; GRANT INSERT ON t TO pg_monitor WITH GRANT OPTION`,
      fields: {
        privileges: 'all',
        on: { table: 't' },
        to: ['pg_monitor'],
        was: { privileges: ['insert'], withGrantOption: true },
      },
    },
    { given: parts, fields: { privileges: ['select'], on: { view: 'v' }, to: ['PUBLIC'] } },
    { given: parts, fields: { privileges: ['select'], on: { materializedView: 'm' }, to: ['PUBLIC'] } },
    { fields: { privileges: ['connect'], on: { database: 'postgres' }, to: ['pg_monitor'] } },
    { fields: { privileges: ['create'], on: { tablespace: 'pg_default' }, to: ['pg_monitor'] } },
  ),
  ...further(
    revoke,
    {
      given: `${parts}; GRANT SELECT (a), UPDATE (a) ON t TO PUBLIC`,
      fields: {
        privileges: [{ all: ['a'] }],
        on: { table: 't' },
        from: ['PUBLIC'],
        was: { privileges: [{ select: ['a'] }, { update: ['a'] }] },
      },
    },
    {
      given: parts,
      fields: { privileges: 'all', on: { table: 't' }, from: ['CURRENT_USER'], was: { privileges: 'all' } },
    },
    {
      given: `${parts}; GRANT SELECT ON t TO PUBLIC; GRANT SELECT ON v TO PUBLIC`,
      fields: {
        privileges: ['select'],
        on: { all: 'tables', inSchema: 'public' },
        from: ['PUBLIC'],
        was: { privileges: ['select'] },
      },
      leaves: 'what was granted on some tables only is granted on all of them',
    },
  ),
  ...further(grantDefault, {
    given: 'CREATE SCHEMA "Of"; ALTER DEFAULT PRIVILEGES IN SCHEMA "Of" GRANT SELECT ON TABLES TO pg_monitor',
    fields: {
      privileges: ['select'],
      on: 'tables',
      to: ['PUBLIC'],
      forRoles: ['pg_monitor', 'CURRENT_USER'],
      inSchemas: ['Of'],
    },
  }),
  ...further(createPolicy, { given: parts, fields: { table: 't', name: 'for_all', for: 'all' } }),
  ...further(
    dropPolicy,
    {
      given: `CREATE SCHEMA app; CREATE TABLE app.t (a int); CREATE POLICY "P p" ON app.t AS RESTRICTIVE FOR UPDATE
        TO pg_monitor, CURRENT_USER USING (a > 1) WITH CHECK (a > 2)`,
      fields: {
        schema: 'app',
        table: 't',
        name: 'P p',
        was: {
          as: 'restrictive',
          for: 'update',
          to: ['pg_monitor', 'CURRENT_USER'],
          using: sql('a > 1'),
          withCheck: sql('a > 2'),
        },
      },
    },
    {
      given: 'CREATE TABLE t (a int); CREATE POLICY p ON t FOR INSERT WITH CHECK (a > 2)',
      fields: { table: 't', name: 'p', was: { for: 'insert', withCheck: sql('a > 2') } },
    },
    { given: parts, fields: { table: 't', name: 'p', was: {} } },
  ),
  ...further(createExtension, {
    given: 'CREATE SCHEMA "Of"',
    fields: { name: 'pg_trgm', schema: 'Of', version: '1.5', cascade: true },
  }),
  ...further(alterExtension, {
    given: "CREATE EXTENSION pg_trgm VERSION '1.5'",
    fields: { name: 'pg_trgm', version: '1.5', was: { version: '1.5' } },
  }),
]
