import { createSync } from '../../src/operations/expand-sync.ts'
import type { Expansion } from '../../src/operations/expansion.ts'
import {
  addColumn,
  addEnumValues,
  alterColumn,
  backfill,
  bulkInsert,
  createEnum,
  createForeignKey,
  createFunction,
  createIndex,
  createPartitions,
  createPrimaryKey,
  createTable,
  createTrigger,
  createUniqueConstraint,
  dropIndex,
  dropPartitions,
  dropTable,
  expandColumn,
  renameColumn,
  renameConstraint,
  renameEnumValue,
  renameTable,
  replaceEnum,
  retractColumn,
  setNotNull,
} from '../../src/operations/registry.ts'
import { id, sql } from '../../src/sql/tag.ts'
import { further } from './further.ts'
import { furtherAggregates } from './further-aggregates.ts'
import { furtherAlterations } from './further-alterations.ts'
import { furtherConstraints } from './further-constraints.ts'
import { furtherDrops } from './further-drops.ts'
import { furtherIndexes } from './further-indexes.ts'
import { furtherObjects } from './further-objects.ts'
import { furtherRoutines } from './further-routines.ts'
import { furtherTables } from './further-tables.ts'
import { furtherTriggers } from './further-triggers.ts'
import { furtherTypes } from './further-types.ts'
import { furtherViews } from './further-views.ts'

/** Everything in a name that quoting can get wrong, in 63 bytes, which is all that PostgreSQL keeps. */
const awkward = `Sélect "a".b's 100% $$ \\ {x} ${'–'.repeat(9)}xy $1;`
const other = 'user'
const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
const [named, otherNamed] = [quote(awkward), quote(other)]

/** One column split into two, under names that have to be quoted. */
const awkwardSplit: Expansion = {
  table: awkward,
  from: other,
  to: [
    { name: 'first', type: 'text', up: sql`split_part(${id(other)}, '%', 1)` },
    { name: awkward, type: 'text', up: sql`split_part(${id(other)}, '%', 2)` },
  ],
  down: { [other]: sql`concat_ws('%', first, ${id(awkward)})` },
}

/** Two columns with every sort of index, for `expandColumn`: in an order that is not that of the columns. */
export const manyIndexes = `
  CREATE TABLE users (gone int, id bigint PRIMARY KEY, email text COLLATE "C", name text, age int);
  ALTER TABLE users DROP COLUMN gone;
  CREATE INDEX users_name_idx ON users (name);
  CREATE INDEX users_age_email_idx ON users (age DESC NULLS LAST, email text_pattern_ops) INCLUDE (name) WITH (fillfactor = 70);
  CREATE INDEX email_users ON users (lower(email), name) WHERE email <> '' AND age > 3;
  CREATE INDEX users_age_include ON users (age) INCLUDE (email);
  CREATE INDEX users_hash ON users USING hash (email);
  CREATE INDEX users_twice ON users (email);
  CREATE INDEX users_twice_email ON users (email);
  ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email) DEFERRABLE INITIALLY DEFERRED;
  ALTER TABLE users ADD CONSTRAINT users_name_email_key UNIQUE (name, email) INCLUDE (age);
  CREATE UNIQUE INDEX "a.users USING email" ON users (email, age);
  INSERT INTO users SELECT n, n || '@example.com', 'n', n FROM generate_series(1, 10) n`

