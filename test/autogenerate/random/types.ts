import fc from 'fast-check'
import { maybe, property, statements, type Two, text, word } from './two.ts'

/** Types that a column may be of; some are of the schema itself. */
export const types = [
  ...['int', 'int', 'int', 'bigint', 'smallint', 'numeric(10,2)', 'numeric', 'real', 'double precision'],
  ...['text', 'text', 'text', 'varchar(20)', 'varchar(40)', 'varchar', 'char(3)', 'boolean', 'uuid', 'name'],
  ...['date', 'timestamp', 'timestamptz', 'timestamptz(3)', 'time', 'interval', 'jsonb', 'json', 'bytea'],
  ...[
    'int[]',
    'text[]',
    'varchar(5)[]',
    'int4range',
    'daterange',
    'inet',
    'bit(3)',
    'tsvector',
    'point',
    'xml',
  ],
  ...['e0', 'e0', 'e0[]', 'e1', '"S 1"."E"', 'd0', 'd0', 'd0[]', 'd1', 'c0', 'c0[]', 'r0', 't0', 'c1'],
] as const

const labels = fc
  .shuffledSubarray(['a', 'b', 'c', "it's", 'two words'], { minLength: 1 })
  .map((all) => all.map((one) => `'${one.replaceAll("'", "''")}'`).join(', '))

const enumCalled = (name: string) =>
  text({ labels: property(labels, 3) }, (its) => `CREATE TYPE ${name} AS ENUM (${its.labels})`)

const domain = (name: string, base: fc.Arbitrary<Two<string>>) =>
  text(
    {
      base,
      fallback: word('', '', `DEFAULT '1'`, `DEFAULT 'a'`),
      notNull: word('', '', '', 'NOT NULL'),
      check: word(
        '',
        '',
        `CHECK (VALUE::text <> '')`,
        `CONSTRAINT own CHECK (VALUE IS NOT NULL)`,
        'CHECK (f0(1) > 0)',
      ),
    },
    (its) => `CREATE DOMAIN ${name} AS ${its.base} ${its.fallback} ${its.notNull} ${its.check}`,
  )

const composite = (name: string, inner: fc.Arbitrary<Two<string>>) =>
  text(
    {
      x: maybe(word('int', 'int', 'bigint', 'text')),
      y: maybe(word('text', 'text', 'varchar(5)', 'text COLLATE "C"')),
      z: maybe(inner),
    },
    ({ x, y, z }) =>
      `CREATE TYPE ${name} AS (${[x && `x ${x}`, y && `y ${y}`, z && `z ${z}`].filter(Boolean).join(', ')})`,
  )

/** Types of the schema's own. */
export const ownTypes = statements(
  maybe(enumCalled('e0'), 20),
  maybe(enumCalled('e1')),
  maybe(enumCalled('"S 1"."E"')),
  maybe(domain('d0', word('int', 'int', 'text', 'text', 'bigint', 'varchar(9)')), 20),
  maybe(domain('d1', word('e0', 'd0', 'text[]', 'e1'))),
  maybe(composite('c0', word('e0', 'd0', 'int[]', 'date')), 14),
  maybe(composite('c1', word('c0', 'e1', 'c0[]'))),
  maybe(word('CREATE TYPE r0 AS RANGE (SUBTYPE = int)', 'CREATE TYPE r0 AS RANGE (SUBTYPE = date)')),
)
