import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { cascadeClause, cascadeLoss, inverseOfDrop } from './cascade.ts'
import { unsaid } from './change.ts'
import { type ObjectName, objectName } from './object-name.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { inSchema } from './relation.ts'

type Named = { readonly schema?: string; readonly name: string }

/** By the template's names, which are in small letters: `{ stopwords: 'english' }`. */
export type TextSearchOptions = { readonly [option: string]: string | number | boolean }

export type TextSearchDictionary = {
  /** `simple`, `synonym`, `thesaurus`, `ispell`, `snowball`, or one of an extension's. */
  readonly template: ObjectName
  /** A file that is named here has to be in the server's folder `tsearch_data`. */
  readonly options?: TextSearchOptions
}

export type CreateTextSearchDictionary = Named & TextSearchDictionary

/** `null` takes an option away. */
export type TextSearchOptionChanges = { readonly [option: string]: string | number | boolean | null }

export type AlterTextSearchDictionary = Named & {
  readonly options: TextSearchOptionChanges
  /** The same options as they were, so that the change can be undone; `null` for one that was not there. */
  readonly was?: { readonly options: TextSearchOptionChanges }
}

export type DropTextSearchDictionary = Named & {
  /** Drops what uses the dictionary too: configurations and their indexes. */
  readonly cascade?: boolean
  /** What the dictionary was, so that it can be made again. */
  readonly was?: TextSearchDictionary
}

/**
 * Creates a text search dictionary, which makes words of tokens or leaves them out.
 * https://www.postgresql.org/docs/current/sql-createtsdictionary.html
 */
export const createTextSearchDictionary: Operation<'createTextSearchDictionary', CreateTextSearchDictionary> =
  operation('createTextSearchDictionary', {
    title: (fields) => `create text search dictionary ${fields.name}`,
    steps: (fields) => [
      statement(
        `CREATE ${dictionary(fields)} (${[`TEMPLATE = ${objectName(fields.template)}`, ...optionList(fields.options)].join(', ')})`,
      ),
    ],
    inverse: ({ schema, name, ...was }) => [dropTextSearchDictionary({ ...inSchema({ schema }), name, was })],
    locks: () => [],
    examples: [
      {
        given: 'CREATE SCHEMA "My App"',
        fields: {
          schema: 'My App',
          name: 'My words',
          template: { schema: 'pg_catalog', name: 'simple' },
          options: { stopwords: 'english', accept: false },
        },
      },
      {
        fields: {
          name: 'synonyms',
          template: 'synonym',
          options: { synonyms: 'synonym_sample', casesensitive: 1 },
        },
      },
      { fields: { name: 'as_it_is', template: 'simple' } },
    ],
  })

/**
 * Changes options of a dictionary. Sessions read its files anew at its next use; indexes and stored columns keep what they
 * have found: make them anew.
 * https://www.postgresql.org/docs/current/sql-altertsdictionary.html
 */
export const alterTextSearchDictionary: Operation<'alterTextSearchDictionary', AlterTextSearchDictionary> =
  operation('alterTextSearchDictionary', {
    title: (fields) => `alter text search dictionary ${fields.name}`,
    steps: (fields) => [statement(`ALTER ${dictionary(fields)} (${optionList(fields.options).join(', ')})`)],
    inverse({ schema, name, options, was }) {
      const missing = unsaid(options, was?.options)
      if (was === undefined || missing.length > 0) {
        return unknownBefore(
          `the ${missing.join(' and ')} of the text search dictionary ${name}`,
          'alterTextSearchDictionary',
        )
      }
      return [
        alterTextSearchDictionary({
          ...inSchema({ schema }),
          name,
          options: was.options,
          was: { options },
        }),
      ]
    },
    warns: (fields) => [
      `indexes and stored columns that use the text search dictionary ${fields.name} do not change with it`,
    ],
    locks: () => [],
    examples: [
      {
        given: `CREATE SCHEMA "My App"; CREATE TEXT SEARCH DICTIONARY "My App"."My words" (TEMPLATE = simple, STOPWORDS = english)`,
        fields: {
          schema: 'My App',
          name: 'My words',
          options: { stopwords: null, accept: true },
          was: { options: { stopwords: 'english', accept: null } },
        },
      },
    ],
  })

/**
 * Drops a text search dictionary; refused by PostgreSQL while a configuration uses it, unless `cascade` takes that along.
 * https://www.postgresql.org/docs/current/sql-droptsdictionary.html
 */
export const dropTextSearchDictionary: Operation<'dropTextSearchDictionary', DropTextSearchDictionary> =
  operation('dropTextSearchDictionary', {
    title: (fields) => `drop text search dictionary ${fields.name}`,
    steps: (fields) => [statement(clauses(`DROP ${dictionary(fields)}`, cascadeClause(fields)))],
    inverse: ({ was, cascade, ...named }) =>
      inverseOfDrop(
        { was, cascade },
        { what: `the text search dictionary ${named.name}`, operation: 'dropTextSearchDictionary' },
        (before) => [createTextSearchDictionary({ ...named, ...before })],
      ),
    loses: (fields) => cascadeLoss(fields, `the text search dictionary ${fields.name}`),
    phase: () => 'contract',
    locks: () => [],
    examples: [
      {
        given: "CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple, STOPWORDS = 'english')",
        fields: { name: 'words', was: { template: 'simple', options: { stopwords: 'english' } } },
      },
      {
        given: `CREATE SCHEMA "My App"; CREATE TEXT SEARCH DICTIONARY "My App"."My words" (TEMPLATE = simple);
          CREATE TEXT SEARCH CONFIGURATION ours (PARSER = "default");
          ALTER TEXT SEARCH CONFIGURATION ours ADD MAPPING FOR word WITH "My App"."My words"`,
        fields: { schema: 'My App', name: 'My words', cascade: true },
      },
    ],
  })

function dictionary(named: Named): string {
  return `TEXT SEARCH DICTIONARY ${qualifiedName(named)}`
}

function optionList(options: TextSearchOptionChanges = {}): readonly string[] {
  return Object.entries(options).map(([name, value]) =>
    value === null ? quoteIdentifier(name) : `${quoteIdentifier(name)} = ${optionValue(value)}`,
  )
}

/** A number stands bare, with its sign; templates read `true` as text. */
function optionValue(value: string | number | boolean): string {
  return typeof value === 'number' ? String(value) : quoteLiteral(String(value))
}
