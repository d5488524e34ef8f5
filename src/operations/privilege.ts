import { clauses } from '../sql/clauses.ts'
import { locksOnObject } from './object-reference.ts'
import { type Directive, type Lock, needsOf, type Operation, operation, statement } from './operation.ts'
import {
  areNamed,
  needsOfPrivileges,
  type ObjectPrivileges,
  privilegesSql,
  privilegesTitle,
} from './privilege-definition.ts'
import { type Grantee, needsOfRoles, type Role, roleList, roleSql } from './role.ts'

export type Grant = ObjectPrivileges & {
  readonly to: readonly Grantee[]
  /** Lets the roles grant it to others. PostgreSQL refuses it for PUBLIC. */
  readonly withGrantOption?: boolean
  /** From PostgreSQL 14 on, which takes no other than the current user. */
  readonly grantedBy?: Role
}

export type Revoke = ObjectPrivileges & {
  readonly from: readonly Grantee[]
  /** Takes away only the right to grant it to others: GRANT OPTION FOR. */
  readonly grantOptionFor?: boolean
  /** From PostgreSQL 14 on, which takes no other than the current user. */
  readonly grantedBy?: Role
  /** Takes it from those too whom these roles have granted it to; without, PostgreSQL refuses while there are any. */
  readonly cascade?: boolean
}

/**
 * Grants privileges on an object, or on all of a kind in a schema. Undone, the roles have none of these privileges any
 * more, unless `was` says which they had before. Blocks no query. Membership in a role is no object's privilege and is
 * left alone, as roles are: they belong to the whole server.
 * https://www.postgresql.org/docs/current/sql-grant.html
 */
export const grant: Operation<'grant', Grant> = operation('grant', {
  title: (fields) => `grant ${privilegesTitle(fields)} to ${fields.to.join(', ')}`,
  steps: (fields) => [
    statement(
      clauses(
        `GRANT ${privilegesSql(fields)} TO ${roleList(fields.to)}`,
        fields.withGrantOption === true && 'WITH GRANT OPTION',
        grantedBy(fields),
      ),
    ),
  ],
  inverse({ to, withGrantOption, was, ...what }) {
    const option = withGrantOption === undefined ? {} : { withGrantOption }
    // What was granted is of the same kind of object as what is taken back, which no loop over the union can tell.
    const granted = { ...what, from: to, was: { privileges: what.privileges, ...option } } as Revoke
    return was === undefined ? [revoke(granted)] : [revoke(granted), grantAgain(granted, was)]
  },
  needs: (fields) => [
    ...needsOfPrivileges(fields),
    ...needsOf([fields.grantedBy, 'GRANTED BY', 14]),
    ...needsOfRoles([...fields.to, fields.grantedBy]),
  ],
  locks: locksOf,
  examples: [
    {
      given: 'CREATE TABLE users (id bigint, email text)',
      fields: { privileges: ['select', 'insert'], on: { table: 'users' }, to: ['pg_monitor'] },
    },
    {
      given: `CREATE SCHEMA app; CREATE TABLE app."Users" (id bigint, email text, "Name" text);
        GRANT SELECT (id) ON app."Users" TO pg_monitor`,
      fields: {
        privileges: ['delete', { select: ['id', 'Name'] }, { update: ['email'] }],
        on: { schema: 'app', table: 'Users' },
        to: ['pg_monitor'],
        was: { privileges: [{ select: ['id'] }] },
      },
    },
    {
      given:
        'CREATE SCHEMA app; CREATE TABLE app.users (id bigint); CREATE VIEW app.people AS SELECT id FROM app.users',
      fields: {
        privileges: ['select'],
        on: { all: 'tables', inSchema: 'app' },
        to: ['pg_monitor'],
        withGrantOption: true,
      },
    },
    {
      given: 'CREATE SCHEMA app',
      fields: { privileges: ['usage'], on: { schema: 'app' }, to: ['PUBLIC'], grantedBy: 'CURRENT_USER' },
    },
    {
      given: 'CREATE TABLE users (id bigint)',
      fields: { privileges: ['maintain'], on: { table: 'users' }, to: ['pg_monitor', 'PUBLIC'] },
    },
    {
      fields: { privileges: ['set'], on: { parameter: 'log_statement' }, to: ['pg_monitor'] },
    },
  ],
})

/**
 * Revokes privileges. Undone, the roles have each privilege that is named; where `all` says it, or all objects in a
 * schema are meant, `was` has to say which they had, so that no downgrade grants more than there was. Blocks no query.
 * https://www.postgresql.org/docs/current/sql-revoke.html
 */
