import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import {
  type ForeignOptionChanges,
  type ForeignOptions,
  foreignOptionChanges,
  foreignOptions,
  undoneOptionChanges,
} from './foreign-options.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'

export type ForeignServerDefinition = {
  readonly foreignDataWrapper: string
  readonly type?: string
  readonly version?: string
  /** Where it is; a password belongs to a user mapping, since everybody may read a server's options. */
  readonly options?: ForeignOptions
}

export type CreateForeignServer = { readonly name: string } & ForeignServerDefinition

export type AlterForeignServer = {
  readonly name: string
  /** Null takes it away. */
  readonly version?: string | null
  readonly options?: ForeignOptionChanges
  /** The same properties as they were; of the options, those that are set or dropped. */
  readonly was?: { readonly version?: string | null; readonly options?: ForeignOptions }
}

export type DropForeignServer = {
  readonly name: string
  /** Drops its foreign tables and user mappings too. */
  readonly cascade?: true
  /** What the server was, so that it can be made again. */
  readonly was?: ForeignServerDefinition
}

/**
 * Declares a foreign server. Nothing is connected to.
 * https://www.postgresql.org/docs/current/sql-createserver.html
 */
export const createForeignServer: Operation<'createForeignServer', CreateForeignServer> = operation(
  'createForeignServer',
  {
    title: (fields) => `create server ${fields.name}`,
    steps: (fields) => [
      statement(
        clauses(
          `CREATE SERVER ${quoteIdentifier(fields.name)}`,
          fields.type !== undefined && `TYPE ${quoteLiteral(fields.type)}`,
          fields.version !== undefined && `VERSION ${quoteLiteral(fields.version)}`,
          `FOREIGN DATA WRAPPER ${quoteIdentifier(fields.foreignDataWrapper)}`,
          foreignOptions(fields.options),
        ),
      ),
    ],
    inverse: ({ name, ...was }) => [dropForeignServer({ name, was })],
    locks: () => [],
    examples: [
      {
        given: 'CREATE FOREIGN DATA WRAPPER "Far"',
        fields: {
          name: 'The other',
          type: 'postgres',
          version: "18's",
          foreignDataWrapper: 'Far',
          options: { host: 'db.example.com', port: '5432' },
        },
      },
      {
        given: 'CREATE FOREIGN DATA WRAPPER far',
        fields: { name: 'other', foreignDataWrapper: 'far' },
      },
    ],
  },
)

/**
 * Changes a foreign server's version and options.
 * https://www.postgresql.org/docs/current/sql-alterserver.html
 */
export const alterForeignServer: Operation<'alterForeignServer', AlterForeignServer> = operation(
  'alterForeignServer',
  {
    title: (fields) => `alter server ${fields.name}`,
    steps: (fields) => [
      statement(
        clauses(
          `ALTER SERVER ${quoteIdentifier(fields.name)}`,
          fields.version !== undefined &&
            `VERSION ${fields.version === null ? 'NULL' : quoteLiteral(fields.version)}`,
          foreignOptionChanges(fields.options ?? {}),
        ),
      ),
    ],
    inverse({ name, version, options, was = {} }) {
      const undone = undoneOptionChanges(options ?? {}, was.options)
      if (undone === null || (version !== undefined && was.version === undefined)) {
        return unknownBefore(`the server ${name}`, 'alterForeignServer')
      }
      return [
        alterForeignServer({
          name,
          ...(was.version === undefined ? {} : { version: was.version }),
          options: undone.changes,
          was: { ...(version === undefined ? {} : { version }), options: undone.was },
        }),
      ]
    },
    locks: () => [],
    examples: [
      {
        given: `CREATE FOREIGN DATA WRAPPER far; CREATE SERVER "Other" FOREIGN DATA WRAPPER far OPTIONS (host 'a', port '1')`,
        fields: {
          name: 'Other',
          version: '2',
          options: { add: { dbname: 'x' }, set: { host: 'b' }, drop: ['port'] },
          was: { version: null, options: { host: 'a', port: '1' } },
        },
      },
      {
        given: `CREATE FOREIGN DATA WRAPPER far; CREATE SERVER other VERSION '1' FOREIGN DATA WRAPPER far`,
        fields: { name: 'other', version: null, was: { version: '1' } },
      },
    ],
  },
)

/**
 * Drops a foreign server; refused by PostgreSQL while a foreign table or a user mapping uses it.
 * https://www.postgresql.org/docs/current/sql-dropserver.html
 */
export const dropForeignServer: Operation<'dropForeignServer', DropForeignServer> = operation(
  'dropForeignServer',
  {
    title: (fields) => `drop server ${fields.name}`,
    steps: (fields) => [
      statement(clauses(`DROP SERVER ${quoteIdentifier(fields.name)}`, fields.cascade === true && 'CASCADE')),
    ],
    inverse({ name, cascade, was }) {
      if (cascade === true) return { irreversible: `What used ${name} is dropped with it.` }
      if (was === undefined) return unknownBefore(`the server ${name}`, 'dropForeignServer')
      return [createForeignServer({ name, ...was })]
    },
    loses: ({ name, cascade }) =>
      cascade === true ? [`the user mappings and foreign tables of ${name}`] : [],
    phase: () => 'contract',
    locks: () => [],
    examples: [
      {
        given: `CREATE FOREIGN DATA WRAPPER far; CREATE SERVER "S" TYPE 't' VERSION 'v' FOREIGN DATA WRAPPER far OPTIONS (host 'a')`,
        fields: {
          name: 'S',
          was: { foreignDataWrapper: 'far', type: 't', version: 'v', options: { host: 'a' } },
        },
      },
      {
        given:
          'CREATE FOREIGN DATA WRAPPER far; CREATE SERVER s FOREIGN DATA WRAPPER far; CREATE USER MAPPING FOR PUBLIC SERVER s',
        fields: { name: 's', cascade: true },
      },
    ],
  },
)
