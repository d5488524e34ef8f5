import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeBetween } from '../../src/autogenerate/directives.ts'
import { RowsInTheWay } from '../../src/autogenerate/rows-in-the-way.ts'
import type { Snapshot } from '../../src/catalog/snapshot.ts'
import { type Bench, openBench } from '../operations/bench.ts'
import { targets } from '../servers/databases.ts'

/** `there`: the directives that make of one the other. */
type Pair = {
  readonly name: string
  readonly since?: number
  readonly one: string
  readonly other: string
  readonly there: readonly object[]
  /** A bare name means PostgreSQL's own to DROP. */
  readonly back?: false
}

const raw = (text: string) => ({ sql: [text], values: [] })

const pairs: readonly Pair[] = [
  {
    name: 'labels of an enum are added, each at its place',
    one: "CREATE TYPE mood AS ENUM ('sad', 'happy')",
    other: "CREATE TYPE mood AS ENUM ('dead', 'furious', 'sad', 'ok', 'fine', 'happy', 'ecstatic', 'mad')",
    there: [
      {
        kind: 'addEnumValues',
        name: 'mood',
        values: [
          { value: 'dead', before: 'sad' },
          { value: 'furious', after: 'dead' },
          { value: 'ok', after: 'sad' },
          { value: 'fine', after: 'ok' },
          'ecstatic',
          'mad',
        ],
      },
    ],
  },
  {
    name: 'an enum that has no labels gets some',
    one: 'CREATE TYPE mood AS ENUM ()',
    other: "CREATE TYPE mood AS ENUM ('sad', 'happy')",
    there: [{ kind: 'addEnumValues', name: 'mood', values: ['sad', 'happy'] }],
  },
  {
    name: 'labels of an enum change places while columns use it',
    one: "CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TABLE people (mood mood DEFAULT 'sad')",
    other: "CREATE TYPE mood AS ENUM ('happy', 'ok', 'sad'); CREATE TABLE people (mood mood DEFAULT 'sad')",
    there: [
      {
        kind: 'replaceEnum',
        name: 'mood',
        values: ['happy', 'ok', 'sad'],
        was: { values: ['sad', 'happy'] },
      },
    ],
  },
  {
    name: 'default, NOT NULL and checks of a domain that a table uses',
    one: `CREATE DOMAIN code AS text DEFAULT 'a' CONSTRAINT short CHECK (length(VALUE) < 9) CONSTRAINT old CHECK (VALUE <> 'old');
      ALTER DOMAIN code ADD CONSTRAINT late CHECK (VALUE <> 'late') NOT VALID; CREATE TABLE codes (code code)`,
    other: `CREATE DOMAIN code AS text NOT NULL CONSTRAINT short CHECK (length(VALUE) < 7) CONSTRAINT late CHECK (VALUE <> 'late');
      ALTER DOMAIN code ADD CONSTRAINT new CHECK (VALUE <> 'new') NOT VALID; CREATE TABLE codes (code code)`,
    there: [
      {
        kind: 'dropDomainConstraint',
        domain: 'code',
        name: 'old',
        was: { expression: raw("(VALUE <> 'old'::text)") },
      },
      {
        kind: 'dropDomainConstraint',
        domain: 'code',
        name: 'short',
        was: { expression: raw('(length(VALUE) < 9)') },
      },
      { kind: 'alterDomain', name: 'code', default: null, was: { default: raw("'a'::text") } },
      { kind: 'alterDomain', name: 'code', notNull: true, was: { notNull: false } },
      { kind: 'validateDomainConstraint', domain: 'code', name: 'late' },
      {
        kind: 'addDomainConstraint',
        domain: 'code',
        name: 'short',
        expression: raw('(length(VALUE) < 7)'),
      },
      {
        kind: 'addDomainConstraint',
        domain: 'code',
        name: 'new',
        expression: raw("(VALUE <> 'new'::text)"),
        validation: 'never',
      },
    ],
  },
  {
    name: 'NOT NULL of a domain has another name',
    since: 17,
    one: 'CREATE DOMAIN code AS text NOT NULL',
    other: 'CREATE DOMAIN code AS text CONSTRAINT known NOT NULL',
    there: [{ kind: 'renameDomainConstraint', domain: 'code', from: 'code_not_null', to: 'known' }],
  },
  {
    name: 'composite types hold each other and a domain, in the order in which they can be made',
    one: '',
    other: `CREATE DOMAIN zip AS varchar(10) COLLATE "C"; CREATE TYPE z AS (zip zip); CREATE TYPE b AS (zs z[], name text);
      CREATE TYPE a AS (b b); CREATE DOMAIN full_a AS a CHECK ((VALUE).b IS NOT NULL)`,
    there: [
      { kind: 'createDomain', name: 'zip', type: 'varchar(10)', collation: 'C' },
      { kind: 'createCompositeType', name: 'z', attributes: [{ name: 'zip', type: 'zip' }] },
      {
        kind: 'createCompositeType',
        name: 'b',
        attributes: [
          { name: 'zs', type: 'z[]' },
          { name: 'name', type: 'text' },
        ],
      },
      { kind: 'createCompositeType', name: 'a', attributes: [{ name: 'b', type: 'b' }] },
      {
        kind: 'createDomain',
        name: 'full_a',
        type: 'a',
        checks: [{ name: 'full_a_check', expression: raw('((VALUE).b IS NOT NULL)') }],
      },
    ],
  },
  {
    name: 'attributes of a composite type come, go and change, for the tables that are of it too',
    one: 'CREATE TYPE address AS (street text, zip integer, old text); CREATE TABLE places OF address',
    other:
      'CREATE TYPE address AS (city text, region text, zip bigint, street text COLLATE "C"); CREATE TABLE places OF address',
    there: [
      {
        kind: 'alterCompositeType',
        name: 'address',
        cascade: true,
        add: [
          { name: 'city', type: 'text' },
          { name: 'region', type: 'text' },
        ],
      },
      {
        kind: 'alterCompositeType',
        name: 'address',
        cascade: true,
        drop: ['old'],
        alter: [
          { name: 'zip', type: 'bigint' },
          { name: 'street', type: 'text', collation: 'C' },
        ],
        was: {
          attributes: [
            { name: 'zip', type: 'integer' },
            { name: 'street', type: 'text' },
            { name: 'old', type: 'text' },
          ],
        },
      },
    ],
  },
  {
    name: 'a domain of another type takes along the composite type that nobody uses',
    one: 'CREATE DOMAIN zip AS integer; CREATE TYPE address AS (street text, zip zip)',
    other: 'CREATE DOMAIN zip AS text; CREATE TYPE address AS (street text, zip zip)',
    there: [
      {
        kind: 'dropCompositeType',
        name: 'address',
        was: {
          attributes: [
            { name: 'street', type: 'text' },
            { name: 'zip', type: 'zip' },
          ],
        },
      },
      { kind: 'dropDomain', name: 'zip', was: { type: 'integer' } },
      { kind: 'createDomain', name: 'zip', type: 'text' },
      {
        kind: 'createCompositeType',
        name: 'address',
        attributes: [
          { name: 'street', type: 'text' },
          { name: 'zip', type: 'zip' },
        ],
      },
    ],
  },
  {
    name: 'a multirange type has a name only where it is not PostgreSQL’s',
    since: 14,
    one: '',
    other: `CREATE TYPE spans AS RANGE (SUBTYPE = int); CREATE TYPE a_range_b AS RANGE (SUBTYPE = int);
      CREATE TYPE "A very long name of a type, longer than fifty-two characters" AS RANGE (SUBTYPE = int);
      CREATE TYPE "new" AS RANGE (SUBTYPE = int, MULTIRANGE_TYPE_NAME = old_multirange)`,
    there: [
      {
        kind: 'createRangeType',
        name: 'A very long name of a type, longer than fifty-two characters',
        subtype: 'integer',
      },
      { kind: 'createRangeType', name: 'a_range_b', subtype: 'integer' },
      { kind: 'createRangeType', name: 'new', subtype: 'integer', multirangeTypeName: 'old_multirange' },
      { kind: 'createRangeType', name: 'spans', subtype: 'integer' },
    ],
  },
  {
    name: 'a name of PostgreSQL’s own is not taken for that of an object in the schema, nor the other way round',
    one: '',
    other: `CREATE COLLATION public."C" FROM "POSIX"; CREATE DOMAIN theirs AS text COLLATE "C"; CREATE DOMAIN ours AS text COLLATE public."C";
      CREATE TEXT SEARCH DICTIONARY public.simple (TEMPLATE = synonym, SYNONYMS = synonym_sample);
      CREATE TEXT SEARCH CONFIGURATION search (PARSER = "default");
      ALTER TEXT SEARCH CONFIGURATION search ADD MAPPING FOR word WITH public.simple, simple`,
    there: [
      { kind: 'createCollation', schema: 'public', name: 'C', locale: 'POSIX' },
      { kind: 'createDomain', name: 'ours', type: 'text', collation: { schema: 'public', name: 'C' } },
      { kind: 'createDomain', name: 'theirs', type: 'text', collation: 'C' },
      {
        kind: 'createTextSearchDictionary',
        schema: 'public',
        name: 'simple',
        template: 'synonym',
        options: { synonyms: 'synonym_sample' },
      },
      {
        kind: 'createTextSearchConfiguration',
        name: 'search',
        parser: 'default',
        mappings: [{ tokens: ['word'], dictionaries: [{ schema: 'public', name: 'simple' }, 'simple'] }],
      },
    ],
  },
  {
    name: 'options of a dictionary and mappings of a configuration',
    one: `CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple, STOPWORDS = english, ACCEPT = false);
      CREATE TEXT SEARCH CONFIGURATION search (PARSER = "default");
      ALTER TEXT SEARCH CONFIGURATION search ADD MAPPING FOR word, asciiword, int WITH simple`,
    other: `CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple, STOPWORDS = german);
      CREATE TEXT SEARCH CONFIGURATION search (PARSER = "default");
      ALTER TEXT SEARCH CONFIGURATION search ADD MAPPING FOR asciiword, email, word WITH words, simple`,
    there: [
      {
        kind: 'alterTextSearchDictionary',
        name: 'words',
        options: { accept: null, stopwords: 'german' },
        was: { options: { accept: false, stopwords: 'english' } },
      },
      {
        kind: 'alterTextSearchConfiguration',
        name: 'search',
        add: [{ tokens: ['email'], dictionaries: ['words', 'simple'] }],
        alter: [{ tokens: ['asciiword', 'word'], dictionaries: ['words', 'simple'] }],
        drop: ['int'],
        was: { mappings: [{ tokens: ['asciiword', 'word', 'int'], dictionaries: ['simple'] }] },
      },
    ],
  },
  {
    name: 'options of a dictionary are read as PostgreSQL has written them',
    one: String.raw`CREATE TEXT SEARCH DICTIONARY "it's \, = 'x" (TEMPLATE = simple)`,
    other: String.raw`CREATE TEXT SEARCH DICTIONARY "it's \, = 'x" (TEMPLATE = simple);
      CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = thesaurus, DICTIONARY = E'public."it''s \\, = ''x"', DICTFILE = thesaurus_sample)`,
    there: [
      {
        kind: 'createTextSearchDictionary',
        name: 'words',
        template: 'thesaurus',
        options: { dictionary: String.raw`public."it's \, = 'x"`, dictfile: 'thesaurus_sample' },
      },
    ],
  },
  {
    name: 'statistics keep more, and others are of other columns',
    one: `CREATE TABLE t (a int, b int, c int); CREATE STATISTICS kept ON a, b FROM t; CREATE STATISTICS other (mcv) ON a, b FROM t`,
    other: `CREATE TABLE t (a bigint, b int, c int); CREATE STATISTICS kept ON a, b FROM t; ALTER STATISTICS kept SET STATISTICS 50;
      CREATE STATISTICS other (mcv) ON a, c FROM t`,
    there: [
      {
        kind: 'dropStatistics',
        name: 'other',
        was: { columns: ['a', 'b'], kinds: ['mcv'], from: { table: 't' } },
      },
      {
        kind: 'alterColumn',
        table: 't',
        name: 'a',
        type: 'bigint',
        was: { type: 'integer' },
      },
      { kind: 'alterStatistics', name: 'kept', target: 50, was: { target: null } },
      {
        kind: 'createStatistics',
        name: 'other',
        columns: ['a', 'c'],
        kinds: ['mcv'],
        from: { table: 't' },
      },
    ],
  },
]

