import type { Connection } from '../connection/connection.ts'
import { runPrepared } from '../connection/prepared.ts'
import { changedTables, type Moment } from './changed-tables.ts'
import { concerns, ofOwnTypes } from './concerned.ts'
import type { RefusedRows } from './observation.ts'
import { type OwnRows, readOwnRows } from './own-rows.ts'
import { isPartition, type Picture, type PicturedRelation, relationName } from './picture.ts'
import { mostChanged, type Refusal, type RowOutcome, type RowTrial, trialsOf, tryRows } from './row-trials.ts'
import { narrowedChecks, type ValueList, valueLists } from './value-lists.ts'

/** Rows that can be written again before the migration, and perhaps not after it. */
export type WritableRows = {
  readonly trials: readonly RowTrial[]
  /** Those that were tried; of the others it is known that they were written once. */
  readonly proven: ReadonlySet<RowTrial>
  readonly lists: readonly ValueList[]
}

/** Some rows of the tables that a migration may change. `said`: the names that it says. */
export async function writableRows(
  connection: Pick<Connection, 'run' | 'transaction'>,
  picture: Picture,
  said: ReadonlySet<string> | null,
): Promise<WritableRows> {
  const known = ofOwnTypes(said, await ownTypes(connection), picture)
  const tables = [...picture.values()].filter(
    (one) => isWrittenTo(one, picture) && concerns(known, one, picture),
  )
  if (tables.length === 0) return { trials: [], proven: new Set(), lists: [] }
  const own = await readOwnRows(connection, tables)
  const asRole = await provenTrials(
    connection,
    own.filter(({ role }) => role !== null),
  )
  // Who may write to a table may lack something else that it needs: then it is the owner who writes.
  const isWriting = new Set([...asRole.proven].map((trial) => trial.own))
  const others = own.filter((one) => !isWriting.has(one)).map((one) => ({ ...one, role: null }))
  const asOwner = await provenTrials(connection, others)
  return {
    trials: [...asRole.trials.filter((trial) => isWriting.has(trial.own)), ...asOwner.trials],
    proven: new Set([...asRole.proven, ...asOwner.proven]),
    lists: await valueLists(connection),
  }
}

/** The trials of rows but those that are refused now. */
async function provenTrials(
  connection: Pick<Connection, 'run' | 'transaction'>,
  own: readonly OwnRows[],
): Promise<Pick<WritableRows, 'trials' | 'proven'>> {
  const trials = own.flatMap(trialsOf)
  const tried = trials.filter(({ at }) => at < mostChanged)
  const outcomes = await tryRows(connection, tried)
  const refused = new Set(tried.filter((_, at) => !isWritten(outcomes[at])))
  return {
    trials: trials.filter((trial) => !refused.has(trial)),
    proven: new Set(tried.filter((trial) => !refused.has(trial))),
  }
}

/** Those that can still be written, where other rows are no longer there: a default, a trigger may need them. What a foreign key looks for is looked for last, after all else that may refuse them. */
export async function stillWritable(
  connection: Pick<Connection, 'run' | 'transaction'>,
  { trials, ...known }: WritableRows,
): Promise<WritableRows> {
  const outcomes = await tryRows(connection, trials)
  return {
    trials: trials.filter((_, at) => isWritten(outcomes[at]) || lacksOnlyReference(outcomes[at])),
    ...known,
  }
}

async function ownTypes(connection: Pick<Connection, 'run' | 'transaction'>): Promise<ReadonlySet<string>> {
  const [found = []] = await runPrepared(connection, [
    {
      text: "SELECT typname AS name FROM pg_type WHERE oid >= 16384 AND typtype IN ('d', 'e', 'r', 'm') OR typrelid IN (SELECT oid FROM pg_class WHERE relkind = 'c')",
    },
  ])
  return new Set(found.map(({ name }) => String(name)))
}

/** A partition is written to by the name of its table. */
function isWrittenTo(relation: PicturedRelation, picture: Picture): boolean {
  const { kind, isTemporary } = relation
  return (kind === 'r' || kind === 'p') && !isTemporary && !isPartition(relation, picture)
}

function isWritten(outcome: RowOutcome | undefined): boolean {
  return outcome?.is === 'done' && outcome.rows > 0
}

function lacksOnlyReference(outcome: RowOutcome | undefined): boolean {
  return outcome?.is === 'refused' && outcome.sqlState === '23503' && !outcome.isRaised
}

/** Which of them are refused now, of tables of which anything is new since a moment. */
export async function refusedRows(
  connection: Pick<Connection, 'run' | 'transaction'>,
  { trials, proven, lists }: WritableRows,
  since: Moment,
): Promise<readonly RefusedRows[]> {
  if (trials.length === 0) return []
  const changed = await changedTables(connection, since)
  const concerned = trials.filter(({ own }) => changed.has(own.relation.oid))
  const outcomes = await tryRows(connection, concerned)
  const refused = concerned.flatMap((trial, at) => {
    const refusal = refusalOf(outcomes[at])
    // A trigger or a rule that was there before may be what refuses it.
    const isNew = proven.has(trial) || (refusal?.isRaised === false && refusal !== swallowed)
    return refusal === null || !isNew ? [] : [{ trial, refusal }]
  })
  const narrowed = refused.some(({ refusal }) => refusal.sqlState === '23514')
    ? await narrowedChecks(connection, lists)
    : new Set()
  const groups = Map.groupBy(refused, ({ trial: { own, verb }, refusal }) =>
    JSON.stringify([own.relation.oid, verb, refusal.sqlState, refusal.constraint]),
  )
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return []
    const { trial, refusal } = first
    const alike = concerned.filter(({ own, verb }) => own === trial.own && verb === trial.verb)
    return [
      {
        relation: relationName(trial.own.relation),
        oid: trial.own.relation.oid,
        verb: trial.verb,
        ...refusal,
        isNarrowed: narrowed.has(`${trial.own.relation.oid} ${refusal.constraint}`),
        refused: more.length + 1,
        of: alike.length,
      },
    ]
  })
}

/** What comes of the rows that are there, of references, and of names that are gone, is told elsewhere. */
function refusalOf(outcome: RowOutcome | undefined): Refusal | null {
  if (outcome === undefined || outcome.is === 'unknown') return null
  if (outcome.is === 'done') return outcome.rows > 0 ? null : swallowed
  const { sqlState, isRaised, isInFunction } = outcome
  // What a function says by them is planned nowhere else.
  const isOfNames = sqlState.startsWith('42') && sqlState !== '42501' && !isInFunction
  const isOfOthers = ['23505', '23503', '23001', '23P01'].includes(sqlState) || isOfNames
  return isOfOthers && !isRaised ? null : outcome
}

const swallowed: Refusal = {
  sqlState: '00000',
  message: 'nothing was written, and there was no error',
  constraint: null,
  isRaised: false,
  isInFunction: false,
}
