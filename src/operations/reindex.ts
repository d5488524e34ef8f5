import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { type Course, needsOf, type Operation, operation, type Procedure, statement } from './operation.ts'
import { inSchema, lockOn } from './relation.ts'

/** One index; all of a table or materialized view; or, where only the schema is named, all of its tables. */
export type ReindexTarget =
  | { readonly schema?: string; readonly index: string; readonly table?: never }
  | { readonly schema?: string; readonly table: string; readonly index?: never }
  | { readonly schema: string; readonly index?: never; readonly table?: never }

export type Reindex = ReindexTarget & {
  /** Builds them while the tables are read and written, in a stage of its own. */
  readonly concurrently?: boolean
  /** Where they are stored from now on, from PostgreSQL 14 on; `pg_default` is a tablespace too. */
  readonly tablespace?: string
}

/**
 * Builds indexes anew: bloated ones, or those of text after a new version of a collation. Plain, it takes Share on the
 * table, so that writers wait, and AccessExclusive on the index, so that queries that plan with it wait too; what is
 * partitioned, PostgreSQL refuses in a transaction. With `concurrently` nobody waits (ShareUpdateExclusive), what is
 * partitioned is done part by part, and what an interrupted one left behind, invalid indexes named `_ccnew` and `_ccold`,
 * is dropped first. Undoing it does nothing: the indexes are what they were.
 * https://www.postgresql.org/docs/current/sql-reindex.html
 */
