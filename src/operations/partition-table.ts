import { type Operation, operation } from './operation.ts'
import type { TimePartitions } from './partition.ts'
import {
  dropPreparation,
  partitionCourse,
  partitionGuard,
  refusePartitioned,
  restName,
} from './partition-table-course.ts'
import { phaseOfTable } from './phase.ts'
import { lockOn } from './relation.ts'

export type PartitionTable = Omit<TimePartitions, 'from' | 'to'> & {
  /** The column by which the table is partitioned: a date or a timestamp. */
  readonly by: string
  /** Where the first new partition begins, as in createPartitions: later than every row that is there or comes until the change is done. */
  readonly from: string
  readonly to: string
  /** What the table that is there is called as the partition of all that is older. Default: `events_before_2027_01_01`. */
  readonly rest?: string
}

/**
 * Makes a partitioned table of one that is in use, without copying a row: the table becomes the partition of all that is
 * older than `from`, and a new partitioned table takes its name. A check proves that nothing is newer, the column is
 * added to the primary key by an index that is built concurrently, and one short transaction exchanges the names and
 * attaches. Indexes, foreign keys, checks, default, sequence or identity, triggers, policies, privileges, and the views on it
 * come along; a table that it refers to is locked for the same moment. A foreign key to the table, a unique index without the column, and a publication stand in the way, and are named.
 * https://www.postgresql.org/docs/current/ddl-partitioning.html
 */
export const partitionTable: Operation<'partitionTable', PartitionTable> = operation('partitionTable', {
  title: (fields) => `partition table ${fields.table} by ${fields.every} of ${fields.by}`,
  steps: (fields, server) => [
    {
      run: 'procedure',
      title: partitionTable.definition.title(fields),
      preview: [
        `-- ${fields.by} NOT NULL, and before ${fields.from}: NOT VALID, then validated`,
        `-- CREATE UNIQUE INDEX CONCURRENTLY … for the primary key with ${fields.by}`,
        `-- a partitioned table with partitions from ${fields.from} to ${fields.to}`,
        `-- in one transaction: it is called ${fields.table}, and the table that was, ${restName(fields)}, is attached`,
      ],
      offline: { refused: 'what the table has is known to the database alone.' },
      guard: () => partitionGuard(fields),
      steps: () => partitionCourse(fields, server),
      undo: [
        {
          run: 'procedure',
          title: `drop what was made to partition ${fields.table}`,
          preview: [`-- the partitioned table, the checks, and the index of the key`],
          guard: () => refusePartitioned(fields),
          steps: () => dropPreparation(fields),
        },
      ],
    },
  ],
  inverse: (fields) => ({
    irreversible: `The rows of ${fields.table} lie in several tables from then on. Detach ${restName(fields)}, move the newer rows there, and give it the name back with SQL of your own.`,
  }),
  warns: (fields) => [
    `in ${fields.table} only the primary key together with ${fields.by} is unique, and ON CONFLICT with the key alone fails from then on`,
  ],
  phase: phaseOfTable,
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id int PRIMARY KEY);
        CREATE TABLE events (id bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), author int REFERENCES users, note text);
        CREATE INDEX events_author_idx ON events (author);
        INSERT INTO users VALUES (1); INSERT INTO events (at, author) VALUES ('2026-05-01', 1)`,
      fields: { table: 'events', by: 'at', every: 'month', from: '2040-01-01', to: '2040-03-01' },
      locks: [
        { table: 'events', mode: 'AccessExclusive' },
        { table: 'users', mode: 'AccessExclusive' },
      ],
    },
  ],
})
