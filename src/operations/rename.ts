import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { kindAndName, locksOnObject, type ObjectOf, objectSql, objectTitle } from './object-reference.ts'
import { type Operation, operation, statement } from './operation.ts'
import { isUnnoticed } from './phase.ts'

/** The objects that can be renamed and have no operation of their own for it (see `renameTable` and its like). */
export type RenamableObject = ObjectOf<
  | 'view'
  | 'materializedView'
  | 'foreignTable'
  | 'sequence'
  | 'statistics'
  | 'type'
  | 'domain'
  | 'domainConstraint'
  | 'collation'
  | 'conversion'
  | 'textSearchConfiguration'
  | 'textSearchDictionary'
  | 'textSearchParser'
  | 'textSearchTemplate'
  | 'trigger'
  | 'policy'
  | 'rule'
  | 'function'
  | 'procedure'
  | 'routine'
  | 'aggregate'
  | 'operatorClass'
  | 'operatorFamily'
  | 'language'
  | 'eventTrigger'
  | 'publication'
  | 'subscription'
  | 'foreignDataWrapper'
  | 'server'
  | 'schema'
>

export type RenameObject = {
  /** The object by the name that it has. */
  readonly object: RenamableObject
  readonly to: string
}

/**
 * Renames an object; what PostgreSQL knows to depend on it follows, and code that uses the old name fails from then on.
 * Takes AccessExclusive for a moment on a view, and on the table of a trigger, a policy or a rule.
 * https://www.postgresql.org/docs/current/sql-alterview.html
 */
export const renameObject: Operation<'renameObject', RenameObject> = operation('renameObject', {
  title: ({ object, to }) => `rename ${objectTitle(object)} to ${to}`,
  steps: ({ object, to }) => [statement(`ALTER ${renaming(object)} TO ${quoteIdentifier(to)}`)],
  inverse({ object, to }) {
    const { renamed, from } = rename(object, to)
    return [renameObject({ object: renamed, to: from })]
  },
  phase: ({ object }) => (isUnnoticed(object) ? 'expand' : 'contract'),
  locks: ({ object }) => locksOnObject(object, { itself: 'AccessExclusive', itsTable: 'AccessExclusive' }),
  examples: [
    {
      given: 'CREATE SCHEMA app; CREATE VIEW app."People" AS SELECT 1 AS id',
      fields: { object: { schema: 'app', view: 'People' }, to: 'persons' },
    },
    {
      given: `CREATE TABLE users (id bigint);
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
        CREATE TRIGGER touch BEFORE INSERT ON users EXECUTE FUNCTION touch()`,
      fields: { object: { trigger: { table: 'users', name: 'touch' } }, to: 'users_touch' },
    },
    { given: 'CREATE SCHEMA app', fields: { object: { schema: 'app' }, to: 'application' } },
    {
      given: 'CREATE FUNCTION half(n numeric) RETURNS numeric LANGUAGE sql AS $$SELECT n / 2$$',
      fields: { object: { function: 'half', arguments: [{ type: 'numeric' }] }, to: 'halved' },
    },
    {
      given: 'CREATE DOMAIN positive AS integer CONSTRAINT more CHECK (VALUE > 0)',
      fields: { object: { domainConstraint: { domain: 'positive', name: 'more' } }, to: 'more_than_none' },
    },
  ],
})

/** A domain's constraint is said in another order than in COMMENT ON. */
function renaming(object: RenamableObject): string {
  if (!('domainConstraint' in object)) return `${objectSql(object)} RENAME`
  const { name, domain, schema } = object.domainConstraint
  return `DOMAIN ${qualifiedName({ schema, name: domain })} RENAME CONSTRAINT ${quoteIdentifier(name)}`
}

type Renamed = { readonly renamed: RenamableObject; readonly from: string }

/** The object by its new name, and the old name. */
function rename(object: RenamableObject, to: string): Renamed {
  if ('trigger' in object) {
    return { renamed: { trigger: { ...object.trigger, name: to } }, from: object.trigger.name }
  }
  if ('policy' in object) {
    return { renamed: { policy: { ...object.policy, name: to } }, from: object.policy.name }
  }
  if ('rule' in object) return { renamed: { rule: { ...object.rule, name: to } }, from: object.rule.name }
  if ('domainConstraint' in object) {
    const { domainConstraint } = object
    return { renamed: { domainConstraint: { ...domainConstraint, name: to } }, from: domainConstraint.name }
  }
  const [kind, from] = kindAndName(object)
  return { renamed: { ...object, [kind]: to }, from }
}
