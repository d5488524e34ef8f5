import type { Connection, DatabaseError } from '../connection/connection.ts'
import type { LockMode } from '../operations/operation.ts'
import { Application } from './application.ts'
import { attempt } from './attempt.ts'
import { Block } from './block.ts'
import type { Moment } from './changed-tables.ts'
import { saidNames } from './concerned.ts'
import { runCourse } from './course-run.ts'
import { type FewerRows, taking } from './fewer-rows.ts'
import { fixedLocks, isFullVacuum } from './fixed-locks.ts'
import { eachOnce, heldWith, locksBetween } from './locks.ts'
import { type Look, look, withLooked } from './look.ts'
import { measured, type StatementRun } from './measures.ts'
import { tellsWork } from './notes.ts'
import type { HeldLock, Observation, ObservedLock } from './observation.ts'
import { isOfLackingObject, observedError } from './observed-error.ts'
import { type Picture, type PicturedRelation, readPicture, relationName } from './picture.ts'
import type { PlannedQuery } from './planned.ts'
import { columnsToRecast, recastValues } from './recast.ts'
import { setsSequences } from './sequences-behind.ts'
import type { TracedStatement, TracedTransaction } from './subject.ts'
import { withFinished } from './unfinished-index.ts'
import { type MakingOf, runBySelf } from './with-making.ts'

