import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { type Directive, type Need, needsOf, type Operation, operation, statement } from './operation.ts'
import { privilegeList, type TablePrivilege } from './privilege-definition.ts'
import { type Grantee, needsOfRoles, type Role, roleList } from './role.ts'

type DefaultOn<Kind extends string, Privilege extends string> = {
  /** The kind of objects, once they are made: `tables` are views too, and `functions` procedures. */
  readonly on: Kind
  readonly privileges: 'all' | readonly Privilege[]
  /** Which of these privileges the roles had by default before. */
  readonly was?: { readonly privileges: 'all' | readonly Privilege[]; readonly withGrantOption?: boolean }
}

/** Which privileges, on which kind of objects, by whom and where they are made. */
export type DefaultPrivileges = {
  /** The roles that make the objects; the current one if left out. Objects that others make are not meant. */
  readonly forRoles?: readonly Role[]
} & (
  | ({
      /** The schemas in which the objects are made; everywhere if left out. What holds everywhere holds there too. */
      readonly inSchemas?: readonly string[]
    } & (
      | DefaultOn<'tables', TablePrivilege>
      | DefaultOn<'sequences', 'usage' | 'select' | 'update'>
      | DefaultOn<'functions' | 'routines', 'execute'>
      | DefaultOn<'types', 'usage'>
    ))
  | ({ readonly inSchemas?: never } & (
      | DefaultOn<'schemas', 'usage' | 'create'>
      /** From PostgreSQL 18 on. */
      | DefaultOn<'large objects', 'select' | 'update'>
    ))
)

export type GrantDefault = DefaultPrivileges & {
  readonly to: readonly Grantee[]
  /** Lets the roles grant it to others. PostgreSQL refuses it for PUBLIC. */
  readonly withGrantOption?: boolean
}

export type RevokeDefault = DefaultPrivileges & {
  readonly from: readonly Grantee[]
  /** Takes away only the right to grant it to others: GRANT OPTION FOR. */
  readonly grantOptionFor?: boolean
}

/**
 * Grants privileges on objects that are made from now on; what is there stays as it is. Undone, the roles have none of
 * these privileges by default any more, unless `was` says which they had before.
 * https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html
 */
export const grantDefault: Operation<'grantDefault', GrantDefault> = operation('grantDefault', {
  title: (fields) => `grant by default ${title(fields)} to ${fields.to.join(', ')}`,
  steps: (fields) => [
    statement(
      clauses(
        where(fields),
        `GRANT ${what(fields)} TO ${roleList(fields.to)}`,
        fields.withGrantOption === true && 'WITH GRANT OPTION',
      ),
    ),
  ],
  inverse({ to, withGrantOption, was, ...defaults }) {
    const option = withGrantOption === undefined ? {} : { withGrantOption }
    // What was granted is of the same kind of objects as what is taken back, which no loop over the union can tell.
    const granted = {
      ...defaults,
      from: to,
      was: { privileges: defaults.privileges, ...option },
    } as RevokeDefault
    return was === undefined ? [revokeDefault(granted)] : [revokeDefault(granted), grantAgain(granted, was)]
  },
  needs: (fields) => [...needs(fields), ...needsOfRoles(fields.to)],
  locks: () => [],
  examples: [
    { fields: { privileges: ['select'], on: 'tables', to: ['pg_monitor'] } },
    {
      given: `CREATE SCHEMA app; CREATE SCHEMA "Old";
        ALTER DEFAULT PRIVILEGES IN SCHEMA app, "Old" GRANT USAGE ON SEQUENCES TO pg_monitor`,
      fields: {
        privileges: 'all',
        on: 'sequences',
        to: ['pg_monitor'],
        forRoles: ['CURRENT_USER'],
        inSchemas: ['app', 'Old'],
        withGrantOption: true,
        was: { privileges: ['usage'] },
      },
    },
    {
      fields: { privileges: ['usage'], on: 'schemas', to: ['PUBLIC'], forRoles: ['pg_monitor'] },
    },
    { fields: { privileges: ['select', 'update'], on: 'large objects', to: ['pg_monitor'] } },
    { fields: { privileges: ['maintain'], on: 'tables', to: ['pg_monitor'] } },
  ],
})

