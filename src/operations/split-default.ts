import { derivedName } from '../sql/identifier.ts'
import { type Operation, operation } from './operation.ts'
import type { TimePartitions } from './partition.ts'
import { inSchema, lockOn } from './relation.ts'
import { dropSplit, prepareSplit, refuseSwapped, splitMirror, swapSplit } from './split-default-course.ts'
import { copyRows } from './table-mirror.ts'

export type SplitDefaultPartition = Omit<TimePartitions, 'default'> & {
  /** The default partition. Default: `events_default`, as createPartitions calls it. */
  readonly partition?: string
}

/**
 * Makes partitions for a time whose rows lie in the default partition, under traffic: PostgreSQL itself makes no partition while the
 * default one holds rows of it. The default partition's rows are copied, in batches, into new partitions and a new default
 * one, which a trigger keeps in step; checks prove where their rows belong, so that the short transaction that exchanges them looks at
 * no row. Then the old default partition is gone. Its table needs a primary key; a generated column and a foreign key that
 * refers to the partitioned table stand in the way, and are named.
 * https://www.postgresql.org/docs/current/ddl-partitioning.html
 */
export const splitDefaultPartition: Operation<'splitDefaultPartition', SplitDefaultPartition> = operation(
  'splitDefaultPartition',
  {
    title: (fields) =>
      `split the default partition of ${fields.table} by ${fields.every} from ${fields.from} to ${fields.to}`,
    steps: (fields) => {
      const split = { ...fields, partition: partitionOf(fields) }
      const offline = { refused: 'what the table has is known to the database alone.' }
      return [
        {
          run: 'procedure',
          title: `prepare the partitions of ${fields.table}`,
          preview: [
            `-- a partitioned table beside ${fields.table}, with partitions from ${fields.from} to ${fields.to} and a default one`,
            `-- a trigger by which each write to ${split.partition} is done there too`,
          ],
          offline,
          steps: () => prepareSplit(split),
          undo: [
            {
              run: 'procedure',
              title: `drop the copy of ${split.partition}`,
              preview: [`-- in one transaction: the trigger and the copy, with its partitions`],
              steps: () => dropSplit(split),
            },
          ],
        },
        copyRows(splitMirror(split)),
        {
          run: 'procedure',
          title: `exchange the default partition of ${fields.table}`,
          preview: [
            `-- refused while a row of ${split.partition} is not in its copy`,
            `-- in one transaction: ${split.partition} is detached and dropped, and the new partitions are attached`,
          ],
          offline,
          steps: () => swapSplit(split),
          undo: [
            {
              run: 'procedure',
              title: `look whether ${split.partition} is exchanged`,
              preview: [`-- refused where the new partitions are attached already`],
              guard: () => refuseSwapped(split),
              *steps() {},
            },
          ],
        },
      ]
    },
    inverse: (fields) => ({
      irreversible: `The rows of ${partitionOf(fields)} lie in partitions of their own from then on, where they belong.`,
    }),
    locks: (fields) => [
      lockOn(fields, 'AccessExclusive'),
      lockOn({ ...inSchema(fields), table: partitionOf(fields) }, 'AccessExclusive'),
    ],
    examples: [
      {
        given: `CREATE TABLE events (id bigint, at timestamptz, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
          CREATE TABLE events_default PARTITION OF events DEFAULT; INSERT INTO events VALUES (1, '2026-12-24'), (2, '2020-02-29')`,
        fields: { table: 'events', every: 'month', from: '2026-12-01', to: '2027-02-01' },
      },
    ],
  },
)

function partitionOf({ partition, table }: SplitDefaultPartition): string {
  return partition ?? derivedName(table, 'default')
}