export const revoke: Operation<'revoke', Revoke> = operation('revoke', {
  title: (fields) =>
    clauses(
      'revoke',
      fields.grantOptionFor === true && 'grant option for',
      `${privilegesTitle(fields)} from ${fields.from.join(', ')}`,
    ),
  steps: (fields) => [
    statement(
      clauses(
        'REVOKE',
        fields.grantOptionFor === true && 'GRANT OPTION FOR',
        `${privilegesSql(fields)} FROM ${roleList(fields.from)}`,
        grantedBy(fields),
        fields.cascade === true && 'CASCADE',
      ),
    ),
  ],
  inverse(fields) {
    if (fields.cascade === true) {
      return { irreversible: 'Nothing says what the roles had granted to others, and CASCADE has taken.' }
    }
    if (fields.was !== undefined) return [grantAgain(fields, fields.was)]
    if (!areNamed(fields)) {
      return { irreversible: `Nothing says what ${fields.from.join(', ')} had of it: give "was" to revoke.` }
    }
    return [grantAgain(fields, { privileges: fields.privileges })]
  },
  needs: (fields) => [
    ...needsOfPrivileges(fields),
    ...needsOf([fields.grantedBy, 'GRANTED BY', 14]),
    ...needsOfRoles([...fields.from, fields.grantedBy]),
  ],
  loses: (fields) =>
    fields.cascade === true
      ? [`what ${fields.from.join(', ')} had granted to others: ${privilegesTitle(fields)}`]
      : [],
  phase: (fields) => (fields.grantOptionFor === true ? 'expand' : 'contract'),
  locks: locksOf,
  examples: [
    {
      given: 'CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$SELECT 1$$',
      fields: { privileges: ['execute'], on: { function: 'one', arguments: [] }, from: ['PUBLIC'] },
    },
    {
      given: 'CREATE SCHEMA app; GRANT USAGE ON SCHEMA app TO PUBLIC',
      fields: {
        privileges: 'all',
        on: { schema: 'app' },
        from: ['PUBLIC'],
        was: { privileges: ['usage'] },
      },
    },
    {
      given: `CREATE SCHEMA app; CREATE TABLE app."Users" (id bigint);
        GRANT SELECT ON app."Users" TO pg_monitor WITH GRANT OPTION`,
      fields: {
        privileges: ['select'],
        on: { schema: 'app', table: 'Users' },
        from: ['pg_monitor'],
        grantOptionFor: true,
      },
    },
    {
      given: `CREATE SEQUENCE numbers; GRANT USAGE ON SEQUENCE numbers TO pg_monitor WITH GRANT OPTION`,
      fields: {
        privileges: ['usage'],
        on: { sequence: 'numbers' },
        from: ['pg_monitor'],
        was: { privileges: ['usage'], withGrantOption: true },
        grantedBy: 'CURRENT_USER',
      },
    },
    {
      given: `CREATE TABLE users (id bigint); GRANT SELECT ON users TO pg_monitor WITH GRANT OPTION`,
      fields: { privileges: 'all', on: { table: 'users' }, from: ['pg_monitor'], cascade: true },
    },
    {
      given: 'CREATE SCHEMA app; CREATE TABLE app.users (id bigint); GRANT SELECT ON app.users TO PUBLIC',
      fields: { privileges: ['select'], on: { all: 'tables', inSchema: 'app' }, from: ['PUBLIC'] },
    },
  ],
})

type Held = { readonly privileges: Revoke['privileges']; readonly withGrantOption?: boolean }

/** Gives back what the roles had; of a grant option that was taken away, the option with it. */
function grantAgain(
  { from, grantOptionFor, cascade: _, was: __, ...what }: Revoke,
  { privileges, withGrantOption = grantOptionFor }: Held,
): Directive {
  const option = withGrantOption === undefined ? {} : { withGrantOption }
  // They are privileges on the same kind of object, which no loop over the union can tell.
  return grant({ ...what, privileges, to: from, ...option } as Grant)
}

function grantedBy({ grantedBy: role }: { readonly grantedBy?: Role }) {
  return role !== undefined && `GRANTED BY ${roleSql(role)}`
}

/** PostgreSQL locks the object against being dropped meanwhile, from 18 on. */
function locksOf({ on }: ObjectPrivileges): readonly Lock[] {
  if ('all' in on || 'parameter' in on) return []
  return locksOnObject(on, { itself: 'AccessShare', itsTable: 'AccessShare' }).map((lock) => ({
    ...lock,
    since: 18,
  }))
}
