import { dropConstraint } from './constraint.ts'
import type { Exclusion } from './constraint-definition.ts'
import { addConstraint, type NamedConstraint } from './constraint-steps.ts'
import { type Operation, operation } from './operation.ts'
import { phaseOfTable } from './phase.ts'
import { inSchema, lockOn } from './relation.ts'

export type CreateExcludeConstraint = NamedConstraint & Exclusion

/**
 * Adds an exclusion constraint. PostgreSQL builds its index under AccessExclusive; there is no concurrent way.
 * https://www.postgresql.org/docs/current/sql-createtable.html
 */
export const createExcludeConstraint: Operation<'createExcludeConstraint', CreateExcludeConstraint> =
  operation('createExcludeConstraint', {
    title: (fields) => `create exclusion ${fields.name} on ${fields.table}`,
    steps: ({ name, table, schema, ...exclude }) =>
      addConstraint({ ...inSchema({ schema }), table, name }, { exclude }, 'now'),
    inverse: ({ name, table, schema, ...exclude }) => [
      dropConstraint({ ...inSchema({ schema }), table, name, was: { exclude } }),
    ],
    warns: (fields) => [
      `the index of ${fields.name} is built while ${fields.table} is closed to readers and writers`,
    ],
    phase: phaseOfTable,
    locks: (fields) => [lockOn(fields, 'AccessExclusive')],
    examples: [
      {
        given: 'CREATE TABLE bookings (room int4range, during tstzrange)',
        fields: {
          name: 'bookings_during_excl',
          table: 'bookings',
          using: 'gist',
          elements: [
            { column: 'room', with: '&&' },
            { column: 'during', with: '&&' },
          ],
          where: { sql: ['NOT isempty(during)'], values: [] },
          deferrable: true,
        },
      },
      {
        given: 'CREATE SCHEMA app; CREATE TABLE app."Users" (email text, region text, id bigint)',
        fields: {
          schema: 'app',
          table: 'Users',
          name: 'one email each',
          elements: [
            {
              expression: { sql: ['lower(email)'], values: [] },
              collation: { schema: 'pg_catalog', name: 'C' },
              operatorClass: { schema: 'pg_catalog', name: 'text_ops' },
              order: 'desc',
              nulls: 'last',
              with: { schema: 'pg_catalog', operator: '=' },
            },
            { column: 'region', collation: 'C', nulls: 'first', with: '=' },
          ],
          include: ['id'],
          with: { fillfactor: 60 },
          tablespace: 'pg_default',
          initiallyDeferred: true,
        },
      },
    ],
  })
