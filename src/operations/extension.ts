import { quoteIdentifier } from '../sql/identifier.ts'
import { type Operation, operation, statement } from './operation.ts'

export type CreateExtension = {
  readonly name: string
  readonly schema?: string
  /** Nothing happens where the extension is installed already, and the downgrade then still drops it. */
  readonly ifNotExists?: boolean
}
export type DropExtension = { readonly name: string; readonly was?: Omit<CreateExtension, 'name'> }

/**
 * Installs an extension that the server has.
 * https://www.postgresql.org/docs/current/sql-createextension.html
 */
export const createExtension: Operation<'createExtension', CreateExtension> = operation('createExtension', {
  title: (fields) => `create extension ${fields.name}`,
  steps(fields) {
    const ifNotExists = fields.ifNotExists ? 'IF NOT EXISTS ' : ''
    const schema = fields.schema === undefined ? '' : ` SCHEMA ${quoteIdentifier(fields.schema)}`
    return [statement(`CREATE EXTENSION ${ifNotExists}${quoteIdentifier(fields.name)}${schema}`)]
  },
  inverse: ({ name, ...was }) => [dropExtension({ name, was })],
  locks: () => [],
  examples: [
    { fields: { name: 'pg_trgm' } },
    { given: 'CREATE SCHEMA tools', fields: { name: 'citext', schema: 'tools', ifNotExists: true } },
  ],
})

/**
 * Removes an extension; refused by PostgreSQL while something uses it.
 * https://www.postgresql.org/docs/current/sql-dropextension.html
 */
export const dropExtension: Operation<'dropExtension', DropExtension> = operation('dropExtension', {
  title: (fields) => `drop extension ${fields.name}`,
  steps: (fields) => [statement(`DROP EXTENSION ${quoteIdentifier(fields.name)}`)],
  inverse: ({ name, was }) => [createExtension({ name, ...was })],
  locks: () => [],
  examples: [{ given: 'CREATE EXTENSION pg_trgm', fields: { name: 'pg_trgm' } }],
})
