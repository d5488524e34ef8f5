import { quotedName } from './identifier.ts'
import { knownLocks } from './known-locks.ts'
import { type LockMode, lockMode } from './locks.ts'
import type { Migration, MigrationStatement } from './migration.ts'
import { type Client, type Notice, sqlState } from './session.ts'

export type Relation = {
  readonly oid: number
  readonly name: string
  readonly kind: string
  readonly file: number
  /** Of an index: its table's OID, and whether it is valid. */
  readonly table: number | null
  readonly valid: boolean | null
}

export type Counters = {
  readonly oid: number
  readonly read: number
  readonly inserted: number
  readonly changed: number
}

/** What one statement was seen to do, by OID; names are given in `classes.ts`. */
export type Measured = {
  readonly text: string
  /** Counted from 1; 0 for what refuses a transaction. */
  readonly transaction: number
  readonly error: string | null
  /** All that the transaction holds after it. */
  readonly held: ReadonlyMap<number, readonly LockMode[]>
  readonly notices: readonly Notice[]
  readonly before: ReadonlyMap<number, Relation>
  readonly after: ReadonlyMap<number, Relation>
  readonly counters: readonly Counters[]
  /** Tables that it has emptied by giving them another file. */
  readonly emptied: readonly number[]
  /** Tables whose foreign keys or constraints were validated. */
  readonly validated: readonly number[]
  /** Rows that another session cannot change now, although nobody has changed them. */
  readonly locked: ReadonlyMap<number, number>
  /** Of what refuses a transaction: not seen, but known (`known-locks.ts`). */
  readonly known: readonly { readonly oid: number; readonly mode: LockMode }[]
}

export type Sessions = { readonly main: Client; readonly other: Client }

/** A plan that reads a whole table does so because no index helps, not because the table is small. */
const settings = `
  SET enable_seqscan = off; SET enable_indexonlyscan = off; SET jit = off; SET max_parallel_workers_per_gather = 0;
  SET max_parallel_maintenance_workers = 0; SET TimeZone = 'UTC'; SET client_min_messages = debug1`

/** Said once in a session. */
export async function prepareSessions(sessions: Sessions): Promise<void> {
  await sessions.main.run(settings)
  await sessions.other.run(`SET lock_timeout = '100ms'`)
}

/** Whether all is one transaction, which can be looked at before it ends. */
export function staysOpen({ transaction, statements }: Migration): boolean {
  return transaction === 'one' && !statements.some(({ kind }) => kind === 'TransactionStmt')
}

/**
 * Runs a migration up to its end or its first error, and looks after each statement, before its transaction ends. One
 * that stays open is not committed; what COMMIT would check is checked.
 */
export async function measure(sessions: Sessions, migration: Migration): Promise<readonly Measured[]> {
  const run = { sessions, transaction: 0, open: false }
  const whole = migration.transaction === 'one'
  if (whole) await begin(run)
  const measured: Measured[] = []
  for (const statement of migration.statements) {
    const seen = await measureNext(run, statement)
    measured.push(seen)
    if (seen.error) return measured
  }
  if (!run.open) return measured
  const error = staysOpen(migration)
    ? await errorOf(sessions.main, 'SET CONSTRAINTS ALL IMMEDIATE')
    : await commit(run)
  return error ? [...measured.slice(0, -1), { ...measured.at(-1)!, error }] : measured
}

type Run = { readonly sessions: Sessions; transaction: number; open: boolean }

async function begin(run: Run): Promise<void> {
  await run.sessions.main.run('BEGIN')
  run.open = true
  run.transaction += 1
}

async function commit(run: Run): Promise<string | null> {
  run.open = false
  return errorOf(run.sessions.main, 'COMMIT')
}

async function measureNext(run: Run, statement: MigrationStatement): Promise<Measured> {
  if (statement.kind === 'TransactionStmt') return measureTransactionStatement(run, statement)
  const single = !run.open
  if (single) await begin(run)
  const seen = await look(run, statement)
  if (seen.error) {
    await run.sessions.main.run('ROLLBACK')
    run.open = false
    const refusesTransaction = seen.error === '25001' || seen.error === '2D000'
    return single && refusesTransaction ? lookOutside(run, statement) : seen
  }
  const error = single ? await commit(run) : null
  return { ...seen, error }
}

/** BEGIN and COMMIT in the file itself. */
async function measureTransactionStatement(run: Run, statement: MigrationStatement): Promise<Measured> {
  const begins = /BEGIN|START/.test(String(statement.node['kind']))
  const ends = /COMMIT$|ROLLBACK$/.test(String(statement.node['kind']))
  const before = await relationsNow(run.sessions.main)
  const error = await errorOf(run.sessions.main, statement.text)
  if (begins && !run.open) run.transaction += 1
  if (begins) run.open = true
  if (ends) run.open = false
  return { ...nothing(statement, run.transaction), error, before, after: before }
}

async function look(run: Run, statement: MigrationStatement): Promise<Measured> {
  const { main, other } = run.sessions
  const before = await stateNow(main)
  main.notices()
  const error = await errorOf(main, statement.text)
  const notices = main.notices()
  const empty = { ...nothing(statement, run.transaction), error, notices, before: before.relations }
  if (error) return { ...empty, after: before.relations }
  const after = await stateNow(main)
  return {
    ...empty,
    held: after.held,
    after: after.relations,
    counters: differences(before.counters, after.counters),
    validated: await validatedTables(main, notices),
    emptied: await emptiedTables(main, { before: before.relations, after: after.relations }),
    locked: await lockedRows(other, after),
  }
}

