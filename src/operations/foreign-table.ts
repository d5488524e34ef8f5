import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import {
  type ForeignOptionChanges,
  type ForeignOptions,
  foreignOptionChanges,
  foreignOptions,
  undoneOptionChanges,
} from './foreign-options.ts'
import { type ForeignTableDefinition, foreignTableSql } from './foreign-table-definition.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { inSchema, lockOn } from './relation.ts'

type Named = { readonly schema?: string; readonly name: string }

export type CreateForeignTable = Named & ForeignTableDefinition

export type AlterForeignTable = Named & {
  readonly options?: ForeignOptionChanges
  /** Changes to the options of columns. */
  readonly columns?: { readonly [column: string]: ForeignOptionChanges }
  /** What the options that are set or dropped were. */
  readonly was?: {
    readonly options?: ForeignOptions
    readonly columns?: { readonly [column: string]: ForeignOptions }
  }
}

export type DropForeignTable = Named & {
  /** Drops what depends on it, such as views, too. */
  readonly cascade?: true
  /** What the table was, so that it can be made again. */
  readonly was?: ForeignTableDefinition
}

export type ImportForeignSchema = {
  readonly server: string
  readonly remoteSchema: string
  /** The schema in which the foreign tables are made. */
  readonly into: string
  readonly options?: ForeignOptions
} & (
  | { readonly limitTo?: readonly string[]; readonly except?: never }
  | { readonly except: readonly string[]; readonly limitTo?: never }
)

/** For examples: a server that is this one. */
const loopback = `CREATE EXTENSION postgres_fdw; CREATE SCHEMA app; CREATE SCHEMA "Far";
  CREATE TABLE app.t (a int); CREATE TABLE app."U" (a int DEFAULT 1);
  DO $$BEGIN EXECUTE format('CREATE SERVER itself FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %L, port %L, dbname %L)',
    '127.0.0.1', current_setting('port'), current_database()); END$$;
  CREATE USER MAPPING FOR CURRENT_USER SERVER itself OPTIONS (user 'postgres')`

/**
 * Declares a table whose rows are on a foreign server. Nothing is connected to. As a partition it takes AccessExclusive on its
 * parent, as a child ShareUpdateExclusive.
 * https://www.postgresql.org/docs/current/sql-createforeigntable.html
 */
export const createForeignTable: Operation<'createForeignTable', CreateForeignTable> = operation(
  'createForeignTable',
  {
    title: (fields) => `create foreign table ${fields.name}`,
    steps: (fields) => [statement(`CREATE ${foreignTableSql(fields)}`)],
    // Without its name it is still one of the two sorts, which the compiler no longer sees.
    inverse: ({ schema, name, ...was }) => [
      dropForeignTable({ ...inSchema({ schema }), name, was: was as ForeignTableDefinition }),
    ],
    makes: (fields) => [{ ...inSchema(fields), table: fields.name }],
    locks: ({ partitionOf, inherits = [] }) => [
      ...(partitionOf === undefined ? [] : [lockOn(partitionOf, 'AccessExclusive')]),
      ...inherits.map((parent) => lockOn(parent, 'ShareUpdateExclusive')),
    ],
    examples: [
      {
        given:
          'CREATE SCHEMA app; CREATE FOREIGN DATA WRAPPER far; CREATE SERVER "Other" FOREIGN DATA WRAPPER far',
        fields: {
          schema: 'app',
          name: 'Users',
          columns: [
            { name: 'id', type: 'bigint', notNull: true, options: { column_name: 'ID', x: "it's" } },
            { name: 'name', type: 'text', collation: 'C', default: 'none', options: { y: '1' } },
          ],
          checks: [{ name: 'named', expression: { sql: ["name <> ''"], values: [] }, noInherit: true }],
          server: 'Other',
          options: { table_name: 'users' },
        },
      },
      {
        given: `CREATE FOREIGN DATA WRAPPER far; CREATE SERVER other FOREIGN DATA WRAPPER far;
          CREATE TABLE events (at date) PARTITION BY RANGE (at)`,
        fields: {
          name: 'events_old',
          partitionOf: {
            table: 'events',
            values: { sql: ['FOR VALUES FROM (MINVALUE) TO (', ')'], values: ['2020-01-01'] },
          },
          server: 'other',
        },
      },
      {
        given: `CREATE FOREIGN DATA WRAPPER far; CREATE SERVER other FOREIGN DATA WRAPPER far;
          CREATE TABLE parent (a int)`,
        fields: { name: 'child', columns: [], inherits: [{ table: 'parent' }], server: 'other' },
      },
    ],
  },
)

/**
 * Changes the options of a foreign table and its columns. For columns themselves there are the operations of tables.
 * https://www.postgresql.org/docs/current/sql-alterforeigntable.html
 */
