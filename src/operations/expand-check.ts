import { quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import { addConstraint, alterTable } from './constraint-steps.ts'
import { createMending, dropMending, type Mending, mendingSteps, mendRows } from './mending.ts'
import { type Operation, operation, statement } from './operation.ts'
import { inSchema, lockOn, regclass, type TableReference, tableName } from './relation.ts'

/** A check whose rows are mended till the old application is gone. */
export type MendedCheck = TableReference & {
  readonly name: string
  /** What holds of every row from then on, as in `createCheckConstraint`. */
  readonly expression: Sql
  /** What a row gets for which it does not hold: plain values, or expressions over the row. */
  readonly mend: { readonly [column: string]: Value | Sql }
}

const given =
  "CREATE TABLE users (id bigint PRIMARY KEY, status text); INSERT INTO users VALUES (1, 'suspended')"

const withCheck = `${given.replace("'suspended'", "'active'")};
  ALTER TABLE users ADD CONSTRAINT users_status_check CHECK (status <> 'suspended')`

const withoutSuspended: MendedCheck = {
  table: 'users',
  name: 'users_status_check',
  expression: { sql: ["status <> 'suspended'"], values: [] },
  mend: { status: 'inactive' },
}

/**
 * The first half of a check that rows and the old application still break, under traffic: a label of an enum that is no
 * longer to be used, an address in lower case. A trigger mends what is written, the rows that are there are mended in
 * batches, and then the check is added NOT VALID and validated. No statement of the old application fails: what it writes is
 * mended, till `contractCheck`. The trigger does not know what a generated column will be, so the check cannot name one. https://www.postgresql.org/docs/current/sql-createtrigger.html
 */
export const expandCheck: Operation<'expandCheck', MendedCheck> = operation('expandCheck', {
  title: (fields) => `expand check ${fields.name} on ${fields.table}`,
  steps: (fields, server) => [
    ...mendingSteps(mendingOf(fields)),
    ...mendRows(mendingOf(fields), server),
    ...addConstraint(named(fields), { check: { expression: fields.expression } }),
  ],
  inverse: (fields) => [retractCheck(fields)],
  loses: (fields) => [
    `what ${Object.keys(fields.mend).join(', ')} of ${fields.table} hold in the rows that are mended`,
  ],
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    { given, fields: withoutSuspended },
    {
      given: `CREATE SCHEMA app; CREATE TABLE app.people (id uuid PRIMARY KEY, email text, "at home" boolean);
        INSERT INTO app.people VALUES ('7a8f9b1e-3c5d-4e2f-8a6b-0c1d2e3f4a5b', 'Ada@example.com')`,
      fields: {
        schema: 'app',
        table: 'people',
        name: 'lower case',
        expression: { sql: ['email = lower(people.email)'], values: [] },
        mend: { email: { sql: ['lower(email)'], values: [] }, 'at home': null },
      },
    },
  ],
})

/**
 * Takes `expandCheck` back: check and trigger go. What has been mended stays.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const retractCheck: Operation<'retractCheck', MendedCheck> = operation('retractCheck', {
  title: (fields) => `retract check ${fields.name} from ${fields.table}`,
  steps: (fields) => [
    alterTable(fields, `DROP CONSTRAINT ${quoteIdentifier(fields.name)}`),
    ...dropMending(fields).map((text) => statement(text)),
  ],
  inverse: (fields) => [expandCheck(fields)],
  phase: () => 'contract',
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: checked(),
      fields: withoutSuspended,
    },
  ],
})

/**
 * The second half: the trigger goes, and a write that breaks the check fails. Run it when the old application is gone.
 * https://www.postgresql.org/docs/current/sql-droptrigger.html
 */
export const contractCheck: Operation<'contractCheck', MendedCheck> = operation('contractCheck', {
  title: (fields) => `contract check ${fields.name} on ${fields.table}`,
  steps: (fields) => [refuseUnchecked(fields), ...dropMending(fields)].map((text) => statement(text)),
  inverse: (fields) => [reopenCheck(fields)],
  phase: () => 'contract',
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [{ given: checked(), fields: withoutSuspended }],
})

/**
 * Takes `contractCheck` back: what breaks the check is mended again when it is written.
 * https://www.postgresql.org/docs/current/sql-createtrigger.html
 */
export const reopenCheck: Operation<'reopenCheck', MendedCheck> = operation('reopenCheck', {
  title: (fields) => `reopen check ${fields.name} on ${fields.table}`,
  steps: (fields) => mendingSteps(mendingOf(fields)),
  inverse: (fields) => [contractCheck(fields)],
  locks: (fields) => [lockOn(fields, 'ShareRowExclusive')],
  examples: [{ given: withCheck, fields: withoutSuspended }],
})

function mendingOf({ expression, mend, ...fields }: MendedCheck): Mending {
  return { ...named(fields), rule: expression, mend }
}

function named({ schema, table, name }: Pick<MendedCheck, 'schema' | 'table' | 'name'>) {
  return { ...inSchema({ schema }), table, name }
}

/** Nobody mends any more what the check does not refuse yet: how many rows are still to be mended is told. */
function refuseUnchecked(fields: MendedCheck): string {
  const { table, name, expression } = fields
  const title = quoteLiteral(`the check ${name} of ${table}`)
  return doBlock(`
#variable_conflict use_column
DECLARE
  rows bigint;
  broken bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint
    WHERE conrelid = ${regclass({ ...fields, name: table })} AND conname = ${quoteLiteral(name)} AND contype = 'c' AND convalidated)
  THEN
    SELECT count(*), count(*) FILTER (WHERE NOT (${inlineSql(expression)})) INTO rows, broken FROM ${tableName(fields)};
    RAISE EXCEPTION '% is not there, or not validated: % of % rows still break it', ${title}, broken, rows
      USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Bring expandCheck to its end first: "limbeck backfill list" shows how far it is.';
  END IF;
END`)
}

/** What `expandCheck` leaves, as text. */
function checked(): string {
  return `${withCheck}; ${createMending(mendingOf(withoutSuspended)).join(';\n')}`
}
