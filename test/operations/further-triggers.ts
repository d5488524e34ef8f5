import {
  alterEventTrigger,
  alterRule,
  alterTrigger,
  createRule,
  createTrigger,
  dropEventTrigger,
  dropRule,
  dropTrigger,
  replaceRule,
  replaceTrigger,
} from '../../src/operations/registry.ts'
import type { Sql } from '../../src/sql/tag.ts'
import { further } from './further.ts'

const sql = (text: string): Sql => ({ sql: [text], values: [] })

const triggerFunction = 'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$'
const eventFunction = 'CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN END$$'

/** Triggers and rules that PostgreSQL made from SQL that was written by hand, and what is too odd for the reference. */
export const furtherTriggers = [
  ...further(
    dropTrigger,
    {
      given: `${triggerFunction}; CREATE SCHEMA "My App"; CREATE TABLE "My App"."T" (a int, "B" int); CREATE TABLE other (a int);
        CREATE CONSTRAINT TRIGGER "G" AFTER UPDATE OF a, "B" OR DELETE ON "My App"."T" FROM other DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW WHEN (OLD.a > 1) EXECUTE FUNCTION f('x');
        ALTER TABLE "My App"."T" ENABLE REPLICA TRIGGER "G"`,
      fields: {
        schema: 'My App',
        table: 'T',
        name: 'G',
        was: {
          constraint: true,
          when: 'after',
          events: [{ updateOf: ['a', 'B'] }, 'delete'],
          from: { table: 'other' },
          initiallyDeferred: true,
          forEach: 'row',
          condition: sql('OLD.a > 1'),
          execute: { function: 'f', arguments: ['x'] },
          enabled: 'replica',
        },
      },
    },
    {
      given: `${triggerFunction}; CREATE TABLE t (a int);
        CREATE CONSTRAINT TRIGGER g AFTER INSERT ON t DEFERRABLE FOR EACH ROW EXECUTE FUNCTION f();
        ALTER TABLE t ENABLE ALWAYS TRIGGER g`,
      fields: {
        table: 't',
        name: 'g',
        was: {
          constraint: true,
          when: 'after',
          events: ['insert'],
          deferrable: true,
          forEach: 'row',
          execute: { function: 'f' },
          enabled: 'always',
        },
      },
    },
    {
      given: `${triggerFunction}; CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;
        CREATE TRIGGER g INSTEAD OF INSERT OR UPDATE OR DELETE ON v FOR EACH ROW EXECUTE FUNCTION f()`,
      fields: {
        table: 'v',
        name: 'g',
        was: {
          when: 'instead of',
          events: ['insert', 'update', 'delete'],
          forEach: 'row',
          execute: { function: 'f' },
        },
      },
    },
    {
      given: `${triggerFunction}; CREATE TABLE t (a int);
        CREATE TRIGGER g BEFORE TRUNCATE OR INSERT ON t WHEN (1 > 0) EXECUTE FUNCTION f(); ALTER TABLE t DISABLE TRIGGER g`,
      fields: {
        table: 't',
        name: 'g',
        was: {
          when: 'before',
          events: ['insert', 'truncate'],
          condition: sql('1 > 0'),
          execute: { function: 'f' },
          enabled: false,
        },
      },
    },
    {
      given: `${triggerFunction}; CREATE TABLE t (a int);
        CREATE TRIGGER g AFTER INSERT ON t REFERENCING NEW TABLE AS "N" FOR EACH ROW EXECUTE FUNCTION f()`,
      fields: {
        table: 't',
        name: 'g',
        was: {
          when: 'after',
          events: ['insert'],
          referencing: { newTable: 'N' },
          forEach: 'row',
          execute: { function: 'f' },
        },
      },
    },
  ),
  ...further(createTrigger, {
    given: `${triggerFunction}; CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE leaf PARTITION OF p DEFAULT`,
    fields: {
      table: 'p',
      name: 'g',
      when: 'after',
      events: ['insert'],
      forEach: 'row',
      execute: { function: 'f' },
      enabled: false,
    },
    locks: [
      { table: 'p', mode: 'ShareRowExclusive' },
      { table: 'leaf', mode: 'ShareRowExclusive' },
    ],
  }),
  ...further(
    replaceTrigger,
    {
      given: `${triggerFunction}; CREATE SCHEMA "My App"; CREATE TABLE "My App"."T" (a int);
        CREATE TRIGGER "G" BEFORE UPDATE ON "My App"."T" FOR EACH ROW EXECUTE FUNCTION f()`,
      fields: {
        schema: 'My App',
        table: 'T',
        name: 'G',
        when: 'after',
        events: ['truncate'],
        execute: { schema: 'public', function: 'f' },
        was: { when: 'before', events: ['update'], forEach: 'row', execute: { function: 'f' } },
      },
    },
    {
      given: `${triggerFunction}; CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;
        CREATE TRIGGER g INSTEAD OF DELETE ON v FOR EACH ROW EXECUTE FUNCTION f()`,
      fields: {
        table: 'v',
        name: 'g',
        when: 'instead of',
        events: ['insert'],
        forEach: 'row',
        execute: { function: 'f', arguments: ['x'] },
        was: { when: 'instead of', events: ['delete'], forEach: 'row', execute: { function: 'f' } },
      },
    },
    {
      given: `${triggerFunction}; CREATE TABLE t (a int); CREATE TRIGGER g AFTER DELETE ON t EXECUTE FUNCTION f()`,
      fields: {
        table: 't',
        name: 'g',
        when: 'after',
        events: ['delete'],
        referencing: { oldTable: 'gone' },
        execute: { function: 'f' },
        enabled: 'always',
      },
    },
  ),
  ...further(
    alterTrigger,
    {
      given: `${triggerFunction}; CREATE SCHEMA "My App"; CREATE TABLE "My App"."T" (a int UNIQUE REFERENCES "My App"."T" (a));
        CREATE TRIGGER "all" AFTER DELETE ON "My App"."T" EXECUTE FUNCTION f(); ALTER TABLE "My App"."T" DISABLE TRIGGER "all"`,
      fields: { schema: 'My App', table: 'T', name: 'all', enabled: 'always', was: { enabled: false } },
    },
    {
      given: `${triggerFunction}; CREATE TABLE t (a int UNIQUE REFERENCES t (a)); CREATE TRIGGER g AFTER DELETE ON t EXECUTE FUNCTION f()`,
      fields: { table: 't', triggers: 'all', enabled: false, was: { enabled: true } },
    },
    {
      given: 'CREATE TABLE t (a int)',
      fields: { table: 't', triggers: 'user', enabled: true },
    },
  ),
  ...further(
    dropRule,
    {
      given: `CREATE SCHEMA "My App"; CREATE TABLE "My App"."T" (a int, b text); CREATE TABLE log (a int, b text);
        CREATE RULE "R" AS ON UPDATE TO "My App"."T" WHERE NEW.b <> 'it''s' DO ALSO (INSERT INTO log VALUES (OLD.a, NEW.b); DELETE FROM log WHERE a = 1);
        ALTER TABLE "My App"."T" ENABLE REPLICA RULE "R"`,
      fields: {
        schema: 'My App',
        table: 'T',
        name: 'R',
        was: {
          event: 'update',
          where: { sql: ['NEW.b <> ', ''], values: ["it's"] },
          commands: [sql('INSERT INTO log VALUES (OLD.a, NEW.b)'), sql('DELETE FROM log WHERE a = 1')],
          enabled: 'replica',
        },
      },
    },
    {
      given: `CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;
        CREATE RULE r AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (NEW.a)`,
      fields: {
        table: 'v',
        name: 'r',
        was: { event: 'insert', do: 'instead', commands: [sql('INSERT INTO t VALUES (NEW.a)')] },
      },
    },
    {
      given: 'CREATE TABLE t (); CREATE RULE r AS ON DELETE TO t DO NOTHING',
      fields: { table: 't', name: 'r' },
    },
  ),
  ...further(createRule, {
    given: 'CREATE TABLE t (a int)',
    fields: { table: 't', name: 'r', event: 'delete', commands: [sql('SELECT 1')], enabled: true },
  }),
  ...further(replaceRule, {
    given: `CREATE SCHEMA "My App"; CREATE TABLE "My App"."T" (a int); CREATE RULE "R" AS ON DELETE TO "My App"."T" DO NOTHING`,
    fields: {
      schema: 'My App',
      table: 'T',
      name: 'R',
      event: 'update',
      do: 'instead',
      commands: [{ sql: ['SELECT ', ''], values: ["it's"] }, sql('NOTIFY "T"')],
      was: { event: 'delete', commands: [] },
    },
  }),
  ...further(replaceRule, {
    given: 'CREATE TABLE t (a int); CREATE RULE r AS ON DELETE TO t DO NOTHING; ALTER TABLE t DISABLE RULE r',
    fields: {
      table: 't',
      name: 'r',
      event: 'delete',
      where: sql('OLD.a > 1'),
      commands: [sql('SELECT OLD.a')],
      was: { event: 'delete', commands: [] },
    },
  }),
  ...further(alterRule, {
    given: `CREATE SCHEMA "My App"; CREATE TABLE "My App"."T" (); CREATE RULE "R" AS ON DELETE TO "My App"."T" DO NOTHING;
      ALTER TABLE "My App"."T" ENABLE REPLICA RULE "R"`,
    fields: { schema: 'My App', table: 'T', name: 'R', enabled: 'always', was: { enabled: 'replica' } },
  }),
  ...further(
    dropEventTrigger,
    {
      given: `${eventFunction}; CREATE EVENT TRIGGER "E" ON ddl_command_start WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE') EXECUTE FUNCTION f();
        ALTER EVENT TRIGGER "E" DISABLE`,
      fields: {
        name: 'E',
        was: {
          event: 'ddl_command_start',
          tags: ['CREATE TABLE', 'ALTER TABLE'],
          execute: { function: 'f' },
          enabled: false,
        },
      },
    },
    {
      given: `${eventFunction}; CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()`,
      fields: { name: 'e', was: { event: 'ddl_command_end', execute: { schema: 'public', function: 'f' } } },
    },
  ),
  ...further(alterEventTrigger, {
    given: `${eventFunction}; CREATE EVENT TRIGGER "E" ON sql_drop EXECUTE FUNCTION f(); ALTER EVENT TRIGGER "E" ENABLE ALWAYS`,
    fields: { name: 'E', enabled: 'replica', was: { enabled: 'always' } },
  }),
]
