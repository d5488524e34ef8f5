import { clauses } from '../sql/clauses.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { cascadeClause, cascadeLoss, inverseOfDrop } from './cascade.ts'
import { type ObjectName, objectName } from './object-name.ts'
import { type Operation, operation, statement } from './operation.ts'
import { inSchema } from './relation.ts'

type Named = { readonly schema?: string; readonly name: string }

/** Functions that can only be written in C. */
export type TextSearchParser = {
  readonly start: ObjectName
  readonly getToken: ObjectName
  readonly end: ObjectName
  readonly lexTypes: ObjectName
  readonly headline?: ObjectName
}

export type CreateTextSearchParser = Named & TextSearchParser
export type DropTextSearchParser = Named & {
  /** Drops what uses the parser too: configurations and their indexes. */
  readonly cascade?: boolean
  /** What the parser was, so that it can be made again. */
  readonly was?: TextSearchParser
}

/**
 * Creates a text search parser, which cuts a text into tokens. For superusers.
 * https://www.postgresql.org/docs/current/sql-createtsparser.html
 */
export const createTextSearchParser: Operation<'createTextSearchParser', CreateTextSearchParser> = operation(
  'createTextSearchParser',
  {
    title: (fields) => `create text search parser ${fields.name}`,
    steps: (fields) => [statement(`CREATE ${parser(fields)} (${functions(fields)})`)],
    inverse: ({ schema, name, ...was }) => [dropTextSearchParser({ ...inSchema({ schema }), name, was })],
    locks: () => [],
    examples: [
      {
        given: 'CREATE SCHEMA "My App"',
        fields: {
          schema: 'My App',
          name: 'My parser',
          start: { schema: 'pg_catalog', name: 'prsd_start' },
          getToken: 'prsd_nexttoken',
          end: 'prsd_end',
          lexTypes: 'prsd_lextype',
          headline: 'prsd_headline',
        },
      },
    ],
  },
)

/**
 * Drops a text search parser; refused by PostgreSQL while a configuration uses it, unless `cascade` takes that along.
 * https://www.postgresql.org/docs/current/sql-droptsparser.html
 */
export const dropTextSearchParser: Operation<'dropTextSearchParser', DropTextSearchParser> = operation(
  'dropTextSearchParser',
  {
    title: (fields) => `drop text search parser ${fields.name}`,
    steps: (fields) => [statement(clauses(`DROP ${parser(fields)}`, cascadeClause(fields)))],
    inverse: ({ was, cascade, ...named }) =>
      inverseOfDrop(
        { was, cascade },
        { what: `the text search parser ${named.name}`, operation: 'dropTextSearchParser' },
        (before) => [createTextSearchParser({ ...named, ...before })],
      ),
    loses: (fields) => cascadeLoss(fields, `the text search parser ${fields.name}`),
    phase: () => 'contract',
    locks: () => [],
    examples: [
      {
        given: `CREATE TEXT SEARCH PARSER cutter
          (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype)`,
        fields: {
          name: 'cutter',
          was: {
            start: 'prsd_start',
            getToken: 'prsd_nexttoken',
            end: 'prsd_end',
            lexTypes: 'prsd_lextype',
          },
        },
      },
      {
        given: `CREATE SCHEMA "My App"; CREATE TEXT SEARCH PARSER "My App"."My parser"
          (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
          CREATE TEXT SEARCH CONFIGURATION ours (PARSER = "My App"."My parser")`,
        fields: { schema: 'My App', name: 'My parser', cascade: true },
      },
    ],
  },
)

function parser(named: Named): string {
  return `TEXT SEARCH PARSER ${qualifiedName(named)}`
}

function functions({ start, getToken, end, lexTypes, headline }: TextSearchParser): string {
  return [
    `START = ${objectName(start)}, GETTOKEN = ${objectName(getToken)}`,
    `END = ${objectName(end)}, LEXTYPES = ${objectName(lexTypes)}`,
    ...(headline === undefined ? [] : [`HEADLINE = ${objectName(headline)}`]),
  ].join(', ')
}
