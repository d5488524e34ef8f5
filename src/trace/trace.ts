import { type Connection, DatabaseError } from '../connection/connection.ts'
import type { LockMode } from '../operations/operation.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { Application } from './application.ts'
import { Block } from './block.ts'
import type { Moment } from './changed-tables.ts'
import { saidNames } from './concerned.ts'
import { runCourse } from './course-run.ts'
import { type FewerRows, fewerRows, none } from './fewer-rows.ts'
import { fixedLocks, isFullVacuum } from './fixed-locks.ts'
import { eachOnce, heldWith, locksBetween } from './locks.ts'
import { type Look, look } from './look.ts'
import { measured, type StatementRun } from './measures.ts'
import { tellsWork } from './notes.ts'
import type { HeldLock, Observation, ObservedError, ObservedLock } from './observation.ts'
import { type Picture, type PicturedRelation, readPicture, relationName } from './picture.ts'
import type { PlannedQuery } from './planned.ts'
import type { TracedStatement, TracedTransaction } from './subject.ts'
import { wordsOf } from './words.ts'

/** Looks at the database before and after each statement that can run, in its transaction. */
export type Watcher = {
  before(statement: TracedStatement): Promise<void>
  after(statement: TracedStatement): Promise<void>
}

export type TraceOptions = {
  readonly watcher?: Watcher
  /** Schemas that are none of the migration's business. */
  readonly ignored: readonly string[]
  /** The oids of what was there before all that is looked at. Default: before these transactions. */
  readonly old?: ReadonlySet<number>
  /** What there is, where that was just looked at. */
  readonly picture?: Picture
  /** How many rows each table has, by its oid. */
  readonly rows: ReadonlyMap<number, number>
  /** What the application of before is known to ask, and where it says so. */
  readonly queries: readonly PlannedQuery[]
  /** Whether what an application of before says is tried at the end of each transaction. */
  readonly tries: boolean
  /** Statements that make what an error says is missing, and no migration makes: a role; none where there is no such. */
  makingOf(error: unknown): readonly string[]
}

/**
 * Runs a migration as it would be run, and looks after each statement, before its transaction ends, at what that did. What cannot run is passed
 * over, so that the rest is seen too: where it fails with the rows only, they are taken away first.
 */
export async function trace(
  connection: Connection,
  transactions: readonly TracedTransaction[],
  options: TraceOptions,
): Promise<readonly Observation[]> {
  const picture = options.picture ?? (await readPicture(connection, options.ignored))
  const tracer = new Tracer(connection, options, picture)
  await tracer.begin(transactions)
  for (const transaction of transactions) await tracer.run(transaction)
  return tracer.observations
}

type Told = Omit<Observation, 'isBlock' | 'locks' | 'held' | 'lockTimeout' | 'broken' | 'hidden' | 'refused'>

type Sending = (text: string) => Promise<DatabaseError | null>