export const reindex: Operation<'reindex', Reindex> = operation('reindex', {
  title: (fields) => `reindex ${describe(fields)}`,
  steps(fields) {
    if (fields.concurrently === true) return [concurrentProcedure(fields)]
    return [isWholeSchema(fields) ? schemaProcedure(fields) : statement(reindexSql(fields), 'own')]
  },
  inverse: (fields) =>
    fields.tablespace === undefined
      ? []
      : { irreversible: `Nothing says in which tablespaces the indexes of ${describe(fields)} were.` },
  needs: (fields) => needsOf([fields.tablespace, 'TABLESPACE in REINDEX', 14]),
  warns: (fields) =>
    fields.concurrently === true
      ? []
      : [`writers wait while ${describe(fields)} is built anew: say concurrently`],
  locks({ schema, table, concurrently }) {
    if (table === undefined) return []
    return [
      lockOn({ ...inSchema({ schema }), table }, concurrently === true ? 'ShareUpdateExclusive' : 'Share'),
    ]
  },
  examples: [
    {
      given: 'CREATE TABLE users (email text); CREATE INDEX users_email_idx ON users (email)',
      fields: { index: 'users_email_idx', concurrently: true },
      locks: [{ table: 'users', mode: 'ShareUpdateExclusive' }],
    },
    {
      given: 'CREATE TABLE users (email text); CREATE INDEX users_email_idx ON users (email)',
      fields: { index: 'users_email_idx' },
      locks: [{ table: 'users', mode: 'Share' }],
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE TABLE "My App"."Users" (id int PRIMARY KEY, email text);
        CREATE INDEX "Users by email" ON "My App"."Users" (email)`,
      fields: { schema: 'My App', table: 'Users', concurrently: true, tablespace: 'pg_default' },
    },
    {
      given: 'CREATE TABLE users (id int PRIMARY KEY, email text)',
      fields: { table: 'users', tablespace: 'pg_default' },
    },
    {
      given: `CREATE TABLE events (id int, at date) PARTITION BY RANGE (at); CREATE INDEX events_id_idx ON events (id);
        CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`,
      fields: { table: 'events', concurrently: true },
      locks: [{ table: 'events_2026', mode: 'ShareUpdateExclusive' }],
    },
    {
      given: 'CREATE SCHEMA "My App"; CREATE TABLE "My App"."Users" (id int PRIMARY KEY)',
      fields: { schema: 'My App', concurrently: true },
      locks: [{ schema: 'My App', table: 'Users', mode: 'ShareUpdateExclusive' }],
    },
    {
      given: 'CREATE SCHEMA "My App"; CREATE TABLE "My App"."Users" (id int PRIMARY KEY)',
      fields: { schema: 'My App' },
      locks: [{ schema: 'My App', table: 'Users', mode: 'Share' }],
    },
  ],
})

/** REINDEX SCHEMA commits after each table. */
function schemaProcedure(fields: Reindex): Procedure {
  const whole = reindexSql(fields)
  return {
    run: 'procedure',
    title: `reindex ${describe(fields)}`,
    preview: [whole],
    *steps() {
      yield whole
    },
  }
}

function concurrentProcedure(fields: Reindex): Procedure {
  const drop = 'DROP INDEX CONCURRENTLY'
  const whole = reindexSql(fields)
  const each = (head: string, names: string) => ({
    each: `SELECT ${quoteLiteral(`${head} `)} || name FROM (${names}) found`,
  })
  return {
    run: 'procedure',
    title: `reindex ${describe(fields)}`,
    preview: [whole],
    offline: [
      each(drop, leftovers(fields)),
      isWholeSchema(fields) ? whole : each(reindexWords(fields), parts(fields)),
    ],
    *steps() {
      for (const { name } of yield leftovers(fields)) yield { patiently: `${drop} ${String(name)}` }
      if (isWholeSchema(fields)) yield { patiently: whole }
      else yield* reindexParts(fields)
    },
    undo: [
      {
        run: 'procedure',
        title: `drop what an interrupted reindex of ${describe(fields)} has left`,
        preview: [`${drop} …_ccnew`],
        *steps() {
          for (const { name } of yield leftovers(fields)) yield { patiently: `${drop} ${String(name)}` }
        },
      },
    ],
  }
}

function* reindexParts(fields: Reindex): Course {
  for (const { name } of yield parts(fields)) {
    yield { patiently: `${reindexWords(fields)} ${String(name)}` }
  }
}

function isWholeSchema({ index, table }: ReindexTarget): boolean {
  return index === undefined && table === undefined
}

function reindexSql(fields: Reindex): string {
  return `${reindexWords(fields)} ${target(fields)}`
}

/** All of it but the name. */
function reindexWords({ index, table, tablespace, concurrently }: Reindex): string {
  return clauses(
    'REINDEX',
    tablespace !== undefined && `(TABLESPACE ${quoteIdentifier(tablespace)})`,
    index !== undefined ? 'INDEX' : table !== undefined ? 'TABLE' : 'SCHEMA',
    concurrently === true && 'CONCURRENTLY',
  )
}

function target({ schema, index, table }: ReindexTarget): string {
  const name = index ?? table
  return name === undefined ? quoteIdentifier(schema ?? '') : qualifiedName({ schema, name })
}

function describe({ schema, index, table }: ReindexTarget): string {
  return index ?? table ?? `schema ${schema}`
}

/** The index or table itself, or the parts of a partitioned one, which PostgreSQL 13 would pass over without an error. */
function parts(fields: ReindexTarget): string {
  const whole = `${quoteLiteral(target(fields))}::regclass`
  return `SELECT oid::regclass::text AS name FROM pg_class WHERE relkind IN ('r', 'm', 'i')
  AND (oid = ${whole} OR oid IN (SELECT relid FROM pg_partition_tree(${whole}))) ORDER BY name`
}

/** The indexes that an interrupted REINDEX CONCURRENTLY has left on these tables and on what they keep beside their rows. */
function leftovers(fields: ReindexTarget): string {
  return `WITH concerned AS (SELECT c.oid, reltoastrelid FROM pg_class c WHERE ${concerned(fields)})
SELECT indexrelid::regclass::text AS name FROM pg_index JOIN pg_class i ON i.oid = indexrelid
WHERE NOT indisvalid AND i.relkind = 'i' AND i.relname ~ '_cc(new|old)[0-9]*$'
  AND indrelid IN (SELECT oid FROM concerned UNION ALL SELECT reltoastrelid FROM concerned) ORDER BY name`
}

function concerned(fields: ReindexTarget): string {
  if (isWholeSchema(fields)) return `relnamespace = ${quoteLiteral(target(fields))}::regnamespace`
  const whole = `${quoteLiteral(target(fields))}::regclass`
  const own = `SELECT ${whole}::oid UNION SELECT relid FROM pg_partition_tree(${whole})`
  if (fields.index === undefined) return `c.oid IN (${own})`
  return `c.oid IN (SELECT indrelid FROM pg_index WHERE indexrelid IN (${own}))`
}
