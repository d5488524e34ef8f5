import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { createIndexProcedure, dropIndexProcedure, rebuildIndexProcedure } from './index-build.ts'
import { createIndexSql, type IndexDefinition } from './index-definition.ts'
import { needsOf, type Operation, operation, type Procedure, statement, unknownBefore } from './operation.ts'
import { phaseOfColumns } from './phase.ts'
import { inSchema, lockOn } from './relation.ts'

export type CreateIndex = IndexDefinition & { readonly name: string } & (
    | {
        /** Builds it while the table is read and written, in a stage of its own; also on a partitioned table. */
        readonly concurrently?: boolean
        readonly only?: false
      }
    | {
        readonly concurrently?: false
        /**
         * Leaves the partitions without: the index of a partitioned table is invalid until `attachIndexPartition` has given
         * it one of each.
         */
        readonly only?: boolean
      }
  )

export type IndexWas = Omit<IndexDefinition, 'schema'> & { readonly only?: boolean }

export type DropIndex = {
  readonly schema?: string
  readonly name: string
} & (
  | {
      /** Lets the table be read and written meanwhile, in a stage of its own. */
      readonly concurrently?: boolean
      readonly cascade?: false
    }
  | {
      readonly concurrently?: false
      /** Takes along what depends on it, such as foreign keys to the columns that it keeps unique. */
      readonly cascade?: boolean
    }
) & {
    /** What the index was, so that it can be made again. */
    readonly was?: IndexWas
  }

export type RenameIndex = { readonly schema?: string; readonly from: string; readonly to: string }

/**
 * Creates an index. Plain, it takes Share on the table: writers wait until it is built. With `concurrently` they do
 * not (ShareUpdateExclusive), and what an interrupted build left behind is dropped and built anew.
 * https://www.postgresql.org/docs/current/sql-createindex.html
 */
