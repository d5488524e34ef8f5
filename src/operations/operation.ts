import type { Phase } from '../graph/revision.ts'
import type { Sql } from '../sql/tag.ts'
import type { BackfillNeed, BackfillPlan } from './backfill-plan.ts'
import type { PartitionInterval } from './partition-interval.ts'
import type { IsNew, TablePart } from './phase.ts'

/** What an operation may know of the server when it writes its SQL. */
export type Server = {
  /** PostgreSQL's major version: 13 to 18. */
  readonly major: number
  /** Whether a table or an index is partitioned, where that is known before anything runs: for what is only shown. */
  isPartitioned?(relation: { readonly schema?: string | undefined; readonly name: string }): boolean
}

/** One recorded call, as plain data: `{ kind: 'createIndex', ...fields }`. */
export type Directive = { readonly kind: string }

/**
 * A statement that runs inside a transaction: with its neighbours (`shared`), as the last of them (`closing`, for what
 * the next statement may only see after a commit), or in one that nothing else joins (`own`).
 */
export type Statement = {
  readonly run: 'statement'
  readonly sql: Sql
  readonly transaction: 'shared' | 'closing' | 'own'
  /** Which part of its directive it is, where that has several: `validate`. */
  readonly part?: string
  /** For a COPY … FROM STDIN, where its rows come from. */
  readonly rows?: CopySource
  /** What people, plans, errors and the ledger see of it, where its text holds a secret. */
  readonly shown?: string
  readonly hints?: Hints
} & Undoable

/**
 * A directive that is done is undone by its inverse. One of which only some steps were done, before a failure, is taken back step
 * by step, the last one first; where that is a procedure, it may have come any part of its way.
 */
export type Undoable = {
  /**
   * What takes the step back; nothing where it leaves nothing. Left out where nobody knows: the directive has to be brought to its
   * end. A procedure that may find that it is too late says so in its `guard`: an abort that was begun has to be finished.
   */
  readonly undo?: readonly Step[]
}

/** What to do about an error of PostgreSQL's, by its SQLSTATE, where the operation knows more than PostgreSQL says. */
export type Hints = { readonly [sqlState: string]: string }

/**
 * Rows in COPY's text or CSV format: in a file, whose path is seen from the revision's folder; or from a function, which
 * gives them from the start each time it is called, since a transaction may have to be tried again.
 */
export type CopySource =
  | { readonly file: string }
  | { readonly stream: () => AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array> }

/** SQL of the user's, taken as it stands; it is split and classified by PostgreSQL's parser when it is planned. */
export type Script = { readonly run: 'script'; readonly sql: Sql }

/** A row as the server gave it. */
export type Row = { readonly [column: string]: unknown }

/**
 * One message to the server. A plain text waits for locks only as long as the lock timeout lets it; one said
 * `patiently` waits as long as it takes, because nobody has to wait behind it (CREATE INDEX CONCURRENTLY).
 */
export type Message = string | { readonly patiently: string }

/** A course of statements: each `yield` is one message to the server and gives the rows of its last statement. */
export type Course<Result = void> = Generator<Message, Result, readonly Row[]>

/** A statement of a script; or a query whose rows are statements, which psql runs one by one (`\gexec`). */
export type OfflineStep = string | { readonly each: string }

/**
 * Work that refuses a transaction: a course that looks at the catalog and goes on from where things stand, so that it
 * may be run again after a crash or a failure at any point.
 */
export type Procedure = {
  readonly run: 'procedure'
  readonly title: string
  /** The statements of an undisturbed run, for plans and for people. */
  readonly preview: readonly string[]
  /** What does the same in a script for psql, where that is not the preview; or why there is no such script. */
  readonly offline?: readonly OfflineStep[] | { readonly refused: string }
  /** Runs before the first attempt only, and changes nothing: it throws where what is found cannot be its own work. */
  guard?(): Course
  /** `before`: how the last attempt ended, if there was one; one that was interrupted may have done everything. */
  steps(before: 'none' | 'failed' | 'interrupted'): Course
} & Undoable

