import { type Connection, DatabaseError } from '../connection/connection.ts'
import type { LockMode } from '../operations/operation.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { Block } from './block.ts'
import { type FewerRows, fewerRows, none } from './fewer-rows.ts'
import { fixedLocks, isFullVacuum } from './fixed-locks.ts'
import { eachOnce, heldWith, locksBetween } from './locks.ts'
import { type Look, look } from './look.ts'
import { measured, type StatementRun } from './measures.ts'
import { tellsWork } from './notes.ts'
import type { HeldLock, Observation, ObservedError, ObservedLock } from './observation.ts'
import { type Picture, type PicturedRelation, readPicture, relationName } from './picture.ts'
import { brokenQueries } from './probe.ts'
import type { TracedStatement, TracedTransaction } from './subject.ts'
import { usableNames } from './usable-names.ts'
import { visibleRows } from './visible-rows.ts'
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
  /** How many rows each table has, by its oid. */
  readonly rows: ReadonlyMap<number, number>
  /** Whether what an application of before says is tried at the end of each transaction. */
  readonly tries: boolean
  /** SQL that makes what an error says is missing, and no migration makes: a role; null where there is no such. */
  makeWay(error: unknown): string | null
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
  const tracer = new Tracer(connection, options, await readPicture(connection, options.ignored))
  await tracer.begin()
  for (const transaction of transactions) await tracer.run(transaction)
  return tracer.observations
}

type Told = Omit<Observation, 'isBlock' | 'locks' | 'held' | 'lockTimeout' | 'broken' | 'hidden'>

class Tracer {
  readonly observations: Observation[] = []
  readonly #connection: Connection
  readonly #options: TraceOptions
  readonly #old: ReadonlySet<number>
  readonly #first: Picture
  #picture: Picture
  #rows: Map<number, number>
  #transaction = 0
  /** A statement that fails on every database has ended the migration. */
  #isStopped = false
  /** How many rows are read of what has those of others: views, and tables with children. */
  #visible = new Map<number, number>()
  #names: ReadonlySet<string> = new Set()

  constructor(connection: Connection, options: TraceOptions, picture: Picture) {
    this.#connection = connection
    this.#options = options
    this.#picture = picture
    this.#old = options.old ?? new Set(picture.keys())
    this.#first = picture
    this.#rows = new Map(options.rows)
  }

  async begin(): Promise<void> {
    // Where an index could serve, none of the few rows is read without it.
    await this.#connection.run(`SET client_min_messages = debug1; SET enable_seqscan = off`)
    if (!this.#options.tries) return
    this.#names = await usableNames(this.#connection, this.#options.ignored)
    const parents = new Set([...this.#first.values()].flatMap((one) => one.parents))
    const seen = [...this.#first.values()].filter(
      ({ oid, kind }) => kind === 'v' || kind === 'p' || (kind === 'r' && parents.has(oid)),
    )
    this.#visible = new Map(await visibleRows(this.#connection, seen))
  }

  async run(transaction: TracedTransaction): Promise<void> {
    if (this.#isStopped) return
    this.#transaction++
    if (transaction.isBlock) {
      const first = this.observations.length
      await this.#runBlock(transaction)
      const [only, ...others] = this.observations.slice(first)
      // A procedure that ends transactions itself is called outside of one.
      if (only === undefined || others.length > 0 || only.error?.sqlState !== '2D000') return
      if (transaction.isImplied !== true) return
      this.#isStopped = false
      this.observations.length = first
      await this.#runAlone(only.statement)
    } else for (const statement of transaction.statements) await this.#runAlone(statement)
  }

  async #runBlock({ statements, rollsBack }: TracedTransaction): Promise<void> {
    const before = this.#picture
    const first = this.observations.length
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
    if (this.#options.tries && !this.#isStopped) await this.#tryQueries(before, first)
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

  /** Nobody sees what is between the statements of a transaction: what is broken at its end is put down to the last one that changed the relation. */
  async #tryQueries(before: Picture, first: number): Promise<void> {
    const mine = this.observations.slice(first)
    const changed = [...before.values()].filter(
      ({ oid, isTemporary }) =>
        this.#old.has(oid) && !isTemporary && mine.some((one) => one.before.get(oid) !== one.after.get(oid)),
    )
    for (const relation of changed) {
      const was = this.#first.get(relation.oid) ?? relation
      const broken = await brokenQueries(this.#connection, [{ was, is: this.#picture.get(relation.oid) }])
      const lastWhere = (isSo: (one: Observation) => boolean) =>
        this.observations.findLastIndex((one, n) => n >= first && isSo(one))
      const renames = lastWhere(
        (one) => !isNamedAlike(one.before.get(relation.oid), one.after.get(relation.oid)),
      )
      const changes = lastWhere((one) => one.before.get(relation.oid) !== one.after.get(relation.oid))
      const at = renames === -1 ? changes : renames
      const observation = this.observations[at]
      if (observation === undefined) continue
      const hidden = broken.length > 0 || mine.some(takesRows) ? [] : await this.#hiddenRows(relation)
      this.observations[at] = {
        ...observation,
        broken: [...observation.broken, ...broken],
        hidden: [...observation.hidden, ...hidden],
      }
    }
  }

  /** What is read by a name that has stayed: the rows of a view may be others, and a table may have lost those of a child. */
  async #hiddenRows({ oid, schema, name }: PicturedRelation): Promise<Observation['hidden']> {
    const isRenamed = this.#picture.get(oid)?.name !== name
    const before = this.#visible.get(oid) ?? (isRenamed ? this.#options.rows.get(oid) : undefined)
    if (before === undefined) return []
    const after = (await visibleRows(this.#connection, [{ oid, schema, name }])).get(oid) ?? 0
    this.#visible.set(oid, after)
    return after < before ? [{ relation: relationName({ schema, name }), before, after }] : []
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
    })
    return now
  }

  async #runAlone(statement: TracedStatement): Promise<void> {
    const before = this.#picture
    const heard: string[] = []
    const stop = this.#connection.listen((note) => heard.push(note))
    const error = await this.#send(statement.parsed.text).finally(stop)
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
    })
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
      names: this.#names,
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

  /** Roles are of a whole server, and nobody has made them here. */
  async #inBlock(text: string, block: Block): Promise<DatabaseError | null> {
    const made = new Set<string>()
    for (;;) {
      const error = await block.run(text)
      const way = error === null || !this.#connection.embedded ? null : this.#options.makeWay(error)
      if (way === null || made.has(way)) return error
      made.add(way)
      await block.run(way)
    }
  }

  async #send(text: string): Promise<ObservedError | null> {
    try {
      await this.#connection.run(text)
      return null
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      return observedError(error, 'always')
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

/** Whether it and its columns are called so, and are of these types. */
function isNamedAlike(one: PicturedRelation | undefined, other: PicturedRelation | undefined): boolean {
  const names = (relation: PicturedRelation | undefined) =>
    relation === undefined
      ? ''
      : JSON.stringify([
          relation.schema,
          relation.name,
          relation.columns.map(({ name, type }) => [name, type]),
        ])
  return names(one) === names(other)
}

/** Whether rows may be gone for another reason than that nobody reads them any more. */
function takesRows({ statement, written, error }: Observation): boolean {
  const isTruncating = statement.parsed.tree.kind === 'TruncateStmt'
  return isTruncating || error !== null || written.some(({ updated, deleted }) => updated + deleted > 0)
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
