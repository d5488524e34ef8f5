import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { createCheckConstraint } from './check-constraint.ts'
import type { Check, Exclusion, ForeignKey, NotNull, PrimaryKey, Unique } from './constraint-definition.ts'
import {
  alterTable,
  type Checking,
  type NamedConstraint,
  type Validation,
  validate,
} from './constraint-steps.ts'
import { createExcludeConstraint } from './exclude-constraint.ts'
import { createForeignKey } from './foreign-key.ts'
import { type Building, createPrimaryKey, createUniqueConstraint } from './key-constraint.ts'
import { createNotNullConstraint } from './not-null-constraint.ts'
import { type Directive, type Operation, operation, unknownBefore } from './operation.ts'
import { lockOn, type TableReference } from './relation.ts'

export type { Validation } from './constraint-steps.ts'

/** A constraint as it was, and how it is made again: `validation: 'never'` for one that was NOT VALID. */
export type ConstraintWas =
  | { readonly primaryKey: PrimaryKey & Building }
  | { readonly unique: Unique & Building }
  | { readonly check: Check & Checking }
  | { readonly notNull: NotNull & { readonly validation?: Validation } }
  | { readonly foreignKey: ForeignKey & Checking }
  | { readonly exclude: Exclusion }

export type DropConstraint = NamedConstraint & {
  /** Drops the foreign keys that reference a key too. */
  readonly cascade?: true
  /** What the constraint was, so that it can be made again. */
  readonly was?: ConstraintWas
}
export type ValidateConstraint = NamedConstraint
export type RenameConstraint = TableReference & { readonly from: string; readonly to: string }

/**
 * Drops a constraint; a key is refused by PostgreSQL while a foreign key references it, unless `cascade` says that it
 * goes too. Takes AccessExclusive for a moment; for a foreign key on the referenced table too.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const dropConstraint: Operation<'dropConstraint', DropConstraint> = operation('dropConstraint', {
  title: (fields) => `drop constraint ${fields.name} of ${fields.table}`,
  steps: (fields) => [
    alterTable(
      fields,
      clauses(`DROP CONSTRAINT ${quoteIdentifier(fields.name)}`, fields.cascade === true && 'CASCADE'),
    ),
  ],
  inverse({ was, cascade, ...named }) {
    if (cascade === true) {
      return { irreversible: `What depended on the constraint ${named.name} is not known.` }
    }
    if (was === undefined) return unknownBefore(`the constraint ${named.name}`, 'dropConstraint')
    return [createAgain(named, was)]
  },
  loses: (fields) =>
    fields.cascade === true
      ? [`every foreign key that references ${fields.table} by the constraint ${fields.name}`]
      : [],
  phase: (fields) => (isArbiter(fields) ? 'contract' : 'expand'),
  locks(fields) {
    const own = lockOn(fields, 'AccessExclusive')
    if (fields.was === undefined || !('foreignKey' in fields.was)) return [own]
    return [own, lockOn(fields.was.foreignKey.references, 'AccessExclusive')]
  },
  examples: [
    {
      given: `CREATE TABLE teams (id uuid PRIMARY KEY);
        CREATE TABLE users (team_id uuid CONSTRAINT users_team_fkey REFERENCES teams (id))`,
      fields: {
        table: 'users',
        name: 'users_team_fkey',
        was: { foreignKey: { columns: ['team_id'], references: { table: 'teams', columns: ['id'] } } },
      },
    },
    {
      given: `CREATE SCHEMA app; CREATE TABLE app."Users" (id bigint);
        ALTER TABLE app."Users" ADD CONSTRAINT "positive id" CHECK (id > 0) NOT VALID`,
      fields: {
        schema: 'app',
        table: 'Users',
        name: 'positive id',
        was: { check: { expression: { sql: ['id > 0'], values: [] }, validation: 'never' } },
      },
    },
    {
      given: `CREATE TABLE teams (id uuid CONSTRAINT teams_id_key UNIQUE);
        CREATE TABLE users (team_id uuid REFERENCES teams (id))`,
      fields: { table: 'teams', name: 'teams_id_key', cascade: true },
      locks: [
        { table: 'teams', mode: 'AccessExclusive' },
        { table: 'users', mode: 'AccessExclusive' },
      ],
    },
  ],
})

/**
 * Checks the rows that a NOT VALID constraint has not seen, in a stage of its own. Reads and writes go on.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const validateConstraint: Operation<'validateConstraint', ValidateConstraint> = operation(
  'validateConstraint',
  {
    title: (fields) => `validate constraint ${fields.name} of ${fields.table}`,
    steps: (fields) => [validate(fields)],
    inverse: () => [],
    locks: (fields) => [lockOn(fields, 'ShareUpdateExclusive')],
    examples: [
      {
        given: 'CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT t_a_check CHECK (a > 0) NOT VALID',
        fields: { table: 't', name: 't_a_check' },
        leaves: 'that the rows were checked is not forgotten',
      },
    ],
  },
)

/**
 * Renames a constraint, and the index behind a key with it. Takes AccessExclusive for a moment.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const renameConstraint: Operation<'renameConstraint', RenameConstraint> = operation(
  'renameConstraint',
  {
    title: (fields) => `rename constraint ${fields.from} of ${fields.table} to ${fields.to}`,
    steps: (fields) => [
      alterTable(
        fields,
        `RENAME CONSTRAINT ${quoteIdentifier(fields.from)} TO ${quoteIdentifier(fields.to)}`,
      ),
    ],
    inverse: (fields) => [renameConstraint({ ...fields, from: fields.to, to: fields.from })],
    phase: () => 'contract',
    locks: (fields) => [lockOn(fields, 'AccessExclusive')],
    examples: [
      {
        given: 'CREATE TABLE t (a int CONSTRAINT t_a_check CHECK (a > 0))',
        fields: { table: 't', from: 't_a_check', to: 't_a_positive' },
      },
    ],
  },
)

function createAgain(named: NamedConstraint, was: ConstraintWas): Directive {
  if ('primaryKey' in was) return createPrimaryKey({ ...named, ...was.primaryKey })
  if ('unique' in was) return createUniqueConstraint({ ...named, ...was.unique })
  if ('check' in was) return createCheckConstraint({ ...named, ...was.check })
  if ('notNull' in was) return createNotNullConstraint({ ...named, ...was.notNull })
  if ('foreignKey' in was) return createForeignKey({ ...named, ...was.foreignKey })
  return createExcludeConstraint({ ...named, ...was.exclude })
}

/** Whether an INSERT … ON CONFLICT may rest on it: a key or an exclusion, or nobody has said what it is. */
function isArbiter({ was, cascade }: DropConstraint): boolean {
  if (was === undefined || cascade === true) return true
  return 'unique' in was || 'primaryKey' in was || 'exclude' in was
}
