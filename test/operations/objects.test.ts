import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ObjectReference } from '../../src/operations/object-reference.ts'
import type { MovableObject } from '../../src/operations/object-schema.ts'
import type { Directive } from '../../src/operations/operation.ts'
import type { OwnedObject } from '../../src/operations/owner.ts'
import {
  grant,
  renameObject,
  revoke,
  setComment,
  setOwner,
  setSchema,
} from '../../src/operations/registry.ts'
import type { RenamableObject } from '../../src/operations/rename.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'

/** An object of every kind, in a schema and with a name that needs quotes where it can have them. */
const objects = `CREATE SCHEMA "Of"; CREATE SCHEMA app; SET search_path TO "Of";
  CREATE TABLE "Of"."T t" (a int CONSTRAINT "K k" CHECK (a > 0), b int);
  CREATE VIEW "Of"."V v" AS SELECT a FROM "Of"."T t";
  CREATE MATERIALIZED VIEW "Of"."M m" AS SELECT 1 AS a;
  CREATE INDEX "I i" ON "Of"."T t" (a);
  CREATE SEQUENCE "Of"."Q q";
  CREATE STATISTICS "Of"."S s" ON a, b FROM "Of"."T t";
  CREATE TYPE "Of"."Ty ty" AS (x int);
  CREATE DOMAIN "Of"."D d" AS int CONSTRAINT "K k" CHECK (VALUE > 0);
  CREATE COLLATION "Of"."Co co" FROM "C";
  CREATE CONVERSION "Of"."Cv cv" FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
  CREATE TEXT SEARCH CONFIGURATION "Of"."Tc tc" (COPY = simple);
  CREATE TEXT SEARCH DICTIONARY "Of"."Td td" (TEMPLATE = simple);
  CREATE TEXT SEARCH PARSER "Of"."Tp tp" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
  CREATE TEXT SEARCH TEMPLATE "Of"."Tt tt" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
  CREATE FUNCTION "Of"."F f"(a int, OUT b text) LANGUAGE sql AS 'SELECT a::text';
  CREATE FUNCTION "Of"."F f"(a text) RETURNS text LANGUAGE sql AS 'SELECT a';
  CREATE FUNCTION "Of"."G g"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
  CREATE PROCEDURE "Of"."P p"(INOUT a int) LANGUAGE sql AS 'SELECT a';
  CREATE AGGREGATE "Of"."A a"(int) (SFUNC = int4pl, STYPE = int);
  CREATE AGGREGATE "Of"."A a"(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = 0);
  CREATE AGGREGATE "Of"."O o"(float8 ORDER BY float8) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_cont_float8_final);
  CREATE TRIGGER "G g" AFTER INSERT ON "Of"."T t" EXECUTE FUNCTION "Of"."G g"();
  CREATE POLICY "Po po" ON "Of"."T t";
  CREATE RULE "R r" AS ON DELETE TO "Of"."T t" DO INSTEAD NOTHING;
  CREATE OPERATOR "Of".=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
  CREATE OPERATOR "Of".## (RIGHTARG = int, FUNCTION = int4abs);
  CREATE OPERATOR FAMILY "Of"."Fa fa" USING btree;
  CREATE OPERATOR CLASS "Of"."Cl cl" FOR TYPE int USING btree FAMILY "Of"."Fa fa" AS FUNCTION 1 btint4cmp(int, int);
  CREATE CAST ("Of"."Ty ty" AS text) WITH INOUT;
  CREATE TRANSFORM FOR int LANGUAGE sql (TO SQL WITH FUNCTION int4recv(internal));
  CREATE LANGUAGE "L l" HANDLER plpgsql_call_handler;
  CREATE ACCESS METHOD "Am am" TYPE INDEX HANDLER bthandler;
  CREATE PUBLICATION "Pu pu";
  CREATE FOREIGN DATA WRAPPER "W w";
  CREATE SERVER "Se se" FOREIGN DATA WRAPPER "W w";
  CREATE FOREIGN TABLE "Of"."Ft ft" (a int) SERVER "Se se";
  CREATE EXTENSION citext SCHEMA public;
  SELECT lo_create(47110);
  CREATE FUNCTION "Of".e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
  CREATE EVENT TRIGGER "E e" ON ddl_command_end WHEN TAG IN ('CREATE RULE') EXECUTE FUNCTION "Of".e();
  RESET search_path`

