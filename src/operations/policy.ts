import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { phaseOfTable } from './phase.ts'
import { inSchema, lockOn, type TableReference, tableName } from './relation.ts'
import { type Grantee, needsOfRoles, roleList } from './role.ts'

/** Which rows may be seen, and which may be written: each kind of command asks one of these, or both. */
type PolicyExpressions =
  | {
      /** Every command if left out. */
      readonly for?: 'all' | 'update'
      /** Which rows there are for these commands. */
      readonly using?: Sql
      /** Which rows may be written; the same as `using` if left out. */
      readonly withCheck?: Sql
    }
  | { readonly for: 'select' | 'delete'; readonly using?: Sql; readonly withCheck?: never }
  | { readonly for: 'insert'; readonly using?: never; readonly withCheck?: Sql }

export type PolicyDefinition = PolicyExpressions & {
  /** One permissive policy has to let a row through, and every restrictive one. `permissive` if left out. */
  readonly as?: 'permissive' | 'restrictive'
  /** PUBLIC if left out. */
  readonly to?: readonly Grantee[]
}

type Named = TableReference & { readonly name: string }

export type CreatePolicy = Named & PolicyDefinition
export type DropPolicy = Named & {
  /** What the policy was, so that it can be made again. */
  readonly was?: PolicyDefinition
}

type Alteration = { readonly to?: readonly Grantee[]; readonly using?: Sql; readonly withCheck?: Sql }
export type AlterPolicy = Named &
  Alteration & {
    /** The same properties as they were. An expression that was not there cannot be taken away again by ALTER POLICY. */
    readonly was?: Alteration
  } & ({ readonly to: readonly Grantee[] } | { readonly using: Sql } | { readonly withCheck: Sql })

/**
 * Creates a policy; it holds once the table has row security switched on, and not for the table's owner. Takes
 * AccessExclusive for a moment, and AccessShare on each table that its expressions read.
 * https://www.postgresql.org/docs/current/sql-createpolicy.html
 */
export const createPolicy: Operation<'createPolicy', CreatePolicy> = operation('createPolicy', {
  title: (fields) => `create policy ${fields.name} on ${fields.table}`,
  steps: (fields) => [
    statement(
      clauses(
        `CREATE POLICY ${quoteIdentifier(fields.name)} ON ${tableName(fields)}`,
        fields.as !== undefined && `AS ${fields.as.toUpperCase()}`,
        fields.for !== undefined && `FOR ${fields.for.toUpperCase()}`,
        properties(fields),
      ),
    ),
  ],
  inverse({ schema, table, name, ...was }) {
    // What is left of the fields is the definition; taken apart, the compiler no longer sees which command it was for.
    return [dropPolicy({ ...inSchema({ schema }), table, name, was: was as PolicyDefinition })]
  },
  needs: (fields) => needsOfRoles(fields.to ?? []),
  phase: (fields, isNew) => (fields.as === 'restrictive' ? phaseOfTable(fields, isNew) : 'expand'),
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: 'CREATE TABLE notes (author name, body text); ALTER TABLE notes ENABLE ROW LEVEL SECURITY',
      fields: {
        table: 'notes',
        name: 'own_notes',
        using: { sql: ['author = current_user'], values: [] },
      },
    },
    {
      given: 'CREATE SCHEMA app; CREATE TABLE app."Notes" (author name, body text)',
      fields: {
        schema: 'app',
        table: 'Notes',
        name: "no one else's",
        as: 'restrictive',
        for: 'update',
        to: ['pg_monitor', 'CURRENT_USER'],
        using: { sql: ['author = current_user'], values: [] },
        withCheck: { sql: ['body <> ', ''], values: [''] },
      },
    },
    {
      given: 'CREATE TABLE notes (author name); CREATE TABLE bans (name name)',
      fields: {
        table: 'notes',
        name: 'not_banned',
        as: 'permissive',
        for: 'insert',
        to: ['PUBLIC'],
        withCheck: { sql: ['author NOT IN (SELECT name FROM bans)'], values: [] },
      },
      locks: [
        { table: 'notes', mode: 'AccessExclusive' },
        { table: 'bans', mode: 'AccessShare' },
      ],
    },
    {
      given: 'CREATE TABLE notes (author name)',
      fields: {
        table: 'notes',
        name: 'readers',
        for: 'select',
        to: ['CURRENT_ROLE'],
        using: { sql: ['true'], values: [] },
      },
    },
  ],
})

