import { dropConstraint } from './constraint.ts'
import { constraintNeeds, type ForeignKey } from './constraint-definition.ts'
import { addConstraint, type Checking, type NamedConstraint } from './constraint-steps.ts'
import { type Operation, operation } from './operation.ts'
import { phaseOfColumns } from './phase.ts'
import { inSchema, lockOn } from './relation.ts'

export type CreateForeignKey = NamedConstraint & ForeignKey & Checking

/**
 * Adds a foreign key: NOT VALID under a short ShareRowExclusive on both tables, then validated in a stage of its own
 * under locks that let reads and writes go on. Index the referencing columns, or each delete there scans the table.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const createForeignKey: Operation<'createForeignKey', CreateForeignKey> = operation(
  'createForeignKey',
  {
    title: (fields) => `create foreign key ${fields.name} on ${fields.table}`,
    steps: ({ validation, name, table, schema, ...foreignKey }: CreateForeignKey) =>
      addConstraint({ ...inSchema({ schema }), table, name }, { foreignKey }, validation),
    inverse: ({ name, table, schema, ...foreignKey }: CreateForeignKey) => [
      dropConstraint({ ...inSchema({ schema }), table, name, was: { foreignKey } }),
    ],
    needs: (foreignKey) => constraintNeeds({ foreignKey }),
    phase: (fields, isNew) =>
      fields.enforced === false ? 'expand' : phaseOfColumns(fields, fields.columns, isNew),
    locks: (fields) => [lockOn(fields, 'ShareRowExclusive'), lockOn(fields.references, 'ShareRowExclusive')],
    examples: [
      {
        given: 'CREATE TABLE teams (id uuid PRIMARY KEY); CREATE TABLE users (id bigint, team_id uuid)',
        fields: {
          name: 'users_team_fkey',
          table: 'users',
          columns: ['team_id'],
          references: { table: 'teams', columns: ['id'] },
          onDelete: 'SET NULL',
          initiallyDeferred: true,
        },
      },
      {
        given: `CREATE TABLE parts (a int, b int, UNIQUE (a, b));
          CREATE TABLE uses (a int, b int); INSERT INTO uses VALUES (1, 2)`,
        fields: {
          name: 'uses_parts_fkey',
          table: 'uses',
          columns: ['a', 'b'],
          references: { table: 'parts', columns: ['a', 'b'] },
          match: 'FULL',
          onUpdate: 'CASCADE',
          deferrable: true,
          validation: 'never',
        },
      },
      {
        given: `CREATE SCHEMA app; CREATE TABLE app."Users" (tenant int, id int, PRIMARY KEY (tenant, id));
          CREATE TABLE app.posts (tenant int NOT NULL, author int)`,
        fields: {
          schema: 'app',
          table: 'posts',
          name: 'The author',
          columns: ['tenant', 'author'],
          references: { schema: 'app', table: 'Users' },
          onDelete: { action: 'SET NULL', columns: ['author'] },
          onUpdate: 'RESTRICT',
        },
      },
      {
        given: `CREATE TABLE prices (product int4range, during daterange, PRIMARY KEY (product, during WITHOUT OVERLAPS));
          CREATE TABLE sales (product int4range, on_days daterange)`,
        fields: {
          name: 'sales_price_fkey',
          table: 'sales',
          columns: ['product'],
          period: 'on_days',
          references: { table: 'prices', columns: ['product'], period: 'during' },
        },
      },
      {
        given: 'CREATE TABLE teams (id uuid PRIMARY KEY); CREATE TABLE imported (team_id uuid)',
        fields: {
          name: 'imported_team_fkey',
          table: 'imported',
          columns: ['team_id'],
          references: { table: 'teams' },
          enforced: false,
        },
      },
    ],
  },
)
