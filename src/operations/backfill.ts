import { inlineSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import type {
  BatchTransaction,
  ConflictRule,
  Process,
  QuerySource,
  StreamSource,
  Transform,
} from './backfill-plan.ts'
import { backfillPlan, backfillTitle } from './backfill-steps.ts'
import { type Operation, operation, type Step } from './operation.ts'
import { lockOn, type TableReference } from './relation.ts'

type Target = { readonly schema?: string; readonly table: string; readonly columns: readonly string[] }

/** What every backfill may say. */
type Detachable = {
  /**
   * The revision is recorded without waiting for it, and goes on; `limbeck backfill run` finishes it, outside of the deploy. What
   * needs it is refused until then. Where something later in the same run needs it, it is done in its place.
   */
  readonly detach?: boolean
}

/** Rows that can be found again by their key. */
type Findable = {
  /**
   * How many rows that cannot be done (a value that does not fit, a transform that throws) may be set aside in
   * `limbeck.backfill_failure`, with the error, before the run stops. Default: 0, the first one stops it.
   */
  readonly failedRows?: number
}

type FromTable = TableReference & {
  /** Only rows for which this holds are touched; say it, and a row that is right already costs nothing. */
  readonly where?: Sql
  /**
   * How many sessions share the work of a large table. Default: 2 for a transform, of which one can write while the other's
   * rows are made; else 1, and also where a conflict is skipped, so that the first row in the key's order wins.
   */
  readonly sessions?: number
}

type Assignment = {
  /** New values: plain ones, or expressions over the row. */
  readonly set: { readonly [column: string]: Value | Sql }
  /** What undoes it, where that can be said: new values again. Left out, undoing the revision leaves the values as they are. */
  readonly inverse?: { readonly set: { readonly [column: string]: Value | Sql }; readonly where?: Sql }
}

type Transformation = {
  readonly into: Target
  readonly transform: Transform
  /** When a row is in the target already: `fail` (the default), `skip`, or update it, found by these unique columns. */
  readonly onConflict?: ConflictRule
}

type Processing = {
  /**
   * Anything else: it is given a batch of rows (a table's are locked FOR UPDATE), and their transaction, in which the
   * checkpoint is written too. What it does outside of that transaction may be done twice.
   */
  readonly process: Process
}

/** Its rows are as it gives them, and one session reads them. */
type FromElsewhere<Source> = {
  readonly from: Source
  readonly columns?: never
  readonly where?: never
  readonly sessions?: never
}

/** Deletes the rows for which `where` holds. */
type Deletion = { readonly delete: true; readonly where: Sql }

type Copy = {
  readonly into: Target
  /**
   * A query for each row, which is the table's one row to it and whose columns stand bare; what it gives is inserted into
   * `into`: `SELECT id, key, value FROM jsonb_each(preferences)`.
   */
  readonly select: Sql
  /** When a row is in the target already: `fail` (the default), `skip`, or update it, found by these unique columns. */
  readonly onConflict?: ConflictRule
}

/** The columns of the table that the function is given. */
type Chosen = { readonly columns: readonly string[] }

export type Backfill = Detachable &
  (
    | (FromTable & Findable & (Assignment | Deletion | Copy | (Chosen & (Transformation | Processing))))
    | (Findable & FromElsewhere<QuerySource> & (Transformation | Processing))
    | (FromElsewhere<StreamSource> & { readonly failedRows?: never } & (Transformation | Processing))
  )

/**
 * Changes the rows of a table, or makes rows of another from them, in batches along the primary key. Each batch is a
 * transaction of its own that holds its checkpoint too: after a crash it goes on there, and no row is done twice. The
 * upper end of the key is fixed at the start, so let a default or a trigger care for rows that come later. The table
 * needs a primary key or another unique index on columns that are NOT NULL.
 */
export const backfill: Operation<'backfill', Backfill> = operation('backfill', {
  title: (fields) => `backfill ${backfillTitle(fields)}`,
  steps(fields) {
    const inverse = inverseOf(fields)
    const undo: readonly Step[] =
      inverse === null ? [] : [{ run: 'backfill', backfill: backfillPlan(inverse) }]
    return [{ run: 'backfill', backfill: backfillPlan(fields), undo }]
  },
  inverse(fields) {
    const inverse = inverseOf(fields)
    return inverse === null ? [] : [backfill(inverse)]
  },
  rowsOnly: true,
  stays(fields) {
    if ('delete' in fields) return []
    if (!('set' in fields)) return [`what backfill ${backfillTitle(fields)} did is not undone`]
    return fields.inverse === undefined
      ? [`backfill ${backfillTitle(fields)} has no inverse: the values from before are not put back`]
      : []
  },
  loses: (fields) =>
    'delete' in fields ? [`the rows of ${fields.table} where ${inlineSql(fields.where)}`] : [],
  locks(fields) {
    const writes = 'set' in fields || 'delete' in fields
    const walked = 'from' in fields ? [] : [lockOn(fields, writes ? 'RowExclusive' : 'RowShare')]
    return 'into' in fields ? [...walked, lockOn(fields.into, 'RowExclusive')] : walked
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
      given: `CREATE TABLE sessions (id uuid PRIMARY KEY, seen date);
        INSERT INTO sessions VALUES ('7a8f9b1e-3c5d-4e2f-8a6b-0c1d2e3f4a5b', '2020-02-29')`,
      fields: {
        table: 'sessions',
        delete: true,
        where: { sql: ["seen < '2026-01-01'"], values: [] },
      },
    },
    {
      given: `CREATE TABLE users (id bigint PRIMARY KEY, preferences jsonb);
        CREATE TABLE preferences (user_id bigint, key text, value jsonb, PRIMARY KEY (user_id, key));
        INSERT INTO users VALUES (1, '{"theme": "dark"}')`,
      fields: {
        table: 'users',
        into: { table: 'preferences', columns: ['user_id', 'key', 'value'] },
        select: { sql: ['SELECT id, key, value FROM jsonb_each(preferences)'], values: [] },
        onConflict: { update: ['user_id', 'key'] },
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
    {
      given: `CREATE TABLE orders (id bigint PRIMARY KEY, customer text);
        CREATE TABLE lines (order_id bigint, cents bigint);
        CREATE TABLE totals (order_id bigint PRIMARY KEY, cents bigint);
        INSERT INTO orders VALUES (1, 'Ada'); INSERT INTO lines VALUES (1, 250), (1, 50)`,
      fields: {
        from: {
          query: {
            sql: [
              'SELECT o.id, sum(cents) AS cents FROM orders o JOIN lines ON order_id = o.id GROUP BY o.id',
            ],
            values: [],
          },
          key: ['id'],
        },
        into: { table: 'totals', columns: ['order_id', 'cents'] },
        transform: ({ id, cents }: { id: string; cents: string }) => ({ order_id: id, cents }),
        failedRows: 1,
      },
      locks: [
        { table: 'orders', mode: 'AccessShare' },
        { table: 'lines', mode: 'AccessShare' },
        { table: 'totals', mode: 'RowExclusive' },
      ],
    },
    {
      given: 'CREATE TABLE countries (code text PRIMARY KEY, name text)',
      fields: {
        from: {
          *stream(after: string | null) {
            const countries = [
              { code: 'at', name: 'Austria' },
              { code: 'be', name: 'Belgium' },
            ]
            yield* countries.filter(({ code }) => after === null || code > after)
          },
          cursor: ({ code }: { code: string }) => code,
        },
        into: { table: 'countries', columns: ['code', 'name'] },
        transform: (country: { code: string; name: string }) => country,
      },
    },
  ],
})

/** What puts the values from before back, where that is said. Undone, a revision is gone: there is nothing that could be finished later. */
function inverseOf(fields: Backfill): Backfill | null {
  if (!('set' in fields) || fields.inverse === undefined) return null
  const { inverse, set, where, detach: _, ...others } = fields
  return { ...others, ...inverse, inverse: { set, ...(where === undefined ? {} : { where }) } }
}
