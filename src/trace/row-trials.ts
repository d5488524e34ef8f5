import type { Connection, Row } from '../connection/connection.ts'
import { answeringBlock } from '../sql/answering-block.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import type { OwnColumn, OwnRows } from './own-rows.ts'

/**
 * What an application does with a row. `partial`: an INSERT that leaves out what may be left out; `changing`: an UPDATE to what another row has; `filling`: one of
 * what is NULL, and has a value in another row.
 */
export type RowVerb = 'INSERT' | 'partial INSERT' | 'UPDATE' | 'changing UPDATE' | 'filling UPDATE' | 'DELETE'

/** One row that is written as before; and what came of it. */
export type RowTrial = {
  readonly own: OwnRows
  readonly verb: RowVerb
  /** Which row. */
  readonly at: number
  readonly sql: string
  /** What is done first, without triggers and rules. */
  readonly first: readonly string[]
}

/** `unknown`: what comes first was refused. */
export type RowOutcome =
  | { readonly is: 'unknown' }
  | { readonly is: 'done'; readonly rows: number }
  | ({ readonly is: 'refused' } & Refusal)

export type Refusal = {
  readonly sqlState: string
  readonly message: string
  readonly constraint: string | null
  /** A function said so by RAISE. */
  readonly isRaised: boolean
  /** Something that a function does is refused, be it that of a trigger. */
  readonly isInFunction: boolean
}

/** Of so many rows all is tried; of the others an INSERT. */
export const mostChanged = 3

/** All trials of a table's rows. What is NULL was perhaps left out, and is left out again. */
export function trialsOf(own: OwnRows): readonly RowTrial[] {
  return own.rows.flatMap((row, at) => {
    const remove = removal(own, row)
    const insert = insertion(own, row, () => true)
    const there = [...remove, insert]
    const trial = (verb: RowVerb, sql: string, first: readonly string[]): RowTrial => ({
      own,
      verb,
      at,
      sql,
      first,
    })
    const isSome = own.columns.some(({ isOptional }) => isOptional)
    // What triggers and rules do hangs on the row no more than now and then.
    if (at >= mostChanged) return [trial('INSERT', insert, remove)]
    const partial = isSome && at === 0 ? [insertion(own, row, ({ isOptional }) => !isOptional)] : []
    return [
      trial('INSERT', insert, remove),
      ...partial.map((sql) => trial('partial INSERT', sql, remove)),
      trial(
        'UPDATE',
        `UPDATE ${qualifiedName(own.relation)} SET ${all(own, row, ', ')} ${which(own, row)}`,
        there,
      ),
      ...changes(own, at, () => true).map((sql) => trial('changing UPDATE', sql, there)),
      ...changes(own, at, (value) => value === 'NULL').map((sql) => trial('filling UPDATE', sql, there)),
      trial('DELETE', `DELETE FROM ${qualifiedName(own.relation)} ${which(own, row)}`, there),
    ]
  })
}

/** An UPDATE to the values of one of the rows that have most others, none where all have the same. Some triggers look only at what has another value than before. */
function changes(own: OwnRows, at: number, isChanged: (was: string) => boolean): readonly string[] {
  const row = own.rows[at] ?? []
  const isMeant = own.columns.map(
    ({ isKey, isApart }, n) => !isKey && !isApart && isChanged(row[n] ?? 'NULL'),
  )
  const changed = (other: readonly string[]) =>
    other.filter((value, n) => isMeant[n] && value !== row[n] && value !== 'NULL').length
  const others = own.rows.filter((other) => changed(other) > 0).toSorted((a, b) => changed(b) - changed(a))
  return others.slice(at, at + 1).map((other) => {
    const values = other.map((value, n) => (isMeant[n] ? value : 'NULL'))
    return `UPDATE ${qualifiedName(own.relation)} SET ${all(own, values, ', ')} ${which(own, row)}`
  })
}

