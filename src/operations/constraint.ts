import { quoteIdentifier } from '../sql/identifier.ts'
import {
  type Check,
  type ConstraintKind,
  constraintDefinition,
  deferral,
  type Exclusion,
  type ForeignKey,
  type PrimaryKey,
  type Unique,
} from './constraint-definition.ts'
import { createIndexProcedure } from './index-build.ts'
import {
  type Directive,
  needsOf,
  type Operation,
  operation,
  type Step,
  statement,
  unknownBefore,
} from './operation.ts'
import { inSchema, lockOn, type TableReference, tableName } from './relation.ts'

type Named = TableReference & { readonly name: string }

/**
 * When the rows that are there already are checked: `later`, in a stage of its own, while the table is read and
 * written (NOT VALID, then VALIDATE); `now`, under the lock of ADD CONSTRAINT, for an empty or small table, and for a
 * partitioned one, which takes no NOT VALID foreign key before PostgreSQL 18; or `never`.
 */
export type Validation = 'later' | 'now' | 'never'

export type CreateForeignKey = Named & ForeignKey & { readonly validation?: Validation }
export type CreateCheckConstraint = Named & Check & { readonly validation?: Validation }
/** `concurrently`: the index is built first, while the table is written, and the constraint takes it over. */
export type CreateUniqueConstraint = Named & Unique & { readonly concurrently?: boolean }
export type CreatePrimaryKey = Named & PrimaryKey & { readonly concurrently?: boolean }
export type CreateExcludeConstraint = Named & Exclusion
export type DropConstraint = Named & {
  /** What the constraint was, so that it can be made again. */
  readonly was?: ConstraintKind
}
export type ValidateConstraint = Named
export type RenameConstraint = TableReference & { readonly from: string; readonly to: string }