/** assert_failure: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const assertionFailed = 'P0004'

class Tracer {
  readonly observations: Observation[] = []
  readonly #connection: Connection
  readonly #options: TraceOptions
  readonly #old: ReadonlySet<number>
  #picture: Picture
  #rows: Map<number, number>
  #transaction = 0
  /** A statement that fails on every database has ended the migration. */
  #isStopped = false
  /** Where what it says is tried. */
  #application: Application | null = null

  constructor(connection: Connection, options: TraceOptions, picture: Picture) {
    this.#connection = connection
    this.#options = options
    this.#picture = picture
    this.#old = options.old ?? new Set(picture.keys())
    this.#rows = new Map(options.rows)
  }

  async begin(transactions: readonly TracedTransaction[]): Promise<void> {
    // Where an index could serve, none of the few rows is read without it.
    await this.#connection.run(`SET client_min_messages = debug1; SET enable_seqscan = off`)
    if (this.#options.tries)
      this.#application = await Application.before(this.#connection, this.#picture, {
        ...this.#options,
        said: saidNames(transactions),
      })
  }

  async run(transaction: TracedTransaction): Promise<void> {
    if (this.#isStopped) return
    this.#transaction++
    const first = this.observations.length
    const { isBlock, course } = transaction
    if (isBlock && course?.when !== 'always') await this.#runBlock(transaction)
    else
      for (const statement of transaction.statements)
        await this.#runAlone(statement, course?.when === 'always' ? this.#courseOf(course) : undefined)
    const its = this.observations.slice(first)
    const other = this.#otherWay(transaction, its)
    if (other === null) return
    this.#isStopped = false
    this.observations.length = first
    for (const { statement } of its) await this.#runAlone(statement, other)
  }

  /** How what has failed is run otherwise; null where it is as it was said. */
  #otherWay({ isImplied, course }: TracedTransaction, its: readonly Observation[]): Sending | null {
    if (course?.when === 'failed' && its.some(({ error }) => error !== null)) return this.#courseOf(course)
    // A procedure that ends transactions itself is called outside of one.
    const isOfTransactions = its.length === 1 && its[0]?.error?.sqlState === '2D000'
    return isImplied === true && isOfTransactions ? (text) => this.#send(text) : null
  }

  #courseOf({ begin }: NonNullable<TracedTransaction['course']>): Sending {
    return () => runCourse(this.#connection, begin())
  }

  async #runBlock({ statements, rollsBack }: TracedTransaction): Promise<void> {
    const before = this.#picture
    const first = this.observations.length
    const since = await this.#application?.moment()
    const block = new Block(this.#connection)
    await block.begin()
    let seen = await this.#look()
    let held: readonly HeldLock[] = []
    for (const statement of statements) {
      const at = this.observations.length
      seen = await this.#observe(statement, { block, seen, held })
      held = this.observations.slice(at).reduce(heldWith, held)
      if (this.#isStopped) break
    }
    if (!this.#isStopped) await this.#tryApplication({ before, first, since })
    const undone = rollsBack || this.#isStopped
    const refused = await block.end(undone ? 'ROLLBACK' : 'COMMIT')
    const failed = refused === null ? null : observedError(refused, this.#hasRows() ? 'rows' : 'always')
    if (failed === null) {
      if (undone) this.#picture = before
      return
    }
    this.#picture = await this.#readPicture()
    const last = this.observations.pop()
    if (last !== undefined) this.observations.push({ ...last, error: last.error ?? failed })
  }

  /** What is no longer borne of what came `first` and after it. */
  async #tryApplication({
    before,
    first,
    since,
  }: {
    readonly before: Picture
    readonly first: number
    readonly since: Moment | undefined
  }): Promise<void> {
    if (this.#application === null || since === undefined) return
    const observations = this.observations.slice(first)
    const told = await this.#application.after({ before, after: this.#picture, since, observations })
    this.observations.splice(first, observations.length, ...told)
  }

  async #observe(
    statement: TracedStatement,
    { block, seen, held }: { readonly block: Block; readonly seen: Look; readonly held: readonly HeldLock[] },
  ): Promise<Look> {
    const { watcher } = this.#options
    await watcher?.before(statement)
    // Who looks at the schema takes locks too.
    const start = watcher === undefined ? seen : await this.#look()
    const { notes, error, since, before } = await this.#try(statement, block, start)
    this.#isStopped = this.#options.tries && error?.when === 'always' && !isOfLackingObject(error)
    const now = await this.#look()
    if (error === null) await watcher?.after(statement)
    const after = await this.#pictureAfter(statement, { before, since, now })
    const taken = locksBetween(since, now)
    this.#picture = after
    this.observations.push({
      ...this.#told({ statement, before, after, notes, error, seen: since, now }),
      isBlock: true,
      locks: eachOnce(
        [...taken].flatMap(([oid, mode]) => this.#lock(before.get(oid) ?? after.get(oid), mode) ?? []),
      ),
      held,
      lockTimeout: now.lockTimeout,
      broken: [],
      hidden: [],
      refused: [],
    })
    return now
  }

  async #runAlone(statement: TracedStatement, send: Sending = (text) => this.#send(text)): Promise<void> {
    const before = this.#picture
    const first = this.observations.length
    const since = await this.#application?.moment()
    const heard: string[] = []
    const stop = this.#connection.listen((note) => heard.push(note))
    const failed = await send(statement.parsed.text).finally(stop)
    const error = failed === null ? null : observedError(failed, 'always')
    const after = await this.#readPicture()
    this.#picture = after
    const locks = fixedLocks(statement.parsed.tree, before).flatMap(
      ({ relation, mode }) => this.#lock(relation, mode) ?? [],
    )
    const unseen: Look = {
      locks: new Map(),
      picture: new Map(),
      counts: new Map(),
      foreignKeys: [],
      lockTimeout: '0',
    }
    const told = this.#told({
      statement,
      before,
      after,
      notes: heard.filter(tellsWork),
      error,
      seen: unseen,
      now: unseen,
    })
    const vacuumed = isFullVacuum(statement.parsed.tree) ? locks.map(({ relation }) => relation) : []
    const [settings] = await this.#connection.run(`SELECT current_setting('lock_timeout') AS timeout`)
    this.observations.push({
      ...told,
      rewrites: [...new Set([...told.rewrites, ...vacuumed])],
      isBlock: false,
      locks,
      held: [],
      lockTimeout: String(settings?.rows[0]?.['timeout']),
      broken: [],
      hidden: [],
      refused: [],
    })
    await this.#tryApplication({ before, first, since })
  }

  /** What is told of a statement however it was run. */
  #told(run: StatementRun): Told {
    const rows = new Map(this.#rows)
    const measures = measured(run, { old: this.#old, rows })
    for (const { oid, inserted, deleted } of measures.written)
      this.#rows.set(oid, (rows.get(oid) ?? 0) + inserted - deleted)
    const { statement, before, after, notes, error } = run
    return {
      ...measures,
      statement,
      transaction: this.#transaction,
      rows,
      error,
      before,
      after,
      old: this.#old,
      notes,
    }
  }

  /** `since`: from where on it is looked at what the statement does. */
  async #try(
    { parsed: { text, tree } }: TracedStatement,
    block: Block,
    seen: Look,
  ): Promise<{
    readonly notes: readonly string[]
    readonly error: ObservedError | null
    readonly since: Look
    readonly before: Picture
  }> {
    const heard: string[] = []
    const stop = this.#connection.listen((note) => heard.push(note))
    const done = (error: ObservedError | null, since: Look, before: Picture) => ({
      notes: heard.filter(tellsWork),
      error,
      since,
      before,
    })
    try {
      const failed = await this.#inBlock(text, block)
      if (failed === null) return done(null, seen, this.#picture)
      const error = observedError(failed, 'always')
      // It says of the rows that there are what samples need not satisfy.
      if (error.sqlState === assertionFailed) return done(null, await this.#look(), await this.#readPicture())
      const tables = [...this.#picture.values()].filter(
        ({ oid, kind }) => kind === 'r' && (this.#rows.get(oid) ?? 0) > 0,
      )
      const named = wordsOf(tree)
      for (const fewer of isOfTransaction(error) ? [] : fewerRows(tables, named)) {
        if (!(await this.#keepRows(block, fewer))) continue
        // What was done before has been done again since, in other files.
        const before = await this.#readPicture()
        const since = await this.#look()
        heard.length = 0
        if ((await this.#inBlock(text, block)) === null)
          return done({ ...error, when: 'rows' }, since, before)
      }
      heard.length = 0
      return done(error, await this.#look(), await this.#readPicture())
    } finally {
      stop()
    }
  }

  /** What is of a whole server nobody has made here. */
  async #inBlock(text: string, block: Block): Promise<DatabaseError | null> {
    const made = new Set<string>()
    for (;;) {
      const error = await block.run(text)
      const making = this.#makingOf(error)
      if (making.length === 0 || made.has(making.join('; '))) return error
      made.add(making.join('; '))
      await block.outside(making)
    }
  }

  #makingOf(error: unknown): readonly string[] {
    return this.#connection.embedded && error !== null ? this.#options.makingOf(error) : []
  }

  async #send(text: string, isAgain = false): Promise<DatabaseError | null> {
    try {
      await this.#connection.run(text)
      return null
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      const making = isAgain ? [] : this.#makingOf(error)
      for (const one of making) await this.#connection.run(one)
      return making.length > 0 ? this.#send(text, true) : error
    }
  }

  #hasRows(): boolean {
    return [...this.#rows.values()].some((rows) => rows > 0)
  }

  /** Takes rows away, without triggers and foreign keys. false where a table would have none left, and is to have some: then all stay. */
  async #keepRows(block: Block, { tables, keep }: FewerRows): Promise<boolean> {
    const counts = tables.map((relation) => {
      const rows = `(SELECT count(*) FROM ONLY ${qualifiedName(relation)} t WHERE ${keep(relation)})::integer`
      return `SELECT ${relation.oid} AS oid, ${rows} AS rows`
    })
    if (counts.length === 0) return false
    const [found] = await this.#connection.run(counts.join(' UNION ALL '))
    const left = (found?.rows ?? []).map(({ oid, rows }) => [Number(oid), Number(rows)] as const)
    if (keep !== none && left.some(([, rows]) => rows === 0)) return false
    const refused = await block.run(
      [
        'SET LOCAL session_replication_role = replica',
        ...tables.map(
          (relation) => `DELETE FROM ONLY ${qualifiedName(relation)} t WHERE NOT (${keep(relation)})`,
        ),
        'SET LOCAL session_replication_role = origin',
      ].join(';\n'),
    )
    if (refused !== null) return false
    for (const [oid, rows] of left) this.#rows.set(oid, rows)
    return true
  }

  /** What is held was looked at; after ROLLBACK TO nothing tells what was changed. */
  async #pictureAfter(
    { parsed }: TracedStatement,
    { before, since, now }: { readonly before: Picture; readonly since: Look; readonly now: Look },
  ): Promise<Picture> {
    return parsed.tree.kind === 'TransactionStmt' ? this.#readPicture() : withLooked(before, since, now)
  }

  #readPicture(): Promise<Picture> {
    return readPicture(this.#connection, this.#options.ignored)
  }

  #look(): Promise<Look> {
    return look(this.#connection, this.#options.ignored)
  }

  /** null for a relation that is none of the migration's business. */
  #lock(relation: PicturedRelation | undefined, mode: LockMode): ObservedLock | null {
    if (relation === undefined) return null
    return {
      relation: relationName(relation),
      mode,
      existedBefore: this.#old.has(relation.oid),
      kind: relation.kind,
    }
  }
}

function observedError(error: DatabaseError, when: ObservedError['when']): ObservedError {
  const { sqlState, serverHint = null } = error.server
  return { sqlState, message: error.message, hint: serverHint, when }
}

/** What is not there may be there on the database that the migration is for. */
function isOfLackingObject({ sqlState }: ObservedError): boolean {
  return ['42P01', '42703', '42704', '42883', '3F000'].includes(sqlState)
}

/** What a transaction does not bear, whatever rows there are: 25001 and its like, and an enum's label of the same transaction. */
function isOfTransaction({ sqlState }: ObservedError): boolean {
  return sqlState.startsWith('25') || sqlState === '55P04'
}

/** All relations, once those that are held were looked at: what was held or is, and is not there, is gone. */
function withLooked(before: Picture, seen: Look, now: Look): Picture {
  const after = new Map(before)
  for (const oid of [...seen.locks.keys(), ...now.locks.keys()]) after.delete(oid)
  for (const [oid, relation] of now.picture) after.set(oid, relation)
  return after
}
