import { dropConstraint } from './constraint.ts'
import { constraintNeeds, type NotNull } from './constraint-definition.ts'
import { addConstraint, type NamedConstraint, type Validation } from './constraint-steps.ts'
import { type Operation, operation } from './operation.ts'
import { phaseOfColumns } from './phase.ts'
import { inSchema, lockOn } from './relation.ts'

export type CreateNotNullConstraint = NamedConstraint & NotNull & { readonly validation?: Validation }

/**
 * Makes a column NOT NULL by a constraint with a name, from PostgreSQL 18 on: NOT VALID under a short AccessExclusive,
 * then validated in a stage of its own. A column that has one already, as each of a primary key has, takes no second.
 * For a column without caring for the name, on every version, see `setNotNull`.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const createNotNullConstraint: Operation<'createNotNullConstraint', CreateNotNullConstraint> =
  operation('createNotNullConstraint', {
    title: (fields) => `create not null ${fields.name} on ${fields.table}.${fields.column}`,
    steps: ({ validation, name, table, schema, ...notNull }) =>
      addConstraint({ ...inSchema({ schema }), table, name }, { notNull }, validation),
    inverse: ({ name, table, schema, ...notNull }) => [
      dropConstraint({ ...inSchema({ schema }), table, name, was: { notNull } }),
    ],
    needs: (notNull) => constraintNeeds({ notNull }),
    phase: (fields, isNew) => phaseOfColumns(fields, [fields.column], isNew),
    locks: (fields) => [lockOn(fields, 'AccessExclusive')],
    examples: [
      {
        given: "CREATE TABLE users (id bigint, email text); INSERT INTO users VALUES (1, 'a@example.com')",
        fields: { name: 'users_email_given', table: 'users', column: 'email' },
      },
      {
        given: `CREATE SCHEMA app; CREATE TABLE app.people (name text); CREATE TABLE app.children () INHERITS (app.people);
          INSERT INTO app.people VALUES (NULL)`,
        fields: {
          schema: 'app',
          table: 'people',
          name: 'has a "name"',
          column: 'name',
          noInherit: true,
          validation: 'never',
        },
        locks: [
          { schema: 'app', table: 'people', mode: 'AccessExclusive' },
          { schema: 'app', table: 'children', mode: 'AccessExclusive' },
        ],
      },
      {
        given: `CREATE TABLE days (day date) PARTITION BY RANGE (day);
          CREATE TABLE days_2026 PARTITION OF days FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`,
        fields: { name: 'days_day_given', table: 'days', column: 'day', validation: 'now' },
        locks: [
          { table: 'days', mode: 'AccessExclusive' },
          { table: 'days_2026', mode: 'AccessExclusive' },
        ],
      },
    ],
  })
