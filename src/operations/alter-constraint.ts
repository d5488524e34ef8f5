import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { unsaid } from './change.ts'
import { alterTable, type NamedConstraint } from './constraint-steps.ts'
import { needsOf, type Operation, operation, unknownBefore } from './operation.ts'
import { inSchema, lockOn } from './relation.ts'

/** PostgreSQL sets both at once: what is deferrable is deferred from the start only where that is said again. */
type DeferralChange =
  | { readonly deferrable: boolean; readonly initiallyDeferred?: false }
  | { readonly deferrable?: true; readonly initiallyDeferred: true }

/** What may change of a foreign key. `enforced`: whether it is checked; from PostgreSQL 18 on. */
type ForeignKeyChange =
  | (DeferralChange & { readonly enforced?: boolean; readonly inherit?: never })
  | {
      readonly enforced: boolean
      readonly deferrable?: never
      readonly initiallyDeferred?: never
      readonly inherit?: never
    }

/** What may change of a NOT NULL constraint. */
type NotNullChange = {
  /** Whether inheriting tables have it too; from PostgreSQL 18 on. */
  readonly inherit: boolean
  readonly deferrable?: never
  readonly initiallyDeferred?: never
  readonly enforced?: never
}

export type ConstraintChange = ForeignKeyChange | NotNullChange

export type AlterConstraint = NamedConstraint &
  ConstraintChange & {
    /** The same properties as they were, so that the change can be undone. */
    readonly was?: ConstraintChange
  }

/**
 * Changes when a foreign key is checked and whether, or whether a NOT NULL constraint is inherited; of other constraints
 * nothing can change. Takes AccessExclusive for a moment. `enforced` concerns the referenced table too (AccessExclusive;
 * to be enforced, ShareRowExclusive), and `enforced: true` checks every row under these locks.
 * https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ALTER-CONSTRAINT
 */
export const alterConstraint: Operation<'alterConstraint', AlterConstraint> = operation('alterConstraint', {
  title: (fields) => `alter constraint ${fields.name} of ${fields.table}`,
  steps: (fields) => [
    alterTable(fields, `ALTER CONSTRAINT ${quoteIdentifier(fields.name)} ${changes(fields)}`),
  ],
  inverse({ schema, table, name, was, ...now }: AlterConstraint) {
    const missing = unsaid(now, was)
    if (was === undefined || missing.length > 0) {
      return unknownBefore(`the ${missing.join(' and ')} of the constraint ${name}`, 'alterConstraint')
    }
    return [alterConstraint({ ...inSchema({ schema }), table, name, ...was, was: now })]
  },
  needs: (fields) =>
    needsOf(
      [fields.enforced !== undefined, 'ENFORCED of a constraint', 18],
      [fields.inherit !== undefined, 'INHERIT of a NOT NULL constraint', 18],
    ),
  warns: (fields) =>
    fields.enforced === true
      ? [`every row of ${fields.table} is checked, and the table is closed to readers meanwhile`]
      : [],
  phase: ({ enforced, deferrable, inherit }) =>
    enforced === true || inherit === true || deferrable === false ? 'contract' : 'expand',
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE teams (id uuid PRIMARY KEY);
        CREATE TABLE users (team_id uuid CONSTRAINT users_team_fkey REFERENCES teams)`,
      fields: {
        table: 'users',
        name: 'users_team_fkey',
        deferrable: true,
        was: { deferrable: false },
      },
    },
    {
      given: `CREATE SCHEMA app; CREATE TABLE teams (id uuid PRIMARY KEY);
        CREATE TABLE app."Users" (team_id uuid CONSTRAINT "Their team" REFERENCES teams DEFERRABLE)`,
      fields: {
        schema: 'app',
        table: 'Users',
        name: 'Their team',
        initiallyDeferred: true,
        was: { deferrable: true, initiallyDeferred: false },
      },
    },
    {
      given: `CREATE TABLE teams (id uuid PRIMARY KEY);
        CREATE TABLE users (team_id uuid CONSTRAINT users_team_fkey REFERENCES teams DEFERRABLE NOT ENFORCED)`,
      fields: {
        table: 'users',
        name: 'users_team_fkey',
        deferrable: false,
        enforced: true,
        was: { deferrable: true, enforced: false },
      },
      locks: [
        { table: 'users', mode: 'AccessExclusive' },
        { table: 'teams', mode: 'ShareRowExclusive' },
      ],
    },
    {
      given: `CREATE TABLE teams (id uuid PRIMARY KEY);
        CREATE TABLE users (team_id uuid CONSTRAINT users_team_fkey REFERENCES teams)`,
      fields: { table: 'users', name: 'users_team_fkey', enforced: false, was: { enforced: true } },
      locks: [
        { table: 'users', mode: 'AccessExclusive' },
        { table: 'teams', mode: 'AccessExclusive' },
      ],
    },
    {
      given: `CREATE TABLE people (name text CONSTRAINT people_name_given NOT NULL NO INHERIT)`,
      fields: { table: 'people', name: 'people_name_given', inherit: true, was: { inherit: false } },
    },
  ],
})

function changes(fields: ConstraintChange): string {
  const { deferrable, initiallyDeferred, enforced, inherit } = fields
  return clauses(
    deferrable === false && 'NOT DEFERRABLE',
    (deferrable === true || initiallyDeferred === true) &&
      `DEFERRABLE INITIALLY ${initiallyDeferred === true ? 'DEFERRED' : 'IMMEDIATE'}`,
    enforced !== undefined && (enforced ? 'ENFORCED' : 'NOT ENFORCED'),
    inherit !== undefined && (inherit ? 'INHERIT' : 'NO INHERIT'),
  )
}