function all(
  { columns }: OwnRows,
  row: readonly string[],
  between: string,
  isMeant: (column: OwnColumn) => boolean = () => true,
): string {
  return columns
    .flatMap((column, n) =>
      isMeant(column) && row[n] !== 'NULL' ? [`${quoteIdentifier(column.name)} = ${row[n]}`] : [],
    )
    .join(between)
}

function insertion(
  { relation, columns }: OwnRows,
  row: readonly string[],
  isMeant: (column: OwnColumn) => boolean,
): string {
  const written = columns.flatMap((column, n) =>
    isMeant(column) && row[n] !== 'NULL' ? [{ name: column.name, value: row[n] }] : [],
  )
  return written.length === 0
    ? `INSERT INTO ${qualifiedName(relation)} DEFAULT VALUES`
    : `INSERT INTO ${qualifiedName(relation)} (${written.map(({ name }) => quoteIdentifier(name)).join(', ')}) VALUES (${written.map(({ value }) => value).join(', ')})`
}

/** The row itself is in its own way. */
function removal(own: OwnRows, row: readonly string[]): readonly string[] {
  return own.columns.some(({ isKey }) => isKey)
    ? [`DELETE FROM ${qualifiedName(own.relation)} ${which(own, row)}`]
    : []
}

/** By its key; without one, one row is as good as another. */
function which(own: OwnRows, row: readonly string[]): string {
  const key = all(own, row, ' AND ', ({ isKey }) => isKey)
  return key === ''
    ? `WHERE ctid = (SELECT ctid FROM ${qualifiedName(own.relation)} LIMIT 1)`
    : `WHERE ${key}`
}

/**
 * Does each and takes it back at once. A transaction that is open stays as it is. What is refused where the other rows of its table are not there
 * either, as they are not for those that are tried together, is tried alone.
 */
export async function tryRows(
  connection: Pick<Connection, 'run'>,
  trials: readonly RowTrial[],
): Promise<readonly RowOutcome[]> {
  const groups = [...Map.groupBy(trials, ({ own, verb }) => `${own.relation.oid} ${isInsert(verb)}`).values()]
  const together = await tryGroups(connection, groups)
  const isOpen = (trial: RowTrial) => {
    const outcome = together.get(trial)
    return outcome?.is !== 'done' || outcome.rows === 0
  }
  const left = groups.filter((group) => group.length > 1).flatMap((group) => group.filter(isOpen))
  const alone = await tryGroups(
    connection,
    left.map((trial) => [trial]),
  )
  return trials.map((trial) => alone.get(trial) ?? together.get(trial) ?? { is: 'unknown' })
}

function isInsert(verb: RowVerb): boolean {
  return verb === 'INSERT' || verb === 'partial INSERT'
}

/** `groups`: those of one table for which the same has to be there first. */
async function tryGroups(
  connection: Pick<Connection, 'run'>,
  groups: readonly (readonly RowTrial[])[],
): Promise<ReadonlyMap<RowTrial, RowOutcome>> {
  if (groups.length === 0) return new Map()
  // Rows that are alike but for their key are written alike, and come to the same.
  const alike = groups.map((group) => [
    ...Map.groupBy(group, ({ sql, own }) => `${own.role} ${sql}`).values(),
  ])
  const given = groups.map((group, at) => ({
    relation: group.map(({ own }) => qualifiedName(own.relation))[0],
    first: [...new Set(group.flatMap(({ first }) => first))],
    trials: (alike[at] ?? []).flatMap(([one]) =>
      one === undefined ? [] : [{ sql: one.sql, role: one.own.role }],
    ),
  }))
  const results = await connection.run(answeringBlock(given, tryingBlock).join(';\n'))
  const outcomes = ((results[1]?.rows[0]?.['answer'] ?? []) as readonly Row[]).map(outcomeOf)
  return new Map(
    alike
      .flat()
      .flatMap((trials, at) => trials.map((trial) => [trial, outcomes[at] ?? { is: 'unknown' }] as const)),
  )
}

