import { derivedName, qualifiedName } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { type Operation, operation, type Server, statement } from './operation.ts'
import {
  boundary,
  InvalidPartitionBounds,
  intervalAfter,
  type PartitionInterval,
  suffix,
} from './partition-interval.ts'
import { inSchema, lockOn, regclass, type TableReference, tableName } from './relation.ts'

/** Partitions of a table that is partitioned by range over one date or timestamp. */
export type TimePartitions = TableReference & {
  readonly every: PartitionInterval
  /** The first partition's lower bound: an ISO date, the first day of an interval, midnight in UTC. */
  readonly from: string
  /** The last partition's upper bound, which it does not hold itself. */
  readonly to: string
  /** Adds a partition for rows that fit in no other. Each later partition has to scan it. */
  readonly default?: boolean
}

/**
 * Creates partitions by day, week (from Monday), month, quarter or year, with bounds in UTC whatever the session's
 * time zone is, each made as a table of its own and attached: that takes ShareUpdateExclusive on the parent, where
 * CREATE TABLE … PARTITION OF would take AccessExclusive.
 * https://www.postgresql.org/docs/current/ddl-partitioning.html
 */
export const createPartitions: Operation<'createPartitions', TimePartitions> = operation('createPartitions', {
  title: (fields) =>
    `create ${fields.every} partitions of ${fields.table} from ${fields.from} to ${fields.to}`,
  steps(fields, server) {
    return timePartitions(fields).flatMap((partition) => {
      const name = qualifiedName(partition)
      return [
        statement(`CREATE TABLE ${name} (LIKE ${tableName(fields)} ${likeOptions(server)})`),
        statement(`ALTER TABLE ${tableName(fields)} ATTACH PARTITION ${name} ${partition.bound}`),
      ]
    })
  },
  inverse: (fields) => [dropPartitions(fields)],
  locks: (fields) => [lockOn(fields, 'ShareUpdateExclusive')],
  examples: [
    {
      given: 'CREATE TABLE events (at timestamptz NOT NULL) PARTITION BY RANGE (at)',
      fields: { table: 'events', every: 'month', from: '2026-11-01', to: '2027-02-01', default: true },
    },
    {
      given: 'CREATE TABLE readings (on_day date NOT NULL) PARTITION BY RANGE (on_day)',
      fields: { table: 'readings', every: 'week', from: '2026-11-02', to: '2026-11-16' },
    },
    {
      given: `CREATE TABLE users (id bigint PRIMARY KEY);
        CREATE TABLE events (at timestamp NOT NULL DEFAULT now(), user_id bigint REFERENCES users, CHECK (user_id > 0), PRIMARY KEY (at, user_id))
          PARTITION BY RANGE (at);
        CREATE INDEX events_user_id_idx ON events (user_id)`,
      fields: { table: 'events', every: 'day', from: '2028-02-28', to: '2028-03-02' },
      locks: [
        { table: 'events', mode: 'ShareUpdateExclusive' },
        { table: 'users', mode: 'ShareRowExclusive' },
      ],
    },
    {
      given: 'CREATE TABLE events (at timestamptz NOT NULL) PARTITION BY RANGE (at)',
      fields: { table: 'events', every: 'year', from: '2026-01-01', to: '2028-01-01' },
    },
  ],
})

/**
 * Drops the partitions that `createPartitions` with the same fields makes, those of them that are still attached: what
 * retention has dropped already is no error, and a table that was detached to be kept is left alone.
 * https://www.postgresql.org/docs/current/ddl-partitioning.html
 */
export const dropPartitions: Operation<'dropPartitions', TimePartitions> = operation('dropPartitions', {
  title: (fields) => `drop ${fields.every} partitions of ${fields.table} from ${fields.from} to ${fields.to}`,
  steps: (fields) =>
    timePartitions(fields)
      .toReversed()
      .map((partition) => statement(dropIfAttached(fields, partition))),
  inverse: (fields) => [createPartitions(fields)],
  loses: (fields) => [
    `every row of ${fields.table} from ${fields.from} to ${fields.to}${fields.default ? ', and in its default partition' : ''}`,
  ],
  phase: () => 'contract',
  locks: (fields) => [
    lockOn(fields, 'AccessExclusive'),
    ...timePartitions(fields).map((partition) =>
      lockOn({ ...inSchema(partition), table: partition.name }, 'AccessExclusive'),
    ),
  ],
  examples: [
    {
      given: `CREATE TABLE events (at timestamptz NOT NULL) PARTITION BY RANGE (at);
        CREATE TABLE events_2026_q4 PARTITION OF events FOR VALUES FROM ('2026-10-01Z') TO ('2027-01-01Z')`,
      fields: { table: 'events', every: 'quarter', from: '2026-10-01', to: '2027-01-01' },
    },
    {
      given: `CREATE TABLE events (at timestamptz NOT NULL) PARTITION BY RANGE (at);
        CREATE TABLE events_2026_12 PARTITION OF events FOR VALUES FROM ('2026-12-01Z') TO ('2027-01-01Z');
        CREATE TABLE events_default PARTITION OF events DEFAULT`,
      fields: { table: 'events', every: 'month', from: '2026-10-01', to: '2027-01-01', default: true },
      locks: [
        { table: 'events', mode: 'AccessExclusive' },
        { table: 'events_2026_12', mode: 'AccessExclusive' },
        { table: 'events_default', mode: 'AccessExclusive' },
      ],
      leaves: 'a partition that was gone is not made again by hand',
    },
  ],
})

/** A partition by its name and its bound. */
export type Partition = { readonly schema?: string; readonly name: string; readonly bound: string }

/** The partitions, in the order in which they are attached. */
export function timePartitions(fields: TimePartitions): readonly Partition[] {
  const made: Partition[] = []
  const end = boundary(fields.to, fields.every)
  let lower = boundary(fields.from, fields.every)
  if (lower >= end) {
    throw new InvalidPartitionBounds(
      fields.to,
      `is not after ${fields.from}`,
      'Give a "to" that is later than "from".',
    )
  }
  while (lower < end) {
    const upper = intervalAfter(lower, fields.every, 1)
    made.push({
      ...inSchema(fields),
      name: derivedName(fields.table, suffix(lower, fields.every)),
      bound: `FOR VALUES FROM (${quoteLiteral(utc(lower))}) TO (${quoteLiteral(utc(upper))})`,
    })
    lower = upper
  }
  // Last, while nothing can be in it: each partition that is attached later makes PostgreSQL scan the default one.
  if (fields.default === true)
    made.push({ ...inSchema(fields), name: derivedName(fields.table, 'default'), bound: 'DEFAULT' })
  return made
}

/** With its offset, so that the session's TimeZone has no say; a date or a timestamp key ignores the offset. */
export function utc(date: Date): string {
  return `${date.toISOString().slice(0, 10)} 00:00:00+00`
}

/** What a partition has to share with its parent to be attached. Indexes and foreign keys come with the attachment. */
export function likeOptions(server: Server): string {
  const options = 'INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE'
  return server.major >= 14 ? `${options} INCLUDING COMPRESSION` : options
}

function dropIfAttached(parent: TableReference, partition: Partition): string {
  const name = qualifiedName(partition)
  return doBlock(`
BEGIN
  IF EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass(${quoteLiteral(name)})
    AND inhparent = ${regclass({ ...parent, name: parent.table })})
  THEN
    DROP TABLE ${name};
  END IF;
END`)
}
