import { literal } from '../sql/literal.ts'
import { inlineSql, isSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import type { BackfillWork, BatchTransaction, ConflictRule, Process, Transform } from './backfill-plan.ts'
import { type Operation, operation } from './operation.ts'
import { inSchema, lockOn, type TableReference } from './relation.ts'

export type Backfill = TableReference & {
  /** Only rows for which this holds are touched; say it, and a row that is right already costs nothing. */
  readonly where?: Sql
  /**
   * How many sessions share the work of a large table. Default: 2 for a transform, of which one can write while the other's
   * rows are made; 1 for a `set`, and where a conflict is skipped, so that the first row in the key's order wins.
   */
  readonly sessions?: number
  /**
   * How many rows that cannot be done (a value that does not fit, a transform that throws) may be set aside in
   * `limbeck.backfill_failure`, with the error, before the run stops. Default: 0, the first one stops it.
   */
  readonly failedRows?: number
  /**
   * The revision is recorded without waiting for it, and goes on; `limbeck backfill run` finishes it, outside of the deploy. What
   * needs it is refused until then. Where something later in the same run needs it, it is done in its place.
   */
  readonly detach?: boolean
} & (
    | {
        /** New values: plain ones, or expressions over the row. */
        readonly set: { readonly [column: string]: Value | Sql }
        /** What undoes it, where that can be said: new values again. Left out, undoing the revision leaves the values as they are. */
        readonly inverse?: { readonly set: { readonly [column: string]: Value | Sql }; readonly where?: Sql }
      }
    | {
        /** The columns of the source that `transform` reads. */
        readonly columns: readonly string[]
        readonly into: {
          readonly schema?: string
          readonly table: string
          readonly columns: readonly string[]
        }
        readonly transform: Transform
        /** When a row is in the target already: `fail` (the default), `skip`, or update it, found by these unique columns. */
        readonly onConflict?: ConflictRule
      }
    | {
        /** The columns of the source that `process` is given. */
        readonly columns: readonly string[]
        /**
         * Anything else: it is given a batch of rows, locked FOR UPDATE, and their transaction, in which the checkpoint is
         * written too. What it does outside of that transaction may be done twice.
         */
        readonly process: Process
      }
  )

/**
 * Changes the rows of a table, or makes rows of another from them, in batches along the primary key. Each batch is a
 * transaction of its own that holds its checkpoint too: after a crash it goes on there, and no row is done twice. The
 * upper end of the key is fixed at the start, so let a default or a trigger care for rows that come later. The table
 * needs a primary key or another unique index on columns that are NOT NULL.
 */
export const backfill: Operation<'backfill', Backfill> = operation('backfill', {
  title: (fields) => `backfill ${title(fields)}`,
  steps: (fields) => [
    {
      run: 'backfill',
      backfill: {
        title: title(fields),
        ...inSchema(fields),
        table: fields.table,
        ...(fields.where === undefined ? {} : { where: fields.where }),
        work: work(fields),
        preview: preview(fields),
        sessions: fields.sessions ?? defaultSessions(fields),
        failedRows: fields.failedRows ?? 0,
        ...(fields.detach === true ? { detach: true } : {}),
      },
    },
  ],
  inverse(fields) {
    if (!('set' in fields) || fields.inverse === undefined) return []
    // Undone, a revision is gone: there is nothing that could be finished later.
    const { inverse, set, where, detach: _, ...others } = fields
    return [backfill({ ...others, ...inverse, inverse: { set, ...(where === undefined ? {} : { where }) } })]
  },
  stays(fields) {
    if (!('set' in fields)) return [`what backfill ${title(fields)} did is not undone`]
    return fields.inverse === undefined
      ? [`backfill ${title(fields)} has no inverse: the values from before are not put back`]
      : []
  },
  locks(fields) {
    if ('into' in fields) return [lockOn(fields, 'RowShare'), lockOn(fields.into, 'RowExclusive')]
    return [lockOn(fields, 'set' in fields ? 'RowExclusive' : 'RowShare')]
  },
  examples: [
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email text); INSERT INTO users VALUES (1, $$A@example.com$$)',
      fields: {
        table: 'users',
        set: { email: { sql: ['lower(email)'], values: [] } },
        where: { sql: ['email <> lower(email)'], values: [] },
        sessions: 2,
        failedRows: 10,
        detach: true,
      },
    },
    {
      given: 'CREATE TABLE prices (id bigint PRIMARY KEY, cents bigint); INSERT INTO prices VALUES (1, 250)',
      fields: {
        table: 'prices',
        set: { cents: { sql: ['-cents'], values: [] } },
        where: { sql: ['cents > 0'], values: [] },
        inverse: {
          set: { cents: { sql: ['-cents'], values: [] } },
          where: { sql: ['cents < 0'], values: [] },
        },
      },
    },
    {
      given: `CREATE TABLE users (id bigint PRIMARY KEY, preferences jsonb);
        CREATE TABLE preferences (user_id bigint, key text, value jsonb, PRIMARY KEY (user_id, key));
        INSERT INTO users VALUES (1, '{"theme": "dark"}')`,
      fields: {
        table: 'users',
        columns: ['id', 'preferences'],
        where: { sql: ["preferences <> '{}'"], values: [] },
        into: { table: 'preferences', columns: ['user_id', 'key', 'value'] },
        onConflict: { update: ['user_id', 'key'] },
        transform: (user: { id: string; preferences: object }) =>
          Object.entries(user.preferences).map(([key, value]) => ({ user_id: user.id, key, value })),
      },
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text); INSERT INTO users VALUES (1, NULL)',
      fields: {
        table: 'users',
        columns: ['id'],
        where: { sql: ['email IS NULL'], values: [] },
        process: async (users: readonly { id: string }[], transaction: BatchTransaction) => {
          for (const { id } of users) await transaction.query(`SELECT ${id}`)
        },
      },
    },
  ],
})

function preview(fields: Backfill): string {
  const where = fields.where === undefined ? '' : ` WHERE ${inlineSql(fields.where)}`
  if ('into' in fields) return `${fields.table} → transform → ${fields.into.table}${where}`
  if ('process' in fields) return `${fields.table} → process${where}`
  const set = Object.entries(fields.set).map(
    ([name, value]) => `${name} = ${isSql(value) ? inlineSql(value) : literal(value)}`,
  )
  return `UPDATE ${fields.table} SET ${set.join(', ')}${where}`
}

function defaultSessions(fields: Backfill): number {
  return 'into' in fields && fields.onConflict !== 'skip' ? 2 : 1
}

function title(fields: Backfill): string {
  if ('into' in fields) return `${fields.table} into ${fields.into.table}`
  if ('process' in fields) return `${fields.table}, by a function`
  return `${fields.table}.${Object.keys(fields.set).join(', ')}`
}

function work(fields: Backfill): BackfillWork {
  if ('set' in fields) return { type: 'set', set: fields.set }
  if ('process' in fields) return { type: 'process', columns: fields.columns, process: fields.process }
  const { columns, into, transform, onConflict = 'fail' } = fields
  return { type: 'transform', columns, into, transform, onConflict }
}