function outcomeOf({ first, state, message, constraint, context, rows }: Row): RowOutcome {
  if (first === true) return { is: 'unknown' }
  if (state === undefined) return { is: 'done', rows: Number(rows) }
  return {
    is: 'refused',
    sqlState: String(state),
    message: String(message),
    constraint: constraint === '' ? null : String(constraint),
    isRaised: /^[^\n]* at RAISE$/m.test(String(context).split('\n')[0] ?? ''),
    // The last is the block that tries it.
    isInFunction:
      String(context)
        .split('\n')
        .filter((line) => /^(?:PL\/pgSQL|SQL) function /.test(line)).length > 1,
  }
}

/**
 * What comes first is done once for all trials of a group, and each of these is taken back by itself. Whether triggers fire is set for a table that has any:
 * whenever it is set otherwise, PostgreSQL plans all anew. An outcome for each trial, in order.
 */
const tryingBlock = {
  declare: `one jsonb;
  trial jsonb;
  query text;
  is_first boolean;
  is_loud boolean;
  found_rows bigint;
  is_settled boolean := true;
  state text;
  said text;
  violated text;
  place text;
  outcomes jsonb;`,
  body: `-- What the migration has put off to the end may fail there, and is told then.
  BEGIN
    SET CONSTRAINTS ALL IMMEDIATE;
    RAISE EXCEPTION 'undone' USING ERRCODE = 'ZZ001';
  EXCEPTION WHEN OTHERS THEN
    is_settled := SQLSTATE = 'ZZ001';
  END;
  FOR one IN SELECT * FROM jsonb_array_elements(given) LOOP
    outcomes := '[]';
    -- By its name, which may be another relation's now.
    SELECT relkind <> 'r' OR relhastriggers OR relhasrules OR EXISTS (SELECT FROM pg_inherits WHERE inhparent = c.oid)
      INTO is_loud FROM pg_class c WHERE oid = to_regclass(one->>'relation');
    BEGIN
      is_first := true;
      IF is_loud THEN
        PERFORM set_config('session_replication_role', 'replica', true);
      END IF;
      FOR query IN SELECT * FROM jsonb_array_elements_text(one->'first') LOOP
        EXECUTE query;
      END LOOP;
      IF is_loud THEN
        PERFORM set_config('session_replication_role', 'origin', true);
      END IF;
      is_first := false;
      FOR trial IN SELECT * FROM jsonb_array_elements(one->'trials') LOOP
        BEGIN
          IF trial->>'role' IS NOT NULL THEN
            EXECUTE format('SET LOCAL ROLE %I', trial->>'role');
          END IF;
          EXECUTE trial->>'sql';
          GET DIAGNOSTICS found_rows = ROW_COUNT;
          IF is_settled THEN
            SET CONSTRAINTS ALL IMMEDIATE;
          END IF;
          RAISE EXCEPTION 'undone' USING ERRCODE = 'ZZ001';
        EXCEPTION WHEN SQLSTATE 'ZZ001' THEN
          outcomes := outcomes || jsonb_build_object('rows', found_rows);
        WHEN OTHERS THEN
          GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, said = MESSAGE_TEXT, violated = CONSTRAINT_NAME, place = PG_EXCEPTION_CONTEXT;
          outcomes := outcomes || jsonb_build_object('state', state, 'message', said, 'constraint', violated, 'context', place);
        END;
      END LOOP;
      RAISE EXCEPTION 'undone' USING ERRCODE = 'ZZ001';
    EXCEPTION WHEN OTHERS THEN
      IF is_first THEN
        SELECT jsonb_agg(jsonb_build_object('first', true)) INTO outcomes FROM jsonb_array_elements(one->'trials');
      END IF;
    END;
    answer := answer || outcomes;
  END LOOP;`,
}
