import { quoteIdentifier } from '../sql/identifier.ts'
import { locksOnObject, type ObjectOf, objectSql, objectTitle } from './object-reference.ts'
import { type Operation, operation, statement } from './operation.ts'

/** The objects that can belong to an extension. */
export type MemberObject = ObjectOf<
  | 'table'
  | 'view'
  | 'materializedView'
  | 'foreignTable'
  | 'sequence'
  | 'type'
  | 'domain'
  | 'collation'
  | 'conversion'
  | 'textSearchConfiguration'
  | 'textSearchDictionary'
  | 'textSearchParser'
  | 'textSearchTemplate'
  | 'function'
  | 'procedure'
  | 'routine'
  | 'aggregate'
  | 'operator'
  | 'operatorClass'
  | 'operatorFamily'
  | 'cast'
  | 'transform'
  | 'language'
  | 'accessMethod'
  | 'eventTrigger'
  | 'foreignDataWrapper'
  | 'server'
  | 'schema'
>

export type ExtensionMember = { readonly extension: string; readonly member: MemberObject }

/**
 * Makes an object that is there a member of an extension: dropped with it, and not dumped. Takes
 * ShareUpdateExclusive on a table or view: reads and writes go on.
 * https://www.postgresql.org/docs/current/sql-alterextension.html
 */
export const addExtensionMember: Operation<'addExtensionMember', ExtensionMember> = operation(
  'addExtensionMember',
  {
    title: ({ extension, member }) => `add ${objectTitle(member)} to extension ${extension}`,
    steps: ({ extension, member }) => [
      statement(`ALTER EXTENSION ${quoteIdentifier(extension)} ADD ${objectSql(member)}`),
    ],
    inverse: (fields) => [dropExtensionMember(fields)],
    locks: ({ member }) =>
      locksOnObject(member, { itself: 'ShareUpdateExclusive', itsTable: 'ShareUpdateExclusive' }),
    examples: [
      {
        given: 'CREATE EXTENSION citext; CREATE SCHEMA app; CREATE TABLE app."Words" (word citext)',
        fields: { extension: 'citext', member: { schema: 'app', table: 'Words' } },
      },
      {
        given: 'CREATE EXTENSION citext; CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$SELECT 1$$',
        fields: { extension: 'citext', member: { function: 'one', arguments: [] } },
      },
    ],
  },
)

/**
 * Makes a member of an extension an object like others, which stays when the extension goes.
 * https://www.postgresql.org/docs/current/sql-alterextension.html
 */
export const dropExtensionMember: Operation<'dropExtensionMember', ExtensionMember> = operation(
  'dropExtensionMember',
  {
    title: ({ extension, member }) => `drop ${objectTitle(member)} from extension ${extension}`,
    steps: ({ extension, member }) => [
      statement(`ALTER EXTENSION ${quoteIdentifier(extension)} DROP ${objectSql(member)}`),
    ],
    inverse: (fields) => [addExtensionMember(fields)],
    locks: ({ member }) =>
      locksOnObject(member, { itself: 'ShareUpdateExclusive', itsTable: 'ShareUpdateExclusive' }),
    examples: [
      {
        given: 'CREATE EXTENSION citext',
        fields: { extension: 'citext', member: { aggregate: 'max', arguments: [{ type: 'citext' }] } },
      },
      {
        given: `CREATE EXTENSION citext; CREATE VIEW words AS SELECT 'a'::citext AS word;
          ALTER EXTENSION citext ADD VIEW words`,
        fields: { extension: 'citext', member: { view: 'words' } },
      },
    ],
  },
)
