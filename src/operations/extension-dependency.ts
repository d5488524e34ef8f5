import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { type Lock, type Operation, operation, statement } from './operation.ts'
import { inSchema, lockOn, type TableReference, tableName } from './relation.ts'
import { type FunctionArgument, signature } from './routine-definition.ts'

type InSchema = { readonly schema?: string }
type Parameters = { readonly arguments?: readonly FunctionArgument[] }

/** What can depend on an extension without being a part of it; one key says its kind. */
export type DependentObject =
  | (InSchema & { readonly function: string } & Parameters)
  | (InSchema & { readonly procedure: string } & Parameters)
  | (InSchema & { readonly materializedView: string })
  | (InSchema & { readonly index: string })
  | { readonly trigger: TableReference & { readonly name: string } }

export type ExtensionDependency = { readonly extension: string; readonly dependent: DependentObject }

/**
 * Makes an object go with an extension when that is dropped, as if it were a part of it. Takes AccessExclusive on a
 * materialized view for a moment; the table of a trigger is read and written meanwhile.
 * https://www.postgresql.org/docs/current/sql-alterfunction.html
 */
export const addExtensionDependency: Operation<'addExtensionDependency', ExtensionDependency> = operation(
  'addExtensionDependency',
  {
    title: ({ extension, dependent }) => `make ${title(dependent)} depend on extension ${extension}`,
    steps: ({ extension, dependent }) => [
      statement(`ALTER ${address(dependent)} DEPENDS ON EXTENSION ${quoteIdentifier(extension)}`),
    ],
    inverse: (fields) => [dropExtensionDependency(fields)],
    locks: ({ dependent }) => locks(dependent),
    examples: [
      {
        given: `CREATE SCHEMA "My App"; CREATE FUNCTION "My App"."One"(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'`,
        fields: {
          extension: 'plpgsql',
          dependent: { schema: 'My App', function: 'One', arguments: [{ type: 'integer' }] },
        },
      },
      {
        given: `CREATE TABLE users (id bigint); CREATE INDEX users_id_idx ON users (id)`,
        fields: { extension: 'plpgsql', dependent: { index: 'users_id_idx' } },
      },
      {
        given: `CREATE MATERIALIZED VIEW ones AS SELECT 1 AS one`,
        fields: { extension: 'plpgsql', dependent: { materializedView: 'ones' } },
      },
      {
        given: `CREATE TABLE users (id bigint);
          CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
          CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()`,
        fields: { extension: 'plpgsql', dependent: { trigger: { table: 'users', name: 'users_touch' } } },
      },
    ],
  },
)

/**
 * Lets an object stay when an extension is dropped that it went with.
 * https://www.postgresql.org/docs/current/sql-alterfunction.html
 */
export const dropExtensionDependency: Operation<'dropExtensionDependency', ExtensionDependency> = operation(
  'dropExtensionDependency',
  {
    title: ({ extension, dependent }) => `let ${title(dependent)} depend on extension ${extension} no more`,
    steps: ({ extension, dependent }) => [
      statement(`ALTER ${address(dependent)} NO DEPENDS ON EXTENSION ${quoteIdentifier(extension)}`),
    ],
    inverse: (fields) => [addExtensionDependency(fields)],
    locks: ({ dependent }) => locks(dependent),
    examples: [
      {
        given: `CREATE PROCEDURE nothing() LANGUAGE sql AS ''; ALTER PROCEDURE nothing DEPENDS ON EXTENSION plpgsql`,
        fields: { extension: 'plpgsql', dependent: { procedure: 'nothing' } },
      },
    ],
  },
)

function address(object: DependentObject): string {
  if ('trigger' in object)
    return `TRIGGER ${quoteIdentifier(object.trigger.name)} ON ${tableName(object.trigger)}`
  if ('index' in object) return `INDEX ${qualifiedName({ ...object, name: object.index })}`
  if ('materializedView' in object) {
    return `MATERIALIZED VIEW ${qualifiedName({ ...object, name: object.materializedView })}`
  }
  const [kind, name] =
    'function' in object
      ? (['FUNCTION', object.function] as const)
      : (['PROCEDURE', object.procedure] as const)
  return `${kind} ${qualifiedName({ ...object, name })}${signature(object.arguments)}`
}

function title(object: DependentObject): string {
  if ('trigger' in object) return `trigger ${object.trigger.name} on ${object.trigger.table}`
  if ('index' in object) return `index ${object.index}`
  if ('materializedView' in object) return `materialized view ${object.materializedView}`
  return 'function' in object ? `function ${object.function}` : `procedure ${object.procedure}`
}

function locks(object: DependentObject): readonly Lock[] {
  if ('trigger' in object) return [lockOn(object.trigger, 'AccessShare')]
  if ('materializedView' in object)
    return [lockOn({ ...inSchema(object), table: object.materializedView }, 'AccessExclusive')]
  return []
}