describe.each(targets)('on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const made = async (sql: string): Promise<readonly [Snapshot, readonly string[]]> => {
    await bench.prepare(sql)
    return [await bench.snapshot(), await bench.catalog()]
  }

  test.for(pairs.filter(({ since = 0 }) => since <= target.major).map((pair) => [pair.name, pair] as const))(
    '%s',
    async ([, pair]) => {
      const [other, otherCatalog] = await made(pair.other)
      const [one, oneCatalog] = await made(pair.one)
      const { directives } = changeBetween(one, other)
      expect(directives).toEqual(pair.there)
      await bench.apply(directives)
      expect(await bench.catalog()).toEqual(otherCatalog)
      if (pair.back === false) return
      await bench.apply(changeBetween(other, one).directives)
      expect(await bench.catalog()).toEqual(oneCatalog)
    },
  )

  test.skipIf(target.kind === 'pglite')('types of an extension come with it', async () => {
    const [one] = await made('')
    const [other] = await made('CREATE EXTENSION tablefunc')
    const kinds = changeBetween(one, other).directives.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind !== 'setComment')).toEqual(['createExtension'])
  })

  test('a domain of another type is not made anew where rows are in it', async () => {
    const [one] = await made('CREATE DOMAIN zip AS integer; CREATE TABLE places (zip zip)')
    const [other] = await made('CREATE DOMAIN zip AS text; CREATE TABLE places (zip zip)')
    expect(() => changeBetween(one, other)).toThrow(RowsInTheWay)
  })
})
