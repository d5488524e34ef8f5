import {
  type Lock,
  type LockMode,
  type Operation,
  operation,
  type Procedure,
  type Server,
  type Step,
  statement,
} from './operation.ts'
import {
  dropCopy,
  dropKept,
  exchangeCopy,
  prepareCopy,
  returnCopy,
  unpartitioned,
} from './partition-copy-course.ts'
import { partitionGuard, refusePartitioned } from './partition-table-course.ts'
import type { Partitioning } from './partitioned-shadow.ts'
import { phaseOfTable } from './phase.ts'
import { lockOn } from './relation.ts'
import { copyRows } from './table-mirror.ts'

/** A table that is to be partitioned by time, its rows with it. */
export type PartitionedCopy = Partitioning

export type CopyIntoPartitions = PartitionedCopy & {
  /** Keeps the table as it was, as `events_unpartitioned`, fed from the partitioned one, so that there is a way back; until `dropUnpartitioned`. */
  readonly keep?: true
}
export type ReturnFromPartitions = PartitionedCopy
export type DropUnpartitioned = PartitionedCopy

const given = `CREATE TABLE users (id int PRIMARY KEY);
  CREATE TABLE events (id bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), author int REFERENCES users, note text);
  CREATE INDEX events_author_idx ON events (author);
  INSERT INTO users VALUES (1); INSERT INTO events (at, author) VALUES ('2026-10-15', 1)`

/** What `copyIntoPartitions` leaves where it keeps the table, as far as the examples need it. */
const kept = `CREATE TABLE events (id bigint, at timestamptz, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
  CREATE TABLE events_unpartitioned (id bigint CONSTRAINT events_unpartitioned_events_pkey PRIMARY KEY, at timestamptz NOT NULL);
  CREATE FUNCTION limbeck_mirror_events_events_unpartitioned() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
  CREATE TRIGGER zz_limbeck_mirror_events_events_unpartitioned AFTER INSERT OR UPDATE OR DELETE ON events
    FOR EACH ROW EXECUTE FUNCTION limbeck_mirror_events_events_unpartitioned();
  CREATE TRIGGER zz_limbeck_mirror_events_events_unpartitioned_columns AFTER UPDATE OF id, at ON events
    FOR EACH STATEMENT WHEN (false) EXECUTE FUNCTION limbeck_mirror_events_events_unpartitioned()`

const monthly: PartitionedCopy = {
  table: 'events',
  by: 'at',
  every: 'month',
  from: '2026-10-01',
  to: '2026-12-01',
  default: true,
}

/**
 * Makes a partitioned table of one that is in use, with its old rows in partitions of their own too: they are copied in
 * batches into a partitioned table beside it, which a trigger keeps in step, compared, and one short transaction exchanges
 * the names. What comes along and what stands in the way is as with `partitionTable`, which copies no row; the table
 * needs a primary key, which has the partition's column too from then on, and room for a second copy.
 * https://www.postgresql.org/docs/current/ddl-partitioning.html
 */
export const copyIntoPartitions: Operation<'copyIntoPartitions', CopyIntoPartitions> = operation(
  'copyIntoPartitions',
  {
    title: (fields) => `copy ${fields.table} into partitions by ${fields.every} of ${fields.by}`,
    steps: (fields, server) => [
      prepare(fields, server),
      copyRows(unpartitioned(fields).forward),
      {
        run: 'procedure',
        title: `exchange ${fields.table} for its partitioned copy`,
        preview: [
          `-- refused while a row of ${fields.table} is not in its copy`,
          `-- in one transaction: the copy is called ${fields.table}, with all that hangs on it`,
        ],
        offline,
        steps: () => exchangeCopy(fields, fields.keep === true),
        undo: [
          {
            run: 'procedure',
            title: `look whether ${fields.table} is exchanged`,
            preview: [`-- refused where ${fields.table} is the partitioned table already`],
            guard: () => refusePartitioned(fields),
            *steps() {},
          },
        ],
      },
    ],
    inverse: ({ keep, ...fields }) =>
      keep === true
        ? [returnFromPartitions(fields)]
        : {
            irreversible: `The table that ${fields.table} was is gone. With "keep" it is fed for a time, and there is a way back.`,
          },
    stays: (fields) => [`${fields.by} of ${fields.table} stays NOT NULL`],
    warns: (fields) => [
      `in ${fields.table} only the primary key together with ${fields.by} is unique, and ON CONFLICT with the key alone fails from then on`,
    ],
    phase: phaseOfTable,
    locks: (fields) => [lockOn(fields, 'AccessExclusive')],
    examples: [
      { given, fields: monthly, locks: bothTables('AccessExclusive') },
      { given, fields: { ...monthly, keep: true }, locks: bothTables('ShareRowExclusive') },
    ],
  },
)