/** An enum that everything uses which can use one, and that comes back with all that was said about it. */
export const enumInUse = `
  CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy', 'odd');
  COMMENT ON TYPE mood IS 'how one is';
  REVOKE ALL ON TYPE mood FROM PUBLIC;
  GRANT USAGE ON TYPE mood TO pg_monitor WITH GRANT OPTION;
  CREATE TABLE people (name text, mood mood NOT NULL DEFAULT 'it''s ok', past mood[] DEFAULT '{sad}',
    CONSTRAINT people_not_sad CHECK (mood <> 'sad' OR name <> 'Ada'), EXCLUDE USING btree (mood WITH =, name WITH =) WHERE (mood = 'odd'));
  COMMENT ON CONSTRAINT people_not_sad ON people IS 'not her';
  COMMENT ON COLUMN people.mood IS 'today';
  INSERT INTO people VALUES ('Ada', 'it''s ok', '{sad,NULL,"it''s ok"}'), ('Bob', 'happy', '{}'), ('Eve', 'happy', NULL);
  CREATE TABLE pets (mood mood, CHECK (mood IS NOT NULL) NOT VALID, owner_mood mood UNIQUE);
  CREATE TABLE days (day date, mood mood DEFAULT 'happy') PARTITION BY RANGE (day);
  CREATE TABLE days_2026 PARTITION OF days FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
  CREATE TABLE named (mood mood PRIMARY KEY);
  ALTER TABLE pets ADD CONSTRAINT pets_mood_fkey FOREIGN KEY (mood) REFERENCES named NOT VALID;
  CREATE INDEX people_mood_idx ON people (mood);
  COMMENT ON INDEX people_mood_idx IS 'plain';
  CREATE INDEX people_happy_idx ON people (name) WHERE mood = 'happy';
  COMMENT ON INDEX people_happy_idx IS 'partial';
  CREATE INDEX days_happy_idx ON days (day) WHERE mood = 'happy';
  CREATE VIEW happy AS SELECT name, mood FROM people WHERE mood = 'happy' WITH CHECK OPTION;
  COMMENT ON VIEW happy IS 'the happy ones';
  COMMENT ON COLUMN happy.name IS 'theirs';
  ALTER VIEW happy ALTER COLUMN mood SET DEFAULT 'happy';
  GRANT SELECT, INSERT ON happy TO pg_monitor WITH GRANT OPTION;
  GRANT UPDATE (name) ON happy TO pg_monitor;
  CREATE RULE happy_delete AS ON DELETE TO happy DO INSTEAD NOTHING;
  CREATE VIEW happy_names WITH (security_barrier) AS SELECT name FROM happy;
  CREATE MATERIALIZED VIEW mood_counts AS SELECT mood, count(*) FROM happy GROUP BY mood;
  CREATE UNIQUE INDEX mood_counts_key ON mood_counts (mood);
  CREATE FUNCTION cheer(m mood DEFAULT 'sad') RETURNS mood LANGUAGE sql IMMUTABLE AS $$SELECT 'happy'::mood$$;
  COMMENT ON FUNCTION cheer IS 'up';
  REVOKE ALL ON FUNCTION cheer FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION cheer TO pg_monitor;
  CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
  CREATE TRIGGER people_cheered BEFORE UPDATE OF mood ON people FOR EACH ROW WHEN (NEW.mood = 'happy') EXECUTE FUNCTION noop();
  COMMENT ON TRIGGER people_cheered ON people IS 'a change';
  ALTER TABLE people DISABLE TRIGGER people_cheered;
  CREATE TRIGGER happy_insert INSTEAD OF INSERT ON happy FOR EACH ROW EXECUTE FUNCTION noop();
  CREATE POLICY people_seen ON people FOR SELECT TO pg_monitor USING (mood <> 'sad');
  COMMENT ON POLICY people_seen ON people IS 'the sad ones are left alone';
  ALTER TABLE people ENABLE ROW LEVEL SECURITY;
  CREATE STATISTICS people_statistics ON name, mood FROM people`

const enumTables = ['people', 'pets', 'days', 'days_2026', 'named', 'happy', 'happy_names', 'mood_counts']