export const createIndex: Operation<'createIndex', CreateIndex> = operation('createIndex', {
  title: (fields) => `create index ${fields.name} on ${fields.table}`,
  steps: ({ concurrently, only, ...index }, server) =>
    concurrently === true
      ? [createIndexProcedure(index, server)]
      : [statement(createIndexSql(index, { only: only === true }))],
  inverse: ({ name, schema, concurrently, ...was }) => [
    dropIndex({
      ...inSchema({ schema }),
      name,
      ...(concurrently === undefined ? {} : { concurrently }),
      was,
    }),
  ],
  needs: (fields) => needsOf([fields.nullsNotDistinct, 'NULLS NOT DISTINCT in an index', 15]),
  phase: (fields, isNew) =>
    fields.unique === true ? phaseOfColumns(fields, indexedColumns(fields), isNew) : 'expand',
  locks: (fields) => [lockOn(fields, fields.concurrently === true ? 'ShareUpdateExclusive' : 'Share')],
  examples: [
    {
      given: 'CREATE TABLE users (id bigint, email text, status text, created_at timestamptz)',
      fields: {
        name: 'users_status_created_at_idx',
        table: 'users',
        columns: ['status', { column: 'created_at', order: 'desc', nulls: 'last' }],
        include: ['id'],
        with: { fillfactor: 80 },
        where: { sql: ["status <> 'deleted'"], values: [] },
      },
    },
    {
      given: 'CREATE TABLE users (id bigint, email text)',
      fields: {
        name: 'users_lower_email_key',
        table: 'users',
        unique: true,
        columns: [{ expression: { sql: ['lower(email)'], values: [] }, operatorClass: 'text_pattern_ops' }],
        concurrently: true,
      },
    },
    {
      given: `CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);
        CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`,
      fields: { name: 'events_id_idx', table: 'events', columns: ['id'], concurrently: true },
      // PostgreSQL has no CONCURRENTLY for the parent's own index, which is empty and made in a moment.
      locks: [
        { table: 'events', mode: 'Share' },
        { table: 'events_2026', mode: 'ShareUpdateExclusive' },
      ],
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE EXTENSION pg_trgm SCHEMA "My App"; CREATE COLLATION "My App"."C c" FROM "C";
        CREATE TABLE "My App"."Users" ("full name" text)`,
      fields: {
        schema: 'My App',
        table: 'Users',
        name: 'Users by name',
        using: 'gist',
        columns: [
          {
            column: 'full name',
            collation: { schema: 'My App', name: 'C c' },
            operatorClass: { schema: 'My App', name: 'gist_trgm_ops', options: { siglen: 32 } },
          },
        ],
        tablespace: 'pg_default',
      },
    },
    {
      given: `CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);
        CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`,
      fields: { name: 'events_id_idx', table: 'events', columns: ['id'], only: true },
    },
  ],
})

/**
 * Drops an index. Plain, it takes AccessExclusive on the table for a moment; with `concurrently` it waits for running
 * queries instead of making them wait.
 * https://www.postgresql.org/docs/current/sql-dropindex.html
 */
export const dropIndex: Operation<'dropIndex', DropIndex> = operation('dropIndex', {
  title: (fields) => `drop index ${fields.name}`,
  steps: (fields, server) =>
    fields.concurrently === true
      ? [withUndo(fields, dropIndexProcedure(fields, server))]
      : [statement(clauses('DROP INDEX', qualifiedName(fields), fields.cascade === true && 'CASCADE'))],
  inverse({ schema, name, concurrently, cascade, was }) {
    if (cascade === true) return { irreversible: `What depended on the index ${name} is not known.` }
    if (was === undefined) return unknownBefore(`the index ${name}`, 'dropIndex')
    const { only, ...definition } = was
    const index = { ...inSchema({ schema }), name, ...definition }
    if (only === true) return [createIndex({ ...index, only })]
    return [createIndex({ ...index, ...(concurrently === undefined ? {} : { concurrently }) })]
  },
  loses: (fields) => (fields.cascade === true ? [`everything that needs the index ${fields.name}`] : []),
  // An INSERT … ON CONFLICT may rest on a unique one.
  phase: ({ was, cascade }) =>
    was === undefined || was.unique === true || cascade === true ? 'contract' : 'expand',
  locks(fields) {
    if (fields.was === undefined) return []
    const mode = fields.concurrently === true ? 'ShareUpdateExclusive' : 'AccessExclusive'
    return [lockOn({ ...inSchema(fields), table: fields.was.table }, mode)]
  },
  examples: [
    {
      given: 'CREATE TABLE users (email text); CREATE INDEX users_email_idx ON users (email)',
      fields: { name: 'users_email_idx', concurrently: true, was: { table: 'users', columns: ['email'] } },
    },
    {
      given: 'CREATE TABLE users (email text); CREATE INDEX users_email_idx ON users USING hash (email)',
      fields: { name: 'users_email_idx', was: { table: 'users', columns: ['email'], using: 'hash' } },
    },
    {
      given: `CREATE TABLE users (email text); CREATE UNIQUE INDEX users_email_key ON users (email);
        CREATE TABLE logins (email text REFERENCES users (email))`,
      fields: { name: 'users_email_key', cascade: true },
      locks: [
        { table: 'users', mode: 'AccessExclusive' },
        { table: 'logins', mode: 'AccessExclusive' },
      ],
    },
  ],
})

/**
 * Renames an index. Takes ShareUpdateExclusive on the index alone.
 * https://www.postgresql.org/docs/current/sql-alterindex.html
 */
export const renameIndex: Operation<'renameIndex', RenameIndex> = operation('renameIndex', {
  title: (fields) => `rename index ${fields.from} to ${fields.to}`,
  steps: (fields) => [
    statement(
      `ALTER INDEX ${qualifiedName({ ...fields, name: fields.from })} RENAME TO ${quoteIdentifier(fields.to)}`,
    ),
  ],
  inverse: (fields) => [renameIndex({ ...fields, from: fields.to, to: fields.from })],
  locks: () => [],
  examples: [
    {
      given: 'CREATE TABLE t (a int); CREATE INDEX t_a ON t (a)',
      fields: { from: 't_a', to: 't_a_idx' },
    },
  ],
})

/** A drop that was interrupted may have left the index, whole or invalid, or not: it is built where it is not there and whole. */
function withUndo({ schema, name, was }: DropIndex, drop: Procedure): Procedure {
  if (was === undefined) return drop
  const { only: _, ...definition } = was
  return { ...drop, undo: [rebuildIndexProcedure({ ...inSchema({ schema }), name, ...definition })] }
}

/** The columns of which it speaks by name; none where it holds an expression too. */
function indexedColumns({ columns }: IndexDefinition): readonly string[] {
  const names = columns.map((key) => {
    if (typeof key === 'string') return key
    return 'column' in key ? key.column : null
  })
  return names.includes(null) ? [] : names.filter((name) => name !== null)
}