async function lookOutside(run: Run, statement: MigrationStatement): Promise<Measured> {
  const { main } = run.sessions
  const before = await relationsNow(main)
  main.notices()
  const error = await errorOf(main, statement.text)
  const notices = main.notices()
  const after = await relationsNow(main)
  const known = knownLocks(statement, before)
  return { ...nothing(statement, 0), error, notices, before, after, known }
}

function nothing(statement: MigrationStatement, transaction: number): Measured {
  return {
    text: statement.text,
    transaction,
    error: null,
    held: new Map(),
    notices: [],
    before: new Map(),
    after: new Map(),
    counters: [],
    emptied: [],
    validated: [],
    locked: new Map(),
    known: [],
  }
}

async function errorOf(client: Client, sql: string): Promise<string | null> {
  try {
    await client.run(sql)
    return null
  } catch (error) {
    return sqlState(error)
  }
}

const ofTheShop = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'`

const relationsSql = `
  SELECT c.oid, CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS name,
    c.relkind AS kind, c.relfilenode AS file, i.indrelid AS table, i.indisvalid AS valid
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
  WHERE ${ofTheShop}`

const locksSql = `
  SELECT relation AS oid, mode FROM pg_locks
  WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`

const countersSql = `
  SELECT relid AS oid, (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int AS read, n_tup_ins::int AS inserted,
    (n_tup_upd + n_tup_del)::int AS changed
  FROM pg_stat_xact_all_tables s JOIN pg_namespace n ON n.nspname = s.schemaname WHERE ${ofTheShop}`

type State = {
  readonly relations: ReadonlyMap<number, Relation>
  readonly held: ReadonlyMap<number, readonly LockMode[]>
  readonly counters: ReadonlyMap<number, Counters>
}

async function stateNow(client: Client): Promise<State> {
  const [relations = [], locks = [], counters = []] = await client.rowsOfEach(
    [relationsSql, locksSql, countersSql].join(';'),
  )
  const byOid = Map.groupBy(locks as { oid: number; mode: string }[], ({ oid }) => oid)
  return {
    relations: new Map((relations as Relation[]).map((relation) => [relation.oid, relation])),
    held: new Map([...byOid].map(([oid, all]) => [oid, all.map(({ mode }) => lockMode(mode))])),
    counters: new Map((counters as Counters[]).map((counter) => [counter.oid, counter])),
  }
}

export async function relationsNow(client: Client): Promise<ReadonlyMap<number, Relation>> {
  const rows = await client.rows<Relation>(relationsSql)
  return new Map(rows.map((relation) => [relation.oid, relation]))
}

function differences(
  before: ReadonlyMap<number, Counters>,
  after: ReadonlyMap<number, Counters>,
): readonly Counters[] {
  return [...after.values()].map((now) => {
    const then = before.get(now.oid) ?? { read: 0, inserted: 0, changed: 0 }
    return {
      oid: now.oid,
      read: now.read - then.read,
      inserted: now.inserted - then.inserted,
      changed: now.changed - then.changed,
    }
  })
}

async function validatedTables(client: Client, notices: readonly Notice[]): Promise<readonly number[]> {
  const names = notices.flatMap(
    ({ message }) => /^validating foreign key constraint "(.*)"$/.exec(message)?.[1] ?? [],
  )
  if (names.length === 0) return []
  const rows = await client.rows<{ oid: number }>(
    `SELECT DISTINCT conrelid AS oid FROM pg_constraint
     WHERE contype = 'f' AND conname IN (${names.map((name) => `'${name}'`).join(',')})`,
  )
  return rows.map(({ oid }) => oid)
}

/** Only what has another file is asked, so the session has the strongest lock on it already. */
async function emptiedTables(
  client: Client,
  relations: { readonly before: Measured['before']; readonly after: Measured['after'] },
): Promise<readonly number[]> {
  const changed = [...relations.before.values()].flatMap(({ oid, kind, file }) => {
    const now = relations.after.get(oid)
    return 'rm'.includes(kind) && now && now.file !== file ? [now] : []
  })
  if (changed.length === 0) return []
  const queries = changed.map(({ oid, name, kind }) => {
    const filled =
      kind === 'm'
        ? `(SELECT relispopulated FROM pg_class WHERE oid = ${oid})`
        : `EXISTS (SELECT FROM ONLY ${quotedName(name)})`
    return `SELECT ${oid} AS oid, ${filled} AS filled`
  })
  const rows = await client.rows<{ oid: number; filled: boolean }>(queries.join(' UNION ALL '))
  return rows.filter(({ filled }) => !filled).map(({ oid }) => oid)
}

/** SELECT FOR UPDATE shows nothing in pg_locks: what another session would have to skip is counted. */
async function lockedRows(other: Client, state: State): Promise<ReadonlyMap<number, number>> {
  const locked = new Map<number, number>()
  for (const [oid, modes] of state.held) {
    if (state.relations.get(oid)?.kind !== 'r' || !modes.includes('RowShare')) continue
    const name = quotedName(state.relations.get(oid)!.name)
    try {
      const [row] = await other.rows<{ rows: number }>(
        `SELECT (SELECT count(*) FROM ONLY ${name})::int
           - (SELECT count(*) FROM (SELECT FROM ONLY ${name} FOR NO KEY UPDATE SKIP LOCKED) free)::int AS rows`,
      )
      locked.set(oid, row!.rows)
    } catch (error) {
      // Not there for others yet, or the whole table is locked.
      if (!['42P01', '55P03'].includes(sqlState(error))) throw error
    }
  }
  return locked
}
