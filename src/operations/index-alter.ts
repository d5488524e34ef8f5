import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { type AtLeastOne, unsaid } from './change.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { inSchema } from './relation.ts'
import { alterParameters, type ParameterChanges } from './storage-parameters.ts'

type Named = { readonly schema?: string; readonly name: string }

export type IndexChange = {
  /** Storage parameters; null resets one to its default. */
  readonly with?: ParameterChanges
  readonly tablespace?: string
  /**
   * How much ANALYZE learns of an expression, by the number of its key, counted from 1; null for what the server's
   * `default_statistics_target` says. PostgreSQL refuses it for a key that is a column.
   */
  readonly statistics?: { readonly [key: number]: number | null }
}

export type AlterIndex = Named &
  AtLeastOne<IndexChange> & {
    /** The same properties as they were, so that the change can be undone. */
    readonly was?: AtLeastOne<IndexChange>
  }

/** The index of a partitioned table, and the index of a partition that becomes its part. */
export type AttachIndexPartition = Named & { readonly partition: Named }

/**
 * Changes how an index is stored; what is not named stays as it is. A new `fillfactor` is for the pages to come: `reindex`
 * rewrites the others. Takes no lock on the table; on the index ShareUpdateExclusive, or AccessExclusive for another
 * tablespace and for parameters of GIN, GiST and BRIN, and then every query that plans with it waits.
 * https://www.postgresql.org/docs/current/sql-alterindex.html
 */
export const alterIndex: Operation<'alterIndex', AlterIndex> = operation('alterIndex', {
  title: (fields) => `alter index ${fields.name}`,
  steps: (fields) => [statement(`ALTER INDEX ${qualifiedName(fields)} ${changeActions(fields).join(', ')}`)],
  inverse({ schema, name, was, ...change }: AlterIndex) {
    const missing = unsaid(change, was, { with: 1, statistics: 1 })
    if (was === undefined || missing.length > 0) {
      return unknownBefore(`the ${missing.join(' and ')} of the index ${name}`, 'alterIndex')
    }
    return [alterIndex({ ...inSchema({ schema }), name, ...was, was: change })]
  },
  warns: (fields) =>
    fields.tablespace === undefined
      ? []
      : [`${fields.name} is copied to ${fields.tablespace}, and queries of its table wait meanwhile`],
  locks: () => [],
  examples: [
    {
      given: `CREATE SCHEMA "My App"; CREATE TABLE "My App".users (id int, email text);
        CREATE INDEX "Users by email" ON "My App".users (id, lower(email)) WITH (fillfactor = 70)`,
      fields: {
        schema: 'My App',
        name: 'Users by email',
        with: { fillfactor: null, deduplicate_items: false },
        statistics: { 2: 500 },
        was: { with: { fillfactor: 70, deduplicate_items: null }, statistics: { 2: null } },
      },
    },
    {
      given: `CREATE TABLE users (email text); CREATE INDEX users_lower_idx ON users (lower(email));
        ALTER INDEX users_lower_idx ALTER COLUMN 1 SET STATISTICS 50`,
      fields: { name: 'users_lower_idx', statistics: { 1: null }, was: { statistics: { 1: 50 } } },
    },
    {
      given:
        'CREATE TABLE documents (words text[]); CREATE INDEX documents_words_idx ON documents USING gin (words)',
      fields: {
        name: 'documents_words_idx',
        with: { fastupdate: false },
        tablespace: 'pg_default',
        was: { with: { fastupdate: null }, tablespace: 'pg_default' },
      },
    },
  ],
})

/**
 * Makes the index of a partition a part of the index of the partitioned table, which must ask for the same. Once every
 * partition's is attached, the index that `createIndex` made with `only` is valid. Takes AccessShare on both tables, and
 * AccessExclusive on the partition's index.
 * https://www.postgresql.org/docs/current/sql-alterindex.html
 */
export const attachIndexPartition: Operation<'attachIndexPartition', AttachIndexPartition> = operation(
  'attachIndexPartition',
  {
    title: (fields) => `attach index ${fields.partition.name} to ${fields.name}`,
    steps: (fields) => [
      statement(`ALTER INDEX ${qualifiedName(fields)} ATTACH PARTITION ${qualifiedName(fields.partition)}`),
    ],
    inverse: () => ({
      irreversible: 'PostgreSQL has no way to detach the index of a partition: drop the whole index.',
    }),
    locks: () => [],
    examples: [
      {
        given: `CREATE SCHEMA "My App"; CREATE TABLE events (at date) PARTITION BY RANGE (at);
          CREATE TABLE "My App".events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
          CREATE INDEX events_at_idx ON ONLY events (at); CREATE INDEX "Events by day" ON "My App".events_2026 (at)`,
        fields: { name: 'events_at_idx', partition: { schema: 'My App', name: 'Events by day' } },
        locks: [
          { table: 'events', mode: 'AccessShare' },
          { schema: 'My App', table: 'events_2026', mode: 'AccessShare' },
        ],
      },
    ],
  },
)

function changeActions(change: IndexChange): readonly string[] {
  return [
    ...alterParameters(change.with ?? {}),
    ...Object.entries(change.statistics ?? {}).map(
      ([key, target]) => `ALTER COLUMN ${key} SET STATISTICS ${target ?? -1}`,
    ),
    ...(change.tablespace === undefined ? [] : [`SET TABLESPACE ${quoteIdentifier(change.tablespace)}`]),
  ]
}
