import { type Operation, operation, type PartitionRule, unknownBefore } from './operation.ts'
import { inSchema, type TableReference } from './relation.ts'

export type KeepPartitions = TableReference & PartitionRule
export type ReleasePartitions = TableReference & {
  /** How they were kept, so that it can be taken up again. */
  readonly was?: PartitionRule
}

/**
 * Says how a table's partitions by time are kept up from this revision on. It changes nothing by itself: `limbeck partitions
 * run`, from cron, makes those that are missing and lets go of the old ones. Locks nothing.
 * https://www.postgresql.org/docs/current/ddl-partitioning.html
 */
export const keepPartitions: Operation<'keepPartitions', KeepPartitions> = operation('keepPartitions', {
  title: (fields) => `keep the ${fields.every} partitions of ${fields.table}`,
  steps: () => [],
  inverse: ({ schema, table, ...was }) => [releasePartitions({ ...inSchema({ schema }), table, was })],
  loses: ({ table, keep, then, every }) =>
    then === 'drop' && keep !== undefined
      ? [
          `rows of ${table} that are older than ${keep} ${every}s, whenever "limbeck partitions run" finds them`,
        ]
      : [],
  locks: () => [],
  upkeep: ({ schema, table, ...rule }) => ({ ...inSchema({ schema }), table, rule }),
  examples: [
    {
      given: 'CREATE TABLE events (at timestamptz NOT NULL) PARTITION BY RANGE (at)',
      fields: { table: 'events', every: 'month', ahead: 3, keep: 12, then: 'drop' },
    },
    { fields: { schema: 'app', table: 'Read "ings"', every: 'day', ahead: 7 } },
  ],
})

/** Ends what `keepPartitions` says; the partitions that there are stay. Locks nothing. */
export const releasePartitions: Operation<'releasePartitions', ReleasePartitions> = operation(
  'releasePartitions',
  {
    title: (fields) => `keep the partitions of ${fields.table} no longer`,
    steps: () => [],
    inverse: ({ was, ...table }) =>
      was === undefined
        ? unknownBefore(`the upkeep of ${table.table}`, 'releasePartitions')
        : [keepPartitions({ ...table, ...was })],
    locks: () => [],
    upkeep: ({ schema, table }) => ({ ...inSchema({ schema }), table, rule: null }),
    examples: [{ fields: { table: 'events', was: { every: 'month', ahead: 3, keep: 12, then: 'detach' } } }],
  },
)
