import { derivedName, quoteIdentifier } from '../sql/identifier.ts'
import { id, type Sql, sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import { dropMending, type Mending, mendingSteps, mendRows } from './mending.ts'
import { type Operation, operation, statement, undoneBy } from './operation.ts'
import { phaseOfColumns } from './phase.ts'
import { inSchema, lockOn, type TableReference, tableName } from './relation.ts'

export type DropNotNull = TableReference & { readonly column: string }

export type SetNotNull = DropNotNull & {
  /**
   * What rows get that have NULL there: a plain value, or an expression over the row. They are filled in batches, and those
   * that are written meanwhile by a trigger; for an application that goes on to write NULL see `expandCheck`.
   */
  readonly fill?: NonNullable<Value> | Sql
}

/**
 * Sets NOT NULL without a long lock: a NOT VALID check first, validated in a stage of its own while the table is read
 * and written; then PostgreSQL takes the valid check as proof and does not scan again (12 and newer).
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const setNotNull: Operation<'setNotNull', SetNotNull> = operation('setNotNull', {
  title: (fields) => `set not null ${fields.table}.${fields.column}`,
  needsBackfills: ({ schema, table, column }) => [{ schema, table, columns: [column] }],
  steps(fields, server) {
    const alter = `ALTER TABLE ${tableName(fields)}`
    const column = quoteIdentifier(fields.column)
    const check = quoteIdentifier(derivedName(fields.table, fields.column, 'not_null_proof'))
    const filling = fillingOf(fields)
    return [
      ...(filling === null ? [] : mendingSteps(filling)),
      ...(filling === null ? [] : mendRows(filling, server)),
      ...undoneBy(
        [statement(`${alter} DROP CONSTRAINT ${check}`)],
        [
          statement(
            `${alter} ADD CONSTRAINT ${check} CHECK (${column} IS NOT NULL) NOT VALID`,
            'own',
            'not valid yet',
          ),
          statement(`${alter} VALIDATE CONSTRAINT ${check}`, 'own', 'validate'),
        ],
      ),
      // Two statements: in one, PostgreSQL would not see the check as proof and scan under AccessExclusive.
      statement(`${alter} ALTER COLUMN ${column} SET NOT NULL`),
      statement(`${alter} DROP CONSTRAINT ${check}`),
      ...(filling === null ? [] : dropMending(filling).map((sql) => statement(sql))),
    ]
  },
  inverse: ({ fill: _, ...column }) => [dropNotNull(column)],
  stays: ({ fill, table, column }) =>
    fill === undefined ? [] : [`the values that ${table}.${column} got in place of NULL are not taken back`],
  phase: (fields, isNew) => phaseOfColumns(fields, [fields.column], isNew),
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: 'CREATE TABLE users (id bigint, email text); INSERT INTO users VALUES (1, $$a@example.com$$)',
      fields: { table: 'users', column: 'email' },
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, name text, country text); INSERT INTO users VALUES (1)',
      fields: {
        table: 'users',
        column: 'country',
        fill: { sql: ["coalesce(name, 'unknown')"], values: [] },
      },
    },
  ],
})

/**
 * Allows NULL again. Takes AccessExclusive for a moment.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const dropNotNull: Operation<'dropNotNull', DropNotNull> = operation('dropNotNull', {
  title: (fields) => `drop not null ${fields.table}.${fields.column}`,
  steps: (fields) => [
    statement(
      `ALTER TABLE ${tableName(fields)} ALTER COLUMN ${quoteIdentifier(fields.column)} DROP NOT NULL`,
    ),
  ],
  inverse: (fields) => [setNotNull(fields)],
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    { given: 'CREATE TABLE users (email text NOT NULL)', fields: { table: 'users', column: 'email' } },
  ],
})

function fillingOf({ fill, column, table, schema }: SetNotNull): Mending | null {
  if (fill === undefined) return null
  const rule = sql`${id(column)} IS NOT NULL`
  return {
    ...inSchema({ schema }),
    table,
    name: derivedName(column, 'not_null'),
    rule,
    mend: { [column]: fill },
  }
}
