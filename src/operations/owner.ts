import { locksOnObject, type ObjectOf, objectSql, objectTitle } from './object-reference.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { needsOfRoles, type Role, roleSql } from './role.ts'

/** The objects that have an owner of their own: an index, a trigger or a column belongs to its table's. */
export type OwnedObject = ObjectOf<
  | 'table'
  | 'view'
  | 'materializedView'
  | 'foreignTable'
  | 'sequence'
  | 'statistics'
  | 'type'
  | 'domain'
  | 'collation'
  | 'conversion'
  | 'textSearchConfiguration'
  | 'textSearchDictionary'
  | 'function'
  | 'procedure'
  | 'routine'
  | 'aggregate'
  | 'operator'
  | 'operatorClass'
  | 'operatorFamily'
  | 'language'
  | 'eventTrigger'
  | 'publication'
  | 'subscription'
  | 'foreignDataWrapper'
  | 'server'
  | 'database'
  | 'tablespace'
  | 'largeObject'
  | 'schema'
>

export type SetOwner = {
  readonly of: OwnedObject
  readonly to: Role
  /** The owner as it was. */
  readonly was?: Role
}

/**
 * Gives an object to another owner; a table's indexes and the sequences of its columns go with it. What the old owner
 * had granted is from then on granted by the new one. Takes AccessExclusive for a moment on a table or view.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const setOwner: Operation<'setOwner', SetOwner> = operation('setOwner', {
  title: ({ of, to }) => `set owner of ${objectTitle(of)} to ${to}`,
  steps: ({ of, to }) => [statement(`ALTER ${objectSql(of)} OWNER TO ${roleSql(to)}`)],
  inverse({ of, to, was }) {
    if (was === undefined) return unknownBefore(`the owner of ${objectTitle(of)}`, 'setOwner')
    return [setOwner({ of, to: was, was: to })]
  },
  needs: ({ to, was }) => needsOfRoles([to, was]),
  locks: ({ of }) => locksOnObject(of, { itself: 'AccessExclusive', itsTable: 'AccessExclusive' }),
  examples: [
    {
      given: 'CREATE SCHEMA app; CREATE TABLE app."Users" (id bigserial PRIMARY KEY)',
      fields: { of: { schema: 'app', table: 'Users' }, to: 'pg_monitor', was: 'CURRENT_USER' },
    },
    {
      given: 'CREATE TABLE users (id bigint); CREATE VIEW people AS SELECT id FROM users',
      fields: { of: { view: 'people' }, to: 'pg_monitor', was: 'SESSION_USER' },
    },
    {
      given: 'CREATE SCHEMA app AUTHORIZATION pg_monitor',
      fields: { of: { schema: 'app' }, to: 'CURRENT_ROLE', was: 'pg_monitor' },
    },
    {
      given: 'CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$SELECT 1$$',
      fields: { of: { function: 'one' }, to: 'pg_monitor' },
    },
  ],
})
