import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import {
  type ForeignOptionChanges,
  type ForeignOptions,
  foreignOptionChanges,
  foreignOptions,
  undoneOptionChanges,
} from './foreign-options.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'

type FunctionReference = { readonly schema?: string; readonly function: string }

export type ForeignDataWrapperDefinition = {
  /** The function that reads and writes; without one its foreign tables can only be declared. */
  readonly handler?: FunctionReference
  /** The function that checks options. */
  readonly validator?: FunctionReference
  readonly options?: ForeignOptions
}

export type CreateForeignDataWrapper = { readonly name: string } & ForeignDataWrapperDefinition

export type AlterForeignDataWrapper = {
  readonly name: string
  /** Null takes it away. */
  readonly handler?: FunctionReference | null
  readonly validator?: FunctionReference | null
  readonly options?: ForeignOptionChanges
  /** The same properties as they were; of the options, those that are set or dropped. */
  readonly was?: {
    readonly handler?: FunctionReference | null
    readonly validator?: FunctionReference | null
    readonly options?: ForeignOptions
  }
}

export type DropForeignDataWrapper = {
  readonly name: string
  /** Drops its servers, and their foreign tables, too. */
  readonly cascade?: true
  /** What the wrapper was, so that it can be made again. */
  readonly was?: ForeignDataWrapperDefinition
}

/**
 * Creates a foreign-data wrapper; only a superuser may. An extension such as postgres_fdw brings its own.
 * https://www.postgresql.org/docs/current/sql-createforeigndatawrapper.html
 */
export const createForeignDataWrapper: Operation<'createForeignDataWrapper', CreateForeignDataWrapper> =
  operation('createForeignDataWrapper', {
    title: (fields) => `create foreign data wrapper ${fields.name}`,
    steps: (fields) => [
      statement(
        clauses(
          `CREATE FOREIGN DATA WRAPPER ${quoteIdentifier(fields.name)}`,
          functionClause('HANDLER', fields.handler),
          functionClause('VALIDATOR', fields.validator),
          foreignOptions(fields.options),
        ),
      ),
    ],
    inverse: ({ name, ...was }) => [dropForeignDataWrapper({ name, was })],
    locks: () => [],
    examples: [
      { fields: { name: 'Far away', options: { debug: "it's", 'Mixed case': '\\' } } },
      {
        fields: {
          name: 'checked',
          validator: { schema: 'pg_catalog', function: 'postgresql_fdw_validator' },
        },
      },
      {
        given: 'CREATE EXTENSION postgres_fdw',
        fields: { name: 'mine', handler: { function: 'postgres_fdw_handler' } },
        notEmbedded: 'it offers no postgres_fdw',
      },
    ],
  })

/**
 * Changes a wrapper's functions and options.
 * https://www.postgresql.org/docs/current/sql-alterforeigndatawrapper.html
 */
export const alterForeignDataWrapper: Operation<'alterForeignDataWrapper', AlterForeignDataWrapper> =
  operation('alterForeignDataWrapper', {
    title: (fields) => `alter foreign data wrapper ${fields.name}`,
    steps: (fields) => [
      statement(
        clauses(
          `ALTER FOREIGN DATA WRAPPER ${quoteIdentifier(fields.name)}`,
          functionClause('HANDLER', fields.handler),
          functionClause('VALIDATOR', fields.validator),
          foreignOptionChanges(fields.options ?? {}),
        ),
      ),
    ],
    inverse({ name, options, was = {}, ...functions }) {
      const undone = undoneOptionChanges(options ?? {}, was.options)
      const missing = (['handler', 'validator'] as const).some(
        (part) => functions[part] !== undefined && was[part] === undefined,
      )
      if (undone === null || missing) {
        return unknownBefore(`the foreign data wrapper ${name}`, 'alterForeignDataWrapper')
      }
      const { options: _, ...oldFunctions } = was
      return [
        alterForeignDataWrapper({
          name,
          ...oldFunctions,
          options: undone.changes,
          was: { ...functions, options: undone.was },
        }),
      ]
    },
    locks: () => [],
    examples: [
      {
        given: 'CREATE FOREIGN DATA WRAPPER far',
        fields: {
          name: 'far',
          validator: { function: 'postgresql_fdw_validator' },
          was: { validator: null },
        },
      },
      {
        given: `CREATE FOREIGN DATA WRAPPER "Far" OPTIONS (a '1', b '2')`,
        fields: {
          name: 'Far',
          options: { add: { c: '3' }, set: { a: '0' }, drop: ['b'] },
          was: { options: { a: '1', b: '2' } },
        },
      },
      {
        given: 'CREATE EXTENSION postgres_fdw; CREATE FOREIGN DATA WRAPPER far HANDLER postgres_fdw_handler',
        fields: { name: 'far', handler: null, was: { handler: { function: 'postgres_fdw_handler' } } },
        notEmbedded: 'it offers no postgres_fdw',
      },
    ],
  })

/**
 * Drops a wrapper; refused by PostgreSQL while a server uses it.
 * https://www.postgresql.org/docs/current/sql-dropforeigndatawrapper.html
 */
export const dropForeignDataWrapper: Operation<'dropForeignDataWrapper', DropForeignDataWrapper> = operation(
  'dropForeignDataWrapper',
  {
    title: (fields) => `drop foreign data wrapper ${fields.name}`,
    steps: (fields) => [
      statement(
        clauses(
          `DROP FOREIGN DATA WRAPPER ${quoteIdentifier(fields.name)}`,
          fields.cascade === true && 'CASCADE',
        ),
      ),
    ],
    inverse({ name, cascade, was }) {
      if (cascade === true) return { irreversible: `What used ${name} is dropped with it.` }
      if (was === undefined)
        return unknownBefore(`the foreign data wrapper ${name}`, 'dropForeignDataWrapper')
      return [createForeignDataWrapper({ name, ...was })]
    },
    loses: ({ name, cascade }) =>
      cascade === true ? [`the servers, user mappings and foreign tables that use ${name}`] : [],
    phase: ({ cascade }) => (cascade === true ? 'contract' : 'expand'),
    locks: () => [],
    examples: [
      {
        given: `CREATE FOREIGN DATA WRAPPER "Far" OPTIONS (host 'x')`,
        fields: { name: 'Far', was: { options: { host: 'x' } } },
      },
      {
        given: 'CREATE FOREIGN DATA WRAPPER far VALIDATOR postgresql_fdw_validator',
        fields: { name: 'far', was: { validator: { function: 'postgresql_fdw_validator' } } },
      },
      {
        given: 'CREATE FOREIGN DATA WRAPPER far; CREATE SERVER s FOREIGN DATA WRAPPER far',
        fields: { name: 'far', cascade: true },
      },
    ],
  },
)

function functionClause(word: 'HANDLER' | 'VALIDATOR', reference: FunctionReference | null | undefined) {
  if (reference === undefined) return ''
  if (reference === null) return `NO ${word}`
  return `${word} ${qualifiedName({ ...reference, name: reference.function })}`
}
