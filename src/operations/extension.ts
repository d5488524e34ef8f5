import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'

export type CreateExtension = {
  readonly name: string
  readonly schema?: string
  /** The server's own default if left out. */
  readonly version?: string
  /** Installs what it needs too, which the downgrade leaves there. */
  readonly cascade?: boolean
  /** Nothing happens where the extension is installed already, and the downgrade then still drops it. */
  readonly ifNotExists?: boolean
}

export type AlterExtension = {
  readonly name: string
  /** The version to update to; the server's own default if left out. */
  readonly version?: string
  /** The version as it was, where the extension has a way back to it, as few have. */
  readonly was?: { readonly version: string }
}

export type DropExtension = {
  readonly name: string
  /** Drops what uses it too. */
  readonly cascade?: boolean
  readonly was?: Omit<CreateExtension, 'name'>
}

/**
 * Installs an extension that the server has.
 * https://www.postgresql.org/docs/current/sql-createextension.html
 */
export const createExtension: Operation<'createExtension', CreateExtension> = operation('createExtension', {
  title: (fields) => `create extension ${fields.name}`,
  steps: (fields) => [
    statement(
      clauses(
        'CREATE EXTENSION',
        fields.ifNotExists === true && 'IF NOT EXISTS',
        quoteIdentifier(fields.name),
        fields.schema !== undefined && `SCHEMA ${quoteIdentifier(fields.schema)}`,
        fields.version !== undefined && `VERSION ${quoteLiteral(fields.version)}`,
        fields.cascade === true && 'CASCADE',
      ),
    ),
  ],
  inverse: ({ name, ...was }) => [dropExtension({ name, was })],
  locks: () => [],
  examples: [
    { fields: { name: 'pg_trgm' } },
    { given: 'CREATE SCHEMA tools', fields: { name: 'citext', schema: 'tools', ifNotExists: true } },
    { fields: { name: 'pg_trgm', version: '1.4' } },
    {
      fields: { name: 'earthdistance', cascade: true },
      notEmbedded: 'it has no extension that needs another',
      leaves: 'what it needs stays installed',
    },
  ],
})

/**
 * Updates an extension to another version that the server has; what it locks is its own affair.
 * https://www.postgresql.org/docs/current/sql-alterextension.html
 */
export const alterExtension: Operation<'alterExtension', AlterExtension> = operation('alterExtension', {
  title: (fields) => clauses(`update extension ${fields.name}`, fields.version && `to ${fields.version}`),
  steps: (fields) => [
    statement(
      clauses(
        `ALTER EXTENSION ${quoteIdentifier(fields.name)} UPDATE`,
        fields.version !== undefined && `TO ${quoteLiteral(fields.version)}`,
      ),
    ),
  ],
  inverse({ name, version, was }) {
    if (was === undefined) {
      return unknownBefore(`the version of the extension ${name}`, 'alterExtension')
    }
    return [alterExtension({ name, ...was, ...(version === undefined ? {} : { was: { version } }) })]
  },
  locks: () => [],
  examples: [
    { given: "CREATE EXTENSION pg_trgm VERSION '1.4'", fields: { name: 'pg_trgm', version: '1.5' } },
    { given: "CREATE EXTENSION pg_trgm VERSION '1.4'", fields: { name: 'pg_trgm' } },
  ],
})

/**
 * Removes an extension; refused by PostgreSQL while something uses it, unless `cascade` says that it goes too.
 * https://www.postgresql.org/docs/current/sql-dropextension.html
 */
export const dropExtension: Operation<'dropExtension', DropExtension> = operation('dropExtension', {
  title: (fields) => `drop extension ${fields.name}`,
  steps: (fields) => [
    statement(
      clauses(`DROP EXTENSION ${quoteIdentifier(fields.name)}`, fields.cascade === true && 'CASCADE'),
    ),
  ],
  inverse({ name, cascade, was }) {
    if (cascade === true) return { irreversible: `Nothing says what used the extension ${name}.` }
    return [createExtension({ name, ...was })]
  },
  loses: (fields) =>
    fields.cascade === true
      ? [`everything that uses the extension ${fields.name}, columns with their values`]
      : [],
  phase: () => 'contract',
  locks: () => [],
  examples: [
    { given: 'CREATE EXTENSION pg_trgm', fields: { name: 'pg_trgm' } },
    {
      given: 'CREATE EXTENSION citext; CREATE TABLE users (id bigint, email citext)',
      fields: { name: 'citext', cascade: true },
      locks: [{ table: 'users', mode: 'AccessExclusive' }],
    },
  ],
})
