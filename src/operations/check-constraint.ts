import { dropConstraint } from './constraint.ts'
import { type Check, constraintNeeds } from './constraint-definition.ts'
import { addConstraint, type Checking, type NamedConstraint } from './constraint-steps.ts'
import { type Operation, operation } from './operation.ts'
import { phaseOfTable } from './phase.ts'
import { inSchema, lockOn } from './relation.ts'

export type CreateCheckConstraint = NamedConstraint & Check & Checking

/**
 * Adds a check: NOT VALID under a short AccessExclusive, then validated in a stage of its own.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const createCheckConstraint: Operation<'createCheckConstraint', CreateCheckConstraint> = operation(
  'createCheckConstraint',
  {
    title: (fields) => `create check ${fields.name} on ${fields.table}`,
    steps: ({ validation, name, table, schema, ...check }: CreateCheckConstraint) =>
      addConstraint({ ...inSchema({ schema }), table, name }, { check }, validation),
    inverse: ({ name, table, schema, ...check }: CreateCheckConstraint) => [
      dropConstraint({ ...inSchema({ schema }), table, name, was: { check } }),
    ],
    needs: (check) => constraintNeeds({ check }),
    phase: (fields, isNew) => (fields.enforced === false ? 'expand' : phaseOfTable(fields, isNew)),
    locks: (fields) => [lockOn(fields, 'AccessExclusive')],
    examples: [
      {
        given: 'CREATE TABLE accounts (id bigint, balance numeric); INSERT INTO accounts VALUES (1, 10)',
        fields: {
          name: 'accounts_balance_check',
          table: 'accounts',
          expression: { sql: ['balance >= 0'], values: [] },
        },
      },
      {
        given: 'CREATE TABLE accounts (id bigint, balance numeric)',
        fields: {
          name: 'accounts_balance_check',
          table: 'accounts',
          expression: { sql: ['balance < ', ''], values: [1000] },
          noInherit: true,
          validation: 'now',
        },
      },
      {
        given: `CREATE SCHEMA app; CREATE TABLE app."Imported rows" (at date); INSERT INTO app."Imported rows" VALUES (NULL)`,
        fields: {
          schema: 'app',
          table: 'Imported rows',
          name: 'has a date',
          expression: { sql: ['at IS NOT NULL'], values: [] },
          enforced: false,
        },
      },
    ],
  },
)