/** Row work in batches, each with its checkpoint in its own transaction. What it wrote stays where nothing takes it back. */
export type BackfillStep = {
  readonly run: 'backfill'
  readonly backfill: BackfillPlan
  /** Which part of its directive it is, where that has several: `fill`. */
  readonly part?: string
} & Undoable

/** What a directive asks of the server, in order. */
export type Step = Statement | Script | Procedure | BackfillStep

/** PostgreSQL's table lock modes, weakest first (https://www.postgresql.org/docs/current/explicit-locking.html). */
export const lockModes = [
  'AccessShare',
  'RowShare',
  'RowExclusive',
  'ShareUpdateExclusive',
  'Share',
  'ShareRowExclusive',
  'Exclusive',
  'AccessExclusive',
] as const
export type LockMode = (typeof lockModes)[number]

/** The strongest lock that a directive takes on a table that was there before it. */
export type Lock = {
  readonly schema?: string | undefined
  readonly table: string
  readonly mode: LockMode
  /** PostgreSQL's major version from which on it is taken, where that is not every one. */
  readonly since?: number
}

/** Each table once, with the strongest of its locks. */
export function strongestLocks(locks: readonly Lock[]): readonly Lock[] {
  const byTable = new Map<string, Lock>()
  for (const lock of locks) {
    const key = JSON.stringify([lock.schema, lock.table])
    const other = byTable.get(key)
    if (other === undefined || lockModes.indexOf(lock.mode) > lockModes.indexOf(other.mode))
      byTable.set(key, lock)
  }
  return [...byTable.values()]
}

/** Why a directive cannot be undone. */
export type Irreversible = { readonly irreversible: string }

/** For a directive that takes something away or changes it, and was not told what it was: `unknownBefore('the view v', 'dropView')`. */
export function unknownBefore(what: string, operationName: string): Irreversible {
  return { irreversible: `Nothing says what ${what} was: give "was" to ${operationName}.` }
}

/** A table whose partitions are kept up from a revision on, and how; null where that ends. */
export type Upkeep = {
  readonly schema?: string
  readonly table: string
  readonly rule: PartitionRule | null
}

/** How many partitions by time there are to be. */
export type PartitionRule = {
  readonly every: PartitionInterval
  /** So many intervals after the one that it is now have their partition made. */
  readonly ahead: number
  /** So many intervals before the one that it is now stay; all of them if left out. */
  readonly keep?: number
  /** What becomes of older ones: they are detached and stay as tables of their own (the default), or dropped. */
  readonly then?: 'detach' | 'drop'
}

/** Something that PostgreSQL has only from a major version on: `{ what: 'NULLS NOT DISTINCT', since: 15 }`. */
export type Need = { readonly what: string; readonly since: number }

/** The needs of the options that are used: `needsOf([fields.nullsNotDistinct, 'NULLS NOT DISTINCT', 15])`. */
export function needsOf(
  ...options: readonly (readonly [used: unknown, what: string, since: number])[]
): readonly Need[] {
  return options.flatMap(([used, what, since]) =>
    used === undefined || used === false ? [] : [{ what, since }],
  )
}

/** A runnable example: shown in the reference, and run on every supported server by the test suite. */
export type Example<Fields> = {
  /** SQL that makes what the example needs. */
  readonly given?: string
  readonly fields: Fields
  /** PostgreSQL's major version from which on it works, where the operation's `needs` cannot know. */
  readonly since?: number
  /** Why the embedded database cannot run it, where it cannot. */
  readonly notEmbedded?: string
  /** What it locks, where that depends on what the database has, which `locks` cannot know. */
  readonly locks?: readonly Lock[]
  /** Why its inverse leaves the catalog other than it was, where it does. */
  readonly leaves?: string
}

/** A change that old and new code live through together: the first half before the new code is out, the second when the old one is gone. */
export type Halves = { readonly expand: Directive; readonly contract: Directive }

