import { quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { dropColumnsSql } from './name-swap.ts'
import {
  asPart,
  type Lock,
  type LockMode,
  type Operation,
  operation,
  type Step,
  statement,
  undoneBy,
} from './operation.ts'
import { inSchema, lockOn, regclass, tableName } from './relation.ts'
import { areApart, hasOthers } from './rows-compare.ts'
import {
  createBackward,
  createForward,
  dropBackward,
  dropForward,
  oldColumns,
  type RowExpansion,
  rowsKey,
} from './rows-sync.ts'

export type ExpandRows = RowExpansion & {
  /** As in `expandColumn`. Default: 0. */
  readonly failedRows?: number
}
export type RetractRows = RowExpansion
export type ContractRows = RowExpansion & {
  /** Keeps the old columns, fed from the new rows, so that the contract can be taken back; until `dropKeptRows`. */
  readonly keep?: true
}
export type ReopenRows = RowExpansion
export type DropKeptRows = RowExpansion

const tables = `CREATE TABLE users (id bigint PRIMARY KEY, preferences jsonb NOT NULL DEFAULT '{}');
  CREATE TABLE preferences (user_id bigint REFERENCES users, key text, value jsonb, PRIMARY KEY (user_id, key));
  INSERT INTO users VALUES (1, '{"theme": "dark"}')`

const preferences: RowExpansion = {
  table: 'users',
  from: 'preferences',
  to: { table: 'preferences', columns: ['user_id', 'key', 'value'], key: ['user_id', 'key'] },
  on: { user_id: 'id' },
  up: { sql: ['SELECT id, key, value FROM jsonb_each(preferences)'], values: [] },
  down: {
    preferences: {
      sql: ["SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM preferences WHERE user_id = users.id"],
      values: [],
    },
  },
}

/**
 * The first half of moving columns into rows of another table under traffic: a document into a row for each of its keys, a part
 * of a table into a table of its own. The new table is there already. Triggers let its rows follow the old columns, the rows
 * that are there are copied in batches, and then triggers let the old columns follow the new rows too: whichever is
 * written, the other has it within the same transaction. From then on the old and the new application work side by side, until
 * `contractRows`. Either needs its privileges on both tables. Where both write the same row at the same moment, PostgreSQL may
 * end one of them as a deadlock (40P01), to be tried again; TRUNCATE is not followed. A column that is NOT NULL needs a default.
 * https://www.postgresql.org/docs/current/sql-createtrigger.html
 */
export const expandRows: Operation<'expandRows', ExpandRows> = operation('expandRows', {
  title: (fields) => `expand rows ${titleOf(fields)}`,
  steps: (fields) => [
    ...undoneBy(
      [],
      [refuseUnfillable(fields), refuseOthers(fields)].map((sql) => statement(sql)),
    ),
    ...undoneBy(
      dropForward(fields).map((sql) => statement(sql)),
      createForward(fields).map((sql) => statement(sql)),
    ),
    copy(fields),
    ...asPart(
      'let the old columns follow',
      createBackward(fields).map((sql) => statement(sql)),
    ),
  ],
  inverse: (fields) => [retractRows(expansionOf(fields))],
  stays: (fields) => [`the rows of ${fields.to.table} stay`],
  warns: (fields) => [
    `old and new application can run into a deadlock where both write the same row of ${fields.table} at the same moment`,
  ],
  locks: both('ShareRowExclusive'),
  examples: [
    { given: tables, fields: preferences },
    {
      given: `CREATE SCHEMA app; CREATE TABLE app.people (id uuid PRIMARY KEY, bio text, site text);
        CREATE TABLE app.profiles (person uuid PRIMARY KEY REFERENCES app.people ON DELETE CASCADE, bio text, site text);
        INSERT INTO app.people VALUES ('7a8f9b1e-3c5d-4e2f-8a6b-0c1d2e3f4a5b', 'Countess', NULL)`,
      fields: {
        schema: 'app',
        table: 'people',
        from: ['bio', 'site'],
        to: { schema: 'app', table: 'profiles', columns: ['person', 'bio', 'site'], key: ['person'] },
        on: { person: 'id' },
        up: { sql: ['SELECT id, bio, site WHERE bio IS NOT NULL OR site IS NOT NULL'], values: [] },
        down: {
          bio: { sql: ['SELECT bio FROM app.profiles WHERE person = people.id'], values: [] },
          site: { sql: ['SELECT site FROM app.profiles WHERE person = people.id'], values: [] },
        },
      },
    },
  ],
})

/**
 * Takes `expandRows` back: the triggers go. The old columns have been complete all along; the new table and its rows stay, for
 * whatever made it to drop. https://www.postgresql.org/docs/current/sql-droptrigger.html
 */
export const retractRows: Operation<'retractRows', RetractRows> = operation('retractRows', {
  title: (fields) => `retract rows ${titleOf(fields)}`,
  steps: (fields) => [...dropForward(fields), ...dropBackward(fields)].map((sql) => statement(sql)),
  inverse: (fields) => [expandRows(fields)],
  phase: () => 'contract',
  locks: both('AccessExclusive'),
  examples: [{ given: given(createForward, createBackward), fields: preferences }],
})

/**
 * The second half: the triggers and the old columns go. Refused while a row is not in step with those that belong to it. Run it
 * when no application uses the old columns any more. https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const contractRows: Operation<'contractRows', ContractRows> = operation('contractRows', {
  title: (fields) => `contract rows ${titleOf(fields)}`,
  needsBackfills: (fields) => [
    { ...inSchema(fields), table: fields.table, columns: oldColumns(fields) },
    { ...inSchema(fields.to), table: fields.to.table, columns: fields.to.columns },
  ],
  steps: (fields) => [
    statement(refuseApart(fields), 'own', 'compare'),
    ...dropForward(fields).map((sql) => statement(sql)),
    ...(fields.keep === true ? [] : endSteps(fields)),
  ],
  inverse: (fields) =>
    fields.keep === true
      ? [reopenRows(expansionOf(fields))]
      : {
          irreversible: `The columns ${titleOf(fields)} are gone. With "keep" they are fed for a time, and the contract can be undone.`,
        },
  loses: (fields) => (fields.keep === true ? [] : lostColumns(fields)),
  phase: () => 'contract',
  locks: (fields) => [
    lockOn(fields, 'AccessExclusive'),
    lockOn(fields.to, fields.keep === true ? 'AccessShare' : 'AccessExclusive'),
  ],
  examples: [
    { given: given(createForward, createBackward), fields: preferences },
    { given: given(createForward, createBackward), fields: { ...preferences, keep: true } },
  ],
})

/**
 * Takes a contract back that has kept the old columns: the new table's rows follow them again, and the old application finds
 * every write of the new one. https://www.postgresql.org/docs/current/sql-createtrigger.html
 */
export const reopenRows: Operation<'reopenRows', ReopenRows> = operation('reopenRows', {
  title: (fields) => `reopen rows ${titleOf(fields)}`,
  steps: (fields) => createForward(fields).map((sql) => statement(sql)),
  inverse: (fields) => [contractRows({ ...fields, keep: true })],
  locks: (fields) => [lockOn(fields, 'ShareRowExclusive')],
  examples: [{ given: given(createBackward), fields: preferences }],
})

/**
 * Drops the columns that a contract has kept, and the triggers that feed them.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const dropKeptRows: Operation<'dropKeptRows', DropKeptRows> = operation('dropKeptRows', {
  title: (fields) => `drop kept ${titleOf(fields)}`,
  steps: endSteps,
  inverse: (fields) => ({
    irreversible: `The columns ${titleOf(fields)} are gone.`,
  }),
  loses: lostColumns,
  phase: () => 'contract',
  locks: both('AccessExclusive'),
  examples: [{ given: given(createBackward), fields: preferences }],
})

function both(mode: LockMode) {
  return (fields: RowExpansion): readonly Lock[] => [lockOn(fields, mode), lockOn(fields.to, mode)]
}

function titleOf(fields: RowExpansion): string {
  return `${fields.table}.${oldColumns(fields).join(', ')} to ${fields.to.table}`
}

/** The fields of an expansion alone. */
function expansionOf({ schema, table, from, to, on, up, down }: RowExpansion): RowExpansion {
  return { ...inSchema({ schema }), table, from, to, on, up, down }
}

function copy(fields: ExpandRows): Step {
  const { table, to, up, failedRows = 0 } = fields
  return {
    run: 'backfill',
    part: 'copy what is there',
    backfill: {
      title: titleOf(fields),
      ...inSchema(fields),
      table,
      work: { type: 'copy', into: to, select: up, onConflict: 'skip' },
      preview: `INSERT INTO ${to.table} (${to.columns.join(', ')}), for each row of ${table}`,
      settings: { 'limbeck.rows': rowsKey(fields) },
      sessions: 1,
      failedRows,
    },
  }
}

/** As `dropColumn` says it. */
function lostColumns(fields: RowExpansion): readonly string[] {
  return oldColumns(fields).map((name) => `every value of the column ${fields.table}.${name}`)
}

function endSteps(fields: RowExpansion): readonly Step[] {
  return [...dropBackward(fields), dropColumnsSql(fields, oldColumns(fields))].map((sql) => statement(sql))
}

/** The new application does not give the old columns a value. */
function refuseUnfillable(fields: RowExpansion): string {
  const columns = oldColumns(fields).map(quoteLiteral).join(', ')
  return doBlock(`
DECLARE
  unfillable text := (
    SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = ${regclass({ ...fields, name: fields.table })} AND attname IN (${columns}) AND attnotnull AND NOT atthasdef AND NOT attisdropped);
BEGIN
  IF unfillable IS NOT NULL THEN
    RAISE EXCEPTION 'the column % of % is NOT NULL and has no default', unfillable, ${quoteLiteral(fields.table)}
      USING ERRCODE = 'not_null_violation', HINT = 'The new application inserts rows without it: give it a default first.';
  END IF;
END`)
}

/** They would count as the new application's, and the old columns would follow them. */
function refuseOthers(fields: RowExpansion): string {
  return doBlock(`
#variable_conflict use_column
BEGIN
  IF ${hasOthers(fields)} THEN
    RAISE EXCEPTION '% has rows that are not in step with %', ${quoteLiteral(fields.to.table)}, ${quoteLiteral(fields.table)}
      USING ERRCODE = 'object_not_in_prerequisite_state',
        HINT = 'An expansion that was taken back leaves its rows, which nobody keeps in step. Delete them first; nothing has been changed.';
  END IF;
END`)
}

function refuseApart(fields: RowExpansion): string {
  return doBlock(`
#variable_conflict use_column
DECLARE
  apart bigint;
  rows bigint;
BEGIN
  SELECT count(*) FILTER (WHERE ${areApart(fields)}), count(*) INTO apart, rows FROM ${tableName(fields)} AS ${quoteIdentifier(fields.table)};
  IF apart > 0 THEN
    RAISE EXCEPTION '% of % rows of % are not in step with %: % are done',
      apart, rows, ${quoteLiteral(fields.table)}, ${quoteLiteral(fields.to.table)}, rows - apart
      USING ERRCODE = 'object_not_in_prerequisite_state',
        HINT = 'Was the backfill of expandRows finished? "limbeck backfill verify" names the rows. Nothing has been dropped.';
  END IF;
END`)
}

/** What there is for an example, as text. */
function given(...made: readonly ((expansion: RowExpansion) => readonly string[])[]): string {
  return [
    tables,
    "INSERT INTO preferences VALUES (1, 'theme', '\"dark\"')",
    ...made.flatMap((make) => make(preferences)),
  ].join(';\n')
}