/**
 * Changes whom a policy is for, or its expressions; `as` and `for` stay what they are. Takes AccessExclusive for a moment.
 * https://www.postgresql.org/docs/current/sql-alterpolicy.html
 */
export const alterPolicy: Operation<'alterPolicy', AlterPolicy> = operation('alterPolicy', {
  title: (fields) => `alter policy ${fields.name} on ${fields.table}`,
  steps: (fields) => [
    statement(`ALTER POLICY ${quoteIdentifier(fields.name)} ON ${tableName(fields)} ${properties(fields)}`),
  ],
  inverse({ to, using, withCheck, was = {}, ...named }) {
    const now: Alteration = {
      ...(to === undefined ? {} : { to }),
      ...(using === undefined ? {} : { using }),
      ...(withCheck === undefined ? {} : { withCheck }),
    }
    const missing = (['to', 'using', 'withCheck'] as const).filter(
      (property) => now[property] !== undefined && was[property] === undefined,
    )
    if (missing.length > 0) {
      return unknownBefore(`${missing.join(' and ')} of the policy ${named.name}`, 'alterPolicy')
    }
    // `was` has what `now` has, so it is not empty either.
    return [alterPolicy({ ...named, ...was, was: now } as AlterPolicy)]
  },
  needs: (fields) => needsOfRoles([...(fields.to ?? []), ...(fields.was?.to ?? [])]),
  phase: phaseOfTable,
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE notes (author name);
        CREATE POLICY own_notes ON notes USING (author = current_user) WITH CHECK (author <> '')`,
      fields: {
        table: 'notes',
        name: 'own_notes',
        to: ['pg_monitor'],
        using: { sql: ['author = session_user'], values: [] },
        withCheck: { sql: ['author IS NOT NULL'], values: [] },
        was: {
          to: ['PUBLIC'],
          using: { sql: ['author = current_user'], values: [] },
          withCheck: { sql: ["author <> ''"], values: [] },
        },
      },
    },
    {
      given: 'CREATE SCHEMA app; CREATE TABLE app."Notes" (author name); CREATE POLICY "All" ON app."Notes"',
      fields: { schema: 'app', table: 'Notes', name: 'All', to: ['CURRENT_USER'], was: { to: ['PUBLIC'] } },
    },
    {
      given: 'CREATE TABLE notes (author name); CREATE POLICY all_notes ON notes',
      fields: { table: 'notes', name: 'all_notes', using: { sql: ['true'], values: [] } },
    },
  ],
})

/**
 * Drops a policy. Takes AccessExclusive for a moment. With row security on and no policy left, nobody but the owner
 * sees a row.
 * https://www.postgresql.org/docs/current/sql-droppolicy.html
 */
export const dropPolicy: Operation<'dropPolicy', DropPolicy> = operation('dropPolicy', {
  title: (fields) => `drop policy ${fields.name} on ${fields.table}`,
  steps: (fields) => [statement(`DROP POLICY ${quoteIdentifier(fields.name)} ON ${tableName(fields)}`)],
  inverse({ was, ...named }) {
    if (was === undefined) return unknownBefore(`the policy ${named.name}`, 'dropPolicy')
    return [createPolicy({ ...named, ...was })]
  },
  phase: (fields, isNew) => (fields.was?.as === 'restrictive' ? 'expand' : phaseOfTable(fields, isNew)),
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE notes (author name);
        CREATE POLICY own_notes ON notes FOR DELETE TO pg_monitor USING (author = current_user)`,
      fields: {
        table: 'notes',
        name: 'own_notes',
        was: {
          for: 'delete',
          to: ['pg_monitor'],
          using: { sql: ['author = current_user'], values: [] },
        },
      },
    },
  ],
})

function properties({ to, using, withCheck }: Alteration): string {
  return clauses(
    to !== undefined && `TO ${roleList(to)}`,
    using !== undefined && `USING (${inlineSql(using)})`,
    withCheck !== undefined && `WITH CHECK (${inlineSql(withCheck)})`,
  )
}