const schema = 'Of'
const inTable = (name: string) => ({ schema, table: 'T t', name })
const integer = [{ type: 'integer' }] as const
const double = [{ type: 'double precision' }] as const

/** What has a schema, an owner and a name that can be changed. */
const movable: readonly Extract<MovableObject, Extract<OwnedObject, RenamableObject>>[] = [
  { schema, view: 'V v' },
  { schema, materializedView: 'M m' },
  { schema, foreignTable: 'Ft ft' },
  { schema, sequence: 'Q q' },
  { schema, statistics: 'S s' },
  { schema, type: 'Ty ty' },
  { schema, domain: 'D d' },
  { schema, collation: 'Co co' },
  { schema, conversion: 'Cv cv' },
  { schema, textSearchConfiguration: 'Tc tc' },
  { schema, textSearchDictionary: 'Td td' },
  { schema, function: 'F f', arguments: [{ type: 'text' }] },
  { schema, procedure: 'P p', arguments: [{ mode: 'inout', name: 'a', type: 'integer' }] },
  { schema, routine: 'F f', arguments: integer },
  { schema, aggregate: 'A a', arguments: integer },
  { schema, aggregate: 'A a', arguments: '*' },
  { schema, aggregate: 'O o', arguments: double, orderBy: double },
  { schema, operatorClass: 'Cl cl', using: 'btree' },
  { schema, operatorFamily: 'Fa fa', using: 'btree' },
]
const operators: readonly Extract<MovableObject, OwnedObject>[] = [
  { schema, operator: '===', left: 'integer', right: 'integer' },
  { schema, operator: '##', right: 'integer' },
]
const textSearch: readonly Extract<MovableObject, RenamableObject>[] = [
  { schema, textSearchParser: 'Tp tp' },
  { schema, textSearchTemplate: 'Tt tt' },
]
const named: readonly Extract<OwnedObject, RenamableObject>[] = [
  { language: 'L l' },
  { publication: 'Pu pu' },
  { server: 'Se se' },
]
/** The only kinds whose owner has to be a superuser. */
const ofSuperusers: readonly Extract<OwnedObject, RenamableObject>[] = [
  { foreignDataWrapper: 'W w' },
  { eventTrigger: 'E e' },
]
const parts: readonly RenamableObject[] = [
  { trigger: inTable('G g') },
  { policy: inTable('Po po') },
  { rule: inTable('R r') },
  { domainConstraint: { schema, domain: 'D d', name: 'K k' } },
]
const table = { schema, table: 'T t' }
const ofDatabase = { schema }
const commentedOnly: readonly ObjectReference[] = [
  { schema, index: 'I i' },
  { column: inTable('a') },
  { column: { schema, table: 'Ty ty', name: 'x' } },
  { constraint: inTable('K k') },
  { cast: { from: '"Of"."Ty ty"', to: 'text' } },
  { transform: { type: 'integer', language: 'sql' } },
  { accessMethod: 'Am am' },
  { extension: 'citext' },
]
const largeObject = { largeObject: 47110 }