/** What there is to say of one kind of instruction. All of it is pure: a connection is never seen here. */
export type OperationDefinition<Fields> = {
  /** One line for a person: `create index idx_users_name on users`. */
  title(fields: Fields): string
  steps(fields: Fields, server: Server): readonly Step[]
  /** The directives that undo it, in the order in which they run; or why there are none. */
  inverse(fields: Fields): readonly Directive[] | Irreversible
  /** What the options that are used need of the server's version. Left out where PostgreSQL 13 has them all. */
  needs?(fields: Fields): readonly Need[]
  /** What its inverse does not bring back, a sentence each. Left out where that is nothing, or `loses` has said it. */
  stays?(fields: Fields): readonly string[]
  /** What is gone for good once it has run, a sentence each. Left out where nothing is. */
  loses?(fields: Fields): readonly string[]
  /** What a careful operator wants to know before it runs, a sentence each: a rewrite, a long lock. */
  warns?(fields: Fields): readonly string[]
  /** What it may write anew, which only PostgreSQL knows, a sentence each: a warning too, where nobody has tried it. Left out where nothing is. */
  rewrites?(fields: Fields): readonly string[]
  locks(fields: Fields): readonly Lock[]
  /** Backfills that have to be finished before it; see `detach`. Left out where none has to. */
  needsBackfills?(fields: Fields): readonly BackfillNeed[]
  /**
   * `contract` where the application of before would fail on it or read wrong after it. `isNew` tells what the same revision
   * has made before. Left out where that application goes on as it did.
   */
  phase?(fields: Fields, isNew: IsNew): Phase
  /** The tables and columns that no application can know before it. Left out where there are none. */
  makes?(fields: Fields): readonly TablePart[]
  /** It reads or writes rows, and leaves the schema as it is: where the revisions are only tried, it is passed over, but for backfills of SQL. */
  readonly rowsOnly?: true
  /** It reaches another server, which would take what is only tried for the real thing: there it is passed over too. */
  readonly reachesOut?: true
  /** One directive that does what two of them do, one right after the other. Left out, or null, where there is none. */
  joins?(earlier: Fields, later: Fields): object | null
  /** The same in one transaction with its neighbours. Left out where it is so anyway, or cannot be. */
  together?(fields: Fields): object
  /** The same for what is in use, in two directives. Left out, or null, where there is no such form. */
  halves?(fields: Fields): Halves | null
  /** What is to be kept up from then on, outside of revisions. Left out where nothing is. */
  upkeep?(fields: Fields): Upkeep
  readonly examples: readonly Example<Fields>[]
}

/** A kind of instruction: call it to make a directive. */
export type Operation<Kind extends string, Fields> = ((
  fields: Fields,
) => Directive & { readonly kind: Kind } & Fields) & {
  readonly kind: Kind
  readonly definition: OperationDefinition<Fields>
}

/** Makes an operation. `kind` is the name under which the registry exports it. */
export function operation<const Kind extends string, Fields extends object>(
  kind: Kind,
  definition: OperationDefinition<NoInfer<Fields>>,
): Operation<Kind, Fields> {
  const make = (fields: Fields) => ({ kind, ...fields })
  return Object.assign(make, { kind, definition })
}

/** Whether a directive is one of an operation: then its fields are known. */
export function isOf<Kind extends string, Fields>(
  operation: Operation<Kind, Fields>,
  directive: Directive,
): directive is Directive & { readonly kind: Kind } & Fields {
  return directive.kind === operation.kind
}

/** The same directive with some of its fields others. */
export function withFields<Any extends Directive>(directive: Any, fields: Partial<Any>): Any {
  return { ...directive, ...fields }
}

/** A statement from text that is complete. */
export function statement(
  text: string,
  transaction: Statement['transaction'] = 'shared',
  part?: string,
): Statement {
  const sql = { sql: [text], values: [] }
  return { run: 'statement', sql, transaction, ...(part === undefined ? {} : { part }) }
}

/** Steps of which the first can be taken back, and the others with it. */
export function undoneBy<Any extends Exclude<Step, Script>>(
  undo: readonly Step[],
  steps: readonly Any[],
): readonly Any[] {
  return steps.map((step, n) => ({ ...step, undo: n === 0 ? undo : [] }))
}

/** Steps that are a part of a directive together; what part of that each is stands behind it. A procedure has a title of its own. */
export function asPart(part: string, steps: readonly Step[]): readonly Step[] {
  return steps.map((step) => {
    if (step.run !== 'statement' && step.run !== 'backfill') return step
    return { ...step, part: step.part === undefined ? part : `${part}, ${step.part}` }
  })
}