/**
 * Adds a foreign key: NOT VALID under a short ShareRowExclusive on both tables, then validated in a stage of its own
 * under locks that let reads and writes go on. Index the referencing columns, or each delete there scans the table.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const createForeignKey: Operation<'createForeignKey', CreateForeignKey> = operation(
  'createForeignKey',
  {
    title: (fields) => `create foreign key ${fields.name} on ${fields.table}`,
    steps: ({ validation, name, table, schema, ...foreignKey }) =>
      addConstraint({ ...inSchema({ schema }), table, name }, { foreignKey }, validation),
    inverse: ({ validation: _, name, table, schema, ...foreignKey }) => [
      dropConstraint({ ...inSchema({ schema }), table, name, was: { foreignKey } }),
    ],
    locks: (fields) => [lockOn(fields, 'ShareRowExclusive'), lockOn(fields.references, 'ShareRowExclusive')],
    examples: [
      {
        given: 'CREATE TABLE teams (id uuid PRIMARY KEY); CREATE TABLE users (id bigint, team_id uuid)',
        fields: {
          name: 'users_team_fkey',
          table: 'users',
          columns: ['team_id'],
          references: { table: 'teams', columns: ['id'] },
          onDelete: 'SET NULL',
          initiallyDeferred: true,
        },
      },
      {
        given: `CREATE TABLE parts (a int, b int, UNIQUE (a, b));
          CREATE TABLE uses (a int, b int); INSERT INTO uses VALUES (1, 2)`,
        fields: {
          name: 'uses_parts_fkey',
          table: 'uses',
          columns: ['a', 'b'],
          references: { table: 'parts', columns: ['a', 'b'] },
          match: 'FULL',
          onUpdate: 'CASCADE',
          deferrable: true,
          validation: 'never',
        },
      },
    ],
  },
)

/**
 * Adds a check: NOT VALID under a short AccessExclusive, then validated in a stage of its own.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const createCheckConstraint: Operation<'createCheckConstraint', CreateCheckConstraint> = operation(
  'createCheckConstraint',
  {
    title: (fields) => `create check ${fields.name} on ${fields.table}`,
    steps: ({ validation, name, table, schema, ...check }) =>
      addConstraint({ ...inSchema({ schema }), table, name }, { check }, validation),
    inverse: ({ validation: _, name, table, schema, ...check }) => [
      dropConstraint({ ...inSchema({ schema }), table, name, was: { check } }),
    ],
    locks: (fields) => [lockOn(fields, 'AccessExclusive')],
    examples: [
      {
        given: 'CREATE TABLE accounts (id bigint, balance numeric); INSERT INTO accounts VALUES (1, 10)',
        fields: {
          name: 'accounts_balance_check',
          table: 'accounts',
          expression: { sql: ['balance >= 0'], values: [] },
        },
      },
      {
        given: 'CREATE TABLE accounts (id bigint, balance numeric)',
        fields: {
          name: 'accounts_balance_check',
          table: 'accounts',
          expression: { sql: ['balance < ', ''], values: [1000] },
          noInherit: true,
          validation: 'now',
        },
      },
    ],
  },
)

/**
 * Adds a unique constraint. With `concurrently` its index is built first, while the table is read and written.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const createUniqueConstraint: Operation<'createUniqueConstraint', CreateUniqueConstraint> = operation(
  'createUniqueConstraint',
  {
    title: (fields) => `create unique constraint ${fields.name} on ${fields.table}`,
    steps: ({ concurrently, name, table, schema, ...unique }) =>
      addKey({ ...inSchema({ schema }), table, name }, { unique }, concurrently),
    inverse: ({ concurrently: _, name, table, schema, ...unique }) => [
      dropConstraint({ ...inSchema({ schema }), table, name, was: { unique } }),
    ],
    needs: (fields) => needsOf([fields.nullsNotDistinct, 'UNIQUE NULLS NOT DISTINCT', 15]),
    locks: (fields) => [lockOn(fields, 'AccessExclusive')],
    examples: [
      {
        given: 'CREATE TABLE users (id bigint, email text)',
        fields: { name: 'users_email_key', table: 'users', columns: ['email'], deferrable: true },
      },
      {
        given: 'CREATE TABLE users (id bigint, email text)',
        fields: { name: 'users_email_key', table: 'users', columns: ['email'], concurrently: true },
      },
      {
        given: 'CREATE TABLE users (id bigint, email text)',
        fields: {
          name: 'users_email_key',
          table: 'users',
          columns: ['email'],
          include: ['id'],
          nullsNotDistinct: true,
          initiallyDeferred: true,
          concurrently: true,
        },
      },
    ],
  },
)

/**
 * Adds a primary key. With `concurrently` its index is built first; let the columns be NOT NULL before, or PostgreSQL
 * scans the table under AccessExclusive.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const createPrimaryKey: Operation<'createPrimaryKey', CreatePrimaryKey> = operation(
  'createPrimaryKey',
  {
    title: (fields) => `create primary key ${fields.name} on ${fields.table}`,
    steps: ({ concurrently, name, table, schema, ...primaryKey }) =>
      addKey({ ...inSchema({ schema }), table, name }, { primaryKey }, concurrently),
    inverse: ({ concurrently: _, name, table, schema, ...primaryKey }) => [
      dropConstraint({ ...inSchema({ schema }), table, name, was: { primaryKey } }),
    ],
    locks: (fields) => [lockOn(fields, 'AccessExclusive')],
    examples: [
      {
        given: 'CREATE TABLE users (id bigint NOT NULL)',
        fields: { name: 'users_pkey', table: 'users', columns: ['id'], concurrently: true },
      },
      {
        given: 'CREATE TABLE users (id bigint, email text)',
        fields: { name: 'users_pkey', table: 'users', columns: ['id'], include: ['email'], deferrable: true },
        leaves: 'a column that was in a primary key stays NOT NULL',
      },
    ],
  },
)

/**
 * Adds an exclusion constraint. PostgreSQL builds its index under AccessExclusive; there is no concurrent way.
 * https://www.postgresql.org/docs/current/sql-createtable.html
 */
