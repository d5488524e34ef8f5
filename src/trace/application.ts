import type { Connection } from '../connection/connection.ts'
import { type CalledName, calledNames } from './called-names.ts'
import { type Moment, moment } from './changed-tables.ts'
import { isAtLeast } from './locks.ts'
import type { BrokenQuery, Observation, RefusedRows } from './observation.ts'
import { isPartition, type Picture, type PicturedRelation, relationName } from './picture.ts'
import { type PlannedQuery, planned } from './planned.ts'
import { refusedRows, stillWritable, type WritableRows, writableRows } from './refused-rows.ts'
import { brokenQueries } from './relation-queries.ts'
import { replacedColumns } from './replaced-columns.ts'
import { sampleCounts } from './sample-counts.ts'
import { type BehindColumn, columnsBehind } from './sequences-behind.ts'
import { readingFailure, visibleRows } from './visible-rows.ts'
import { wordsOf } from './words.ts'

/** What is asked of it at the end of a transaction. */
type End = {
  /** Relations as they were when it began, and as they are. */
  readonly before: Picture
  readonly after: Picture
  readonly since: Moment
  /** Whether sample rows were taken away in it, or have other values since. */
  readonly isShort: boolean
  /** What its statements did. */
  readonly observations: readonly Observation[]
}

/** The application of before: what it says of the schema, tried again and again as the migration goes on. */
export class Application {
  readonly #connection: Connection
  readonly #first: Picture
  readonly #given: ReadonlySet<number>
  #rows: ReadonlyMap<number, number>
  /** How many rows are read of what shows those of others, or not all of its own: views, tables with children, tables under row security. */
  #visible: Map<number, number>
  /** Queries of relations that are broken: they are told once. */
  readonly #told = new Set<string>()
  #names: readonly CalledName[]
  #queries: readonly PlannedQuery[]
  #writable: WritableRows
  /** Columns whose sequence is behind, where the migration may set one; null where it does not. */
  #behind: readonly BehindColumn[] | null

  private constructor(
    connection: Connection,
    first: Picture,
    known: {
      readonly rows: ReadonlyMap<number, number>
      readonly given: ReadonlySet<number>
      readonly visible: ReadonlyMap<number, number>
      readonly names: readonly CalledName[]
      readonly queries: readonly PlannedQuery[]
      readonly writable: WritableRows
      readonly behind: readonly BehindColumn[] | null
    },
  ) {
    this.#connection = connection
    this.#first = first
    this.#rows = known.rows
    this.#given = known.given
    this.#visible = new Map(known.visible)
    this.#names = known.names
    this.#queries = known.queries
    this.#writable = known.writable
    this.#behind = known.behind
  }

  /** Looks at what it can do before anything is changed. `rows`: how many each table has, by its oid; `said`: the names that the migration says, null for all. */
  static async before(
    connection: Connection,
    first: Picture,
    {
      ignored,
      rows,
      given,
      said,
      setsSequences,
      queries,
    }: {
      readonly ignored: readonly string[]
      readonly rows: ReadonlyMap<number, number>
      /** The tables of which these are the schema's own. */
      readonly given: ReadonlySet<number>
      readonly said: ReadonlySet<string> | null
      readonly setsSequences: boolean
      /** What it is known to ask; `what`: where it says so. */
      readonly queries: readonly PlannedQuery[]
    },
  ): Promise<Application> {
    const parents = new Set([...first.values()].flatMap((one) => one.parents))
    const seen = [...first.values()].filter(
      ({ oid, kind, shown }) =>
        kind === 'v' || kind === 'p' || (kind === 'r' && (parents.has(oid) || shown !== null)),
    )
    return new Application(connection, first, {
      rows,
      given,
      visible: await visibleRows(connection, seen),
      names: await calledNames(connection, { ignored, said }),
      queries: await passing(connection, queries),
      writable: await writableRows(connection, first, said),
      behind: setsSequences ? await columnsBehind(connection) : null,
    })
  }