/**
 * Takes a `copyIntoPartitions` back that has kept the table: in one short transaction it has its name again, with every
 * row that was written meanwhile. https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const returnFromPartitions: Operation<'returnFromPartitions', ReturnFromPartitions> = operation(
  'returnFromPartitions',
  {
    title: (fields) => `return ${fields.table} from its partitions`,
    steps: (fields) => [
      {
        run: 'procedure',
        title: `return ${fields.table} from its partitions`,
        preview: [
          `-- in one transaction: ${unpartitioned(fields).kept} is called ${fields.table}, and the partitioned table is dropped`,
        ],
        offline,
        steps: () => returnCopy(fields),
      },
    ],
    inverse: (fields) => [copyIntoPartitions({ ...fields, keep: true })],
    phase: phaseOfTable,
    locks,
    examples: [
      {
        given: kept,
        fields: monthly,
        leaves: 'The partitioned table is the one that Limbeck makes.',
      },
    ],
  },
)

/**
 * Drops the table that `copyIntoPartitions` has kept, and the trigger that feeds it.
 * https://www.postgresql.org/docs/current/sql-droptable.html
 */
export const dropUnpartitioned: Operation<'dropUnpartitioned', DropUnpartitioned> = operation(
  'dropUnpartitioned',
  {
    title: (fields) => `drop ${unpartitioned(fields).kept}`,
    steps: (fields): readonly Step[] => dropKept(fields).map((text) => statement(text)),
    inverse: (fields) => ({
      irreversible: `The table ${unpartitioned(fields).kept} is gone.`,
    }),
    phase: () => 'contract',
    locks,
    examples: [
      {
        given: kept,
        fields: monthly,
      },
    ],
  },
)

const offline = { refused: 'what the table has is known to the database alone.' }

function prepare(fields: CopyIntoPartitions, server: Server): Procedure {
  return {
    run: 'procedure',
    title: `prepare the partitioned copy of ${fields.table}`,
    preview: [
      `-- ${fields.by} NOT NULL, by a check that is validated`,
      `-- a partitioned table beside ${fields.table}, with partitions from ${fields.from} to ${fields.to}`,
      `-- a trigger by which each write to ${fields.table} is done there too`,
    ],
    offline,
    guard: () => partitionGuard(fields),
    steps: () => prepareCopy(fields, server),
    undo: [
      {
        run: 'procedure',
        title: `drop the partitioned copy of ${fields.table}`,
        preview: [`-- in one transaction: the trigger and the copy, with its partitions`],
        steps: () => dropCopy(fields),
      },
    ],
  }
}

function locks(fields: PartitionedCopy): readonly Lock[] {
  return [
    lockOn(fields, 'AccessExclusive'),
    lockOn({ ...fields, table: unpartitioned(fields).kept }, 'AccessExclusive'),
  ]
}

/** A table that it refers to is locked for the moment in which the foreign key is made, or dropped. */
function bothTables(mode: LockMode): readonly Lock[] {
  return [
    { table: 'events', mode: 'AccessExclusive' },
    { table: 'users', mode },
  ]
}