export const createExcludeConstraint: Operation<'createExcludeConstraint', CreateExcludeConstraint> =
  operation('createExcludeConstraint', {
    title: (fields) => `create exclusion ${fields.name} on ${fields.table}`,
    steps: ({ name, table, schema, ...exclude }) =>
      addConstraint({ ...inSchema({ schema }), table, name }, { exclude }, 'now'),
    inverse: ({ name, table, schema, ...exclude }) => [
      dropConstraint({ ...inSchema({ schema }), table, name, was: { exclude } }),
    ],
    warns: (fields) => [
      `the index of ${fields.name} is built while ${fields.table} is closed to readers and writers`,
    ],
    locks: (fields) => [lockOn(fields, 'AccessExclusive')],
    examples: [
      {
        given: 'CREATE TABLE bookings (room int4range, during tstzrange)',
        fields: {
          name: 'bookings_during_excl',
          table: 'bookings',
          using: 'gist',
          elements: [
            { expression: { sql: ['room'], values: [] }, with: '&&' },
            { expression: { sql: ['during'], values: [] }, with: '&&' },
          ],
          where: { sql: ['NOT isempty(during)'], values: [] },
          deferrable: true,
        },
      },
    ],
  })

/**
 * Drops a constraint. Takes AccessExclusive for a moment; for a foreign key on the referenced table too.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const dropConstraint: Operation<'dropConstraint', DropConstraint> = operation('dropConstraint', {
  title: (fields) => `drop constraint ${fields.name} of ${fields.table}`,
  steps: (fields) => [alter(fields, `DROP CONSTRAINT ${quoteIdentifier(fields.name)}`)],
  inverse({ was, ...named }) {
    if (was === undefined) {
      return unknownBefore(`the constraint ${named.name}`, 'dropConstraint')
    }
    return [createAgain(named, was)]
  },
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
      alter(fields, `RENAME CONSTRAINT ${quoteIdentifier(fields.from)} TO ${quoteIdentifier(fields.to)}`),
    ],
    inverse: (fields) => [renameConstraint({ ...fields, from: fields.to, to: fields.from })],
    locks: (fields) => [lockOn(fields, 'AccessExclusive')],
    examples: [
      {
        given: 'CREATE TABLE t (a int CONSTRAINT t_a_check CHECK (a > 0))',
        fields: { table: 't', from: 't_a_check', to: 't_a_positive' },
      },
    ],
  },
)

function addConstraint(
  named: Named,
  kind: ConstraintKind,
  validation: Validation = 'later',
): readonly Step[] {
  const definition = `ADD ${constraintDefinition({ name: named.name, ...kind })}`
  if (validation === 'now') return [alter(named, definition)]
  const notValid = { ...alter(named, `${definition} NOT VALID`, 'own'), part: 'not valid yet' }
  return validation === 'never' ? [notValid] : [notValid, { ...validate(named), part: 'validate' }]
}

function addKey(
  named: Named,
  kind: { readonly unique: Unique } | { readonly primaryKey: PrimaryKey },
  concurrently = false,
): readonly Step[] {
  if (!concurrently) return addConstraint(named, kind, 'now')
  const key: Unique = 'unique' in kind ? kind.unique : kind.primaryKey
  const index = createIndexProcedure({ ...named, ...key, unique: true })
  const type = 'unique' in kind ? 'UNIQUE' : 'PRIMARY KEY'
  const name = quoteIdentifier(named.name)
  return [index, alter(named, `ADD CONSTRAINT ${name} ${type} USING INDEX ${name}${deferral(key)}`, 'own')]
}

function createAgain(named: Named, was: ConstraintKind): Directive {
  if ('primaryKey' in was) return createPrimaryKey({ ...named, ...was.primaryKey })
  if ('unique' in was) return createUniqueConstraint({ ...named, ...was.unique })
  if ('check' in was) return createCheckConstraint({ ...named, ...was.check })
  if ('foreignKey' in was) return createForeignKey({ ...named, ...was.foreignKey })
  return createExcludeConstraint({ ...named, ...was.exclude })
}

function validate(named: Named) {
  return alter(named, `VALIDATE CONSTRAINT ${quoteIdentifier(named.name)}`, 'own')
}

function alter(table: TableReference, change: string, transaction: 'shared' | 'own' = 'shared') {
  return statement(`ALTER TABLE ${tableName(table)} ${change}`, transaction)
}