/**
 * Revokes privileges on objects that are made from now on; what is there stays as it is. In a schema only that is taken
 * away which was granted for that schema, and not what holds everywhere. Undone, the roles have each privilege that is
 * named; where `all` says it, `was` has to say which they had.
 * https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html
 */
export const revokeDefault: Operation<'revokeDefault', RevokeDefault> = operation('revokeDefault', {
  title: (fields) =>
    clauses(
      'revoke by default',
      fields.grantOptionFor === true && 'grant option for',
      `${title(fields)} from ${fields.from.join(', ')}`,
    ),
  steps: (fields) => [
    statement(
      clauses(
        where(fields),
        'REVOKE',
        fields.grantOptionFor === true && 'GRANT OPTION FOR',
        `${what(fields)} FROM ${roleList(fields.from)}`,
      ),
    ),
  ],
  inverse(fields) {
    if (fields.was !== undefined) return [grantAgain(fields, fields.was)]
    if (fields.privileges !== 'all') return [grantAgain(fields, { privileges: fields.privileges })]
    return {
      irreversible: `Nothing says what ${fields.from.join(', ')} had of it: give "was" to revokeDefault.`,
    }
  },
  needs: (fields) => [...needs(fields), ...needsOfRoles(fields.from)],
  locks: () => [],
  examples: [
    { fields: { privileges: ['execute'], on: 'functions', from: ['PUBLIC'] } },
    {
      given:
        'ALTER DEFAULT PRIVILEGES FOR ROLE pg_monitor GRANT EXECUTE ON ROUTINES TO pg_read_all_stats WITH GRANT OPTION',
      fields: {
        privileges: ['execute'],
        on: 'routines',
        from: ['pg_read_all_stats'],
        forRoles: ['pg_monitor'],
        grantOptionFor: true,
      },
    },
    {
      fields: { privileges: 'all', on: 'types', from: ['PUBLIC'], was: { privileges: ['usage'] } },
    },
    { fields: { privileges: 'all', on: 'types', from: ['PUBLIC'] } },
  ],
})

type Held = { readonly privileges: RevokeDefault['privileges']; readonly withGrantOption?: boolean }

/** Gives back what the roles had; of a grant option that was taken away, the option with it. */
function grantAgain(
  { from, grantOptionFor, was: _, ...defaults }: RevokeDefault,
  { privileges, withGrantOption = grantOptionFor }: Held,
): Directive {
  const option = withGrantOption === undefined ? {} : { withGrantOption }
  // They are privileges on the same kind of objects, which no loop over the union can tell.
  return grantDefault({ ...defaults, privileges, to: from, ...option } as GrantDefault)
}

function where({ forRoles, inSchemas }: DefaultPrivileges): string {
  return clauses(
    'ALTER DEFAULT PRIVILEGES',
    forRoles !== undefined && `FOR ROLE ${roleList(forRoles)}`,
    inSchemas !== undefined && `IN SCHEMA ${inSchemas.map(quoteIdentifier).join(', ')}`,
  )
}

function what({ privileges, on }: DefaultPrivileges): string {
  return `${privilegeList(privileges)} ON ${on.toUpperCase()}`
}

function title({ privileges, on, inSchemas }: DefaultPrivileges): string {
  return clauses(
    `${privileges === 'all' ? 'all' : privileges.join(', ')} on ${on}`,
    inSchemas !== undefined && `in ${inSchemas.join(', ')}`,
  )
}

function needs({ privileges, on, forRoles }: DefaultPrivileges): readonly Need[] {
  return [
    ...needsOf(
      [privileges !== 'all' && privileges.some((one) => one === 'maintain'), 'the privilege MAINTAIN', 17],
      [on === 'large objects', 'default privileges on large objects', 18],
    ),
    ...needsOfRoles(forRoles ?? []),
  ]
}