/** Each changes the catalog; those of one list are done one after the other, and undone together. */
const changes: { readonly [operation: string]: readonly Directive[] } = {
  setComment: [
    ...movable,
    ...operators,
    ...textSearch,
    ...named,
    ...ofSuperusers,
    ...parts,
    ...commentedOnly,
    table,
    largeObject,
    ofDatabase,
  ].map((on) => setComment({ on, comment: "it's one", was: wasCommented(on) })),
  setOwner: [...movable, ...operators, ...named, table, largeObject, ofDatabase].map((of) =>
    setOwner({ of, to: 'pg_monitor', was: 'CURRENT_USER' }),
  ),
  setSchema: [...movable, ...operators, ...textSearch, table].map((of) => setSchema({ of, to: 'app' })),
  renameObject: [...parts, ...movable, ...textSearch, ...named, ...ofSuperusers, ofDatabase].map(
    (object, at) => renameObject({ object, to: `New "${at}"` }),
  ),
  grant: [
    grant({ privileges: ['select', 'truncate'], on: table, to: ['PUBLIC'] }),
    grant({ privileges: [{ all: ['a', 'b'] }], on: table, to: ['pg_monitor'] }),
    grant({ privileges: ['references', 'trigger'], on: { schema, view: 'V v' }, to: ['PUBLIC'] }),
    grant({ privileges: [{ references: ['a'] }], on: { schema, materializedView: 'M m' }, to: ['PUBLIC'] }),
    grant({ privileges: ['select'], on: { schema, foreignTable: 'Ft ft' }, to: ['PUBLIC'] }),
    grant({ privileges: ['usage', 'select', 'update'], on: { schema, sequence: 'Q q' }, to: ['pg_monitor'] }),
    grant({ privileges: ['usage'], on: { foreignDataWrapper: 'W w' }, to: ['PUBLIC'] }),
    grant({ privileges: ['usage'], on: { server: 'Se se' }, to: ['pg_monitor'] }),
    grant({ privileges: ['usage', 'create'], on: ofDatabase, to: ['PUBLIC'] }),
    grant({ privileges: 'all', on: largeObject, to: ['PUBLIC'] }),
    grant({ privileges: ['delete'], on: { all: 'tables', inSchema: schema }, to: ['pg_monitor'] }),
    grant({ privileges: ['update'], on: { all: 'sequences', inSchema: schema }, to: ['PUBLIC'] }),
    grant({ privileges: ['execute'], on: { all: 'routines', inSchema: schema }, to: ['pg_monitor'] }),
  ],
  revoke: [
    revoke({ privileges: ['usage'], on: { schema, type: 'Ty ty' }, from: ['PUBLIC'] }),
    revoke({ privileges: ['usage'], on: { schema, domain: 'D d' }, from: ['PUBLIC'] }),
    revoke({ privileges: ['usage'], on: { language: 'plpgsql' }, from: ['PUBLIC'] }),
    revoke({
      privileges: ['execute'],
      on: { schema, function: 'F f', arguments: integer },
      from: ['PUBLIC'],
    }),
    revoke({ privileges: ['execute'], on: { schema, procedure: 'P p' }, from: ['PUBLIC'] }),
    revoke({
      privileges: ['execute'],
      on: { schema, routine: 'A a', arguments: integer },
      from: ['PUBLIC'],
    }),
    revoke({
      privileges: ['execute'],
      on: { all: 'functions', inSchema: schema },
      from: ['CURRENT_USER'],
      was: { privileges: 'all' },
    }),
    revoke({
      privileges: 'all',
      on: { all: 'procedures', inSchema: schema },
      from: ['CURRENT_USER'],
      was: { privileges: ['execute'] },
    }),
  ],
}

/** An extension comes with a comment of its own. */
function wasCommented(on: ObjectReference): string | null {
  return 'extension' in on ? 'data type for case-insensitive character strings' : null
}

describe.each(targets)('on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  test.for(Object.entries(changes))('%s changes objects of every kind and back', async ([, directives]) => {
    await bench.prepare(objects)
    const before = await bench.catalog()
    let sofar = before
    for (const directive of directives) {
      await bench.apply([directive])
      const after = await bench.catalog()
      expect(after, JSON.stringify(directive)).not.toEqual(sofar)
      sofar = after
    }
    await bench.undo(directives)
    expect(await bench.catalog()).toEqual(before)
  })

  test.runIf(target.major >= 15)('a privilege on a parameter is given and taken back', async () => {
    await bench.prepare()
    const granted = () => bench.rows('SELECT parname FROM pg_parameter_acl')
    const directive = grant({
      privileges: ['set', 'alter system'],
      on: { parameter: 'limbeck.trace' },
      to: ['pg_monitor'],
      withGrantOption: true,
    })
    await bench.apply([directive])
    expect(await granted()).toContainEqual({ parname: 'limbeck.trace' })
    await bench.undo([directive])
    expect(await granted()).not.toContainEqual({ parname: 'limbeck.trace' })
  })
})