/** Looks at the database before and after each statement that can run, in its transaction. */
export type Watcher = {
  /** `there`: names of relations that were there before the migration. Gives whether it has looked. */
  before(statement: TracedStatement, there: ReadonlySet<string>): Promise<boolean>
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
  /** The tables of which these are the schema's own. */
  readonly given: ReadonlySet<number>
  /** What the application of before is known to ask, and where it says so. */
  readonly queries: readonly PlannedQuery[]
  /** Whether what an application of before says is tried at the end of each transaction. */
  readonly tries: boolean
  readonly makingOf: MakingOf
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

type Untried = Pick<Observation, 'broken' | 'hidden' | 'refused' | 'replaced'>

type Told = Omit<Observation, 'isBlock' | 'locks' | 'held' | 'lockTimeout' | 'recast' | keyof Untried>

/** The application has not said anything yet. */
const untried: Untried = { broken: [], hidden: [], refused: [], replaced: [] }

type Sending = (text: string) => Promise<DatabaseError | null>

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
  /** This transaction ends with ROLLBACK. */
  #isUndone = false
  /** Rows that were taken away in this transaction. */
  #taken: FewerRows[] = []
  /** Samples have other values since something in this transaction. */
  #isRevalued = false
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
        setsSequences: setsSequences(transactions),
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
    this.#isUndone = rollsBack
    const before = this.#picture
    const first = this.observations.length
    const since = await this.#application?.moment()
    const block = new Block(this.#connection)
    await block.begin()
    this.#taken = []
    this.#isRevalued = false
    let seen = await this.#look()
    let held: readonly HeldLock[] = []
    for (const statement of statements) {
      const at = this.observations.length
      seen = await this.#observe(statement, { block, seen, held })
      held = this.observations.slice(at).reduce(heldWith, held)
      if (this.#isStopped) break
    }
    if (!this.#isStopped && !rollsBack) {
      await this.#settleTaken(block, before)
      await this.#tryApplication({ before, first, since })
    }
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

  /** Had the rows not been there that were taken away, something could not have been written before either. `before`: what there was when the transaction began. */
  async #settleTaken(block: Block, before: Picture): Promise<void> {
    const application = this.#application
    if (application === null || this.#taken.length === 0) return
    const texts = this.#taken.map((fewer) => taking(fewer, before))
    await block.aside(async () => {
      for (const text of texts) await this.#connection.run(text)
      await application.tryWritable()
    })
    this.#picture = await this.#readPicture()
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
    const told = await this.#application.after({
      before,
      after: this.#picture,
      since,
      isShort: this.#taken.length > 0 || this.#isRevalued,
      observations,
    })
    this.observations.splice(first, observations.length, ...told)
  }

  #oldNames(): ReadonlySet<string> {
    return new Set([...this.#picture.values()].flatMap(({ oid, name }) => (this.#old.has(oid) ? [name] : [])))
  }

  async #observe(
    statement: TracedStatement,
    { block, seen, held }: { readonly block: Block; readonly seen: Look; readonly held: readonly HeldLock[] },
  ): Promise<Look> {
    const { watcher } = this.#options
    const hasLooked = (await watcher?.before(statement, this.#oldNames())) ?? false
    let columns = await columnsToRecast(this.#connection, statement, this.#picture)
    // Who looks at the schema and at rows takes locks too.
    const start = !hasLooked && columns.length === 0 ? seen : await this.#look()
    const { notes, error, since, before, taken, isRevalued, left } = await attempt(statement, {
      ...this.#options,
      connection: this.#connection,
      block,
      seen: start,
      picture: this.#picture,
      rows: this.#rows,
      revalued: async () => {
        columns = await columnsToRecast(this.#connection, statement, this.#picture)
      },
    })
    this.#taken.push(...taken)
    this.#isRevalued ||= isRevalued
    for (const [oid, rows] of left) this.#rows.set(oid, rows)
    this.#isStopped = this.#options.tries && error?.when === 'always' && !isOfLackingObject(error)
    const now = await this.#look(since)
    if (error === null) await watcher?.after(statement)
    const after = await this.#pictureAfter(statement, { before, since, now })
    const locked = locksBetween(since, now)
    this.#picture = after
    const recast = error === null ? await recastValues(this.#connection, columns, after) : []
    this.observations.push({
      ...this.#told({ statement, before, after, notes, error, seen: since, now }),
      isBlock: true,
      locks: eachOnce(
        [...locked].flatMap(([oid, mode]) => this.#lock(before.get(oid) ?? after.get(oid), mode) ?? []),
      ),
      held,
      lockTimeout: now.lockTimeout,
      recast,
      ...untried,
    })
    return columns.length === 0 ? now : this.#look()
  }

  async #runAlone(statement: TracedStatement, send: Sending = (text) => this.#send(text)): Promise<void> {
    this.#isUndone = false
    this.#taken = []
    this.#isRevalued = false
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
      names: '',
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
      recast: [],
      ...untried,
    })
    await withFinished(this.#connection, { before, after }, () =>
      this.#tryApplication({ before, first, since }),
    )
  }

  /** What is told of a statement however it was run. */
  #told(run: StatementRun): Told {
    const rows = new Map(this.#rows)
    const { given } = this.#options
    const measures = measured(run, { old: this.#old, rows, given })
    for (const { oid, inserted, deleted } of measures.written)
      this.#rows.set(oid, (rows.get(oid) ?? 0) + inserted - deleted)
    const { statement, before, after, notes, error } = run
    return {
      ...measures,
      statement,
      transaction: this.#transaction,
      isUndone: this.#isUndone,
      rows,
      given,
      error,
      before,
      after,
      old: this.#old,
      notes,
    }
  }

  #send(text: string): Promise<DatabaseError | null> {
    return runBySelf(text, { connection: this.#connection, makingOf: this.#options.makingOf })
  }

  #hasRows(): boolean {
    return [...this.#rows.values()].some((rows) => rows > 0)
  }

  /** What is held was looked at; after ROLLBACK TO nothing tells what was changed. */
  async #pictureAfter(
    { parsed }: TracedStatement,
    { before, since, now }: { readonly before: Picture; readonly since: Look; readonly now: Look },
  ): Promise<Picture> {
    const isNamedAnew = since.names !== now.names
    return parsed.tree.kind === 'TransactionStmt' || isNamedAnew
      ? this.#readPicture()
      : withLooked(before, since, now)
  }

  #readPicture(): Promise<Picture> {
    return readPicture(this.#connection, this.#options.ignored, this.#picture)
  }

  #look(earlier: Look | null = null): Promise<Look> {
    return look(this.#connection, this.#options.ignored, earlier)
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
