import { columnList, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import { type Column, columnDefinition } from './column-definition.ts'
import { type Constraint, constraintDefinition } from './constraint-definition.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { inSchema, lockOn, regclass, type TableReference } from './relation.ts'

export type PartitionBy = {
  readonly strategy: 'range' | 'list' | 'hash'
  readonly columns: readonly (string | { readonly expression: Sql })[]
}

export type CreateTable = {
  readonly schema?: string
  readonly name: string
  readonly columns: readonly Column[]
  readonly constraints?: readonly Constraint[]
  /** Makes a partitioned table. Its primary key and unique constraints must hold every partition column. */
  readonly partitionBy?: PartitionBy
}

export type DropTable = {
  readonly schema?: string
  readonly name: string
  /** What the table was, so that it can be made again (without its rows). */
  readonly was?: Omit<CreateTable, 'schema' | 'name'>
  /**
   * What to do with partitions that are still attached. PostgreSQL drops them and their rows without a word; here that
   * has to be said. Default: `refuse`.
   */
  readonly partitions?: 'refuse' | 'drop'
  /** What is gone for good, a sentence each, where that is not every row: nothing (`[]`) if all of it is elsewhere too. */
  readonly loses?: readonly string[]
}

export type RenameTable = { readonly schema?: string; readonly from: string; readonly to: string }

/**
 * Creates a table, with its columns, constraints and partition key.
 * Locks nothing that was there before, except a table that a foreign key references.
 * https://www.postgresql.org/docs/current/sql-createtable.html
 */
export const createTable: Operation<'createTable', CreateTable> = operation('createTable', {
  title: (fields) => `create table ${fields.name}`,
  steps(fields) {
    const entries = [
      ...fields.columns.map(columnDefinition),
      ...(fields.constraints ?? []).map(constraintDefinition),
    ]
    const body = entries.length === 0 ? '()' : `(\n  ${entries.join(',\n  ')}\n)`
    const partition = fields.partitionBy === undefined ? '' : ` ${partitionClause(fields.partitionBy)}`
    return [statement(`CREATE TABLE ${qualifiedName(fields)} ${body}${partition}`)]
  },
  inverse({ schema, name, ...was }) {
    return [dropTable({ ...inSchema({ schema }), name, was })]
  },
  warns: sharedKeys,
  locks: (fields) => referencedTables(fields, fields).map((table) => lockOn(table, 'ShareRowExclusive')),
  examples: [
    {
      given: 'CREATE TABLE organizations (id uuid PRIMARY KEY)',
      fields: {
        name: 'users',
        columns: [
          { name: 'id', type: 'bigint', identity: 'always', primaryKey: true },
          { name: 'email', type: 'varchar(255)', notNull: true, unique: true },
          { name: 'settings', type: 'jsonb', notNull: true, default: {} },
          {
            name: 'organization_id',
            type: 'uuid',
            references: { table: 'organizations', onDelete: 'CASCADE' },
          },
          { name: 'created_at', type: 'timestamptz', default: { sql: ['now()'], values: [] } },
        ],
        constraints: [
          { name: 'users_email_not_empty', check: { expression: { sql: ["email <> ''"], values: [] } } },
        ],
      },
    },
    {
      fields: {
        name: 'events',
        columns: [
          { name: 'id', type: 'uuid', notNull: true },
          { name: 'created_at', type: 'timestamptz', notNull: true },
        ],
        constraints: [{ name: 'events_pkey', primaryKey: { columns: ['id', 'created_at'] } }],
        partitionBy: { strategy: 'range', columns: ['created_at'] },
      },
    },
    {
      given: 'CREATE SCHEMA app',
      fields: {
        schema: 'app',
        name: 'nodes',
        columns: [
          { name: 'id', type: 'integer', primaryKey: true, check: { sql: ['id > 0'], values: [] } },
          { name: 'parent', type: 'integer', references: { schema: 'app', table: 'nodes' } },
        ],
      },
    },
    {
      fields: {
        name: 'parts',
        columns: [{ name: 'name', type: 'text' }],
        partitionBy: { strategy: 'hash', columns: [{ expression: { sql: ['lower(name)'], values: [] } }] },
      },
    },
  ],
})

/**
 * Drops a table. A partitioned table that still has partitions is refused unless `partitions: 'drop'` says that they
 * go too. Takes AccessExclusive on the table and on each table that it references.
 * https://www.postgresql.org/docs/current/sql-droptable.html
 */
export const dropTable: Operation<'dropTable', DropTable> = operation('dropTable', {
  title: (fields) => `drop table ${fields.name}`,
  steps(fields) {
    const drop = statement(`DROP TABLE ${qualifiedName(fields)}`)
    return fields.partitions === 'drop' ? [drop] : [statement(refusePartitions(fields)), drop]
  },
  inverse(fields) {
    if (fields.was === undefined) {
      return unknownBefore(`the table ${fields.name}`, 'dropTable')
    }
    return [createTable({ ...inSchema(fields), name: fields.name, ...fields.was })]
  },
  loses: (fields) => fields.loses ?? [`every row of the table ${fields.name}`],
  locks: (fields) => [
    lockOn({ ...inSchema(fields), table: fields.name }, 'AccessExclusive'),
    ...referencedTables(fields, fields.was).map((table) => lockOn(table, 'AccessExclusive')),
  ],
  examples: [
    {
      given: 'CREATE TABLE notes (id bigint PRIMARY KEY, body text)',
      fields: {
        name: 'notes',
        was: {
          columns: [
            { name: 'id', type: 'bigint', primaryKey: true },
            { name: 'body', type: 'text' },
          ],
        },
      },
    },
    {
      given: `CREATE TABLE users (id bigint PRIMARY KEY);
        CREATE TABLE notes (at date, author bigint CONSTRAINT notes_author_fkey REFERENCES users) PARTITION BY LIST (at)`,
      fields: {
        name: 'notes',
        partitions: 'drop',
        loses: [],
        was: {
          columns: [
            { name: 'at', type: 'date' },
            { name: 'author', type: 'bigint' },
          ],
          constraints: [
            {
              name: 'notes_author_fkey',
              foreignKey: { columns: ['author'], references: { table: 'users' } },
            },
          ],
          partitionBy: { strategy: 'list', columns: ['at'] },
        },
      },
    },
  ],
})

/**
 * Renames a table. Takes AccessExclusive for a moment. Code that uses the old name fails from then on.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const renameTable: Operation<'renameTable', RenameTable> = operation('renameTable', {
  title: (fields) => `rename table ${fields.from} to ${fields.to}`,
  steps: (fields) => [
    statement(
      `ALTER TABLE ${qualifiedName({ ...fields, name: fields.from })} RENAME TO ${quoteIdentifier(fields.to)}`,
    ),
  ],
  inverse: (fields) => [renameTable({ ...fields, from: fields.to, to: fields.from })],
  locks: (fields) => [lockOn({ ...inSchema(fields), table: fields.from }, 'AccessExclusive')],
  examples: [{ given: 'CREATE TABLE people (id bigint)', fields: { from: 'people', to: 'persons' } }],
})

function partitionClause({ strategy, columns }: PartitionBy): string {
  const keys = columns.map((column) =>
    typeof column === 'string' ? columnList([column]).slice(1, -1) : `(${inlineSql(column.expression)})`,
  )
  return `PARTITION BY ${strategy.toUpperCase()} (${keys.join(', ')})`
}

/** A key over partitions has to hold the partition columns too, so what was meant to be unique by itself is not. */
function sharedKeys({ name, constraints = [], partitionBy }: CreateTable): readonly string[] {
  if (partitionBy === undefined) return []
  return constraints.flatMap((constraint) => {
    const columns = keyColumns(constraint)
    const own = columns.filter((column) => !partitionBy.columns.includes(column))
    if (own.length === 0) return []
    return [`in ${name} only (${columns.join(', ')}) together is unique, not ${own.join(', ')} alone`]
  })
}

function keyColumns(constraint: Constraint): readonly string[] {
  if ('primaryKey' in constraint) return constraint.primaryKey.columns
  return 'unique' in constraint ? constraint.unique.columns : []
}

/** PostgreSQL's DROP TABLE takes every partition with it, those too that were added by hand since. */
function refusePartitions(fields: DropTable): string {
  return doBlock(`DECLARE
  attached text;
BEGIN
  SELECT string_agg(inhrelid::regclass::text, ', ' ORDER BY inhrelid::regclass::text) INTO attached
  FROM pg_inherits JOIN pg_class parent ON parent.oid = inhparent
  WHERE parent.oid = ${regclass(fields)} AND parent.relkind = 'p';
  IF attached IS NOT NULL THEN
    RAISE EXCEPTION 'the table % still has partitions: %', ${quoteLiteral(fields.name)}, attached
      USING ERRCODE = 'dependent_objects_still_exist',
        HINT = 'Drop or detach them first, or say partitions: ''drop'' to lose them and their rows.';
  END IF;
END`)
}

/** The other tables that a table's foreign keys reference. */
function referencedTables(
  own: { readonly schema?: string; readonly name: string },
  definition: Pick<CreateTable, 'columns' | 'constraints'> = { columns: [] },
): readonly TableReference[] {
  const references = [
    ...definition.columns.flatMap((column) => column.references ?? []),
    ...(definition.constraints ?? []).flatMap((constraint) =>
      'foreignKey' in constraint ? constraint.foreignKey.references : [],
    ),
  ]
  return references.filter((other) => other.table !== own.name || other.schema !== own.schema)
}