  moment(): Promise<Moment> {
    return moment(this.#connection)
  }

  /** What needs rows that are not there is not tried again: sample rows that were taken away say nothing of real ones. */
  async tryWritable(): Promise<void> {
    this.#writable = await stillWritable(this.#connection, this.#writable)
  }

  /** Nobody sees what is between the statements of a transaction: what is broken at its end is put down to one of them. */
  async after(end: End): Promise<readonly Observation[]> {
    const told = end.observations.map((one) => ({
      ...one,
      broken: [...one.broken],
      hidden: [...one.hidden],
      refused: [...one.refused],
      replaced: [...one.replaced],
    }))
    for (const { at, broken, hidden, refused, replaced } of await this.#ofRelations(end)) {
      told[at]?.broken.push(...broken)
      told[at]?.hidden.push(...hidden)
      told[at]?.refused.push(...refused)
      told[at]?.replaced.push(...replaced)
    }
    for (const { at, broken } of await this.#ofNames(end)) told[at]?.broken.push(broken)
    for (const { at, broken } of await this.#ofQueries(end)) told[at]?.broken.push(broken)
    // Rows that are tried take values of sequences, which nothing gives back.
    for (const refused of [...(await this.#ofSequences(end)), ...(await this.#ofRows(end))])
      told[refusing(refused, end)]?.refused.push(refused)
    if (end.isShort || end.observations.some(takesRows)) await this.#countAgain(end.after)
    return told
  }

  /** What is taken away in one transaction was not hidden by the next. */
  async #countAgain(now: Picture): Promise<void> {
    const counted = [...this.#visible.keys()].flatMap((oid) => now.get(oid) ?? [])
    this.#visible = new Map(await visibleRows(this.#connection, counted))
    this.#rows = await sampleCounts(this.#connection, now)
  }

  async #ofRelations({ before, after, isShort, observations }: End): Promise<
    readonly {
      readonly at: number
      readonly broken: readonly BrokenQuery[]
      readonly hidden: Observation['hidden']
      readonly refused: Observation['refused']
      readonly replaced: Observation['replaced']
    }[]
  > {
    const changed = [...before.values()].filter(
      ({ oid, isTemporary }) =>
        this.#first.has(oid) &&
        !isTemporary &&
        !isPartition(this.#first.get(oid), this.#first) &&
        observations.some((one) => one.before.get(oid) !== one.after.get(oid)),
    )
    const told = []
    for (const relation of changed) {
      const { oid } = relation
      const was = this.#first.get(oid) ?? relation
      const failing = await brokenQueries(this.#connection, [
        { was, is: after.get(oid), isWritten: this.#given.has(oid) },
      ])
      const broken: BrokenQuery[] = failing.filter(({ query }) => !this.#told.has(query))
      for (const { query } of failing) this.#told.add(query)
      const renames = observations.findLastIndex(
        (one) => !isNamedAlike(one.before.get(oid), one.after.get(oid)),
      )
      const changes = observations.findLastIndex((one) => one.before.get(oid) !== one.after.get(oid))
      const isTaken = isShort || failing.length > 0 || observations.some(takesRows)
      const ofPolicies = await this.#rowsOfPolicies(relation, after.get(oid))
      broken.push(...(ofPolicies?.broken ?? []))
      const hidden = ofPolicies?.hidden ?? (isTaken ? [] : await this.#hiddenRows(relation, after))
      const refused = ofPolicies?.refused ?? []
      const replaced = await replacedColumns(this.#connection, { was: relation, is: after.get(oid) })
      told.push({ at: renames === -1 ? changes : renames, broken, hidden, refused, replaced })
    }
    return told
  }

  /** What is read by a name that has stayed: the rows of a view may be others, and a table may have lost those of a child. */
  async #hiddenRows({ oid, schema, name }: PicturedRelation, now: Picture): Promise<Observation['hidden']> {
    const isRenamed = now.get(oid)?.name !== name || now.get(oid)?.schema !== schema
    const shown = now.get(oid)?.shown ?? null
    const before = this.#visible.get(oid) ?? (isRenamed ? this.#rows.get(oid) : undefined)
    if (before === undefined) return []
    const after = (await visibleRows(this.#connection, [{ oid, schema, name, shown }])).get(oid) ?? 0
    this.#visible.set(oid, after)
    return after < before ? [{ relation: relationName({ schema, name }), before, after }] : []
  }

  /** Of a table whose policies are others now: whether others cannot read it, see fewer of its rows than by those of before, and could insert fewer, where no role is known that was tried. null of any other table. */
  async #rowsOfPolicies(
    was: PicturedRelation,
    is: PicturedRelation | undefined,
  ): Promise<Pick<Observation, 'broken' | 'hidden' | 'refused'> | null> {
    if (is === undefined || (is.shown === was.shown && is.admitted === was.admitted)) return null
    const { oid } = is
    const failure = await this.#failureOfPolicies(was, is)
    if (failure !== null) return { broken: [failure], hidden: [], refused: [] }
    const [before = 0, after = 0, could = 0, can = 0] = await this.#countsBy(is, [
      was.shown,
      is.shown,
      was.admitted,
      is.admitted,
    ])
    this.#visible.set(oid, after)
    const relation = relationName(is)
    const isClosed = was.readers > 0 && is.readers === 0
    const isTried = this.#writable.trials.some(({ own }) => own.relation.oid === oid && own.role !== null)
    return {
      broken: [],
      // Who may not read at all is told so.
      hidden: after < before && !isClosed ? [{ relation, before, after }] : [],
      refused:
        isTried || can >= could ? [] : [{ ...notAdmitted, relation, oid, refused: could - can, of: could }],
    }
  }

  /** A setting that a policy reads and nobody makes is an error, of whatever is asked. */
  async #failureOfPolicies(was: PicturedRelation, is: PicturedRelation): Promise<BrokenQuery | null> {
    const failure = await readingFailure(this.#connection, is)
    if (failure === null || (await readingFailure(this.#connection, { ...is, shown: was.shown })) !== null)
      return null
    const { sqlState } = failure.server
    return {
      relation: relationName(is),
      query: `SELECT from ${relationName(is)}`,
      sqlState,
      message: failure.message,
    }
  }

  /** How many rows meet each condition. */
  async #countsBy(
    relation: PicturedRelation,
    conditions: readonly (string | null)[],
  ): Promise<readonly number[]> {
    const counts = []
    for (const shown of conditions)
      counts.push((await visibleRows(this.#connection, [{ ...relation, shown }])).get(relation.oid) ?? 0)
    return counts
  }

  async #ofNames({
    observations,
  }: End): Promise<readonly { readonly at: number; readonly broken: BrokenQuery }[]> {
    const failures = await planned(this.#connection, this.#names)
    const gone = this.#names.flatMap((name, n) => {
      const failure = failures[n] ?? null
      return failure === null ? [] : [{ name, failure }]
    })
    this.#names = this.#names.filter((name) => !gone.some((one) => one.name === name))
    return gone.map(({ name: { what, sql, words }, failure }) => ({
      at: naming(words, observations),
      broken: { relation: what, query: sql, ...failure },
    }))
  }

  async #ofQueries({
    observations,
  }: End): Promise<readonly { readonly at: number; readonly broken: BrokenQuery }[]> {
    const failures = await planned(this.#connection, this.#queries)
    const told = this.#queries.flatMap((query, n) => {
      const failure = failures[n] ?? null
      return failure === null ? [] : [{ query, failure }]
    })
    this.#queries = this.#queries.filter((query) => !told.some((one) => one.query === query))
    return told.map(({ query: { what, sql }, failure }) => ({
      at: naming(namesIn(failure.message), observations),
      broken: { relation: what, source: what, query: sql, ...failure },
    }))
  }

  /** Columns whose sequence gives what is there, now. */
  async #ofSequences({ after }: End): Promise<readonly RefusedRows[]> {
    if (this.#behind === null) return []
    const known = this.#behind
    const behind = await columnsBehind(this.#connection)
    this.#behind = [...known, ...behind]
    return behind.flatMap(({ oid, number, column, isAnew }) => {
      const was = this.#first.get(oid)
      const now = after.get(oid)
      const isNew = was?.columns.some((one) => one.number === number) !== true
      const isKnown = known.some((one) => one.oid === oid && one.number === number)
      // Samples have far greater numbers than anybody's rows.
      if (isNew || isKnown || now === undefined || (!isAnew && !this.#given.has(oid))) return []
      return [
        {
          ...taken,
          message: `the next value of ${column} is one that is there`,
          relation: relationName(now),
          oid,
          refused: 1,
          of: 1,
        },
      ]
    })
  }

  async #ofRows({ since }: End): Promise<readonly RefusedRows[]> {
    const refused = await refusedRows(this.#connection, this.#writable, since)
    const trials = this.#writable.trials.filter(
      ({ own, verb }) => !refused.some((one) => one.oid === own.relation.oid && one.verb === verb),
    )
    this.#writable = { ...this.#writable, trials }
    return refused
  }
}

const notAdmitted: Omit<RefusedRows, 'relation' | 'oid' | 'refused' | 'of'> = {
  verb: 'INSERT',
  isNarrowed: false,
  sqlState: '42501',
  message: 'its policies do not let the row in',
  constraint: null,
  isRaised: false,
  isInFunction: false,
}

const taken: Omit<RefusedRows, 'relation' | 'oid' | 'message' | 'refused' | 'of'> = {
  verb: 'partial INSERT',
  isNarrowed: false,
  sqlState: '23505',
  constraint: null,
  isRaised: false,
  isInFunction: false,
}

/** Those that PostgreSQL takes as things stand. */
async function passing(
  connection: Connection,
  queries: readonly PlannedQuery[],
): Promise<readonly PlannedQuery[]> {
  const failures = await planned(connection, queries)
  return queries.filter((_, at) => failures[at] === null)
}

/** The names in quotes in PostgreSQL's message, and the column of `column u.age does not exist`. */
function namesIn(message: string): readonly string[] {
  const quoted = [...message.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name)
  const bare = message.match(/^column (\S+) /)?.[1]
  return [...quoted, ...(bare === undefined ? [] : [bare])].flatMap((name) => name.split('.').at(-1) ?? [])
}

/** The last statement that takes a name away, or else says it. */
function naming(words: readonly string[], observations: readonly Observation[]): number {
  for (const word of words) {
    const saying = (one: Observation) => wordsOf(one.statement.parsed.tree).has(word)
    const taking = ['DropStmt', 'RenameStmt', 'AlterEnumStmt', 'AlterObjectSchemaStmt']
    const takes = observations.findLastIndex(
      (one) => taking.includes(one.statement.parsed.tree.kind) && saying(one),
    )
    const says = takes === -1 ? observations.findLastIndex(saying) : takes
    if (says !== -1) return says
  }
  return observations.length - 1
}

/** The last statement that names what refuses them, or else has closed the table to other changes of it. */
function refusing({ relation, constraint }: RefusedRows, { observations }: End): number {
  const names = observations.findLastIndex(
    ({ statement }) => constraint !== null && wordsOf(statement.parsed.tree).has(constraint),
  )
  if (names !== -1) return names
  const locks = observations.findLastIndex((one) =>
    one.locks.some((lock) => lock.relation === relation && isAtLeast(lock.mode, 'ShareUpdateExclusive')),
  )
  return locks === -1 ? observations.length - 1 : locks
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
