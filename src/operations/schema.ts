import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { needsOfRoles, type Role, roleSql } from './role.ts'

export type CreateSchema = {
  readonly name: string
  /** The owner; whoever runs it if left out. */
  readonly authorization?: Role
}

export type DropSchema = {
  readonly name: string
  /** Drops everything that is in it too, and what depends on that. */
  readonly cascade?: boolean
  /** What the schema was, so that it can be made again: `{}` if its owner was whoever runs it. */
  readonly was?: Omit<CreateSchema, 'name'>
}

/**
 * Creates a schema; what is to be in it has operations of its own.
 * https://www.postgresql.org/docs/current/sql-createschema.html
 */
export const createSchema: Operation<'createSchema', CreateSchema> = operation('createSchema', {
  title: (fields) => `create schema ${fields.name}`,
  steps: (fields) => [
    statement(
      clauses(
        `CREATE SCHEMA ${quoteIdentifier(fields.name)}`,
        fields.authorization !== undefined && `AUTHORIZATION ${roleSql(fields.authorization)}`,
      ),
    ),
  ],
  inverse: ({ name, ...was }) => [dropSchema({ name, was })],
  needs: (fields) => needsOfRoles([fields.authorization]),
  locks: () => [],
  examples: [
    { fields: { name: 'app' } },
    { fields: { name: 'My "app"', authorization: 'pg_monitor' } },
    { fields: { name: 'app', authorization: 'CURRENT_ROLE' } },
  ],
})

/**
 * Drops a schema; refused by PostgreSQL while something is in it, unless `cascade` says that it goes too.
 * https://www.postgresql.org/docs/current/sql-dropschema.html
 */
export const dropSchema: Operation<'dropSchema', DropSchema> = operation('dropSchema', {
  title: (fields) => `drop schema ${fields.name}`,
  steps: (fields) => [
    statement(clauses(`DROP SCHEMA ${quoteIdentifier(fields.name)}`, fields.cascade === true && 'CASCADE')),
  ],
  inverse({ name, cascade, was }) {
    if (cascade === true) return { irreversible: `Nothing says what was in the schema ${name}.` }
    if (was === undefined) return unknownBefore(`the schema ${name}`, 'dropSchema')
    return [createSchema({ name, ...was })]
  },
  loses: (fields) => (fields.cascade === true ? [`everything in the schema ${fields.name}`] : []),
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: 'CREATE SCHEMA "Old" AUTHORIZATION pg_monitor',
      fields: { name: 'Old', was: { authorization: 'pg_monitor' } },
    },
    { given: 'CREATE SCHEMA app', fields: { name: 'app', was: {} } },
    {
      given: 'CREATE SCHEMA app; CREATE TABLE app.users (id bigint)',
      fields: { name: 'app', cascade: true },
      locks: [{ schema: 'app', table: 'users', mode: 'AccessExclusive' }],
    },
  ],
})
