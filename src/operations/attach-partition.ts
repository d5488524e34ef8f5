import { derivedName, quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import {
  needsOf,
  type Operation,
  operation,
  type Step,
  statement,
  undoneBy,
  unknownBefore,
} from './operation.ts'
import { boundClause, type PartitionBound } from './partition-bound.ts'
import { detachProcedure } from './partition-detach.ts'
import { inSchema, lockOn, type TableReference, tableName } from './relation.ts'

/** `table` is the partitioned table. */
export type AttachPartition = TableReference & {
  readonly partition: TableReference
  readonly bound: PartitionBound
  /**
   * A condition from which PostgreSQL can tell that every row is within the bound, NOT NULL of the key included:
   * op.sql`at IS NOT NULL AND at >= '2026-01-01' AND at < '2027-01-01'`. It is validated as a check while the partition
   * is read and written, and then no scan under AccessExclusive is needed; the check is dropped again.
   */
  readonly proof?: Sql
}

export type DetachPartition = TableReference & {
  readonly partition: TableReference
  /** Lets the partitioned table be read and written meanwhile, in a stage of its own; from PostgreSQL 14 on. */
  readonly concurrently?: boolean
  /** Which rows it held, so that it can be attached again. */
  readonly was?: { readonly bound: PartitionBound }
}

/**
 * Makes a table a partition of another. Takes ShareUpdateExclusive on the partitioned table, and AccessExclusive on the
 * new partition and on the default partition if there is one: each of these is scanned, unless a check proves that
 * no row is in the wrong place (`proof`). What the partition lacks of indexes and foreign keys is made, and stays
 * when it is detached.
 * https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ATTACH-PARTITION
 */
export const attachPartition: Operation<'attachPartition', AttachPartition> = operation('attachPartition', {
  title: (fields) => `attach partition ${fields.partition.table} to ${fields.table}`,
  steps(fields) {
    const attach = statement(
      `ALTER TABLE ${tableName(fields)} ATTACH PARTITION ${tableName(fields.partition)} ${boundClause(fields.bound)}`,
    )
    return fields.proof === undefined ? [attach] : proven(fields.partition, fields.proof, attach)
  },
  inverse: ({ schema, table, partition, bound }) => [
    detachPartition({ ...inSchema({ schema }), table, partition, was: { bound } }),
  ],
  warns: ({ partition, proof }) =>
    proof === undefined
      ? [`${partition.table} is scanned, and closed to readers meanwhile: give a proof if it has many rows`]
      : [],
  locks: (fields) => [lockOn(fields, 'ShareUpdateExclusive'), lockOn(fields.partition, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);
        CREATE TABLE events_2026 (at date NOT NULL)`,
      fields: {
        table: 'events',
        partition: { table: 'events_2026' },
        bound: { from: ['2026-01-01'], to: ['2027-01-01'] },
        proof: { sql: ["at >= '2026-01-01' AND at < '2027-01-01'"], values: [] },
      },
    },
    {
      given: `CREATE SCHEMA app; CREATE TABLE users (country text) PARTITION BY LIST (country);
        CREATE TABLE app."Benelux" (country text)`,
      fields: {
        table: 'users',
        partition: { schema: 'app', table: 'Benelux' },
        bound: { in: ['be', 'nl', 'lu'] },
      },
    },
    {
      given: `CREATE TABLE users (country text) PARTITION BY LIST (country);
        CREATE TABLE users_rest (country text); CREATE TABLE users_de (country text);
        ALTER TABLE users ATTACH PARTITION users_rest DEFAULT`,
      fields: { table: 'users', partition: { table: 'users_de' }, bound: { in: ['de'] } },
      locks: [
        { table: 'users', mode: 'ShareUpdateExclusive' },
        { table: 'users_de', mode: 'AccessExclusive' },
        { table: 'users_rest', mode: 'AccessExclusive' },
      ],
    },
  ],
})

/**
 * Makes a partition a table of its own again. Takes AccessExclusive on both (PostgreSQL 13: ShareUpdateExclusive on the
 * partition); with `concurrently`, ShareUpdateExclusive
 * on the partitioned table, after waiting for the queries that use it, and AccessExclusive on the partition. One that
 * was interrupted is brought to its end (FINALIZE). PostgreSQL refuses `concurrently` while there is a default
 * partition, and leaves a check of the bound on the table.
 * https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DETACH-PARTITION
 */
export const detachPartition: Operation<'detachPartition', DetachPartition> = operation('detachPartition', {
  title: (fields) => `detach partition ${fields.partition.table} from ${fields.table}`,
  steps: (fields) =>
    fields.concurrently === true
      ? [detachProcedure(fields)]
      : [statement(`ALTER TABLE ${tableName(fields)} DETACH PARTITION ${tableName(fields.partition)}`)],
  inverse({ schema, table, partition, was }) {
    if (was === undefined) return unknownBefore(`the bound of ${partition.table}`, 'detachPartition')
    return [attachPartition({ ...inSchema({ schema }), table, partition, bound: was.bound })]
  },
  needs: (fields) => needsOf([fields.concurrently, 'DETACH PARTITION CONCURRENTLY', 14]),
  phase: () => 'contract',
  locks: (fields) => [
    lockOn(fields, fields.concurrently === true ? 'ShareUpdateExclusive' : 'AccessExclusive'),
    lockOn(fields.partition, 'AccessExclusive'),
  ],
  examples: [
    {
      given: `CREATE TABLE events (at date) PARTITION BY RANGE (at);
        CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`,
      fields: {
        table: 'events',
        partition: { table: 'events_2026' },
        was: { bound: { from: ['2026-01-01'], to: ['2027-01-01'] } },
      },
      // PostgreSQL 13 takes no more than ShareUpdateExclusive on the partition.
      since: 14,
    },
    {
      given: `CREATE TABLE events (at date) PARTITION BY RANGE (at);
        CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`,
      fields: {
        table: 'events',
        partition: { table: 'events_2026' },
        concurrently: true,
        was: { bound: { from: ['2026-01-01'], to: ['2027-01-01'] } },
      },
      leaves: 'the check of the bound, which lets it be attached again without a scan',
    },
  ],
})

function proven(partition: TableReference, proof: Sql, attach: Step): readonly Step[] {
  const alter = `ALTER TABLE ${tableName(partition)}`
  const check = quoteIdentifier(derivedName(partition.table, 'bound_proof'))
  const drop = statement(`${alter} DROP CONSTRAINT ${check}`)
  return [
    ...undoneBy(
      [drop],
      [
        statement(
          `${alter} ADD CONSTRAINT ${check} CHECK (${inlineSql(proof)}) NOT VALID`,
          'own',
          'not valid yet',
        ),
        statement(`${alter} VALIDATE CONSTRAINT ${check}`, 'own', 'validate'),
      ],
    ),
    attach,
    drop,
  ]
}
