import { dropConstraint } from './constraint.ts'
import { constraintNeeds, type ForeignKey } from './constraint-definition.ts'
import { addConstraint, type Checking, type NamedConstraint } from './constraint-steps.ts'
import {
  findOrphans,
  mendOrphans,
  type OrphanKey,
  type Orphans,
  orphanHints,
  refuseNotNull,
} from './foreign-key-orphans.ts'
import { type Operation, operation, type Server, type Step } from './operation.ts'
import { phaseOfColumns } from './phase.ts'
import { inSchema, lockOn } from './relation.ts'

export type CreateForeignKey = NamedConstraint & ForeignKey & Checking & OrphanRule

type OrphanRule =
  | { readonly orphans?: never }
  | {
      readonly orphans: Orphans
      readonly references: { readonly columns: readonly string[] }
      readonly period?: never
      readonly enforced?: true
      readonly validation?: 'later'
    }

/**
 * Adds a foreign key: NOT VALID under a short ShareRowExclusive on both tables, then validated in a stage of its own
 * under locks that let reads and writes go on. What becomes of rows that refer to nothing says `orphans`. Index the referencing columns, or each delete there scans the table.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const createForeignKey: Operation<'createForeignKey', CreateForeignKey> = operation(
  'createForeignKey',
  {
    title: (fields) => `create foreign key ${fields.name} on ${fields.table}`,
    steps: foreignKeySteps,
    inverse: ({ name, table, schema, orphans: _, ...foreignKey }: CreateForeignKey) => [
      dropConstraint({ ...inSchema({ schema }), table, name, was: { foreignKey } }),
    ],
    loses: (fields) => {
      if (fields.orphans === 'delete') return [`the rows of ${fields.table} that refer to nothing`]
      if (fields.orphans !== 'set null') return []
      return [`what ${fields.columns.join(', ')} of ${fields.table} hold where they refer to nothing`]
    },
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
        given: `CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
          INSERT INTO users VALUES (1); INSERT INTO orders VALUES (1, 1), (2, 7)`,
        fields: {
          name: 'orders_user_fkey',
          table: 'orders',
          columns: ['user_id'],
          references: { table: 'users', columns: ['id'] },
          orphans: 'set null',
        },
      },
      {
        given: `CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint)`,
        fields: {
          name: 'orders_user_fkey',
          table: 'orders',
          columns: ['user_id'],
          references: { table: 'users', columns: ['id'] },
          orphans: 'find',
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

function foreignKeySteps(fields: CreateForeignKey, server: Server): readonly Step[] {
  const { validation, name, table, schema, orphans, ...foreignKey } = fields
  const key = orphanKey(fields)
  const hints = orphanHints(key, validation === 'now' ? 'now' : 'later')
  const steps = addConstraint({ ...inSchema({ schema }), table, name }, { foreignKey }, validation).map(
    (step) => ({ ...step, hints }),
  )
  if (orphans === undefined || key === null) return steps
  if (orphans === 'find') return [findOrphans(key), ...steps]
  const [add, ...validate] = steps
  const refuse = orphans === 'set null' ? [refuseNotNull(key)] : []
  return add === undefined ? [] : [...refuse, add, ...mendOrphans(key, orphans, server), ...validate]
}

/** Null where it cannot be said what an orphan is: the columns to which the key refers are not given, or it has a period. */
function orphanKey({
  schema,
  table,
  columns,
  references,
  match,
  period,
}: CreateForeignKey): OrphanKey | null {
  if (references.columns === undefined || period !== undefined) return null
  return {
    ...inSchema({ schema }),
    table,
    columns,
    references: { ...references, columns: references.columns },
    ...(match === undefined ? {} : { match }),
  }
}
