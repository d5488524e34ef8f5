import { quoteIdentifier } from '../sql/identifier.ts'
import { locksOnObject, type ObjectOf, objectSql, objectTitle } from './object-reference.ts'
import { type Operation, operation, statement } from './operation.ts'

/** The objects that can be said to depend on an extension. */
export type DependentObject = ObjectOf<
  'function' | 'procedure' | 'routine' | 'trigger' | 'materializedView' | 'index'
>

export type ExtensionDependency = { readonly object: DependentObject; readonly extension: string }

/**
 * Says that an object goes when an extension goes, though it is no member of it. Takes AccessExclusive for a moment on a
 * materialized view; no more than AccessShare on the table of a trigger.
 * https://www.postgresql.org/docs/current/sql-alterfunction.html
 */
export const addExtensionDependency: Operation<'addExtensionDependency', ExtensionDependency> = operation(
  'addExtensionDependency',
  {
    title: ({ object, extension }) => `let ${objectTitle(object)} depend on extension ${extension}`,
    steps: ({ object, extension }) => [
      statement(`ALTER ${objectSql(object)} DEPENDS ON EXTENSION ${quoteIdentifier(extension)}`),
    ],
    inverse: (fields) => [dropExtensionDependency(fields)],
    locks: ({ object }) => locksOnObject(object, { itself: 'AccessExclusive', itsTable: 'AccessShare' }),
    examples: [
      {
        given: `CREATE EXTENSION citext; CREATE SCHEMA app;
          CREATE FUNCTION app."Lower"(word text) RETURNS text LANGUAGE sql AS $$SELECT word::citext::text$$`,
        fields: {
          object: { schema: 'app', function: 'Lower', arguments: [{ type: 'text' }] },
          extension: 'citext',
        },
      },
      {
        given: `CREATE EXTENSION citext; CREATE TABLE words (word text);
          CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
          CREATE TRIGGER touch BEFORE INSERT ON words EXECUTE FUNCTION touch()`,
        fields: { object: { trigger: { table: 'words', name: 'touch' } }, extension: 'citext' },
      },
      {
        given: "CREATE EXTENSION citext; CREATE MATERIALIZED VIEW words AS SELECT 'a'::text AS word",
        fields: { object: { materializedView: 'words' }, extension: 'citext' },
      },
    ],
  },
)

/**
 * Lets an object stay when the extension goes. Takes the same locks as `addExtensionDependency`.
 * https://www.postgresql.org/docs/current/sql-alterfunction.html
 */
export const dropExtensionDependency: Operation<'dropExtensionDependency', ExtensionDependency> = operation(
  'dropExtensionDependency',
  {
    title: ({ object, extension }) => `let ${objectTitle(object)} no longer depend on extension ${extension}`,
    steps: ({ object, extension }) => [
      statement(`ALTER ${objectSql(object)} NO DEPENDS ON EXTENSION ${quoteIdentifier(extension)}`),
    ],
    inverse: (fields) => [addExtensionDependency(fields)],
    locks: ({ object }) => locksOnObject(object, { itself: 'AccessExclusive', itsTable: 'AccessShare' }),
    examples: [
      {
        given: `CREATE EXTENSION citext; CREATE TABLE words (word text); CREATE INDEX words_idx ON words (word);
          ALTER INDEX words_idx DEPENDS ON EXTENSION citext`,
        fields: { object: { index: 'words_idx' }, extension: 'citext' },
      },
      {
        given: `CREATE EXTENSION citext; CREATE PROCEDURE nothing() LANGUAGE sql AS 'SELECT 1';
          ALTER PROCEDURE nothing DEPENDS ON EXTENSION citext`,
        fields: { object: { procedure: 'nothing' }, extension: 'citext' },
      },
    ],
  },
)
