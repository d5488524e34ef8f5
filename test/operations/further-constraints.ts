import {
  alterConstraint,
  createForeignKey,
  createNotNullConstraint,
  createPrimaryKey,
  createUniqueConstraint,
  dropConstraint,
} from '../../src/operations/registry.ts'
import type { Sql } from '../../src/sql/tag.ts'
import { further } from './further.ts'

const sql = (text: string): Sql => ({ sql: [text], values: [] })

/** Constraints that were made by hand, dropped and brought back; and those that concern more than one table. */
export const furtherConstraints = [
  ...further(
    dropConstraint,
    {
      given: `CREATE TABLE t (a int NOT NULL, b text, CONSTRAINT k PRIMARY KEY (a) INCLUDE (b) WITH (fillfactor = 30))`,
      fields: {
        table: 't',
        name: 'k',
        was: { primaryKey: { columns: ['a'], include: ['b'], with: { fillfactor: 30 }, concurrently: true } },
      },
    },
    {
      given: `CREATE SCHEMA app; CREATE TABLE app."T" (a int4range, "from - to" daterange,
        CONSTRAINT "K" UNIQUE NULLS NOT DISTINCT (a, "from - to" WITHOUT OVERLAPS) WITH (fillfactor = 30) DEFERRABLE INITIALLY DEFERRED)`,
      fields: {
        schema: 'app',
        table: 'T',
        name: 'K',
        was: {
          unique: {
            columns: ['a'],
            withoutOverlaps: 'from - to',
            nullsNotDistinct: true,
            with: { fillfactor: 30 },
            initiallyDeferred: true,
          },
        },
      },
      since: 18,
    },
    {
      given: `CREATE TABLE p (a int4range, "from - to" daterange, PRIMARY KEY (a, "from - to" WITHOUT OVERLAPS));
        CREATE TABLE t (b int4range, "for" daterange,
          CONSTRAINT k FOREIGN KEY (b, PERIOD "for") REFERENCES p MATCH FULL ON UPDATE NO ACTION ON DELETE NO ACTION DEFERRABLE NOT ENFORCED)`,
      fields: {
        table: 't',
        name: 'k',
        was: {
          foreignKey: {
            columns: ['b'],
            period: 'for',
            references: { table: 'p' },
            match: 'FULL',
            onUpdate: 'NO ACTION',
            onDelete: 'NO ACTION',
            deferrable: true,
            enforced: false,
          },
        },
      },
      since: 18,
    },
    {
      given: `CREATE TABLE p (a int, b int, PRIMARY KEY (a, b));
        CREATE TABLE t (a int, b int, CONSTRAINT k FOREIGN KEY (a, b) REFERENCES p ON DELETE SET DEFAULT (b, a))`,
      fields: {
        table: 't',
        name: 'k',
        was: {
          foreignKey: {
            columns: ['a', 'b'],
            references: { table: 'p', columns: ['a', 'b'] },
            onDelete: { action: 'SET DEFAULT', columns: ['b', 'a'] },
          },
        },
      },
      since: 15,
    },
    {
      given: `CREATE TABLE p (a int PRIMARY KEY);
        CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE leaf PARTITION OF t DEFAULT;
        ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES p`,
      fields: {
        table: 't',
        name: 'k',
        was: { foreignKey: { columns: ['a'], references: { table: 'p' }, validation: 'now' } },
      },
      locks: [
        { table: 'leaf', mode: 'AccessExclusive' },
        { table: 'p', mode: 'AccessExclusive' },
        { table: 't', mode: 'AccessExclusive' },
      ],
    },
    {
      given: `CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE t (a int);
        ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES p NOT VALID`,
      fields: {
        table: 't',
        name: 'k',
        was: { foreignKey: { columns: ['a'], references: { table: 'p' }, validation: 'never' } },
      },
    },
    {
      given: 'CREATE TABLE t (a int, CONSTRAINT k CHECK (a > 0) NO INHERIT NOT ENFORCED)',
      fields: {
        table: 't',
        name: 'k',
        was: { check: { expression: sql('a > 0'), noInherit: true, enforced: false } },
      },
      since: 18,
    },
    {
      given: 'CREATE TABLE t (a int CONSTRAINT "is given" NOT NULL NO INHERIT)',
      fields: { table: 't', name: 'is given', was: { notNull: { column: 'a', noInherit: true } } },
      since: 18,
    },
    {
      given: 'CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT k NOT NULL a NOT VALID',
      fields: { table: 't', name: 'k', was: { notNull: { column: 'a', validation: 'never' } } },
      since: 18,
    },
    {
      given: `CREATE SCHEMA app; CREATE OPERATOR app.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq, COMMUTATOR = OPERATOR(app.===));
        CREATE OPERATOR CLASS app.my_ops FOR TYPE text USING hash AS OPERATOR 1 app.===, FUNCTION 1 hashtext(text);
        CREATE TABLE t (a text, b text,
          CONSTRAINT k EXCLUDE USING hash (lower(a || b) COLLATE "C" app.my_ops WITH OPERATOR(app.===)) WHERE (a <> '') DEFERRABLE)`,
      fields: {
        table: 't',
        name: 'k',
        was: {
          exclude: {
            using: 'hash',
            elements: [
              {
                expression: sql('lower(a || b)'),
                collation: 'C',
                operatorClass: { schema: 'app', name: 'my_ops' },
                with: { schema: 'app', operator: '===' },
              },
            ],
            where: sql("a <> ''"),
            deferrable: true,
          },
        },
      },
    },
    {
      given: `CREATE TABLE t (a text, b int, c int,
        CONSTRAINT k EXCLUDE (a COLLATE "C" text_pattern_ops DESC NULLS LAST WITH =, b NULLS FIRST WITH =) INCLUDE (c) WITH (fillfactor = 40))`,
      fields: {
        table: 't',
        name: 'k',
        was: {
          exclude: {
            elements: [
              {
                column: 'a',
                collation: { schema: 'pg_catalog', name: 'C' },
                operatorClass: 'text_pattern_ops',
                order: 'desc',
                nulls: 'last',
                with: '=',
              },
              { column: 'b', order: 'asc', nulls: 'first', with: '=' },
            ],
            include: ['c'],
            with: { fillfactor: 40 },
          },
        },
      },
    },
  ),
  ...further(createForeignKey, {
    given: `CREATE TABLE p (a int PRIMARY KEY);
      CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE leaf PARTITION OF t DEFAULT`,
    fields: { name: 'k', table: 't', columns: ['a'], references: { table: 'p' }, validation: 'now' },
    locks: [
      { table: 'leaf', mode: 'ShareRowExclusive' },
      { table: 'p', mode: 'ShareRowExclusive' },
      { table: 't', mode: 'ShareRowExclusive' },
    ],
  }),
  ...further(createNotNullConstraint, {
    given: 'CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE leaf PARTITION OF t DEFAULT',
    fields: { name: 'k', table: 't', column: 'a' },
    locks: [
      { table: 'leaf', mode: 'AccessExclusive' },
      { table: 't', mode: 'AccessExclusive' },
    ],
  }),
  ...further(createUniqueConstraint, {
    given: 'CREATE TABLE t (a int, b int); CREATE UNIQUE INDEX k ON t (a, b) WITH (fillfactor = 20)',
    fields: {
      name: 'k',
      table: 't',
      usingIndex: 'k',
      was: { columns: ['a', 'b'], with: { fillfactor: 20 } },
    },
  }),
  ...further(createPrimaryKey, {
    given: 'CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a)',
    fields: { name: 'k', table: 't', usingIndex: 'i' },
  }),
  ...further(
    alterConstraint,
    {
      given: `CREATE TABLE p (a int PRIMARY KEY);
        CREATE TABLE t (a int CONSTRAINT k REFERENCES p DEFERRABLE INITIALLY DEFERRED)`,
      fields: { table: 't', name: 'k', deferrable: false, was: { initiallyDeferred: true } },
    },
    {
      given: `CREATE TABLE p (a int PRIMARY KEY);
        CREATE TABLE t (a int CONSTRAINT k REFERENCES p DEFERRABLE INITIALLY DEFERRED)`,
      fields: {
        table: 't',
        name: 'k',
        deferrable: true,
        was: { deferrable: true, initiallyDeferred: true },
      },
    },
    {
      given: `CREATE TABLE people (name text CONSTRAINT "is given" NOT NULL); CREATE TABLE children () INHERITS (people)`,
      fields: { table: 'people', name: 'is given', inherit: false },
      locks: [
        { table: 'children', mode: 'AccessExclusive' },
        { table: 'people', mode: 'AccessExclusive' },
      ],
    },
  ),
]
