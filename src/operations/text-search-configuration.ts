import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { cascadeClause, cascadeLoss, inverseOfDrop } from './cascade.ts'
import type { AtLeastOne } from './change.ts'
import { type ObjectName, objectName } from './object-name.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { inSchema } from './relation.ts'

type Named = { readonly schema?: string; readonly name: string }

/** The dictionaries that are asked for tokens of these types, one after the other until one knows the token. */
export type TextSearchMapping = {
  /** Of the parser's token types: `asciiword`. */
  readonly tokens: readonly string[]
  readonly dictionaries: readonly ObjectName[]
}

export type TextSearchConfiguration = {
  readonly parser: ObjectName
  readonly mappings?: readonly TextSearchMapping[]
}

export type CreateTextSearchConfiguration = Named &
  (
    | (TextSearchConfiguration & { readonly copy?: never })
    | {
        /** A configuration to copy, with its parser and mappings. */
        readonly copy: ObjectName
        readonly parser?: never
        readonly mappings?: never
      }
  )

export type TextSearchReplacement = {
  /** Left out for all of them. */
  readonly tokens?: readonly string[]
  readonly dictionary: ObjectName
  /** One that these tokens do not have yet, or a downgrade replaces that too. */
  readonly with: ObjectName
}

export type AlterTextSearchConfiguration = Named &
  AtLeastOne<{
    /** Of token types that have no dictionaries. */
    readonly add?: readonly TextSearchMapping[]
    readonly alter?: readonly TextSearchMapping[]
    readonly replace?: readonly TextSearchReplacement[]
    /** Token types, which are left out of what is found from then on. */
    readonly drop?: readonly string[]
  }> & {
    /** The mappings that are altered or dropped, as they were. */
    readonly was?: { readonly mappings: readonly TextSearchMapping[] }
  }

export type DropTextSearchConfiguration = Named & {
  /** Drops what uses the configuration too: indexes, generated columns. */
  readonly cascade?: boolean
  /** What the configuration was, so that it can be made again. */
  readonly was?: TextSearchConfiguration | { readonly copy: ObjectName }
}

/**
 * Creates a text search configuration: which parser cuts a text into tokens, and which dictionaries make words of them.
 * https://www.postgresql.org/docs/current/sql-createtsconfig.html
 */
export const createTextSearchConfiguration: Operation<
  'createTextSearchConfiguration',
  CreateTextSearchConfiguration
> = operation('createTextSearchConfiguration', {
  title: (fields) => `create text search configuration ${fields.name}`,
  steps(fields) {
    const origin =
      fields.copy === undefined
        ? `PARSER = ${objectName(fields.parser)}`
        : `COPY = ${objectName(fields.copy)}`
    return [
      statement(`CREATE ${configuration(fields)} (${origin})`),
      ...(fields.mappings ?? []).map((mapping) => mappingStatement(fields, 'ADD', mapping)),
    ]
  },
  inverse: ({ schema, name, ...was }) => [
    dropTextSearchConfiguration({
      ...inSchema({ schema }),
      name,
      was: was as NonNullable<DropTextSearchConfiguration['was']>,
    }),
  ],
  locks: () => [],
  examples: [
    {
      given: `CREATE SCHEMA "My App"; CREATE TEXT SEARCH DICTIONARY "My App"."My words" (TEMPLATE = simple)`,
      fields: {
        schema: 'My App',
        name: 'My search',
        parser: { schema: 'pg_catalog', name: 'default' },
        mappings: [
          {
            tokens: ['asciiword', 'word'],
            dictionaries: [{ schema: 'My App', name: 'My words' }, 'english_stem'],
          },
          { tokens: ['int'], dictionaries: ['simple'] },
        ],
      },
    },
    { fields: { name: 'ours', copy: { schema: 'pg_catalog', name: 'english' } } },
    { fields: { name: 'empty', parser: 'default' } },
  ],
})

/**
 * Changes which dictionaries are asked. Indexes and columns made by the configuration keep what they have found: make
 * them anew.
 * https://www.postgresql.org/docs/current/sql-altertsconfig.html
 */
export const alterTextSearchConfiguration: Operation<
  'alterTextSearchConfiguration',
  AlterTextSearchConfiguration
> = operation('alterTextSearchConfiguration', {
  title: (fields) => `alter text search configuration ${fields.name}`,
  steps: (fields) => [
    ...(fields.drop === undefined
      ? []
      : [statement(`ALTER ${configuration(fields)} DROP MAPPING FOR ${tokenList(fields.drop)}`)]),
    ...(fields.add ?? []).map((mapping) => mappingStatement(fields, 'ADD', mapping)),
    ...(fields.alter ?? []).map((mapping) => mappingStatement(fields, 'ALTER', mapping)),
    ...(fields.replace ?? []).map((replacement) => replacementStatement(fields, replacement)),
  ],
  inverse: undoAlter,
  warns: (fields) => [
    `indexes and stored columns that use the text search configuration ${fields.name} do not change with it`,
  ],
  locks: () => [],
  examples: [
    {
      given: `CREATE SCHEMA "My App"; CREATE TEXT SEARCH DICTIONARY "My App"."My words" (TEMPLATE = simple);
        CREATE TEXT SEARCH CONFIGURATION "My App"."My search" (PARSER = "default");
        ALTER TEXT SEARCH CONFIGURATION "My App"."My search" ADD MAPPING FOR asciiword, word WITH simple, english_stem;
        ALTER TEXT SEARCH CONFIGURATION "My App"."My search" ADD MAPPING FOR int, uint WITH simple`,
      fields: {
        schema: 'My App',
        name: 'My search',
        add: [{ tokens: ['email', 'url'], dictionaries: ['simple'] }],
        alter: [{ tokens: ['asciiword'], dictionaries: [{ schema: 'My App', name: 'My words' }] }],
        drop: ['int', 'uint'],
        was: {
          mappings: [
            { tokens: ['asciiword', 'word'], dictionaries: ['simple', 'english_stem'] },
            { tokens: ['uint', 'int'], dictionaries: ['simple'] },
          ],
        },
      },
    },
    {
      given: `CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple); CREATE TEXT SEARCH CONFIGURATION ours (COPY = english)`,
      fields: {
        name: 'ours',
        replace: [
          { tokens: ['asciiword', 'word'], dictionary: 'english_stem', with: 'german_stem' },
          { dictionary: 'simple', with: 'words' },
        ],
      },
    },
  ],
})

