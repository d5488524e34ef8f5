import {
  literal,
  type Operation,
  operation,
  qualifiedName,
  quoteIdentifier,
  statement,
  unknownBefore,
} from 'limbeck'

export type CreateTenant = {
  readonly name: string
  /** How many users it may have. */
  readonly seats: number
}
export type DropTenant = { readonly name: string; readonly was?: Omit<CreateTenant, 'name'> }

/** Makes a tenant: a schema with a table of users, and its row in `tenants`. Locks nothing that is read. */
export const createTenant: Operation<'createTenant', CreateTenant> = operation('createTenant', {
  title: ({ name }) => `create tenant ${name}`,
  steps: ({ name, seats }) => [
    statement(`CREATE SCHEMA ${quoteIdentifier(name)}`),
    statement(
      `CREATE TABLE ${qualifiedName({ schema: name, name: 'users' })} (id bigint PRIMARY KEY, email text)`,
    ),
    statement(`INSERT INTO tenants (name, seats) VALUES (${literal(name)}, ${seats})`),
  ],
  inverse: ({ name, ...was }) => [dropTenant({ name, was })],
  locks: () => [{ table: 'tenants', mode: 'RowExclusive' }],
  examples: [
    { given: 'CREATE TABLE tenants (name text PRIMARY KEY, seats int)', fields: { name: 'acme', seats: 5 } },
  ],
})

/** Takes a tenant away, with all that it has. */
export const dropTenant: Operation<'dropTenant', DropTenant> = operation('dropTenant', {
  title: ({ name }) => `drop tenant ${name}`,
  steps: ({ name }) => [
    statement(`DELETE FROM tenants WHERE name = ${literal(name)}`),
    statement(`DROP TABLE ${qualifiedName({ schema: name, name: 'users' })}`),
    statement(`DROP SCHEMA ${quoteIdentifier(name)}`),
  ],
  inverse: ({ name, was }) =>
    was === undefined ? unknownBefore(`the tenant ${name}`, 'dropTenant') : [createTenant({ name, ...was })],
  loses: ({ name }) => [`every user of the tenant ${name}`],
  phase: () => 'contract',
  locks: ({ name }) => [
    { table: 'tenants', mode: 'RowExclusive' },
    { schema: name, table: 'users', mode: 'AccessExclusive' },
  ],
  examples: [
    {
      given: `CREATE TABLE tenants (name text PRIMARY KEY, seats int); INSERT INTO tenants VALUES ('acme', 5);
        CREATE SCHEMA acme; CREATE TABLE acme.users (id bigint PRIMARY KEY, email text)`,
      fields: { name: 'acme', was: { seats: 5 } },
    },
  ],
})

declare module 'limbeck' {
  interface ProjectOperations {
    createTenant(fields: CreateTenant): PromiseLike<void>
    dropTenant(fields: DropTenant): PromiseLike<void>
  }
}