export const alterForeignTable: Operation<'alterForeignTable', AlterForeignTable> = operation(
  'alterForeignTable',
  {
    title: (fields) => `alter foreign table ${fields.name}`,
    steps(fields) {
      const columns = Object.entries(fields.columns ?? {}).map(
        ([column, changes]) => `ALTER COLUMN ${quoteIdentifier(column)} ${foreignOptionChanges(changes)}`,
      )
      const actions = [foreignOptionChanges(fields.options ?? {}), ...columns].filter(Boolean)
      return [statement(`ALTER FOREIGN TABLE ${qualifiedName(fields)} ${actions.join(', ')}`)]
    },
    inverse({ schema, name, options, columns = {}, was = {} }) {
      const undone = undoneOptionChanges(options ?? {}, was.options)
      const undoneColumns = Object.entries(columns).map(
        ([column, changes]) => [column, undoneOptionChanges(changes, was.columns?.[column])] as const,
      )
      if (undone === null || undoneColumns.some(([, one]) => one === null)) {
        return unknownBefore(`the foreign table ${name}`, 'alterForeignTable')
      }
      const each = <Part extends 'changes' | 'was'>(part: Part) =>
        Object.fromEntries(undoneColumns.flatMap(([column, one]) => (one ? [[column, one[part]]] : [])))
      return [
        alterForeignTable({
          ...inSchema({ schema }),
          name,
          options: undone.changes,
          columns: each('changes'),
          was: { options: undone.was, columns: each('was') },
        }),
      ]
    },
    locks: () => [],
    examples: [
      {
        given: `CREATE SCHEMA app; CREATE FOREIGN DATA WRAPPER far; CREATE SERVER other FOREIGN DATA WRAPPER far;
          CREATE FOREIGN TABLE app."Users" (a int OPTIONS (x '1', y '2'), b int) SERVER other OPTIONS (p '1', q '2')`,
        fields: {
          schema: 'app',
          name: 'Users',
          options: { add: { r: '3' }, set: { p: '0' }, drop: ['q'] },
          columns: { a: { set: { x: '0' }, drop: ['y'] }, b: { add: { z: '1' } } },
          was: { options: { p: '1', q: '2' }, columns: { a: { x: '1', y: '2' } } },
        },
      },
    ],
  },
)

/**
 * Drops the declaration of a foreign table; its rows stay where they are.
 * https://www.postgresql.org/docs/current/sql-dropforeigntable.html
 */
export const dropForeignTable: Operation<'dropForeignTable', DropForeignTable> = operation(
  'dropForeignTable',
  {
    title: (fields) => `drop foreign table ${fields.name}`,
    steps: (fields) => [
      statement(clauses(`DROP FOREIGN TABLE ${qualifiedName(fields)}`, fields.cascade === true && 'CASCADE')),
    ],
    inverse({ schema, name, cascade, was }) {
      if (cascade === true) return { irreversible: `What used ${name} is dropped with it.` }
      if (was === undefined) return unknownBefore(`the foreign table ${name}`, 'dropForeignTable')
      return [createForeignTable({ ...inSchema({ schema }), name, ...was })]
    },
    loses: ({ name, cascade }) => (cascade === true ? [`what depends on the foreign table ${name}`] : []),
    phase: () => 'contract',
    locks: ({ was }) => (was?.partitionOf === undefined ? [] : [lockOn(was.partitionOf, 'AccessExclusive')]),
    examples: [
      {
        given: `CREATE SCHEMA app; CREATE FOREIGN DATA WRAPPER far; CREATE SERVER other FOREIGN DATA WRAPPER far;
          CREATE FOREIGN TABLE app."Users" (a int OPTIONS (x '1') NOT NULL CHECK (a > 0), b text COLLATE "C" DEFAULT 'x') SERVER other OPTIONS (p '1')`,
        fields: {
          schema: 'app',
          name: 'Users',
          was: {
            columns: [
              {
                name: 'a',
                type: 'integer',
                notNull: true,
                check: { sql: ['a > 0'], values: [] },
                options: { x: '1' },
              },
              { name: 'b', type: 'text', collation: 'C', default: 'x' },
            ],
            server: 'other',
            options: { p: '1' },
          },
        },
      },
      {
        given: `CREATE FOREIGN DATA WRAPPER far; CREATE SERVER other FOREIGN DATA WRAPPER far;
          CREATE FOREIGN TABLE t (a int) SERVER other; CREATE VIEW v AS SELECT a FROM t`,
        fields: { name: 't', cascade: true },
        locks: [{ table: 'v', mode: 'AccessExclusive' }],
      },
    ],
  },
)

/**
 * Asks a foreign server for the tables of a schema and declares them here. Which there are is known only when it runs.
 * https://www.postgresql.org/docs/current/sql-importforeignschema.html
 */
export const importForeignSchema: Operation<'importForeignSchema', ImportForeignSchema> = operation(
  'importForeignSchema',
  {
    title: (fields) => `import foreign schema ${fields.remoteSchema} from ${fields.server}`,
    steps: (fields) => [
      statement(
        clauses(
          `IMPORT FOREIGN SCHEMA ${quoteIdentifier(fields.remoteSchema)}`,
          fields.limitTo !== undefined && `LIMIT TO ${tableNames(fields.limitTo)}`,
          fields.except !== undefined && `EXCEPT ${tableNames(fields.except)}`,
          `FROM SERVER ${quoteIdentifier(fields.server)} INTO ${quoteIdentifier(fields.into)}`,
          foreignOptions(fields.options),
        ),
      ),
    ],
    inverse: (fields) => ({
      irreversible: `Which tables were imported into ${fields.into} is not known before it runs.`,
    }),
    locks: () => [],
    examples: [
      {
        given: loopback,
        fields: { server: 'itself', remoteSchema: 'app', into: 'Far', limitTo: ['t', 'U'] },
        notEmbedded: 'it offers no postgres_fdw',
      },
      {
        given: loopback,
        fields: {
          server: 'itself',
          remoteSchema: 'app',
          into: 'Far',
          except: ['t'],
          options: { import_default: 'true' },
        },
        notEmbedded: 'it offers no postgres_fdw',
      },
    ],
  },
)

function tableNames(names: readonly string[]): string {
  return `(${names.map(quoteIdentifier).join(', ')})`
}