/** What is too odd for the reference: awkward names, schemas that are not on the path, much at once. */
export const furtherExamples = [
  ...furtherDrops,
  ...furtherIndexes,
  ...furtherObjects,
  ...furtherRoutines,
  ...furtherAggregates,
  ...furtherTriggers,
  ...furtherViews,
  ...furtherTables,
  ...furtherAlterations,
  ...furtherTypes,
  ...furtherConstraints,
  ...further(createTable, {
    given: `CREATE SCHEMA ${named}; CREATE TABLE ${named}.${otherNamed} (${named} int PRIMARY KEY)`,
    fields: {
      schema: awkward,
      name: awkward,
      columns: [
        { name: awkward, type: 'text', notNull: true, default: awkward },
        { name: 'up', type: 'int', references: { schema: awkward, table: other, column: awkward } },
        { name: other, type: 'int' },
      ],
      constraints: [
        { name: 'table', unique: { columns: [awkward, other] } },
        {
          name: awkward,
          foreignKey: { columns: [other], references: { schema: awkward, table: other, columns: [awkward] } },
        },
        { check: { expression: { sql: [`${named} <> `, ''], values: [awkward] } } },
      ],
      partitionBy: { strategy: 'list', columns: [awkward] },
    },
  }),
  ...further(dropTable, {
    given: `CREATE TABLE ${named} ()`,
    fields: { name: awkward, was: { columns: [] } },
  }),
  ...further(renameTable, { given: `CREATE TABLE ${named} ()`, fields: { from: awkward, to: other } }),
  ...further(
    addColumn,
    {
      given: `CREATE TABLE ${named} (id int)`,
      fields: { table: awkward, column: { name: awkward, type: 'text', default: awkward } },
    },
    {
      given: 'CREATE TABLE nodes (id int PRIMARY KEY)',
      fields: { table: 'nodes', column: { name: 'up', type: 'int', references: { table: 'nodes' } } },
    },
  ),
  ...further(renameColumn, {
    given: `CREATE TABLE ${named} (${named} int)`,
    fields: { table: awkward, from: awkward, to: other },
  }),
  ...further(alterColumn, {
    given: `CREATE SCHEMA ${named}; CREATE TABLE ${named}.${otherNamed} (${named} int)`,
    fields: {
      schema: awkward,
      table: other,
      name: awkward,
      type: 'text',
      default: awkward,
      was: { type: 'int', using: { sql: [`${named}::int`], values: [] }, default: null },
    },
  }),
  ...further(setNotNull, {
    given: `CREATE TABLE ${named} (${named} int)`,
    fields: { table: awkward, column: awkward },
  }),
  ...further(createForeignKey, {
    given: 'CREATE TABLE nodes (id int PRIMARY KEY, up int)',
    fields: { name: awkward, table: 'nodes', columns: ['up'], references: { table: 'nodes' } },
  }),
  ...further(createUniqueConstraint, {
    given: `CREATE SCHEMA ${named}; CREATE TABLE ${named}.${otherNamed} (${named} int, ${otherNamed} int)`,
    fields: {
      schema: awkward,
      table: other,
      name: awkward,
      columns: [other],
      include: [awkward],
      concurrently: true,
      deferrable: true,
    },
  }),
  ...further(createPrimaryKey, {
    given: `CREATE TABLE users (id bigint, ${otherNamed} int); INSERT INTO users VALUES (1, 1)`,
    fields: {
      name: awkward,
      table: 'users',
      columns: [other, 'id'],
      concurrently: true,
      initiallyDeferred: true,
    },
    leaves: 'a column that was in a primary key stays NOT NULL',
  }),
  ...further(renameConstraint, {
    given: `CREATE TABLE ${named} (id int CONSTRAINT ${named} CHECK (id > 0))`,
    fields: { table: awkward, from: awkward, to: other },
  }),
  ...further(
    createIndex,
    {
      given: `CREATE SCHEMA ${named}; CREATE TABLE ${named}.${otherNamed} (${named} text, part int) PARTITION BY LIST (part);
        CREATE TABLE ${named} PARTITION OF ${named}.${otherNamed} FOR VALUES IN (1);
        CREATE TABLE middle PARTITION OF ${named}.${otherNamed} FOR VALUES IN (2) PARTITION BY LIST (part);
        CREATE TABLE leaf PARTITION OF middle FOR VALUES IN (2)`,
      fields: {
        schema: awkward,
        table: other,
        name: awkward,
        columns: [{ column: awkward, collation: 'C', order: 'asc', nulls: 'first' }],
        with: { fillfactor: 50, deduplicate_items: false },
        where: { sql: [`${named} <> `, ''], values: [awkward] },
        concurrently: true,
      },
      locks: [
        { schema: awkward, table: other, mode: 'Share' },
        { table: awkward, mode: 'ShareUpdateExclusive' },
        { table: 'middle', mode: 'Share' },
        { table: 'leaf', mode: 'ShareUpdateExclusive' },
      ],
    },
    {
      given: 'CREATE TABLE users (email text)',
      fields: {
        name: 'users_email_key',
        table: 'users',
        columns: ['email'],
        unique: true,
        nullsNotDistinct: true,
        concurrently: true,
      },
      since: 15,
    },
  ),
  ...further(dropIndex, {
    given: `CREATE SCHEMA ${named}; CREATE TABLE ${named}.${otherNamed} (a int) PARTITION BY LIST (a);
      CREATE TABLE leaf PARTITION OF ${named}.${otherNamed} DEFAULT; CREATE INDEX ${named} ON ${named}.${otherNamed} (a)`,
    fields: { schema: awkward, name: awkward, concurrently: true, was: { table: other, columns: ['a'] } },
    locks: [
      { schema: awkward, table: other, mode: 'AccessExclusive' },
      { table: 'leaf', mode: 'AccessExclusive' },
    ],
    leaves: 'the part of a partition is named after both, where PostgreSQL had named it after its columns',
  }),
  ...further(createEnum, {
    given: `CREATE SCHEMA ${named}`,
    fields: { schema: awkward, name: awkward, values: [awkward, '\\', ''] },
  }),
  ...further(addEnumValues, {
    given: `CREATE SCHEMA ${named}; CREATE TYPE ${named}.${named} AS ENUM ('\\');
      CREATE TABLE moods (mood ${named}.${named} DEFAULT '\\'); INSERT INTO moods VALUES ('\\')`,
    fields: { schema: awkward, name: awkward, values: [{ value: awkward, before: '\\' }, other] },
  }),
  ...further(renameEnumValue, {
    given: `CREATE TYPE ${named} AS ENUM ('\\')`,
    fields: { name: awkward, from: '\\', to: awkward },
  }),
  ...further(
    replaceEnum,
    {
      given: `CREATE SCHEMA ${named}; CREATE TYPE ${named}.${named} AS ENUM ('\\', 'a''b');
        CREATE TABLE ${named}.${otherNamed} (${named} ${named}.${named} DEFAULT '\\', ${otherNamed} ${named}.${named}[]);
        INSERT INTO ${named}.${otherNamed} VALUES ('\\', '{"\\\\",a''b}')`,
      fields: {
        schema: awkward,
        name: awkward,
        values: [awkward, "a'b"],
        mapping: { '\\': awkward },
      },
      locks: [{ schema: awkward, table: other, mode: 'AccessExclusive' }],
    },
    {
      given: enumInUse,
      fields: {
        name: 'mood',
        values: ['odd', 'happy', "it's ok", 'sad'],
        was: { values: ['sad', "it's ok", 'happy', 'odd'] },
      },
      locks: enumTables.map((table) => ({ table, mode: 'AccessExclusive' })),
    },
  ),
  ...further(
    expandColumn,
    {
      given: `CREATE SCHEMA ${named}; CREATE TABLE ${named}.${named} (id int PRIMARY KEY, ${named} text NOT NULL UNIQUE);
        INSERT INTO ${named}.${named} VALUES (1, 'a')`,
      fields: { schema: awkward, table: awkward, from: awkward, to: other },
    },
    {
      given: `CREATE TABLE users (id int PRIMARY KEY, ${otherNamed} text UNIQUE)`,
      fields: { table: 'users', from: other, to: awkward },
    },
    { given: manyIndexes, fields: { table: 'users', from: 'email', to: 'email_address' } },
  ),
  ...further(retractColumn, {
    given: `CREATE TABLE ${named} (id bigint PRIMARY KEY, ${otherNamed} text);
      ALTER TABLE ${named} ADD COLUMN first text, ADD COLUMN ${named} text;
      ${createSync(awkwardSplit).join(';')}`,
    fields: awkwardSplit,
  }),
  ...further(createFunction, {
    given: `CREATE SCHEMA ${named}`,
    fields: {
      schema: awkward,
      name: awkward,
      arguments: [
        { name: awkward, type: 'text', default: awkward },
        { type: 'int', default: 1 },
      ],
      returns: 'TABLE ("select" text)',
      language: 'sql',
      set: { 'limbeck.awkward': awkward },
      body: `SELECT '$limbeck$ ${awkward.replaceAll("'", "''")}'`,
    },
  }),
  ...further(createTrigger, {
    given: `CREATE TABLE ${named} (${named} int); CREATE SCHEMA ${otherNamed};
      CREATE FUNCTION ${otherNamed}.${named}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$`,
    fields: {
      table: awkward,
      name: awkward,
      when: 'after',
      events: [{ updateOf: [awkward] }],
      forEach: 'row',
      execute: { schema: other, function: awkward, arguments: [awkward, '\\'] },
    },
  }),
  ...further(
    createPartitions,
    {
      given: `CREATE SCHEMA ${named}; CREATE TABLE ${named}.${named} (${named} date) PARTITION BY RANGE (${named})`,
      fields: {
        schema: awkward,
        table: awkward,
        every: 'month',
        from: '2026-11-01',
        to: '2027-02-01',
        default: true,
      },
    },
    {
      given: 'CREATE TABLE events (at timestamptz NOT NULL) PARTITION BY RANGE (at)',
      fields: { table: 'events', every: 'quarter', from: '2026-10-01', to: '2027-04-01' },
    },
  ),
  ...further(dropPartitions, {
    given: 'CREATE TABLE events (at timestamptz NOT NULL) PARTITION BY RANGE (at)',
    fields: { table: 'events', every: 'week', from: '2026-11-02', to: '2026-11-09' },
    locks: [],
    leaves: 'what was not there before is made',
  }),
  ...further(bulkInsert, {
    given: `CREATE SCHEMA ${named}; CREATE TABLE ${named}.${named} (${named} text, other int DEFAULT 1)`,
    fields: {
      schema: awkward,
      table: awkward,
      rows: [{ [awkward]: awkward }, { [awkward]: '\\', other: 2 }, {}, {}],
    },
  }),
  ...further(backfill, {
    given: `CREATE SCHEMA ${named}; CREATE TABLE ${named}.${named} (${named} text PRIMARY KEY, other text);
      INSERT INTO ${named}.${named} VALUES ('\\'), ('''')`,
    fields: { schema: awkward, table: awkward, set: { other: awkward } },
  }),
]