/**
 * Drops a text search configuration; refused by PostgreSQL while an index uses it, unless `cascade` takes that along.
 * https://www.postgresql.org/docs/current/sql-droptsconfig.html
 */
export const dropTextSearchConfiguration: Operation<
  'dropTextSearchConfiguration',
  DropTextSearchConfiguration
> = operation('dropTextSearchConfiguration', {
  title: (fields) => `drop text search configuration ${fields.name}`,
  steps: (fields) => [statement(clauses(`DROP ${configuration(fields)}`, cascadeClause(fields)))],
  inverse: ({ was, cascade, ...named }) =>
    inverseOfDrop(
      { was, cascade },
      {
        what: `the text search configuration ${named.name}`,
        operation: 'dropTextSearchConfiguration',
      },
      (before) => [createTextSearchConfiguration({ ...named, ...before })],
    ),
  loses: (fields) => cascadeLoss(fields, `the text search configuration ${fields.name}`),
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: `CREATE TEXT SEARCH CONFIGURATION ours (PARSER = "default");
        ALTER TEXT SEARCH CONFIGURATION ours ADD MAPPING FOR word WITH english_stem, simple`,
      fields: {
        name: 'ours',
        was: {
          parser: 'default',
          mappings: [{ tokens: ['word'], dictionaries: ['english_stem', 'simple'] }],
        },
      },
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE TEXT SEARCH CONFIGURATION "My App"."My search" (COPY = english);
        CREATE TABLE texts (body text); CREATE INDEX ON texts USING gin (to_tsvector('"My App"."My search"', body))`,
      fields: { schema: 'My App', name: 'My search', cascade: true },
      locks: [{ table: 'texts', mode: 'AccessExclusive' }],
    },
  ],
})

function configuration(named: Named): string {
  return `TEXT SEARCH CONFIGURATION ${qualifiedName(named)}`
}

function mappingStatement(named: Named, verb: 'ADD' | 'ALTER', mapping: TextSearchMapping) {
  const dictionaries = mapping.dictionaries.map(objectName).join(', ')
  return statement(
    `ALTER ${configuration(named)} ${verb} MAPPING FOR ${tokenList(mapping.tokens)} WITH ${dictionaries}`,
  )
}

function replacementStatement(named: Named, { tokens, dictionary, with: other }: TextSearchReplacement) {
  return statement(
    clauses(
      `ALTER ${configuration(named)} ALTER MAPPING`,
      tokens !== undefined && `FOR ${tokenList(tokens)}`,
      `REPLACE ${objectName(dictionary)} WITH ${objectName(other)}`,
    ),
  )
}

function tokenList(tokens: readonly string[]): string {
  return tokens.map(quoteIdentifier).join(', ')
}

/** The other way round, and so replacements in the opposite order. */
function undoAlter(fields: AlterTextSearchConfiguration) {
  const { add = [], alter = [], replace = [], drop = [], was } = fields
  const altered = alter.flatMap((mapping) => mapping.tokens)
  const before = new Map(
    was?.mappings.flatMap(({ tokens, dictionaries }) => tokens.map((token) => [token, dictionaries])),
  )
  if (![...altered, ...drop].every((token) => before.has(token))) {
    return unknownBefore(
      `each mapping of the text search configuration ${fields.name}`,
      'alterTextSearchConfiguration',
    )
  }
  const mapped = (tokens: readonly string[]) =>
    tokens.map((token) => ({ tokens: [token], dictionaries: before.get(token) ?? [] }))
  const added = add.flatMap((mapping) => mapping.tokens)
  const known = [...add, ...alter]
  const change = {
    ...(drop.length > 0 ? { add: mapped(drop) } : {}),
    ...(added.length > 0 ? { drop: added } : {}),
    ...(altered.length > 0 ? { alter: mapped(altered) } : {}),
    ...(replace.length > 0 ? { replace: replace.map(opposite).reverse() } : {}),
    ...(known.length > 0 ? { was: { mappings: known } } : {}),
  }
  return [
    alterTextSearchConfiguration({
      ...inSchema(fields),
      name: fields.name,
      ...change,
    } as AlterTextSearchConfiguration),
  ]
}

function opposite({ dictionary, with: other, ...tokens }: TextSearchReplacement): TextSearchReplacement {
  return { ...tokens, dictionary: other, with: dictionary }
}
